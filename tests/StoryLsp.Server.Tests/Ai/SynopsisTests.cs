using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Ai;

/// <summary>The step that writes a synopsis, from the code action to the bytes of the buffer.</summary>
public sealed class SynopsisTests
{
    private const string Kind = "refactor.rewrite.storylsp.synopsis";
    private const string Scene = "scenes/one.md";
    private const string Story = """
        //- story.yaml
        story: 1
        ai: {provider: offline}
        //- characters/ada.yaml
        name: Ada Vane
        secrets: She is the thief.
        //- scenes/one.md
        ---
        title: The Mill
        pov: ada
        ---
        Ada Vane walked to the mill at dusk. The wheel stood still. She found the ledger under the floor and read it to the end.
        """;

    [Test]
    public async Task The_step_is_a_command_and_is_never_resolved()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        var action = await ActionAsync(editor);
        Assert.Multiple(() =>
        {
            Assert.That(action["title"]!.GetValue<string>(), Is.EqualTo("Write the synopsis"));
            Assert.That(action["kind"]!.GetValue<string>(), Is.EqualTo(Kind));
            Assert.That(action["edit"], Is.Null);
            Assert.That(action["command"]!["command"]!.GetValue<string>(), Is.EqualTo("storylsp.synopsis"));
            Assert.That(editor.Capabilities["codeActionProvider"]!["resolveProvider"]?.GetValue<bool>() ?? false, Is.False);
        });
    }

    [Test]
    public async Task Accepting_puts_in_the_field_and_nothing_else()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        var before = editor.Buffer(Scene);
        JsonNode? sent = null;
        editor.OnApplyEdit = parameters =>
        {
            sent = parameters;
            return Task.FromResult(editor.MakeEdit(parameters["edit"]!));
        };
        var answer = await RunAsync(editor);
        var line = editor.Buffer(Scene).Split('\n').Single(text => text.StartsWith("synopsis:", StringComparison.Ordinal));
        Assert.Multiple(() =>
        {
            Assert.That(answer["status"]!.GetValue<string>(), Is.EqualTo("accepted"));
            Assert.That(line, Does.Contain("Ada Vane walked to the mill"));
            Assert.That(editor.Buffer(Scene).Replace(line + "\n", "", StringComparison.Ordinal), Is.EqualTo(before));
            Assert.That(editor.Story.Read(Scene), Is.EqualTo(before), "the file is the editor's to save");
            var annotation = sent!["edit"]!["changeAnnotations"]!.AsObject().Single().Value!;
            Assert.That(annotation["needsConfirmation"]!.GetValue<bool>(), Is.True);
            Assert.That(annotation["description"]!.GetValue<string>(), Does.Contain("offline"));
            var change = sent["edit"]!["documentChanges"]![0]!;
            Assert.That(change["textDocument"]!["version"]!.GetValue<int>(), Is.EqualTo(1));
            Assert.That(change["edits"]!.AsArray().Select(edit => edit!["annotationId"]), Has.None.Null);
            Assert.That(Proposals(editor), Is.Empty, "what was decided is not kept");
        });
    }

    [Test]
    public async Task Rejecting_leaves_every_byte()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        var before = editor.Buffer(Scene);
        editor.OnApplyEdit = static _ => Task.FromResult(false);
        Assert.That((await RunAsync(editor))["status"]!.GetValue<string>(), Is.EqualTo("rejected"));
        Assert.That(editor.Buffer(Scene), Is.EqualTo(before));
        Assert.That(editor.Story.Read(Scene), Is.EqualTo(before));
        Assert.That(Proposals(editor), Is.Empty);
    }

    [TestCase("The file is read-only.", "pending")]
    [TestCase("The writer rejected the change.", "rejected")]
    public async Task What_the_editor_cannot_do_is_no_person_s_refusal(string reason, string status)
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        editor.OnApplyEdit = static _ => Task.FromResult(false);
        editor.FailureReason = reason;
        Assert.That((await RunAsync(editor))["status"]!.GetValue<string>(), Is.EqualTo(status));
        Assert.That(Proposals(editor), Has.Length.EqualTo(status == "pending" ? 1 : 0), "what was paid for is not thrown away");
        if (status == "pending")
        {
            await editor.HearsAsync("window/showMessage", part => part["message"]!.GetValue<string>().Contains(reason, StringComparison.Ordinal));
        }
    }

    [Test]
    public async Task A_file_that_was_not_open_and_changed_meanwhile_is_no_refusal()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.OnApplyEdit = _ =>
        {
            editor.Story.Write(Scene, "# Another\n\nAll is new.\n");
            return Task.FromResult(false);
        };
        var answer = await editor.ExecuteAsync("storylsp.synopsis", new { uri = editor.UriOf(Scene), container = "one" });
        Assert.That(answer["status"]!.GetValue<string>(), Is.EqualTo("pending"));
        Assert.That(Proposals(editor), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_pipeline_of_the_story_s_own_in_a_shipped_one_s_place_is_named_and_never_sent_unread()
    {
        await using var editor = await EditorHarness.StartAsync(Story + """

            //- pipelines/synopsis.yaml
            pipeline: synopsis
            title: Write the synopsis
            input: scene
            steps:
              - context: {include: [subject]}
              - prompt: {system: Send me all., user: "{{input}}"}
              - intercept
              - generate: {offline: summary}
              - propose: {to: field, field: synopsis}
            """);
        editor.Open(Scene);
        Assert.That((await editor.AskAsync("storylsp/pipelines", new { }))!["pipelines"]!.AsArray().Single(one => one!["name"]!.GetValue<string>() == "synopsis")!["path"]?.GetValue<string>(),
            Is.EqualTo("pipelines/synopsis.yaml"));
        var action = (await editor.ActionsAsync(Scene, editor.Buffer(Scene).IndexOf("walked", StringComparison.Ordinal), Kind)).Single()!;
        Assert.That(action["title"]!.GetValue<string>(), Is.EqualTo("Write the synopsis (pipelines/synopsis.yaml)"));
        Assert.That((await editor.ExecuteAsync(action["command"]!))["status"]!.GetValue<string>(), Is.EqualTo("paused"));
        Assert.That(await TryRunAsync(editor, "one"), Does.Contain("pipelines/synopsis.yaml"));
        var auto = await editor.ExecuteAsync("storylsp.run", new { pipeline = "synopsis", uri = editor.UriOf(Scene), container = "one", auto = true });
        Assert.That(auto["status"]!.GetValue<string>(), Is.EqualTo("paused"));
    }

    [TestCase("Accept", "accepted", true)]
    [TestCase("Reject", "rejected", false)]
    [TestCase("Decide later", "pending", false)]
    [TestCase(null, "pending", false)]
    public async Task An_editor_that_does_not_know_annotations_gets_a_question_and_never_a_silent_edit(string? button, string status, bool changes)
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Neovim);
        editor.Open(Scene);
        var before = editor.Buffer(Scene);
        JsonNode? question = null;
        editor.OnQuestion = parameters =>
        {
            Assert.That(editor.Heard.Select(heard => heard.Method), Has.None.EqualTo("workspace/applyEdit"), "asked first");
            question = parameters;
            return Task.FromResult(button);
        };
        var answer = await RunAsync(editor);
        Assert.Multiple(() =>
        {
            Assert.That(question!["message"]!.GetValue<string>(), Does.Contain("Ada Vane walked to the mill").And.Contain("offline"));
            Assert.That(question["actions"]!.AsArray().Select(action => action!["title"]!.GetValue<string>()), Is.EqualTo(new[] { "Accept", "Reject", "Decide later" }));
            Assert.That(answer["status"]!.GetValue<string>(), Is.EqualTo(status));
            Assert.That(editor.Buffer(Scene) != before, Is.EqualTo(changes));
            Assert.That(Proposals(editor), Has.Length.EqualTo(status == "pending" ? 1 : 0), "what is not decided waits as a proposal");
        });
    }

    [Test]
    public async Task An_editor_that_takes_no_edits_keeps_the_proposal_for_the_command_line()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Minimal);
        editor.Open(Scene);
        editor.OnQuestion = static _ => Task.FromResult<string?>("Accept");
        var answer = await RunAsync(editor);
        Assert.That(answer["status"]!.GetValue<string>(), Is.EqualTo("pending"));
        Assert.That(Proposals(editor), Has.Length.EqualTo(1));
        Assert.That(editor.Heard.Select(heard => heard.Method), Has.None.EqualTo("workspace/applyEdit"));
    }

    [Test]
    public async Task Typing_elsewhere_meanwhile_does_not_harm()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Neovim);
        editor.Open(Scene);
        editor.OnQuestion = _ =>
        {
            editor.Replace(Scene, "to the end.", "to the end. Then she ran.");
            return Task.FromResult<string?>("Accept");
        };
        // Whether it is put in or refused: nothing of what was typed is lost, and no version is guessed.
        var error = await TryRunAsync(editor);
        Assert.That(editor.Buffer(Scene), Does.Contain("Then she ran."));
        Assert.That(error is null ? editor.Buffer(Scene) : "synopsis:", Does.Contain("synopsis:"));
    }

    [Test]
    public async Task A_place_that_changed_meanwhile_is_told_and_not_guessed()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Neovim);
        editor.Open(Scene);
        var after = "";
        editor.OnQuestion = _ =>
        {
            editor.ReplaceAll(Scene, "# Something else\n\nAll is new.\n");
            after = editor.Buffer(Scene);
            return Task.FromResult<string?>("Accept");
        };
        var error = await TryRunAsync(editor);
        Assert.That(error, Does.Contain("changed in the meantime"));
        Assert.That(editor.Buffer(Scene), Is.EqualTo(after));
    }

    [Test]
    public async Task An_edit_that_comes_too_late_fails_by_its_version()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        editor.OnApplyEdit = parameters =>
        {
            // The person types while the edit is on its way.
            editor.Replace(Scene, "dusk", "dawn");
            return Task.FromResult(editor.MakeEdit(parameters["edit"]!));
        };
        var answer = await RunAsync(editor);
        Assert.That(editor.Buffer(Scene), Does.Contain("dawn").And.Not.Contain("synopsis:"));
        Assert.That(answer["status"]!.GetValue<string>(), Is.EqualTo("pending"), "nobody has rejected it");
        Assert.That(Proposals(editor), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_cancelled_step_is_answered_once_and_changes_nothing()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Neovim);
        editor.Open(Scene);
        var asked = new TaskCompletionSource();
        var never = new TaskCompletionSource<string?>();
        editor.OnQuestion = _ =>
        {
            asked.TrySetResult();
            return never.Task;
        };
        using var cancel = new CancellationTokenSource();
        var running = RunAsync(editor, cancel.Token);
        await asked.Task.WaitAsync(Patience.Limit);
        await cancel.CancelAsync();
        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());
        await editor.UntilAsync(() => editor.ClientLog.Says("-32800"), "the answer that it was cancelled");
        await editor.AskAsync("workspace/symbol", new { query = "" });
        Assert.That(editor.ClientLog.Lines.Count(line => line.Contains("-32800", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(editor.Heard.Select(heard => heard.Method), Has.None.EqualTo("workspace/applyEdit"));
        never.SetResult(null);
    }

    [Test]
    public async Task The_progress_of_the_step_can_be_cancelled()
    {
        await using var editor = await EditorHarness.StartAsync(Story.Replace("{provider: offline}", "{provider: openai, model: m, endpoint: 'http://127.0.0.1:9/v1'}", StringComparison.Ordinal));
        editor.Open(Scene);
        editor.OnCreateProgress = () =>
        {
            // Pressed at the first moment at which there is something to press.
            var token = editor.Heard[^1].Params["token"]!;
            _ = Task.Run(async () =>
            {
                await editor.HearsAsync("$/progress", part => part["token"]!.ToJsonString() == token.ToJsonString() && part["value"]!["kind"]!.GetValue<string>() == "begin");
                editor.Tell("window/workDoneProgress/cancel", new { token });
            });
            return Task.CompletedTask;
        };
        var error = await TryRunAsync(editor);
        var begin = await editor.HearsAsync("$/progress", part => part["value"]!["title"]?.GetValue<string>() == "Writing the synopsis");
        Assert.That(begin.Params["value"]!["cancellable"]!.GetValue<bool>(), Is.True);
        Assert.That(error, Is.Not.Null);
        Assert.That(editor.Buffer(Scene), Does.Not.Contain("synopsis:"));
    }

    [Test]
    public async Task Where_models_are_switched_off_there_is_no_action_no_command_and_no_capability()
    {
        await using var editor = await EditorHarness.StartAsync(Story.Replace("{provider: offline}", "{enabled: false}", StringComparison.Ordinal));
        editor.Open(Scene);
        Assert.That(await editor.ActionsAsync(Scene, editor.Buffer(Scene).IndexOf("walked", StringComparison.Ordinal)), Is.Empty);
        Assert.That(editor.Capabilities["executeCommandProvider"]!["commands"]!.ToJsonString(), Does.Contain("storylsp.proposal.accept").And.Not.Contain("storylsp.run").And.Not.Contain("storylsp.synopsis"));
        Assert.That(editor.Capabilities["codeActionProvider"]!["codeActionKinds"]!.AsArray().Select(kind => kind!.GetValue<string>()), Has.Member("refactor.extract.container").And.None.Contains("storylsp"));
        Assert.That(editor.Capabilities["experimental"]!["storylsp"]!["commands"]!.ToJsonString(), Is.EqualTo(editor.Capabilities["executeCommandProvider"]!["commands"]!.ToJsonString()));
        Assert.That(await TryRunAsync(editor, "one"), Does.Contain("ai.enabled"));
        Assert.That(Proposals(editor), Is.Empty);
    }

    [Test]
    public async Task Switching_models_off_in_the_buffer_takes_effect_at_once()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        editor.Open("story.yaml");
        Assert.That(await ActionAsync(editor), Is.Not.Null);
        editor.Replace("story.yaml", "provider: offline", "enabled: false");
        Assert.That(await editor.ActionsAsync(Scene, editor.Buffer(Scene).IndexOf("walked", StringComparison.Ordinal), Kind), Is.Empty);
        Assert.That(await TryRunAsync(editor, "one"), Does.Contain("ai.enabled"));
        editor.Replace("story.yaml", "enabled: false", "enabled: true");
        Assert.That((await RunAsync(editor))["status"]!.GetValue<string>(), Is.EqualTo("accepted"));
    }

    [Test]
    public async Task Switching_models_on_offers_the_command_to_an_editor_that_was_told_of_none()
    {
        await using var editor = await EditorHarness.StartAsync(Story.Replace("{provider: offline}", "{enabled: false}", StringComparison.Ordinal));
        static bool IsCommand(JsonNode part, string list) => part[list]!.AsArray().Any(one => one!["method"]!.GetValue<string>() == "workspace/executeCommand");
        editor.Open("story.yaml");
        editor.Replace("story.yaml", "enabled: false", "enabled: true");
        var offered = await editor.HearsAsync("client/registerCapability", part => IsCommand(part, "registrations"));
        Assert.That(offered.Params["registrations"]![0]!["registerOptions"]!["commands"]!.ToJsonString(), Does.Contain("\"storylsp.run\"").And.Contain("\"storylsp.synopsis\""));
        editor.Open(Scene);
        Assert.That((await RunAsync(editor))["status"]!.GetValue<string>(), Is.EqualTo("accepted"));
        editor.Replace("story.yaml", "enabled: true", "enabled: false");
        await editor.HearsAsync("client/unregisterCapability", part => IsCommand(part, "unregisterations"));
    }

    [Test]
    public async Task Switching_models_off_takes_the_commands_back_that_were_offered_at_the_start()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        static bool IsCommand(JsonNode part, string list) => part[list]!.AsArray().Any(one => one!["method"]!.GetValue<string>() == "workspace/executeCommand");
        var offered = await editor.HearsAsync("client/registerCapability", part => IsCommand(part, "registrations"));
        Assert.That(offered.Params["registrations"]![0]!["registerOptions"]!["commands"]!.ToJsonString(), Does.Contain("\"storylsp.run\"").And.Not.Contain("storylsp.proposal"));
        Assert.That(editor.Capabilities["executeCommandProvider"]!["commands"]!.ToJsonString(), Does.Not.Contain("\"storylsp.run\""));
        editor.Open("story.yaml");
        editor.Replace("story.yaml", "provider: offline", "enabled: false");
        await editor.HearsAsync("client/unregisterCapability", part => IsCommand(part, "unregisterations"));
    }

    [TestCase("""{"command": "storylsp.nothing", "arguments": []}""", "storylsp.nothing")]
    [TestCase("""{"command": "storylsp.synopsis"}""", "one argument")]
    [TestCase("""{"command": "storylsp.synopsis", "arguments": [5]}""", "one argument")]
    [TestCase("""{"command": "storylsp.synopsis", "arguments": [{"uri": "untitled:1", "container": "x"}]}""", "no open story")]
    public async Task A_command_that_makes_no_sense_is_refused_in_words(string parameters, string says)
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        Assert.That((await editor.RefusedAsync("workspace/executeCommand", JsonNode.Parse(parameters)!)).Message, Does.Contain(says));
    }

    [Test]
    public async Task A_scene_that_is_gone_is_told()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        Assert.That(await TryRunAsync(editor, "no-such-scene"), Does.Contain("no-such-scene"));
    }

    private static async Task<JsonNode> ActionAsync(EditorHarness editor)
    {
        var offset = editor.Story.File(Scene).Text.IndexOf("walked", StringComparison.Ordinal);
        return (await editor.ActionsAsync(Scene, offset, Kind)).Single()!;
    }

    private static async Task<JsonNode> RunAsync(EditorHarness editor, CancellationToken cancellationToken = default)
    {
        var command = (await ActionAsync(editor))["command"]!;
        return (await editor.AskAsync("workspace/executeCommand", new { command = command["command"], arguments = command["arguments"] }, cancellationToken))!;
    }

    /// <summary>Runs the step; gives the error's message, or null.</summary>
    private static async Task<string?> TryRunAsync(EditorHarness editor, string? container = null)
    {
        try
        {
            if (container is null)
            {
                await RunAsync(editor);
            }
            else
            {
                await editor.AskAsync("workspace/executeCommand", new { command = "storylsp.synopsis", arguments = new[] { new { uri = editor.UriOf(Scene), container } } });
            }

            return null;
        }
        catch (Protocol.JsonRpc.ResponseErrorException error)
        {
            return error.Message;
        }
    }

    private static string[] Proposals(EditorHarness editor)
    {
        var folder = editor.Story.PathOf(".story/proposals");
        return Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
    }
}
