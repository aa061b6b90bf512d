using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Tests.Editor;
using StoryLsp.Testing;

namespace StoryLsp.Server.Tests.Ai;

/// <summary>A run from the code action over the prompt that a person edits to the proposal, with the editor's own model.</summary>
public sealed class RunTests
{
    private const string Scene = "scenes/one.md";
    private const string Sentence = "The wheel stood still.";
    private const string Story = """
        //- story.yaml
        story: 1
        ai: {provider: editor}
        //- characters/ada.yaml
        name: Ada Vane
        //- scenes/one.md
        ---
        title: The Mill
        pov: ada
        ---
        Ada Vane walked to the mill. The wheel stood still. She found the ledger.
        """;

    private static readonly EditorProfile Lending = With("""{"storylsp": {"chat": true, "secrets": true, "documents": true, "ticks": true}}""");

    [Test]
    public async Task What_the_person_leaves_in_the_unsaved_prompt_is_what_the_model_is_asked()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Lending);
        editor.Open(Scene);
        var paused = await editor.ExecuteAsync(await ActionAsync(editor, "source.storylsp.synopsis"));
        Assert.That(paused["status"]!.GetValue<string>(), Is.EqualTo("paused"));
        Assert.That(editor.Chats, Is.Empty, "nothing is sent before the person has seen it");
        await editor.UntilAsync(() => editor.Shown.Contains(paused["prompt"]!.GetValue<string>()), "the prompt");

        var prompt = editor.PathOf(paused["prompt"]!.GetValue<string>());
        editor.Open(prompt);
        editor.Replace(prompt, Sentence, "The wheel turned slowly.");
        var lenses = await editor.LensesAsync(editor.UriOf(prompt));
        Assert.That(lenses.Select(lens => lens["command"]!["command"]!.GetValue<string>()), Is.EqualTo(new[] { "storylsp.resume", "storylsp.drop", "storylsp.changeModel" }));
        Assert.That(lenses[0]["command"]!["title"]!.GetValue<string>(), Does.Match(@"^Run \([\d,]+ tokens\)$"));

        editor.OnChat = (chat, _) =>
        {
            editor.Stream(chat, "Ada finds ");
            editor.Stream(chat, "the ledger.");
            return Task.FromResult<object>(new { text = "Ada finds the ledger.", model = "gpt-x", usage = new { input = 120, output = 4 } });
        };
        var done = await editor.ExecuteAsync(lenses[0]["command"]!);
        Assert.That(done["status"]!.GetValue<string>(), Is.EqualTo("done"), done.ToJsonString());
        var sent = string.Concat(editor.Chats.Single()["messages"]!.AsArray().Select(message => message!["text"]!.GetValue<string>()));
        Assert.That(sent, Does.Contain("The wheel turned slowly.").And.Not.Contain(Sentence));

        await editor.UntilAsync(() => editor.Buffer(Scene).Contains("synopsis:", StringComparison.Ordinal), "the edit");
        var edit = editor.Heard.Single(heard => heard.Method == "workspace/applyEdit").Params["edit"]!;
        Assert.That(edit["changeAnnotations"]!.AsObject().Single().Value!["description"]!.GetValue<string>(), Does.Contain("gpt-x"));
        Assert.That(editor.Buffer(Scene), Does.Contain("Ada finds the ledger.").And.Contain(Sentence));
        var news = editor.Heard.Where(heard => heard.Method == "storylsp/run").Select(heard => heard.Params).ToList();
        Assert.That(string.Concat(news.Select(part => part["text"]?.GetValue<string>())), Is.EqualTo("Ada finds the ledger."));
        Assert.That(news[^1]["tokens"]!.GetValue<long>(), Is.EqualTo(124));
    }

    [Test]
    public async Task No_prompt_no_answer_and_no_story_comes_into_a_log()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Lending);
        editor.Open(Scene);
        editor.OnChat = static (_, _) => Task.FromResult<object>(new { text = "Ada finds the ledger." });
        var paused = await editor.ExecuteAsync("storylsp.run", new { pipeline = "synopsis", uri = editor.UriOf(Scene), container = "one" });
        await editor.ExecuteAsync("storylsp.resume", new { run = paused["run"]!.GetValue<string>() });
        await editor.ExecuteAsync("storylsp.run", new { pipeline = "synopsis", uri = editor.UriOf(Scene), container = "one", auto = true });
        var logged = string.Join("\n", editor.ServerLog.Lines.Concat(editor.Heard.Where(heard => heard.Method == "window/logMessage").Select(heard => heard.Params.ToJsonString())));
        Assert.That(logged, Does.Not.Contain(Sentence).And.Not.Contain("Ada finds").And.Not.Contain("You write"));
    }

    [Test]
    public async Task The_buffer_of_the_scene_is_what_the_prompt_tells()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Lending);
        editor.Open(Scene);
        editor.Replace(Scene, Sentence, "The wheel had burned, and nobody had saved this.");
        var paused = await editor.ExecuteAsync("storylsp.run", new { pipeline = "synopsis", uri = editor.UriOf(Scene), container = "one" });
        Assert.That(editor.Story.Read(editor.PathOf(paused["prompt"]!.GetValue<string>())), Does.Contain("nobody had saved this").And.Not.Contain(Sentence));
    }

    [Test]
    public async Task The_same_button_pressed_twice_sends_one_prompt_and_shows_one_proposal()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Lending);
        editor.Open(Scene);
        var paused = await editor.ExecuteAsync("storylsp.run", new { pipeline = "synopsis", uri = editor.UriOf(Scene), container = "one" });
        editor.OnChat = static (_, _) => Task.FromResult<object>(new { text = "Ada finds the ledger." });
        var argument = new { run = paused["run"]!.GetValue<string>() };
        var answers = await Task.WhenAll(editor.ExecuteAsync("storylsp.resume", argument), editor.ExecuteAsync("storylsp.resume", argument));
        Assert.That(answers.Select(answer => answer["status"]!.GetValue<string>()), Is.All.EqualTo("done"));
        await editor.UntilAsync(() => editor.Buffer(Scene).Contains("synopsis:", StringComparison.Ordinal), "the edit");
        Assert.That(editor.Chats, Has.Count.EqualTo(1));
        Assert.That(editor.Heard.Count(heard => heard.Method == "workspace/applyEdit"), Is.EqualTo(1));
    }

    [Test]
    public async Task Where_models_are_off_nothing_is_offered_answered_or_written()
    {
        await using var editor = await EditorHarness.StartAsync(Story.Replace("{provider: editor}", "{enabled: false, provider: editor}", StringComparison.Ordinal), Lending);
        editor.Open(Scene);
        Assert.That(await editor.LensesAsync(editor.UriOf(Scene)), Is.Empty);
        Assert.That(editor.Capabilities["experimental"]!.ToJsonString(), Does.Not.Contain("storylsp.run\"").And.Not.Contain("storylsp/pipelines"));
        Assert.That(await editor.ActionsAsync(Scene, editor.Buffer(Scene).IndexOf("walked", StringComparison.Ordinal)), Is.Empty);
        foreach (var method in Extensions.StoryRequests.WithModels)
        {
            Assert.That((await editor.RefusedAsync(method, new { })).Message, Does.Contain("ai.enabled"), method);
        }

        foreach (var method in Extensions.StoryRequests.Always.Except([Extensions.StoryRequests.Appearances, Extensions.StoryRequests.Facts, Extensions.StoryRequests.Export]))
        {
            Assert.That(await editor.AskAsync(method, new { after = 0, scene = "one", format = "timeline" }), Is.Not.Null, "what was recorded needs no model");
        }

        Assert.That(await editor.RefusedCommandAsync("storylsp.run", new { pipeline = "synopsis", uri = editor.UriOf(Scene), container = "one" }), Does.Contain("ai.enabled"));
        Assert.That(editor.Chats, Is.Empty);
        Assert.That(Directory.Exists(editor.Story.PathOf(".story/runs")) || File.Exists(editor.Story.PathOf(".story/history.db")), Is.False);
    }

    [Test]
    public async Task A_cancelled_command_stops_the_model_and_leaves_nothing_half_done()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Lending);
        var asked = Hang(editor, out var stopped);
        editor.Open(Scene);
        using var cancel = new CancellationTokenSource();
        var running = editor.ExecuteAsync("storylsp.run", new { pipeline = "synopsis", uri = editor.UriOf(Scene), container = "one", auto = true }, cancel.Token);
        await asked.WaitAsync(Patience.Limit);
        await cancel.CancelAsync();
        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());
        await stopped.WaitAsync(Patience.Limit);
        await editor.HearsAsync("storylsp/chatCancel", part => part["id"]!.GetValue<string>() == editor.Chats.Single()["id"]!.GetValue<string>());
        await editor.HearsAsync("storylsp/run", part => part["status"]!.GetValue<string>() == "cancelled");
        Assert.That((await RunsAsync(editor)).Single()!["status"]!.GetValue<string>(), Is.EqualTo("cancelled"));
        Assert.That(editor.Heard.Select(heard => heard.Method), Has.None.EqualTo("workspace/applyEdit"));
    }

    [Test]
    public async Task The_progress_and_the_command_cancel_as_well([Values] bool byProgress)
    {
        await using var editor = await EditorHarness.StartAsync(Story, Lending);
        var asked = Hang(editor, out var stopped);
        editor.Open(Scene);
        var running = editor.ExecuteAsync("storylsp.run", new { pipeline = "synopsis", uri = editor.UriOf(Scene), container = "one", auto = true });
        await asked.WaitAsync(Patience.Limit);
        if (byProgress)
        {
            var begin = editor.Heard.Last(heard => heard.Method == "$/progress" && heard.Params["value"]!["kind"]!.GetValue<string>() == "begin").Params;
            Assert.That(begin["value"]!["cancellable"]!.GetValue<bool>(), Is.True);
            editor.Tell("window/workDoneProgress/cancel", new { token = begin["token"] });
        }
        else
        {
            var run = editor.Heard.Last(heard => heard.Method == "storylsp/run").Params["run"]!.GetValue<string>();
            await editor.ExecuteAsync("storylsp.cancel", new { run });
        }

        Assert.That((await running)["status"]!.GetValue<string>(), Is.EqualTo("cancelled"));
        await stopped.WaitAsync(Patience.Limit);
    }

    [Test]
    public async Task Stopping_what_has_ended_says_how_it_has_ended()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Lending);
        editor.Open(Scene);
        editor.OnChat = static (_, _) => Task.FromResult<object>(new { text = "Ada finds the ledger." });
        var done = await editor.ExecuteAsync("storylsp.run", new { pipeline = "synopsis", uri = editor.UriOf(Scene), container = "one", auto = true });
        var stopped = await editor.ExecuteAsync("storylsp.cancel", new { run = done["run"]!.GetValue<string>() });
        Assert.That(stopped["status"]!.GetValue<string>(), Is.EqualTo("done"));
    }

    [Test]
    public async Task The_editor_s_model_is_told_what_for_and_whether_a_person_has_read_it()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Lending);
        editor.Open(Scene);
        editor.OnChat = static (_, _) => Task.FromResult<object>(new { text = "Ada finds the ledger." });
        var paused = await editor.ExecuteAsync("storylsp.run", new { pipeline = "synopsis", uri = editor.UriOf(Scene), container = "one" });
        await editor.ExecuteAsync("storylsp.resume", new { run = paused["run"]!.GetValue<string>() });
        await editor.ExecuteAsync("storylsp.run", new { pipeline = "synopsis", uri = editor.UriOf(Scene), container = "one", auto = true });
        Assert.That(editor.Chats.Select(chat => chat["purpose"]!.GetValue<string>()), Is.All.EqualTo("Write the synopsis"));
        Assert.That(editor.Chats.Select(chat => chat["read"]!.GetValue<bool>()), Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public async Task A_run_whose_editor_closes_is_interrupted_and_another_goes_on_with_it()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Lending);
        await using var closing = await editor.BesideAsync();
        var asked = Hang(closing, out _);
        closing.Open(Scene);
        var running = closing.ExecuteAsync("storylsp.run", new { pipeline = "synopsis", uri = editor.UriOf(Scene), container = "one", auto = true });
        await asked.WaitAsync(Patience.Limit);
        await closing.DisposeAsync();
        // Whether the answer still finds its way is the connection's luck, so nobody waits for it.
        _ = running.ContinueWith(static done => done.Exception, TaskScheduler.Default);

        var run = (await RunsAsync(editor)).Single()!;
        Assert.That(run["status"]!.GetValue<string>(), Is.EqualTo("interrupted"), "nobody has stopped it");
        editor.OnChat = static (_, _) => Task.FromResult<object>(new { text = "Ada finds the ledger." });
        var done = await editor.ExecuteAsync("storylsp.resume", new { run = run["run"]!.GetValue<string>() });
        Assert.That(done["status"]!.GetValue<string>(), Is.EqualTo("done"), done.ToJsonString());
    }

    [Test]
    public async Task A_run_that_has_failed_is_taken_up_again_in_the_same_editor()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Lending);
        editor.Open(Scene);
        var paused = await editor.ExecuteAsync("storylsp.run", new { pipeline = "synopsis", uri = editor.UriOf(Scene), container = "one" });
        var argument = new { run = paused["run"]!.GetValue<string>() };
        editor.OnChat = static (_, _) => throw new ResponseErrorException(-32803, "You said no.", System.Text.Json.JsonSerializer.SerializeToElement(new { failure = "notAuthorized" }));
        Assert.That((await editor.ExecuteAsync("storylsp.resume", argument))["status"]!.GetValue<string>(), Is.EqualTo("failed"));
        editor.OnChat = static (_, _) => Task.FromResult<object>(new { text = "Ada finds the ledger." });
        Assert.That((await editor.ExecuteAsync("storylsp.resume", argument))["status"]!.GetValue<string>(), Is.EqualTo("done"));
        Assert.That(editor.Chats, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_dropped_run_has_no_prompt_and_no_lenses_and_is_not_resumed()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Lending);
        editor.Open(Scene);
        var paused = await editor.ExecuteAsync("storylsp.run", new { pipeline = "synopsis", uri = editor.UriOf(Scene), container = "one" });
        var (run, prompt) = (paused["run"]!.GetValue<string>(), paused["prompt"]!.GetValue<string>());
        editor.Open(editor.PathOf(prompt));
        var drop = (await editor.LensesAsync(prompt))[1]["command"]!;
        Assert.That((await editor.ExecuteAsync(drop))["status"]!.GetValue<string>(), Is.EqualTo("cancelled"));
        Assert.That(File.Exists(editor.Story.PathOf(editor.PathOf(prompt))), Is.False);
        Assert.That(await editor.LensesAsync(prompt), Is.Empty);
        Assert.That(await editor.RefusedCommandAsync("storylsp.resume", new { run }), Is.Not.Empty);
        Assert.That(editor.Chats, Is.Empty);
    }

    [Test]
    public async Task Another_model_is_written_into_the_prompt_and_asked([Values] bool bySilentClient)
    {
        await using var editor = await EditorHarness.StartAsync(Story, Lending);
        editor.Open(Scene);
        var paused = await editor.ExecuteAsync("storylsp.run", new { pipeline = "synopsis", uri = editor.UriOf(Scene), container = "one" });
        var (run, prompt) = (paused["run"]!.GetValue<string>(), editor.PathOf(paused["prompt"]!.GetValue<string>()));
        editor.Open(prompt);
        editor.OnQuestion = static _ => Task.FromResult<string?>("small");
        var changed = bySilentClient
            ? await editor.ExecuteAsync("storylsp.changeModel", new { run })
            : await editor.ExecuteAsync("storylsp.changeModel", new { run, model = "small" });
        Assert.That(changed["model"]!.GetValue<string>(), Is.EqualTo("small"));
        Assert.That(editor.Buffer(prompt), Does.Contain("model: \"small\""));
        editor.OnChat = static (_, _) => Task.FromResult<object>(new { text = "Ada finds the ledger." });
        await editor.ExecuteAsync("storylsp.resume", new { run });
        Assert.That(editor.Chats.Single()["model"]!.GetValue<string>(), Is.EqualTo("small"));
    }

    [Test]
    public async Task An_editor_that_lends_no_model_is_told_what_to_do()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        var answer = await editor.ExecuteAsync("storylsp.run", new { pipeline = "synopsis", uri = editor.UriOf(Scene), container = "one", auto = true });
        Assert.That(answer["status"]!.GetValue<string>(), Is.EqualTo("failed"));
        Assert.That(answer["message"]!.GetValue<string>(), Does.Contain("ai.provider"));
        await editor.HearsAsync("window/showMessage", part => part["message"]!.GetValue<string>().Contains("ai.provider", StringComparison.Ordinal));
    }

    [TestCase("notAuthorized", "You said no.", "You said no.")]
    [TestCase("refused", "", "refused")]
    public async Task What_the_editor_says_of_its_model_is_told(string failure, string sentence, string says)
    {
        await using var editor = await EditorHarness.StartAsync(Story, Lending);
        editor.Open(Scene);
        editor.OnChat = (_, _) => throw new ResponseErrorException(-32803, sentence, System.Text.Json.JsonSerializer.SerializeToElement(new { failure }));
        var answer = await editor.ExecuteAsync("storylsp.run", new { pipeline = "synopsis", uri = editor.UriOf(Scene), container = "one", auto = true });
        Assert.That(answer["status"]!.GetValue<string>(), Is.EqualTo("failed"));
        Assert.That(answer["message"]!.GetValue<string>(), Does.Contain(says));
        Assert.That(editor.Buffer(Scene), Does.Not.Contain("synopsis:"));
    }

    [Test]
    public async Task A_key_comes_from_the_editor_when_it_is_needed_and_is_logged_nowhere()
    {
        await using var model = new LoopbackServer(LoopbackServer.Status(401));
        await using var editor = await EditorHarness.StartAsync(
            Story.Replace("{provider: editor}", $"{{provider: openai, model: m, endpoint: '{model.Endpoint}', api_key_env: STORYLSP_TEST_KEY}}", StringComparison.Ordinal), Lending);
        editor.Open(Scene);
        editor.OnSecret = static name => name == "STORYLSP_TEST_KEY" ? "sk-very-private" : null;
        var paused = await editor.ExecuteAsync("storylsp.run", new { pipeline = "synopsis", uri = editor.UriOf(Scene), container = "one" });
        Assert.That(editor.Heard.Select(heard => heard.Method), Has.None.EqualTo("storylsp/secret"), "nothing is sent yet");
        var answer = await editor.ExecuteAsync("storylsp.resume", new { run = paused["run"]!.GetValue<string>() });
        Assert.That(answer["status"]!.GetValue<string>(), Is.EqualTo("failed"));
        Assert.That(model.Requests.Single().Head, Does.Contain("Bearer sk-very-private"));
        Assert.That(string.Join("\n", editor.ServerLog.Lines) + string.Join("\n", editor.Heard.Select(heard => heard.Params.ToJsonString())), Does.Not.Contain("sk-very-private"));
        foreach (var file in Directory.GetFiles(editor.Story.PathOf(".story"), "*", SearchOption.AllDirectories))
        {
            Assert.That(System.Text.Encoding.UTF8.GetString(await ReadAsync(file)), Does.Not.Contain("sk-very-private"), file);
        }
    }

    [Test]
    public async Task Runs_and_their_events_are_told_from_any_event_on()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Lending);
        editor.Open(Scene);
        Assert.That(await RunsAsync(editor), Is.Empty);
        Assert.That(Directory.Exists(editor.Story.PathOf(".story/runs")), Is.False, "a look makes nothing");
        var paused = await editor.ExecuteAsync("storylsp.run", new { pipeline = "synopsis", uri = editor.UriOf(Scene), container = "one" });
        var run = (await RunsAsync(editor)).Single()!;
        Assert.That(run["run"]!.GetValue<string>(), Is.EqualTo(paused["run"]!.GetValue<string>()));
        Assert.That(run["prompt"]!.GetValue<string>(), Is.EqualTo(paused["prompt"]!.GetValue<string>()));
        var all = (await editor.AskAsync("storylsp/runEvents", new { after = 0 }))!;
        var kinds = all["events"]!.AsArray().Select(happened => happened!["kind"]!.GetValue<string>()).ToList();
        Assert.That(kinds, Does.Contain("run.started").And.Contain("run.paused"));
        var first = all["events"]![0]!["id"]!.GetValue<long>();
        var rest = (await editor.AskAsync("storylsp/runEvents", new { after = first }))!["events"]!.AsArray();
        Assert.That(rest.Select(happened => happened!["kind"]!.GetValue<string>()), Is.EqualTo(kinds.Skip(1)));
        var none = (await editor.AskAsync("storylsp/runEvents", new { after = all["last"]!.GetValue<long>() }))!;
        Assert.That(none["events"]!.AsArray(), Is.Empty);
        Assert.That(none["last"]!.GetValue<long>(), Is.EqualTo(all["last"]!.GetValue<long>()));
    }

    [Test]
    public async Task Models_are_what_the_provider_offers_without_a_network([Values("offline", "editor", "openai")] string provider)
    {
        var ai = provider == "openai" ? "{provider: openai, model: large, models: [large, small], endpoint: 'http://127.0.0.1:9/v1'}" : $"{{provider: {provider}}}";
        await using var editor = await EditorHarness.StartAsync(Story.Replace("{provider: editor}", ai, StringComparison.Ordinal), Lending);
        var answer = (await editor.AskAsync("storylsp/models", new { }))!;
        Assert.That(answer["provider"]!.GetValue<string>(), Is.EqualTo(provider));
        Assert.That(answer["models"]!.AsArray().Select(model => model!["id"]!.GetValue<string>()), Is.EqualTo(provider == "offline" ? ["offline"] : new[] { "large", "small" }));
    }

    [Test]
    public async Task Two_editors_on_one_folder_hear_of_each_other_and_the_second_to_resume_is_told()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Lending);
        await using var other = await editor.BesideAsync();
        editor.Open(Scene);
        editor.OnChat = static (_, _) => Task.FromResult<object>(new { text = "Ada finds the ledger." });
        var paused = await editor.ExecuteAsync("storylsp.run", new { pipeline = "synopsis", uri = editor.UriOf(Scene), container = "one" });
        var run = paused["run"]!.GetValue<string>();
        var news = await other.HearsAsync("storylsp/run", part => part["run"]!.GetValue<string>() == run && part["status"]!.GetValue<string>() == "paused");
        Assert.That(news.Params["prompt"]!.GetValue<string>(), Is.EqualTo(paused["prompt"]!.GetValue<string>()));
        Assert.That((await editor.ExecuteAsync("storylsp.resume", new { run }))["status"]!.GetValue<string>(), Is.EqualTo("done"));
        Assert.That(await other.RefusedCommandAsync("storylsp.resume", new { run }), Is.Not.Empty);
        Assert.That(other.Chats, Is.Empty);
    }

    [Test]
    public async Task A_key_of_idempotency_makes_one_run_of_two_commands()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Lending);
        editor.Open(Scene);
        var argument = new { pipeline = "synopsis", uri = editor.UriOf(Scene), container = "one", key = "once" };
        var first = await editor.ExecuteAsync("storylsp.run", argument);
        var second = await editor.ExecuteAsync("storylsp.run", argument);
        Assert.That(second["run"]!.GetValue<string>(), Is.EqualTo(first["run"]!.GetValue<string>()));
        Assert.That(await RunsAsync(editor), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_client_that_knows_no_ids_gives_the_range()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Lending);
        editor.Open(Scene);
        var at = editor.Story.PositionOf(Scene, editor.Story.File(Scene).Text.IndexOf("walked", StringComparison.Ordinal), Language.Text.PositionEncoding.Utf16);
        var paused = await editor.ExecuteAsync("storylsp.run", new { pipeline = "synopsis", uri = editor.UriOf(Scene), range = new { start = at, end = at } });
        Assert.That(paused["status"]!.GetValue<string>(), Is.EqualTo("paused"));
        Assert.That((await RunsAsync(editor)).Single()!["input"]!.GetValue<string>(), Is.EqualTo("one"));
    }

    [TestCase("""{"command": "storylsp.run"}""", "one argument")]
    [TestCase("""{"command": "storylsp.run", "arguments": [{"pipeline": 5}]}""", "one argument")]
    [TestCase("""{"command": "storylsp.run", "arguments": [{"pipeline": "nothing"}]}""", "nothing")]
    [TestCase("""{"command": "storylsp.resume", "arguments": [{"run": "../../x"}]}""", "no run")]
    [TestCase("""{"command": "storylsp.changeModel", "arguments": [{"run": "0123456789ab"}]}""", "no run")]
    [TestCase("""{"command": "storylsp.proposal.open", "arguments": [{"id": "../x"}]}""", "no proposal")]
    [TestCase("""{"command": "storylsp.history.checkout", "arguments": [{"to": "nowhere"}]}""", "nowhere")]
    public async Task What_makes_no_sense_is_refused_in_words(string parameters, string says)
    {
        await using var editor = await EditorHarness.StartAsync(Story, Lending);
        Assert.That((await editor.RefusedAsync("workspace/executeCommand", JsonNode.Parse(parameters)!)).Message, Does.Contain(says));
    }

    private static Task Hang(EditorHarness editor, out Task stopped)
    {
        var asked = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        stopped = ended.Task;
        editor.OnChat = async (_, cancellation) =>
        {
            asked.TrySetResult();
            cancellation.Register(() => ended.TrySetResult());
            await Task.Delay(Timeout.Infinite, cancellation);
            return new { text = "" };
        };
        return asked.Task;
    }

    private static async Task<JsonArray> RunsAsync(EditorHarness editor) => (await editor.AskAsync("storylsp/runs", new { }))!["runs"]!.AsArray();

    private static async Task<JsonNode> ActionAsync(EditorHarness editor, string kind)
    {
        var offset = editor.Story.File(Scene).Text.IndexOf("walked", StringComparison.Ordinal);
        return (await editor.ActionsAsync(Scene, offset, kind)).Single()!["command"]!;
    }

    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    private static EditorProfile With(string experimental)
    {
        var capabilities = JsonNode.Parse(EditorProfile.VsCode.Capabilities)!;
        capabilities["experimental"] = JsonNode.Parse(experimental);
        return EditorProfile.VsCode with { Capabilities = capabilities.ToJsonString() };
    }
}
