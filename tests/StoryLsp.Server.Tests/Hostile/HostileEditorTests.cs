using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace StoryLsp.Server.Tests.Hostile;

/// <summary>Editors that break the protocol: each gets a clear error, or the server makes the best of it, and lives.</summary>
public sealed class HostileEditorTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: Ada Vane
        //- scenes/one.md
        ---
        pov: ada
        ---
        Ada saw [[Nobody]].
        """;

    private const string WatchesAndShows = """
        {"workspace":{"didChangeWatchedFiles":{"dynamicRegistration":true},"executeCommand":{"dynamicRegistration":true},"applyEdit":true,"codeLens":{"refreshSupport":true},"diagnostics":{"refreshSupport":true},
         "inlayHint":{"refreshSupport":true},"semanticTokens":{"refreshSupport":true}},"textDocument":{"diagnostic":{},"semanticTokens":{"requests":{},"tokenTypes":[],"tokenModifiers":[],"formats":[]}},"window":{"workDoneProgress":true,"showDocument":{"support":true}}}
        """;

    [Test]
    public async Task An_editor_that_never_answers_costs_only_what_it_was_asked()
    {
        await using var editor = new RawEditor(Story);
        await editor.InitializeAsync(WatchesAndShows);
        await editor.HearsAsync("window/workDoneProgress/create");
        await editor.HearsAsync("client/registerCapability");
        await OpenAsync(editor, "scenes/one.md", 1, "---\npov: ada\n---\n[[Nobody]]");
        for (var version = 2; version < 50; version++)
        {
            await ChangeAsync(editor, "scenes/one.md", version, $"---\npov: ada\n---\n[[Nobody{version}]]");
        }

        await editor.LivesAsync();
        Assert.That(await MessagesAsync(editor, "scenes/one.md"), Has.One.Contain("Nobody49"));
        var questions = editor.Others.Where(message => message["id"] is not null && message["method"] is not null).Select(message => message["method"]!.GetValue<string>()).ToList();
        Assert.That(questions.GroupBy(method => method).Where(group => group.Key.EndsWith("/refresh", StringComparison.Ordinal)).Select(group => group.Count()), Is.All.EqualTo(1), "nobody is asked again before the answer");
    }

    [Test]
    public async Task A_run_does_not_wait_for_an_editor_that_says_nothing_of_its_progress()
    {
        await using var editor = new RawEditor(Story.Replace("story: 1", "story: 1\nai: {provider: offline}", StringComparison.Ordinal));
        await editor.InitializeAsync(WatchesAndShows);
        await editor.AskAsync(1, "workspace/executeCommand", """{"command":"storylsp.run","arguments":[{"pipeline":"synopsis","container":"one"}]}""");
        Assert.That((await editor.AnswerAsync(1))["result"]!["status"]!.GetValue<string>(), Is.EqualTo("paused"));
        await editor.LivesAsync();
    }

    [Test]
    public async Task Answers_that_come_twice_or_belong_to_nothing_or_make_no_sense_are_no_trouble()
    {
        await using var editor = new RawEditor(Story);
        await editor.InitializeAsync(WatchesAndShows);
        var asked = await editor.HearsAsync("client/registerCapability");
        var id = asked["id"]!.ToJsonString();
        await editor.SendAsync($"{{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":null}}");
        await editor.SendAsync($"{{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":null}}");
        await editor.SendAsync($"{{\"jsonrpc\":\"2.0\",\"id\":{id},\"error\":{{\"code\":1,\"message\":\"no\"}}}}");
        await editor.SendAsync("""{"jsonrpc":"2.0","id":"never asked","result":{"applied":true}}""");
        await editor.SendAsync("""{"jsonrpc":"2.0","id":9999999,"error":"broken"}""");
        await editor.SendAsync("""{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"cannot read"}}""");
        var other = await editor.HearsAsync("window/workDoneProgress/create");
        await editor.SendAsync($"{{\"jsonrpc\":\"2.0\",\"id\":{other["id"]!.ToJsonString()},\"result\":[[{{\"no\":\"such thing\"}}]],\"error\":7}}");
        await editor.LivesAsync();
        Assert.That(editor.Log.Lines, Has.Some.Contain("belongs to no open request").And.None.Contain("[Error]"));
    }

    [Test]
    public async Task An_editor_that_floods_and_reads_later_gets_every_answer_once()
    {
        const int count = 10_000;
        await using var editor = new RawEditor(Story, mostBuffered: 4096);
        await editor.InitializeAsync();
        for (var id = 0; id < count; id++)
        {
            await editor.AskAsync(id, id % 3 == 0 ? "workspace/symbol" : "textDocument/hover", id % 3 == 0
                ? """{"query":"ada"}"""
                : $$$"""{"textDocument":{"uri":"{{{editor.UriOf("scenes/one.md")}}}"},"position":{"line":1,"character":6}}""");
        }

        var seen = new int[count];
        for (var read = 0; read < count;)
        {
            var message = await editor.ReadAsync();
            if (message["method"] is null)
            {
                seen[message["id"]!.GetValue<int>()]++;
                Assert.That(message["error"], Is.Null);
                read++;
            }
        }

        Assert.That(seen, Is.All.EqualTo(1));
        await editor.LivesAsync();
    }

    [Test]
    public async Task Cancellations_of_all_and_of_nothing_leave_one_answer_each()
    {
        const int count = 500;
        await using var editor = new RawEditor(Story);
        await editor.InitializeAsync();
        for (var id = 0; id < count; id++)
        {
            await editor.AskAsync(id, "workspace/symbol", """{"query":"ada"}""");
            await editor.TellAsync("$/cancelRequest", $$"""{"id":{{id}}}""");
            await editor.TellAsync("$/cancelRequest", $$"""{"id":{{id + 1}}}""");
            await editor.TellAsync("$/cancelRequest", """{"id":{"no":"id"}}""");
        }

        for (var id = 0; id < count; id++)
        {
            var answer = editor.Others.Find(message => message["method"] is null && message["id"]?.ToJsonString() == id.ToString(System.Globalization.CultureInfo.InvariantCulture)) ?? await editor.AnswerAsync(id);
            Assert.That(answer["result"] is not null || answer["error"]!["code"]!.GetValue<int>() == -32800, answer.ToJsonString());
        }

        await editor.LivesAsync();
    }

    [TestCase("3,3,3")]
    [TestCase("9,4,2")]
    [TestCase("-1,0,-2147483648")]
    [TestCase("2147483647,1,2147483647")]
    [TestCase("99999999999,99999999999,1")]
    [TestCase("7,1000000,8")]
    public async Task Versions_that_are_lies_change_nothing_of_the_text(string versions)
    {
        await using var editor = new RawEditor(Story);
        await editor.InitializeAsync();
        await OpenAsync(editor, "scenes/one.md", 5, "---\npov: ada\n---\n");
        var text = "";
        foreach (var version in versions.Split(','))
        {
            text += "[[Ghost" + text.Length + "]] ";
            await editor.TellAsync("textDocument/didChange", $$$"""
                {"textDocument":{"uri":"{{{editor.UriOf("scenes/one.md")}}}","version":{{{version}}}},"contentChanges":[{"text":{{{System.Text.Json.JsonSerializer.Serialize("---\npov: ada\n---\n" + text)}}}}]}
                """);
        }

        var found = await MessagesAsync(editor, "scenes/one.md");
        Assert.That(found, Has.Count.EqualTo(3));
        await editor.LivesAsync();
    }

    [TestCase("{\"start\":{\"line\":900,\"character\":900},\"end\":{\"line\":901,\"character\":0}}")]
    [TestCase("{\"start\":{\"line\":3,\"character\":9999},\"end\":{\"line\":2147483647,\"character\":2147483647}}")]
    [TestCase("{\"start\":{\"line\":4294967295,\"character\":0},\"end\":{\"line\":4294967295,\"character\":4294967295}}")]
    [TestCase("{\"start\":{\"line\":99999999999999999999,\"character\":1e300},\"end\":{\"line\":99999999999999999999,\"character\":0.0}}")]
    public async Task Edits_beyond_the_end_are_made_at_the_end(string range)
    {
        await using var editor = new RawEditor(Story);
        await editor.InitializeAsync();
        await OpenAsync(editor, "scenes/one.md", 1, "---\npov: ada\n---\nShe came.");
        await editor.TellAsync("textDocument/didChange", $$$"""{"textDocument":{"uri":"{{{editor.UriOf("scenes/one.md")}}}","version":2},"contentChanges":[{"range":{{{range}}},"text":" [[Beyond]]"}]}""");
        Assert.That(await MessagesAsync(editor, "scenes/one.md"), Has.One.Contain("Beyond"));
        await editor.LivesAsync();
    }

    [TestCase("{\"start\":{\"line\":-5,\"character\":-5},\"end\":{\"line\":-1,\"character\":-1}}")]
    [TestCase("{\"start\":{\"line\":0,\"character\":-2147483648},\"end\":{\"line\":0,\"character\":-1}}")]
    [TestCase("{\"start\":{\"line\":-99999999999,\"character\":0},\"end\":{\"line\":0,\"character\":0}}")]
    public async Task Edits_before_the_beginning_are_made_at_the_beginning(string range)
    {
        await using var editor = new RawEditor(Story);
        await editor.InitializeAsync();
        await OpenAsync(editor, "scenes/one.md", 1, "She came.");
        await editor.TellAsync("textDocument/didChange", $$$"""{"textDocument":{"uri":"{{{editor.UriOf("scenes/one.md")}}}","version":2},"contentChanges":[{"range":{{{range}}},"text":"[[Beyond]] "}]}""");
        Assert.That(await MessagesAsync(editor, "scenes/one.md"), Has.One.Contain("Beyond"));
        await editor.LivesAsync();
    }

    [Test]
    public async Task An_edit_whose_end_lies_before_its_start_takes_what_lies_between()
    {
        await using var editor = new RawEditor(Story);
        await editor.InitializeAsync();
        await OpenAsync(editor, "scenes/one.md", 1, "She saw [[Nobody]].");
        await editor.TellAsync("textDocument/didChange", $$$"""{"textDocument":{"uri":"{{{editor.UriOf("scenes/one.md")}}}","version":2},"contentChanges":[{"range":{"start":{"line":0,"character":16},"end":{"line":0,"character":10}},"text":"Ghost"}]}""");
        Assert.That(await MessagesAsync(editor, "scenes/one.md"), Has.One.Contain("Ghost"));
    }

    [TestCase("textDocument/hover")]
    [TestCase("textDocument/definition")]
    [TestCase("textDocument/references")]
    [TestCase("textDocument/completion")]
    [TestCase("textDocument/documentHighlight")]
    [TestCase("textDocument/prepareRename")]
    [TestCase("textDocument/rename")]
    [TestCase("textDocument/codeAction")]
    [TestCase("textDocument/semanticTokens/range")]
    public async Task Positions_that_are_nowhere_are_asked_without_harm(string method)
    {
        await using var editor = new RawEditor(Story);
        await editor.InitializeAsync();
        var id = 0;
        foreach (var number in new[] { "-1", "-2147483648", "2147483647", "4294967295", "99999999999999999999", "-99999999999999999999", "1e400", "0.5" })
        {
            var position = $$$"""{"line":{{{number}}},"character":{{{number}}}}""";
            var parameters = $$$$"""
                {"textDocument":{"uri":"{{{{editor.UriOf("scenes/one.md")}}}}"},"position":{{{{position}}}},"range":{"start":{{{{position}}}},"end":{{{{position}}}}},"newName":"X","context":{"includeDeclaration":true,"diagnostics":[]}}
                """;
            await editor.AskAsync(++id, method, parameters);
            var answer = await editor.AnswerAsync(id);
            Assert.That(answer.ContainsKey("result") || answer["error"]!["code"]!.GetValue<int>() != -32603, answer.ToJsonString());
        }

        await editor.LivesAsync();
        Assert.That(editor.Log.Lines, Has.None.Contain("[Error]"));
    }

    [Test]
    public async Task What_comes_before_initialize_is_refused_in_words_and_forgotten()
    {
        await using var editor = new RawEditor(Story);
        await OpenAsync(editor, "scenes/one.md", 1, "[[Early]]");
        await editor.AskAsync(1, "workspace/symbol", """{"query":""}""");
        await editor.AskAsync(2, "shutdown");
        Assert.That((await editor.AnswerAsync(1))["error"]!["code"]!.GetValue<int>(), Is.EqualTo(-32002));
        Assert.That((await editor.AnswerAsync(2))["error"]!["code"]!.GetValue<int>(), Is.EqualTo(-32002));
        await editor.InitializeAsync();
        await editor.LivesAsync();
        Assert.That(await MessagesAsync(editor, "scenes/one.md"), Has.One.Contain("Nobody"));
    }

    [Test]
    public async Task Who_is_initialized_twice_is_told_so_and_nothing_is_done_twice()
    {
        await using var editor = new RawEditor(Story);
        await editor.InitializeAsync(WatchesAndShows);
        await editor.AskAsync(1, "initialize", """{"processId":null,"rootUri":null,"capabilities":{}}""");
        await editor.TellAsync("initialized");
        Assert.That((await editor.AnswerAsync(1))["error"]!["message"]!.GetValue<string>(), Does.Contain("already"));
        await editor.LivesAsync();
        Assert.That(editor.Log.Lines, Has.Some.Contain("a second time"));
        Assert.That(editor.Log.Lines.Count(line => line.Contains(" files in " + editor.Story.Root, StringComparison.Ordinal)), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public async Task Documents_that_are_opened_and_closed_twice_or_never_end_as_they_should()
    {
        await using var editor = new RawEditor(Story);
        await editor.InitializeAsync();
        await ChangeAsync(editor, "scenes/one.md", 1, "[[Unopened]]");
        await CloseAsync(editor, "scenes/one.md");
        Assert.That(await MessagesAsync(editor, "scenes/one.md"), Has.One.Contain("Nobody"), "the file counts");
        await OpenAsync(editor, "scenes/one.md", 1, "[[First]]");
        await OpenAsync(editor, "scenes/one.md", 1, "[[Second]]");
        Assert.That(await MessagesAsync(editor, "scenes/one.md"), Has.One.Contain("Second"), "the later text counts");
        await ChangeAsync(editor, "scenes/one.md", 2, "[[Third]]");
        Assert.That(await MessagesAsync(editor, "scenes/one.md"), Has.One.Contain("Third"));
        await CloseAsync(editor, "scenes/one.md");
        await CloseAsync(editor, "scenes/one.md");
        Assert.That(await MessagesAsync(editor, "scenes/one.md"), Has.One.Contain("Nobody"), "closed once is closed");
        await OpenAsync(editor, "scenes/one.md", 1, "[[Again]]");
        Assert.That(await MessagesAsync(editor, "scenes/one.md"), Has.One.Contain("Again"));
        Assert.That(editor.Log.Lines, Has.Some.Contain("had not opened").And.Some.Contain("though it had opened").And.None.Contain("[Error]"));
        await editor.LivesAsync();
    }

    [TestCase("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"textDocument/hover\",\"params\":")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("\u0000\u0001\u0002")]
    [TestCase("{\"id\":{},\"method\":5}")]
    [TestCase("{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"textDocument/hover\"}")]
    public async Task What_is_no_message_is_answered_with_an_error_and_the_next_one_is_read(string content)
    {
        await using var editor = new RawEditor(Story);
        await editor.InitializeAsync();
        await editor.SendAsync(content);
        await editor.LivesAsync();
        Assert.That(editor.Others.Where(message => message["error"] is not null).Select(message => message["error"]!["code"]!.GetValue<int>()), Has.Some.AnyOf(-32700, -32600, -32602));
    }

    [TestCase("Content-Length: -5\r\n\r\n")]
    [TestCase("Content-Length: 99999999999999999999\r\n\r\n")]
    [TestCase("Content-Length: abc\r\n\r\n{}")]
    [TestCase("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [TestCase("\r\n\r\n\r\n")]
    [TestCase("garbage without an end ")]
    public async Task Headers_that_are_none_cost_nothing_but_themselves(string header)
    {
        await using var editor = new RawEditor(Story);
        await editor.InitializeAsync();
        await editor.SendBytesAsync(Encoding.UTF8.GetBytes(header));
        await editor.LivesAsync();
    }

    [TestCase("textDocument/didOpen", "{}")]
    [TestCase("textDocument/didOpen", """{"textDocument":null}""")]
    [TestCase("textDocument/didOpen", """{"textDocument":{"uri":"","languageId":"","version":1,"text":""}}""")]
    [TestCase("textDocument/didOpen", """{"textDocument":{"uri":"file:///\u0000","languageId":"","version":1,"text":""}}""")]
    [TestCase("textDocument/didOpen", """{"textDocument":{"uri":"file:///proc/self/mem","languageId":"","version":1,"text":"[[x]]"}}""")]
    [TestCase("textDocument/didOpen", """{"textDocument":{"uri":"file:///","languageId":"","version":1,"text":"[[x]]"}}""")]
    [TestCase("textDocument/didChange", """{"textDocument":{"uri":"untitled:1","version":1},"contentChanges":[]}""")]
    [TestCase("textDocument/didChange", """{"textDocument":{"uri":"untitled:1","version":1},"contentChanges":[{}]}""")]
    [TestCase("workspace/didChangeWorkspaceFolders", """{"event":{"added":[{"uri":"file:///no/such/folder","name":"x"},{"uri":"nonsense","name":""}],"removed":[{"uri":"file:///","name":""}]}}""")]
    [TestCase("workspace/didChangeWatchedFiles", """{"changes":[{"uri":"file:///x","type":99},{"uri":"","type":-1}]}""")]
    [TestCase("window/workDoneProgress/cancel", """{"token":"none"}""")]
    [TestCase("$/progress", """{"token":1,"value":null}""")]
    [TestCase("$/setTrace", """{"value":"loud"}""")]
    [TestCase("workspace/didChangeConfiguration", """{"settings":[[[]]]}""")]
    public async Task Notifications_that_make_no_sense_change_nothing(string method, string parameters)
    {
        await using var editor = new RawEditor(Story);
        await editor.InitializeAsync();
        await editor.TellAsync(method, parameters);
        await editor.LivesAsync();
        Assert.That(await MessagesAsync(editor, "scenes/one.md"), Has.One.Contain("Nobody"));
        Assert.That(editor.Log.Lines, Has.None.Contain("[Error]"));
    }

    private static Task OpenAsync(RawEditor editor, string path, int version, string text) => editor.TellAsync("textDocument/didOpen",
        $$$"""{"textDocument":{"uri":"{{{editor.UriOf(path)}}}","languageId":"markdown","version":{{{version}}},"text":{{{System.Text.Json.JsonSerializer.Serialize(text)}}} } }""");

    private static Task ChangeAsync(RawEditor editor, string path, int version, string text) => editor.TellAsync("textDocument/didChange",
        $$$"""{"textDocument":{"uri":"{{{editor.UriOf(path)}}}","version":{{{version}}}},"contentChanges":[{"text":{{{System.Text.Json.JsonSerializer.Serialize(text)}}}}]}""");

    private static Task CloseAsync(RawEditor editor, string path) => editor.TellAsync("textDocument/didClose", $$$"""{"textDocument":{"uri":"{{{editor.UriOf(path)}}}"}}""");

    private static async Task<List<string>> MessagesAsync(RawEditor editor, string path)
    {
        var id = Guid.NewGuid().ToString();
        await editor.AskAsync(id, "textDocument/diagnostic", $$$"""{"textDocument":{"uri":"{{{editor.UriOf(path)}}}"}}""");
        return [.. (await editor.AnswerAsync(id))["result"]!["items"]!.AsArray().Select(item => item!["message"]!.GetValue<string>())];
    }
}
