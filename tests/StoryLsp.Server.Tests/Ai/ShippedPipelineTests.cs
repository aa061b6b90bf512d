using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Pipelines.Files;
using StoryLsp.Server.Tests.Editor;
using StoryLsp.Testing;

namespace StoryLsp.Server.Tests.Ai;

/// <summary>Each shipped pipeline in an editor: offered where it fits, stopped at a prompt that the person changes, answered by the editor's model, and accepted.</summary>
public sealed class ShippedPipelineTests
{
    private const string Mill = "scenes/01-mill.md";
    private const string Quay = "scenes/02-quay.md";
    private const string Wish = "One more wish of the writer.";
    private const string Story = "//- story.yaml\nstory: 1\nai: {provider: editor}\n" + PipelineStory.Files;

    private static readonly EditorProfile Editor = EditorProfile.VsCode with
    {
        Capabilities = EditorProfile.VsCode.Capabilities.TrimEnd().TrimEnd('}') + ""","experimental": {"storylsp": {"chat": true, "documents": true, "ticks": true}}}""",
    };

    [Test]
    public async Task Each_is_offered_and_runs_to_an_accepted_proposal([ValueSource(nameof(Names))] string name, [Values] bool carriageReturns)
    {
        var script = ScriptOf(name);
        await using var editor = await EditorHarness.StartAsync(Story, Editor);
        if (script.Path is { } path)
        {
            editor.Open(path, carriageReturns ? editor.Story.Read(path).ReplaceLineEndings("\r\n") : null);
        }

        var answers = new Queue<string>(script.Answers);
        editor.OnChat = (chat, _) =>
        {
            var text = answers.Dequeue();
            editor.Stream(chat, text[..(text.Length / 2)]);
            return Task.FromResult<object>(new { text, model = "gpt-x" });
        };
        var paused = await StartAsync(editor, name, script);
        Assert.That(paused["status"]!.GetValue<string>(), Is.EqualTo("paused"), paused.ToJsonString());
        var prompt = editor.PathOf(paused["prompt"]!.GetValue<string>());
        editor.Open(prompt);
        editor.Edit(prompt, (editor.Buffer(prompt).Length, 0, Wish + "\n"));
        var done = await editor.ExecuteAsync((await editor.LensesAsync(editor.UriOf(prompt)))[0]["command"]!);
        Assert.That(done["status"]!.GetValue<string>(), Is.EqualTo("done"), done.ToJsonString());
        Assert.That(editor.Chats[0]["messages"]!.AsArray()[^1]!["text"]!.GetValue<string>(), Does.Contain(Wish));
        if (name == "critique")
        {
            var note = done["notes"]!.AsArray().Single()!;
            Assert.That(note["rule"]!.GetValue<string>(), Is.EqualTo("model/voice"));
            Assert.That(editor.TextAt(Mill, note["range"]!), Is.EqualTo("She burned it unread."));
            await RemarkAsync(editor);
            return;
        }

        var (file, says) = script.Result!.Value;
        await editor.UntilAsync(() => !Directory.EnumerateFiles(editor.Story.PathOf(".story/proposals"), "*.json").Any(), "the decision");
        Assert.That(editor.Buffer(file).ReplaceLineEndings("\n"), Does.Contain(says));
        Assert.That(editor.Buffer(file).Replace("\r\n", "", StringComparison.Ordinal).Contains('\n', StringComparison.Ordinal), Is.Not.EqualTo(carriageReturns && file == script.Path));
        Assert.That(Directory.EnumerateFiles(editor.Story.PathOf(".story/provenance"), "*.json").Count(), Is.EqualTo(1));
        var history = (await editor.AskAsync("storylsp/history", new { }))!["events"]!.AsArray();
        Assert.That(history[0]!["proposal"]!.GetValue<string>(), Is.EqualTo(done["proposal"]!.GetValue<string>()));
    }

    [Test]
    public async Task A_pipeline_of_the_workspace_is_offered_under_its_own_title_and_one_at_fault_is_not()
    {
        const string Own = "//- pipelines/weather.yaml\npipeline: weather\ntitle: Describe the weather\ndescription: Adds the weather.\ninput: scene\nversion: 1\nsteps:\n  - prompt: {system: One sentence., user: '{{input}}'}\n  - intercept\n  - generate: {output: prose}\n  - propose: {to: append}\n//- pipelines/broken.yaml\npipeline: broken\ninput: scene\nsteps: [nothing]\n";
        await using var editor = await EditorHarness.StartAsync(Story + "\n" + Own, Editor);
        var titles = (await editor.ActionsAsync(Mill, OffsetIn(editor, Mill, "waited"))).Select(action => action!["title"]!.GetValue<string>()).ToList();
        Assert.That(titles, Does.Contain("Describe the weather").And.Contain("Write the synopsis"));
        var names = (await editor.AskAsync("storylsp/pipelines", new { }))!["pipelines"]!.AsArray().Select(file => file!["name"]!.GetValue<string>()).ToList();
        Assert.That(names, Does.Contain("weather").And.Not.Contain("broken"));
    }

    [Test]
    public async Task An_action_says_that_a_model_writes_where_the_editor_knows_the_tag([Values("editor", "offline")] string provider)
    {
        var profile = Editor with { Capabilities = Editor.Capabilities.Replace("\"codeAction\": {", "\"codeAction\": {\"tagSupport\": {\"valueSet\": [1]}, ", StringComparison.Ordinal) };
        await using var editor = await EditorHarness.StartAsync(Story.Replace("provider: editor", "provider: " + provider, StringComparison.Ordinal), profile);
        var actions = await editor.ActionsAsync(Mill, OffsetIn(editor, Mill, "waited"), "refactor.rewrite.storylsp");
        Assert.That(actions.Select(action => action!["tags"]?.ToJsonString()), Is.All.EqualTo(provider == "offline" ? null : "[1]"));
        Assert.That(actions, Has.Count.GreaterThanOrEqualTo(3));
    }

