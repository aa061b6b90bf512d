using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Lifecycle;

/// <summary>From <c>initialize</c> to <c>exit</c>, as each kind of editor does it.</summary>
public sealed class LifecycleTests
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
        Ada came.
        """;

    private static readonly EditorProfile[] Profiles = [EditorProfile.VsCode, EditorProfile.Neovim, EditorProfile.Minimal, EditorProfile.Utf32];

    [TestCaseSource(nameof(Profiles))]
    public async Task Every_editor_is_told_what_the_server_can_do(object profile)
    {
        await using var editor = await EditorHarness.StartAsync(Story, (EditorProfile)profile);
        var can = editor.Capabilities;
        Assert.Multiple(() =>
        {
            Assert.That(editor.Initialized["serverInfo"]!["name"]!.GetValue<string>(), Is.EqualTo("storylsp"));
            Assert.That(can["textDocumentSync"]!["change"]!.GetValue<int>(), Is.EqualTo(2), "incremental");
            Assert.That(can["textDocumentSync"]!["openClose"]!.GetValue<bool>(), Is.True);
            Assert.That(can["diagnosticProvider"]!["workspaceDiagnostics"]!.GetValue<bool>(), Is.True, "advertised whoever asks");
            Assert.That(can["diagnosticProvider"]!["interFileDependencies"]!.GetValue<bool>(), Is.True);
            Assert.That(can["completionProvider"]!["resolveProvider"]!.GetValue<bool>(), Is.True);
            Assert.That(can["workspace"]!["workspaceFolders"]!["supported"]!.GetValue<bool>(), Is.True);
            Assert.That(can["executeCommandProvider"]!["commands"]!.AsArray().Select(name => name!.GetValue<string>()), Does.Contain("storylsp.view").And.Contain("storylsp.proposal.accept"));
            Assert.That(can["experimental"]!["storylsp"]!["commands"]!.AsArray().Select(name => name!.GetValue<string>()), Does.Contain("storylsp.run").And.Contain("storylsp.synopsis"));
        });
    }

    [TestCase("[\"utf-8\", \"utf-16\"]", "utf-8")]
    [TestCase("[\"utf-16\", \"utf-8\"]", "utf-16")]
    [TestCase("[\"utf-32\"]", "utf-32")]
    [TestCase("[\"utf-7\"]", "utf-16")]
    public async Task The_first_known_position_encoding_is_taken(string offered, string taken)
    {
        var profile = EditorProfile.Minimal with { Capabilities = "{\"general\": {\"positionEncodings\": " + offered + "}}" };
        await using var editor = await EditorHarness.StartAsync(Story, profile);
        Assert.That(editor.Capabilities["positionEncoding"]!.GetValue<string>(), Is.EqualTo(taken));
    }

    [Test]
    public async Task Positions_are_in_UTF_16_where_nothing_was_offered()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Minimal);
        Assert.That(editor.Capabilities["positionEncoding"]!.GetValue<string>(), Is.EqualTo("utf-16"));
    }

    [Test]
    public async Task Shutdown_then_exit_is_code_0()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        Assert.That(await editor.ShutdownAsync(), Is.Zero);
    }

    [Test]
    public async Task Exit_without_shutdown_is_code_1()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        Assert.That(await editor.ExitAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task After_shutdown_requests_are_invalid()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        await editor.AskAsync("shutdown", new { });
        Assert.That((await editor.RefusedAsync("workspace/symbol", new { query = "ada" })).Code, Is.EqualTo(-32600));
    }

    [Test]
    public async Task An_unknown_request_is_told_so()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        Assert.That((await editor.RefusedAsync("storylsp/nothing", new { })).Code, Is.EqualTo(-32601));
    }

    [Test]
    public async Task Nothing_is_said_before_initialized()
    {
        await using var editor = EditorHarness.Connect(Story);
        await editor.AskAsync("initialize", new { processId = (int?)null, rootUri = editor.UriOf(""), capabilities = JsonNode.Parse(EditorProfile.VsCode.Capabilities) });
        // The answer to a request after it comes later than whatever the server would have said.
        await editor.AskAsync("workspace/symbol", new { query = "" });
        Assert.That(editor.Heard, Is.Empty);
        editor.Tell("initialized", new { });
        await editor.HearsAsync("client/registerCapability");
    }

    [Test]
    public async Task Files_are_watched_by_the_editor_that_can()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        var registered = await editor.HearsAsync("client/registerCapability", part => part["registrations"]![0]!["method"]!.GetValue<string>() == "workspace/didChangeWatchedFiles");
        var registration = registered.Params["registrations"]![0]!;
        Assert.That(registration["registerOptions"]!["watchers"]!.AsArray(), Is.Not.Empty);
    }

    [Test]
    public async Task Nothing_is_registered_with_an_editor_that_does_not_register()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Neovim);
        await editor.ShutdownAsync();
        Assert.That(editor.Heard.Select(heard => heard.Method), Has.None.EqualTo("client/registerCapability"));
    }

    [Test]
    public async Task Indexing_shows_progress_from_beginning_to_end()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        var end = await editor.HearsAsync("$/progress", part => part["value"]!["kind"]!.GetValue<string>() == "end");
        var token = end.Params["token"]!.ToJsonString();
        var parts = editor.Heard.Where(heard => heard.Method == "$/progress" && heard.Params["token"]!.ToJsonString() == token).Select(heard => heard.Params["value"]!).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(editor.Heard.Select(heard => heard.Method), Has.Some.EqualTo("window/workDoneProgress/create"));
            Assert.That(parts[0]["kind"]!.GetValue<string>(), Is.EqualTo("begin"));
            Assert.That(parts[0]["title"]!.GetValue<string>(), Does.Contain("ndexing"));
            Assert.That(parts.Count(part => part["kind"]!.GetValue<string>() == "end"), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task An_editor_that_never_answers_about_progress_gets_its_index_all_the_same()
    {
        await using var editor = EditorHarness.Connect(Story);
        var never = new TaskCompletionSource();
        editor.OnCreateProgress = () => never.Task;
        await editor.InitializeAsync();
        await editor.IndexedAsync();
        never.SetResult();
    }

    [Test]
    public async Task An_editor_without_progress_is_not_bothered_with_it()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Minimal);
        await editor.ShutdownAsync();
        Assert.That(editor.Heard.Select(heard => heard.Method), Has.None.EqualTo("window/workDoneProgress/create"));
    }

    [Test]
    public async Task A_request_with_wrong_parameters_is_refused_and_the_next_is_answered()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        Assert.That((await editor.RefusedAsync("textDocument/hover", new { textDocument = 5 })).Code, Is.EqualTo(-32602));
        Assert.That(await editor.AskAsync("workspace/symbol", new { query = "Ada" }), Is.Not.Null);
    }
}
