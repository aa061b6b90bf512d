using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NUnit.Framework;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Tests.Editor;
using StoryLsp.Testing;

namespace StoryLsp.Server.Tests.House;

/// <summary>The page on the protocol says of each method what the server does with it: what it takes, what it sends, and what it offers.</summary>
public sealed partial class ProtocolPageTests
{
    private const string Story = "//- story.yaml\nstory: 1\n//- notes/a.md\n# A\n";

    /// <summary>They begin and end the session, and are tested where it is.</summary>
    private static readonly string[] Frame = ["initialize", "initialized", "shutdown", "exit"];

    private static readonly IReadOnlyList<Row> Rows = Read();

    [Test]
    public void There_is_one_row_for_each_method_where_its_sender_is()
    {
        Assert.That(Rows.Select(row => (row.Method, row.Section)), Is.EquivalentTo(LspMethodList.All.Select(method => (method.Name, method.Direction))));
        Assert.That(Rows.Select(row => row.State), Is.All.AnyOf("yes", "no", "ignored"));
        Assert.That(Rows.Select(row => row.Says), Is.All.Not.Empty);
        Assert.That(Rows.Select(row => row.Method), Is.EqualTo(Rows.OrderBy(row => row.Section).ThenBy(row => row.Method, StringComparer.Ordinal).Select(row => row.Method)));
    }

