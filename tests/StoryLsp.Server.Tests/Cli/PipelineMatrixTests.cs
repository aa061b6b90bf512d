using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;
using StoryLsp.Testing;

namespace StoryLsp.Server.Tests.Cli;

/// <summary>
/// Every shipped pipeline from the command line with every provider that it can reach, from process to process: stopped at its prompt, the prompt edited as a
/// person does, resumed, and what it proposes taken.
/// </summary>
internal sealed class PipelineMatrixTests
{
    private const string Wish = "Mind the weather, said the person at the desk.";
    private const string Prose = "The fire took the paper slowly. Tom watched her, and said nothing.";

    /// <summary>What a run needs, by what words of the prompt a model's server knows it, what that model answers, and what then stands where.</summary>
    private sealed record Case(string Pipeline, string Input, string KnownBy, string Answer, string File, string Says, bool IsOffline = false);

    private static readonly Case[] Cases =
    [
        new("synopsis", "mill", "synopsis of one scene", "Ada burns the letter that Tom brings.", "scenes/01-mill.md", "synopsis: ", IsOffline: true),
        new("continue-scene", "mill", "You continue a scene", Prose, "scenes/01-mill.md", "unread.\n\n" + Prose),
        new("draft-scene", "quay", "You draft one scene", "Tom walked the quay alone. The tide was out.", "scenes/02-quay.md", "The tide was out."),
        new("repair", "scenes/02-quay.md", "faults of continuity",
            """{"edits": [{"file": "scenes/02-quay.md", "old": "characters: [tom, ada]", "new": "characters: [tom]\nmentions: [ada]", "why": "Ada is dead by then.", "code": "time/dead-acts"}]}""",
            "scenes/02-quay.md", "mentions: ", IsOffline: true),
        new("shots", "mill", "into shots for a storyboard", """{"shots": [{"number": "1", "size": "WS", "description": "The mill at dusk: Ada waits."}]}""", "shots/mill.yaml", "scene: mill", IsOffline: true),
        new("schema", "A ship on which people live.", "You write a schema", "schema: ship\nextends: location\nfields:\n  hull: {type: string, description: What it is built of.}\n", "schemas/ship.yaml", "schema: ship\n"),
        new("summarize", "quay", "You sum up a story", "Ada burns the letter that Tom brings to the mill.", "notes/story-so-far-quay.md", "# The story so far: The Quay\n", IsOffline: true),
        new("critique", "mill", "careful editor", """{"notes": [{"rule": "voice", "quote": "She burned it unread.", "note": "Too neat."}]}""", "", "Too neat."),
        new("pipeline", "A sentence on the weather.", "You write a pipeline file",
            "pipeline: weather\ntitle: Weather\ndescription: Adds the weather.\ninput: scene\nversion: 1\nsteps:\n  - prompt: {system: One sentence., user: '{{input}}'}\n  - intercept\n  - generate: {output: prose}\n  - propose: {to: append}\n",
            "pipelines/weather.yaml", "pipeline: weather"),
    ];

    [Test]
    public async Task Offline()
    {
        foreach (var one in Cases)
        {
            using var story = NewStory("ai: {provider: offline}");
            await RunAsync(story, one, one.IsOffline, isModel: false);
        }
    }

    [TestCase("openai")]
    [TestCase("anthropic")]
    public async Task Against_a_server(string provider)
    {
        await using var server = NewServer();
        foreach (var one in Cases)
        {
            using var story = NewStory($"ai: {{provider: {provider}, endpoint: '{server.Endpoint}', model: small}}");
            server.Requests.Clear();
            await RunAsync(story, one, isDone: true);
            var asked = server.Requests.ToList();
            Assert.That(asked, Is.Not.Empty);
            Assert.That(asked[0].Body, Does.Contain(Wish), $"{one.Pipeline}: what the person wrote into the prompt is sent");
            Assert.That(asked[0].Head, Does.Contain(provider == "anthropic" ? "/messages " : "/chat/completions "));
        }
    }

