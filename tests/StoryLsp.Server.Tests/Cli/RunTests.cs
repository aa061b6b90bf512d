using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Cli;

/// <summary><c>run</c>, <c>runs</c> and <c>resume</c>: a pipeline through its stop, from process to process.</summary>
internal sealed class RunTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        ai: {provider: offline}
        //- scenes/one.md
        ---
        title: The Mill
        ---
        Ada Vane walked to the mill at dusk. The wheel stood still. She found the ledger under the floor and read it to the end.
        """;

    [Test]
    public async Task A_run_stops_at_its_prompt_and_goes_on_in_another_process()
    {
        using var story = new StoryOnDisk(Story);
        var paused = await StoryCli.RunAsync(story.Root, "run", "synopsis", "--input", "one", "--key", "k", "--format", "json");
        Assert.That(paused.Code, Is.Zero, paused.Error);
        Assert.That(Text(paused.Json, "status"), Is.EqualTo("paused"));
        var (run, prompt) = (Text(paused.Json, "run"), Text(paused.Json, "prompt"));
        Assert.That(run, Does.Match("^[0-9a-f]{12}$"));
        Assert.That(story.Read(prompt), Does.Contain("<!-- storylsp: user -->").And.Contain("The wheel stood still."));
        Assert.That(paused.Json["hunks"], Is.Null, "what does not apply is absent");
        Assert.That(Text((await StoryCli.RunAsync(story.Root, "run", "synopsis", "--input", "one", "--key", "k", "--format", "json")).Json, "run"), Is.EqualTo(run), "The same key is the same run.");
        story.Write(prompt, story.Read(prompt).Replace("The wheel stood still.", "The wheel was turning.", StringComparison.Ordinal));
        var done = await StoryCli.RunAsync(story.Root, "resume", run, "--key", "go", "--format", "json");
        Assert.That(done.Code, Is.Zero, done.Error);
        Assert.That(Text(done.Json, "status"), Is.EqualTo("done"));
        Assert.That(done.Json["hunks"]![0]!["new"]!.GetValue<string>(), Does.Contain("The wheel was turning."), "What was left in the prompt is what was read.");
        Assert.That(done.Json["findings"]!["added"]!.GetValue<int>(), Is.Zero);
        Assert.That((await StoryCli.RunAsync(story.Root, "resume", run, "--key", "go", "--format", "json")).Json.ToJsonString(), Is.EqualTo(done.Json.ToJsonString()));
        var list = await StoryCli.RunAsync(story.Root, "runs", "--format", "json");
        Assert.That(list.Json.AsArray().Select(one => (Text(one!, "run"), Text(one!, "status"), Text(one!, "proposal"))), Is.EqualTo(new[] { (run, "done", run) }));
        var shown = await StoryCli.RunAsync(story.Root, "runs", "show", run, "--format", "json");
        var events = shown.Json["events"]!.AsArray().Select(one => (Id: one!["id"]!.GetValue<long>(), Kind: Text(one, "kind"))).ToList();
        Assert.That(events.Select(one => one.Kind), Does.Contain("run.paused").And.Contain("run.resumed").And.Contain("proposal.made").And.Contain("run.finished"));
        var after = await StoryCli.RunAsync(story.Root, "runs", "events", "--after", events[^2].Id.ToString(System.Globalization.CultureInfo.InvariantCulture), "--format", "json");
        Assert.That(after.Json.AsArray().Select(one => one!["id"]!.GetValue<long>()), Is.EqualTo(new[] { events[^1].Id }));
    }

    [Test]
    public async Task A_step_that_needs_a_model_says_so_before_anybody_works_on_its_prompt()
    {
        using var story = new StoryOnDisk(Story);
        var paused = await StoryCli.RunAsync(story.Root, "run", "continue-scene", "--input", "one", "--instruction", "Tom comes in.", "--format", "json");
        Assert.That(paused.Code, Is.Zero, paused.Error);
        Assert.That(Text(paused.Json, "message"), Does.Contain("needs a model"));
        Assert.That(story.Read(Text(paused.Json, "prompt")), Does.Contain("note: ").And.Contain("Tom comes in."));
        var failed = await StoryCli.RunAsync(story.Root, "resume", Text(paused.Json, "run"), "--format", "json");
        Assert.That((failed.Code, Text(failed.Json, "status"), failed.Json["proposal"]), Is.EqualTo((1, "failed", (JsonNode?)null)));
        var dropped = await StoryCli.RunAsync(story.Root, "runs", "cancel", Text(paused.Json, "run"));
        Assert.That(dropped.Code, Is.Zero, dropped.Error);
    }

    [Test]
    public async Task What_can_be_run_is_listed_and_what_cannot_is_told_in_one_line()
    {
        using var story = new StoryOnDisk(Story + "\n//- pipelines/mine.yaml\npipeline: mine\nsteps:\n  - contxt\n");
        var list = await StoryCli.RunAsync(story.Root, "run");
        Assert.That(list.Lines.Select(line => line.Split(' ')[0]), Is.EqualTo(new[] { "continue-scene", "critique", "draft-scene", "pipeline", "repair", "schema", "shots", "summarize", "synopsis" }));
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "run", "mine", "--input", "one"), "pipelines/mine.yaml", "Did you mean `context`?");
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "resume", "000000000000"), "000000000000", "storylsp runs");
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "run", "schema"), "--instruction");
        Assert.That((await StoryCli.RunAsync(story.Root, "check")).Out, Does.Contain("schema/invalid").Or.Contain("There is no step `contxt`"));
    }

    [Test]
    public async Task A_dropped_run_leaves_its_line_in_the_history_and_nothing_else()
    {
        using var story = new StoryOnDisk(Story);
        var run = Text((await StoryCli.RunAsync(story.Root, "run", "synopsis", "--input", "one", "--format", "json")).Json, "run");
        var dropped = await StoryCli.RunAsync(story.Root, "resume", run, "--drop", "--format", "json");
        Assert.That((dropped.Code, Text(dropped.Json, "status")), Is.EqualTo((0, "cancelled")));
        Assert.That(Directory.Exists(story.PathOf($".story/runs/{run}")), Is.False);
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "resume", run), "--from 0");
        var again = await StoryCli.RunAsync(story.Root, "resume", run, "--from", "context", "--format", "json");
        Assert.That((again.Code, Text(again.Json, "status")), Is.EqualTo((0, "paused")), again.Error);
    }

    private static string Text(JsonNode node, string name) => node[name]?.GetValue<string>() ?? "";
}
