using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Findings;

/// <summary>Findings as they are pushed, and as they are pulled; never both.</summary>
public sealed class FindingsTests
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
        She saw [[Nobody]].
        //- scenes/two.md
        ---
        pov: ada
        ---
        Ada came back.
        """;

    [Test]
    public async Task An_editor_that_pulls_is_never_pushed_to()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        await editor.HearsAsync("workspace/diagnostic/refresh");
        editor.Open("scenes/one.md");
        editor.Replace("scenes/one.md", "Nobody", "Somebody");
        Assert.That(await editor.CodesAsync("scenes/one.md"), Is.EqualTo(new[] { "ref/unresolved" }));
        // A change of a file that is not open is published last, and by then the others would have been.
        var before = editor.Refreshes;
        editor.Story.Write("characters/tom.yaml", "name: Tom\n");
        editor.TellFiles(("characters/tom.yaml", 1));
        await editor.RefreshedAsync(before);
        await editor.ShutdownAsync();
        Assert.That(editor.Heard.Select(heard => heard.Method), Has.None.EqualTo("textDocument/publishDiagnostics"));
    }

    [Test]
    public async Task An_editor_that_cannot_be_asked_to_pull_again_gets_its_first_answer_when_the_first_index_is_complete()
    {
        await using var editor = EditorHarness.Connect(Story, EditorProfile.Neovim);
        var hold = new TaskCompletionSource();
        editor.OnCreateProgress = () => hold.Task; // the index waits for it
        await editor.InitializeAsync();
        editor.Open("scenes/one.md");
        var pull = editor.CodesAsync("scenes/one.md");
        await editor.AskAsync("textDocument/documentSymbol", new { textDocument = editor.Document("scenes/one.md") });
        hold.SetResult();
        Assert.That(await pull, Is.EqualTo(new[] { "ref/unresolved" }));
    }

    [Test]
    public async Task An_editor_that_does_not_pull_is_pushed_to_also_of_documents_that_it_has_not_opened()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Minimal);
        await editor.PushedBecomesAsync("scenes/one.md", "ref/unresolved");
        Assert.That(editor.Pushed("scenes/two.md"), Is.Null, "what is clean is not worth a word");
    }

    [Test]
    public async Task Pushed_findings_follow_the_typing_and_carry_the_version()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Minimal);
        editor.Open("scenes/one.md");
        editor.Replace("scenes/one.md", "Nobody", "Ada Vane");
        await editor.PushedBecomesAsync("scenes/one.md");
        editor.Replace("scenes/one.md", "Ada Vane", "Nix");
        await editor.PushedBecomesAsync("scenes/one.md", "ref/unresolved");
        var last = await editor.HearsAsync("textDocument/publishDiagnostics", part => part["uri"]!.GetValue<string>() == editor.UriOf("scenes/one.md"));
        Assert.That(last.Params["version"]!.GetValue<int>(), Is.EqualTo(editor.VersionOf("scenes/one.md")));
    }

    [Test]
    public async Task A_burst_of_typing_is_pushed_once()
    {
        var options = new LanguageServerOptions { PushDelay = TimeSpan.FromMilliseconds(500) };
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Minimal, options: options);
        await editor.PushedBecomesAsync("scenes/one.md", "ref/unresolved");
        var before = editor.Heard.Count;
        editor.Open("scenes/one.md");
        for (var i = 0; i < 40; i++)
        {
            editor.Replace("scenes/one.md", "She", "x She");
        }

        await editor.UntilAsync(() => editor.Heard.Skip(before).Any(heard => heard.Params["version"]?.GetValue<int>() == 41), "the findings of the last version");
        Assert.That(editor.Heard.Skip(before).Count(), Is.LessThan(10), "not one for each key");
    }

    [Test]
    public async Task A_push_client_may_still_pull()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Minimal);
        Assert.That(await editor.CodesAsync("scenes/one.md"), Is.EqualTo(new[] { "ref/unresolved" }));
    }

    [Test]
    public async Task Findings_of_a_file_that_is_gone_are_withdrawn()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Minimal);
        await editor.PushedBecomesAsync("scenes/one.md", "ref/unresolved");
        File.Delete(editor.Story.PathOf("scenes/one.md"));
        editor.TellFiles(("scenes/one.md", 3));
        await editor.PushedBecomesAsync("scenes/one.md");
    }

    [Test]
    public async Task A_change_of_one_document_pushes_the_findings_of_those_that_refer_to_it()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Minimal);
        editor.Open("characters/ada.yaml");
        editor.ReplaceAll("characters/ada.yaml", "id: eve\nname: Eve\n");
        await editor.PushedBecomesAsync("scenes/two.md", "ref/unresolved");
        editor.ReplaceAll("characters/ada.yaml", "name: Ada Vane\n");
        await editor.PushedBecomesAsync("scenes/two.md");
    }

    [Test]
    public async Task Findings_that_somebody_asked_for_before_the_push_are_pushed_all_the_same()
    {
        var options = new LanguageServerOptions { PushDelay = TimeSpan.FromSeconds(1) };
        await using var editor = await EditorHarness.StartAsync("""
            //- story.yaml
            story: 1
            //- characters/ada.yaml
            name: Ada Vane
            //- scenes/01.md
            ---
            name: The End
            characters: [ada]
            effects: [ada dies]
            ---
            She dies.
            //- scenes/02.md
            ---
            name: The Return
            characters: [ada]
            ---
            She is there.
            """, EditorProfile.Minimal, options: options);
        await editor.PushedBecomesAsync("scenes/02.md", "time/dead-acts");
        editor.Open("scenes/01.md");
        editor.Replace("scenes/01.md", "ada dies", "");
        Assert.That(await editor.CodesAsync("scenes/02.md"), Is.Empty);
        await editor.PushedBecomesAsync("scenes/02.md");
    }

    [Test]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open("scenes/one.md");
        var full = await editor.PullAsync("scenes/one.md");
        Assert.That(full["kind"]!.GetValue<string>(), Is.EqualTo("full"));
        var id = full["resultId"]!.GetValue<string>();
        editor.Replace("scenes/one.md", "She saw", "You saw");
        var unchanged = await editor.PullAsync("scenes/one.md", id);
        Assert.That(unchanged["kind"]!.GetValue<string>(), Is.EqualTo("unchanged"));
        Assert.That(unchanged["resultId"]!.GetValue<string>(), Is.EqualTo(id));
        editor.Replace("scenes/one.md", "You", "Everybody");
        Assert.That((await editor.PullAsync("scenes/one.md", id))["kind"]!.GetValue<string>(), Is.EqualTo("full"), "the range has moved");
    }

    [Test]
    public async Task The_whole_workspace_is_pulled_in_parts()
    {
        await using var editor = EditorHarness.Connect(Story);
        for (var i = 0; i < 150; i++)
        {
            editor.Story.Write($"notes/n{i}.md", $"[[Missing {i}]]\n");
        }

        await editor.InitializeAsync();
        await editor.IndexedAsync();
        var answer = await editor.AskAsync("workspace/diagnostic", new { previousResultIds = Array.Empty<object>(), partialResultToken = "parts" });
        var parts = editor.Heard.Where(heard => heard.Method == "$/progress" && heard.Params["token"]!.ToJsonString() == "\"parts\"").ToList();
        var reports = parts.SelectMany(part => part.Params["value"]!["items"]!.AsArray()).Concat(answer!["items"]!.AsArray()).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(parts, Has.Count.GreaterThan(1));
            Assert.That(answer["items"]!.AsArray(), Is.Empty, "all of it went in parts");
            Assert.That(reports.Select(report => report!["uri"]!.GetValue<string>()), Is.Unique);
            Assert.That(reports, Has.Count.EqualTo(151));
        });
    }

    [Test]
    public async Task The_whole_workspace_without_a_token_comes_in_the_answer()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        var report = (await editor.AskAsync("workspace/diagnostic", new { previousResultIds = Array.Empty<object>() }))!["items"]!.AsArray().Single()!;
        Assert.That(report["uri"]!.GetValue<string>(), Is.EqualTo(editor.UriOf("scenes/one.md")));
        Assert.That(EditorHarness.CodesIn(report["items"]!), Is.EqualTo(new[] { "ref/unresolved" }));
        var again = (await PullAllAsync(editor, report)).Single()!;
        Assert.That(again["kind"]!.GetValue<string>(), Is.EqualTo("unchanged"));
        File.Delete(editor.Story.PathOf("scenes/one.md"));
        var refreshes = editor.Refreshes;
        editor.TellFiles(("scenes/one.md", 3));
        await editor.RefreshedAsync(refreshes);
        var gone = (await PullAllAsync(editor, report)).Single()!;
        Assert.That(gone["items"]!.AsArray(), Is.Empty, "the findings of a file go with it");
    }

    [Test]
    public async Task Nothing_that_crosses_documents_is_said_before_the_index_is_complete()
    {
        await using var editor = EditorHarness.Connect(Story, EditorProfile.VsCode);
        await editor.AskAsync("initialize", new { processId = (int?)null, rootUri = editor.UriOf(""), capabilities = JsonNode.Parse(EditorProfile.VsCode.Capabilities) });
        editor.Open("scenes/one.md", "---\npov: ada\nwhen: [\n---\n[[Nobody]]\n");
        Assert.That(await editor.CodesAsync("scenes/one.md"), Has.None.StartWith("ref/"), "no index is even begun");
        editor.Tell("initialized", new { });
        await editor.IndexedAsync();
        Assert.That(await editor.CodesAsync("scenes/one.md"), Has.Some.StartWith("ref/"));
    }

    [Test]
    public async Task A_change_of_a_file_that_is_not_open_asks_the_editor_to_pull_again()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open("scenes/one.md");
        await editor.HearsAsync("workspace/diagnostic/refresh");
        var before = editor.Refreshes;
        editor.Story.Write("characters/nobody.yaml", "name: Nobody\n");
        editor.TellFiles(("characters/nobody.yaml", 1));
        await editor.RefreshedAsync(before);
        Assert.That(await editor.CodesAsync("scenes/one.md"), Is.Empty);
    }

    [Test]
    public async Task What_is_typed_in_one_open_document_asks_the_editor_to_pull_the_others_again_where_they_are_other()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        await editor.HearsAsync("workspace/diagnostic/refresh");
        editor.Open("scenes/one.md");
        editor.Open("characters/ada.yaml");
        Assert.That(await editor.CodesAsync("scenes/one.md"), Is.EqualTo(new[] { "ref/unresolved" }));
        var before = editor.Refreshes;
        editor.Replace("characters/ada.yaml", "Ada Vane", "Nobody");
        await editor.RefreshedAsync(before);
        Assert.That(await editor.CodesAsync("scenes/one.md"), Is.Empty);
    }

    [Test]
    public async Task A_finding_has_its_rule_source_severity_and_related_places()
    {
        await using var editor = await EditorHarness.StartAsync("""
            //- story.yaml
            story: 1
            //- characters/a.yaml
            id: twin
            name: A
            //- characters/b.yaml
            id: twin
            name: B
            """);
        var finding = (await editor.PullAsync("characters/b.yaml"))["items"]![0]!;
        Assert.Multiple(() =>
        {
            Assert.That(finding["code"]!.GetValue<string>(), Is.EqualTo("ref/duplicate-id"));
            Assert.That(finding["source"]!.GetValue<string>(), Is.EqualTo("storylsp"));
            Assert.That(finding["severity"]!.GetValue<int>(), Is.EqualTo(1));
            Assert.That(finding["relatedInformation"]![0]!["location"]!["uri"]!.GetValue<string>(), Is.EqualTo(editor.UriOf("characters/a.yaml")));
        });
    }

    private static async Task<JsonArray> PullAllAsync(EditorHarness editor, JsonNode report) =>
        (await editor.AskAsync("workspace/diagnostic", new
        {
            previousResultIds = new[] { new { uri = report["uri"]!.GetValue<string>(), value = report["resultId"]!.GetValue<string>() } },
        }))!["items"]!.AsArray();
}