    [Test]
    public async Task What_the_page_says_is_taken_is_taken_and_nothing_else()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Everything);
        foreach (var method in FromEditor(isRequest: true))
        {
            Assert.That(await IsAnsweredAsync(editor, method.Name), Is.EqualTo(StateOf(method) != "no"), method.Name);
        }

        foreach (var method in FromEditor(isRequest: false))
        {
            editor.Tell(method.Name, new { });
        }

        // Notifications are taken in order, so that all were when a request is answered.
        await editor.AskAsync("workspace/symbol", new { query = "" });
        foreach (var method in FromEditor(isRequest: false))
        {
            Assert.That(editor.ServerLog.Says($"The notification {method.Name} is not known"), Is.EqualTo(StateOf(method) == "no"), method.Name);
        }
    }

    /// <summary>They change nothing and answer nothing: what comes of them is said otherwise, and tested here by itself.</summary>
    private static readonly string[] Elsewhere = ["workspace/willDeleteFiles"];

    private static IEnumerable<string> Answered() =>
        LspMethodList.All.Where(method => method.IsRequest && method.Direction == LspDirection.ClientToServer && !Frame.Contains(method.Name) && StateOf(method) == "yes").Select(method => method.Name).Except(Elsewhere);

    [TestCaseSource(nameof(Answered))]
    public async Task What_the_page_says_is_supported_answers_a_right_question(string method)
    {
        await using var editor = await EditorHarness.StartAsync(RightQuestions.Story, EditorProfile.Everything);
        var answer = await RightQuestions.For(method).AskAsync(editor);
        Assert.That(RightQuestion.IsAnswered(answer), $"{method} answers {answer?.ToJsonString() ?? "null"}");
    }

    [TestCase("textDocument/hover", "{}", "The parameters of `textDocument/hover` cannot be read: it needs `textDocument` and `position`.")]
    [TestCase("textDocument/hover", """{"textDocument":{"uri":"file:///a.md"},"position":{"line":1}}""", "The parameters of `textDocument/hover` cannot be read: it needs `position.character`.")]
    [TestCase("textDocument/hover", """{"textDocument":{"uri":"file:///a.md"},"position":{"line":"one","character":0}}""", "The parameters of `textDocument/hover` cannot be read: what stands under `position.line` is of another kind than it should be.")]
    [TestCase("textDocument/rename", "[]", "The parameters of `textDocument/rename` cannot be read: it is of another shape than it should be.")]
    public async Task What_is_asked_wrongly_is_told_in_the_words_of_the_protocol(string method, string parameters, string message)
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        Assert.That((await editor.RefusedAsync(method, JsonNode.Parse(parameters)!)).Message, Is.EqualTo(message));
    }

    [Test]
    public async Task No_error_names_a_type_of_the_server()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Everything);
        foreach (var method in FromEditor(isRequest: true))
        {
            var answer = await editor.AskAsync(method.Name, new { textDocument = 5 }).ContinueWith(asked => asked.Exception?.InnerException?.Message ?? "", TaskScheduler.Default);
            Assert.That(answer, Does.Not.Contain("StoryLsp.Protocol").And.Not.Contain("System.").And.Not.Contain("JSON deserialization"), method.Name);
        }
    }

    [Test]
    public async Task What_a_deletion_would_break_is_said()
    {
        await using var editor = await EditorHarness.StartAsync(RightQuestions.Story, EditorProfile.Everything);
        Assert.That(await editor.AskAsync("workspace/willDeleteFiles", new { files = new[] { new { uri = editor.UriOf("characters/tom.md") } } }), Is.Null);
        await editor.HearsAsync("window/showMessage", message => message["message"]!.GetValue<string>().Contains("tom.md", StringComparison.Ordinal));
    }

    [Test]
    public async Task What_the_page_says_is_supported_is_offered_and_nothing_else()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Everything);
        await editor.HearsAsync("client/registerCapability", part => part.ToJsonString().Contains("didChangeWatchedFiles", StringComparison.Ordinal));
        var registered = editor.Heard.Where(heard => heard.Method == "client/registerCapability")
            .SelectMany(heard => heard.Params["registrations"]!.AsArray().Select(one => one!["method"]!.GetValue<string>())).ToHashSet();
        foreach (var method in LspMethodList.All.Where(method => method is { Direction: LspDirection.ClientToServer, ServerCapability: not null }))
        {
            var isOffered = IsOffered(editor.Capabilities, method.ServerCapability!) || registered.Contains(method.Name);
            Assert.That(isOffered, Is.EqualTo(StateOf(method) == "yes"), method.Name);
        }
    }

    [Test]
    public void What_the_page_says_the_server_sends_is_sent_somewhere_and_nothing_else()
    {
        var code = string.Concat(new[] { "StoryLsp.Server", Path.Combine("StoryLsp.Protocol", "JsonRpc") }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, "server", folder), "*.cs", SearchOption.AllDirectories)).Select(File.ReadAllText));
        var spoken = typeof(LspMethods).GetProperties().ToDictionary(
            property => (string)property.PropertyType.GetProperty("Name")!.GetValue(property.GetValue(null))!, property => $"LspMethods.{property.Name}");
        foreach (var method in LspMethodList.All.Where(method => method.Direction != LspDirection.ClientToServer || Frame.Contains(method.Name) || method.Name.StartsWith("$/", StringComparison.Ordinal)))
        {
            var isSpoken = method.Name == "$/progress" || (spoken.TryGetValue(method.Name, out var name) && Regex.IsMatch(code, Regex.Escape(name) + @"\b"));
            Assert.That(isSpoken, Is.EqualTo(StateOf(method) == "yes"), method.Name);
        }
    }

    private static IEnumerable<LspMethod> FromEditor(bool isRequest) => LspMethodList.All.Where(method =>
        method.Direction == LspDirection.ClientToServer && method.IsRequest == isRequest && !Frame.Contains(method.Name) && !method.Name.StartsWith("$/", StringComparison.Ordinal));

    private static async Task<bool> IsAnsweredAsync(EditorHarness editor, string method)
    {
        try
        {
            await editor.AskAsync(method, new { });
            return true;
        }
        catch (ResponseErrorException error)
        {
            return error.Code != (int)ErrorCodes.MethodNotFound;
        }
    }

    private static bool IsOffered(JsonNode capabilities, string path)
    {
        JsonNode? node = capabilities;
        foreach (var name in path.Split('.'))
        {
            node = node is JsonObject parent ? parent[name] : null;
        }

        return node is not null && node.GetValueKind() != JsonValueKind.False;
    }

    private static string StateOf(LspMethod method) => Rows.Single(row => row.Method == method.Name).State;

    private static List<Row> Read()
    {
        var rows = new List<Row>();
        var section = LspDirection.Both;
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "server", "StoryLsp.Server", "PROTOCOL.md")))
        {
            section = line switch
            {
                "## What the editor sends" => LspDirection.ClientToServer,
                "## What the server sends" => LspDirection.ServerToClient,
                "## What either sends" => LspDirection.Both,
                _ => section,
            };
            if (RowOf().Match(line) is { Success: true } match)
            {
                rows.Add(new Row(section, match.Groups["method"].Value, match.Groups["state"].Value, match.Groups["says"].Value));
            }
        }

        return rows;
    }

    private sealed record Row(LspDirection Section, string Method, string State, string Says);

    [GeneratedRegex(@"^\| `(?<method>[^`]+)` \| (?<state>\w+) \| (?<says>.*) \|$")]
    private static partial Regex RowOf();
}