    /// <summary>A remark stands on the words that it quotes, goes with them, and can be put aside.</summary>
    private static async Task RemarkAsync(EditorHarness editor)
    {
        await editor.CodesBecomeAsync(Mill, "model/voice");
        var shown = (await editor.PullAsync(Mill))["items"]!.AsArray().Single()!;
        Assert.That(shown["severity"]!.GetValue<int>(), Is.EqualTo(3));
        Assert.That(editor.TextAt(Mill, shown["range"]!), Is.EqualTo("She burned it unread."));
        editor.Replace(Mill, "Ada waited", "Ada had waited");
        Assert.That(editor.TextAt(Mill, (await editor.PullAsync(Mill))["items"]![0]!["range"]!), Is.EqualTo("She burned it unread."));
        editor.Replace(Mill, "burned", "read");
        Assert.That(await editor.CodesAsync(Mill), Is.Empty);
        editor.Replace(Mill, "She read", "She burned");
        Assert.That(await editor.CodesAsync(Mill), Is.EqualTo(new[] { "model/voice" }));
        var at = (await editor.PullAsync(Mill))["items"]![0]!["range"]!;
        var actions = (await editor.AskAsync("textDocument/codeAction", new { textDocument = editor.Document(Mill), range = at, context = new { diagnostics = Array.Empty<object>(), only = new[] { "quickfix" } } }))!.AsArray();
        await editor.ExecuteAsync(actions.Single(action => action!["title"]!.GetValue<string>() == "Put the remark aside")!["command"]!);
        Assert.That(await editor.CodesAsync(Mill), Is.Empty);
    }

    private static async Task<JsonNode> StartAsync(EditorHarness editor, string name, Script script)
    {
        if (script.Path is { } path)
        {
            var actions = await editor.ActionsAsync(path, OffsetIn(editor, path, script.Cursor!));
            var offered = actions.Single(action => action!["command"]?["command"]?.GetValue<string>() == "storylsp.run" && action["command"]!["arguments"]![0]!["pipeline"]!.GetValue<string>() == name)!;
            var argument = offered["command"]!["arguments"]![0]!.DeepClone().AsObject();
            argument["instruction"] = script.Instruction;
            return await editor.ExecuteAsync("storylsp.run", argument);
        }

        var listed = (await editor.AskAsync("storylsp/pipelines", new { }))!["pipelines"]!.AsArray().Single(file => file!["name"]!.GetValue<string>() == name)!;
        Assert.That(listed["input"]!.GetValue<string>(), Is.EqualTo("text"));
        return await editor.ExecuteAsync("storylsp.run", new { pipeline = name, text = script.Instruction });
    }

    private static int OffsetIn(EditorHarness editor, string path, string text) => editor.Story.File(path).Text.IndexOf(text, StringComparison.Ordinal);

    private static IEnumerable<string> Names() => PipelineFiles.Shipped.Select(file => file.Name);

    private static Script ScriptOf(string name) => name switch
    {
        "synopsis" => new(Mill, "waited", null, ["Ada burns the letter that Tom brings."], (Mill, "synopsis: Ada burns the letter that Tom brings.")),
        "continue-scene" => new(Mill, "waited", "They watch it burn.", ["The fire took the paper. Tom said nothing.", """{"complaints": []}"""], (Mill, "She burned it unread.\n\nThe fire took the paper. Tom said nothing.")),
        "draft-scene" => new(Quay, "walked", null, ["Tom walked the quay alone. The tide was out."], (Quay, "The tide was out.")),
        "repair" => new(Quay, "ada]", null,
            ["""{"edits": [{"file": "scenes/02-quay.md", "old": "characters: [tom, ada]", "new": "characters: [tom]", "why": "Ada is dead by then.", "code": "time/dead-acts"}]}"""], (Quay, "characters: [tom]\n")),
        "shots" => new(Mill, "waited", null, ["""{"shots": [{"number": "1", "size": "WS", "description": "The mill: Ada waits."}]}"""], ("shots/mill.yaml", "size: WS")),
        "summarize" => new(Quay, "walked", null, ["Ada burns the letter that Tom brings to the mill."], ("notes/story-so-far-quay.md", "Ada burns the letter")),
        "critique" => new(Mill, "waited", null, ["""{"notes": [{"rule": "voice", "quote": "She burned it unread.", "note": "Too neat."}]}"""], null),
        "schema" => new(null, null, "A ship on which people live.", ["schema: ship\nextends: location\nfields:\n  hull: {type: string, description: What it is built of.}\n"], ("schemas/ship.yaml", "schema: ship")),
        "pipeline" => new(null, null, "A sentence on the weather.",
            ["pipeline: weather\ntitle: Weather\ndescription: Adds the weather.\ninput: scene\nversion: 1\nsteps:\n  - prompt: {system: One sentence., user: '{{input}}'}\n  - intercept\n  - generate: {output: prose}\n  - propose: {to: append}\n"],
            ("pipelines/weather.yaml", "pipeline: weather")),
        _ => throw new AssertionException($"{name} ships and has no test in an editor."),
    };

    private sealed record Script(string? Path, string? Cursor, string? Instruction, string[] Answers, (string File, string Says)? Result);
}