    [Test]
    public async Task Replayed()
    {
        var server = NewServer();
        using var recorded = new StoryOnDisk("//- note.md\n");
        foreach (var one in Cases)
        {
            using var story = NewStory($"ai: {{provider: replay, record: openai, endpoint: '{server.Endpoint}', model: small}}");
            await RunAsync(story, one, isDone: true);
            foreach (var file in Directory.EnumerateFiles(story.PathOf(".story/replays")))
            {
                recorded.Write(Path.GetFileName(file), await File.ReadAllTextAsync(file));
            }
        }

        await server.DisposeAsync();
        foreach (var one in Cases)
        {
            using var story = NewStory("ai: {provider: replay, model: small}");
            foreach (var file in Directory.EnumerateFiles(recorded.Root, "*.json"))
            {
                story.Write(".story/replays/" + Path.GetFileName(file), await File.ReadAllTextAsync(file));
            }

            await RunAsync(story, one, isDone: true);
        }
    }

    private static StoryOnDisk NewStory(string ai) => new($"//- story.yaml\nstory: 1\n{ai}\n{PipelineStory.Files}");

    private static LoopbackServer NewServer() => new(LoopbackServer.Model(body =>
        body.Contains("exacting line editor", StringComparison.Ordinal) ? """{"complaints": []}""" : Cases.Single(one => body.Contains(one.KnownBy, StringComparison.Ordinal)).Answer));

    private static async Task RunAsync(StoryOnDisk story, Case one, bool isDone, bool isModel = true)
    {
        var paused = await StoryCli.RunAsync(story.Root, "run", one.Pipeline, "--input", one.Input, "--instruction", "They watch it burn.", "--format", "json");
        Assert.That((paused.Code, paused.Json["status"]?.GetValue<string>()), Is.EqualTo((0, "paused")), $"{one.Pipeline}: {paused}");
        var (run, prompt) = (paused.Json["run"]!.GetValue<string>(), paused.Json["prompt"]!.GetValue<string>());
        story.Write(prompt, story.Read(prompt) + "\n" + Wish + "\n");
        var ended = await StoryCli.RunAsync(story.Root, "resume", run, "--format", "json");
        Assert.That((ended.Code, ended.Json["status"]?.GetValue<string>()), Is.EqualTo(isDone ? (0, "done") : (1, "failed")), $"{one.Pipeline}: {ended}");
        if (!isDone)
        {
            Assert.That(ended.Out + ended.Error, Does.Contain("needs a model"));
            Assert.That(ended.Json["proposal"], Is.Null);
        }
        else if (one.File.Length == 0)
        {
            Assert.That((await StoryCli.RunAsync(story.Root, "runs", "show", run, "--format", "json")).Out + ended.Out, Does.Contain(one.Says));
        }
        else
        {
            await AcceptAsync(story, one, ended.Json, isModel);
        }
    }

    private static async Task AcceptAsync(StoryOnDisk story, Case one, JsonNode done, bool isModel)
    {
        var before = File.Exists(story.PathOf(one.File)) ? story.Read(one.File) : null;
        Assert.That(before?.Contains(one.Says, StringComparison.Ordinal), Is.Not.True, "Nothing is written before a person takes it.");
        var accepted = await StoryCli.RunAsync(story.Root, "proposal", "accept", done["proposal"]!.GetValue<string>(), "--all");
        Assert.That(accepted.Code, Is.Zero, $"{one.Pipeline}: {accepted}");
        Assert.That(accepted.Out, Does.Contain(one.File));
        Assert.That(story.Read(one.File), Does.Contain(one.Says), one.Pipeline);
        if (isModel && one.Pipeline == "synopsis")
        {
            Assert.That(story.Read(one.File), Does.Contain("synopsis: " + one.Answer));
        }
    }
}
