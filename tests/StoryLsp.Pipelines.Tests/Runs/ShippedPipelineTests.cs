using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Pipelines.Tests.Runs;

/// <summary>Each shipped pipeline from its start to what it proposes, through a stop at its prompt that a person has changed.</summary>
[TestFixture, CancelAfter(60_000)]
internal sealed class ShippedPipelineTests
{
    internal const string Story = "//- story.yaml\nstory: 1\n" + PipelineStory.Files;

    private const string Prose = "The fire took the paper slowly. Tom watched her, and said nothing.";
    private const string NoComplaints = """{"complaints": []}""";

    [Test]
    public async Task AScriptIsHereForEach()
    {
        foreach (var pipeline in PipelineFiles.Shipped)
        {
            Assert.That(Script(pipeline.Name).Answers, Is.Not.Empty, pipeline.Name);
        }

        await Task.CompletedTask;
    }

    [Test]
    public async Task EachRunsToItsEnd([ValueSource(nameof(Names))] string name)
    {
        var (input, instruction, answers, says) = Script(name);
        var client = new ScriptedClient(answers);
        using var bench = new RunBench(Story, client);
        var paused = await bench.RunAsync(name, input, auto: false, instruction);
        Assert.That(paused.Status, Is.EqualTo(RunStatus.Paused), paused.Message);
        var file = bench.PathOf(paused.PromptPath!);
        await File.AppendAllTextAsync(file, "\nOne more wish of the writer.\n");
        var done = await bench.NewRunner(bench.Store()).ResumeAsync(paused.Run, new ResumeRequest(), null, CancellationToken.None);
        Assert.That(done.Status, Is.EqualTo(RunStatus.Done), done.Message);
        Assert.That(client.Asked[0][^1].Text, Does.Contain("One more wish of the writer."));
        if (name == "critique")
        {
            Assert.That((done.Notes!.Single().Code, done.Notes!.Single().Quote, done.Proposal), Is.EqualTo(("model/voice", "She burned it unread.", (Proposal?)null)));
            Assert.That(bench.Workspace.Text("scenes/01-mill.md")!.Slice(done.Notes![0].Span), Is.EqualTo("She burned it unread."));
            Assert.That(done.Message, Does.StartWith("1 of the model's remarks quoted words"));
            return;
        }

        var proposal = done.Proposal!;
        var after = bench.Workspace.Apply(ProposalApplication.ChangeOf(ProposalApplication.Place(proposal, bench.Workspace.Text), bench.Workspace.Text)!);
        Assert.That(after.Render(), Does.Contain(says));
        Assert.That(proposal.Hunks.All(hunk => hunk.IsTicked), Is.True, string.Join(" ", proposal.Hunks.Select(hunk => hunk.Doubt)));
        Assert.That(proposal.Findings!.AddedErrors, Is.Zero);
        Assert.That(proposal.PromptHash, Has.Length.EqualTo(64));
        Assert.That(after.AllFindings().Where(found => found.Finding.Severity == Language.Facts.Severity.Error).Select(after.Describe), name == "repair" ? Is.Empty : Has.Exactly(1).Contains("time/dead-acts"));
    }

    [Test]
    public async Task TheContinuationStandsBehindTheLastSentence()
    {
        using var bench = new RunBench(Story, new ScriptedClient(Prose, NoComplaints));
        var proposal = (await bench.RunAsync("continue-scene", "mill", instruction: "They watch it burn.")).Proposal!;
        var after = bench.Workspace.Apply(ProposalApplication.ChangeOf(ProposalApplication.Place(proposal, bench.Workspace.Text), bench.Workspace.Text)!);
        Assert.That(after.Text("scenes/01-mill.md")!.Text, Does.EndWith("She burned it unread.\n\n" + Prose + "\n").Or.EndWith("She burned it unread.\n\n" + Prose));
    }

    [Test]
    public async Task TheSecondReaderIsHeardOnce()
    {
        var client = new ScriptedClient(Prose, """{"complaints": [{"quote": "took the paper slowly", "problem": "Stock phrase."}, {"quote": "not in the draft", "problem": "Made up."}]}""", "The letter burned. Tom said nothing.");
        using var bench = new RunBench(Story, client);
        var done = await bench.RunAsync("continue-scene", "mill", instruction: "They watch it burn.");
        Assert.That(done.Proposal!.Hunks.Select(hunk => hunk.New), Has.Some.Contains("The letter burned."));
        Assert.That(client.Asked, Has.Count.EqualTo(3));
        Assert.That(client.Asked[2][^1].Text, Does.Contain("Stock phrase.").And.Not.Contain("Made up."));
    }

    [Test]
    public async Task ProseWithAHeadingIsMendedOrNotProposed()
    {
        var client = new ScriptedClient("# Later\n\nTom came back.", "# Later\n\nTom came back.");
        using var bench = new RunBench(Story, client);
        var failed = await bench.RunAsync("draft-scene", "quay");
        Assert.That((failed.Status, failed.Proposal), Is.EqualTo((RunStatus.Failed, (Proposal?)null)));
        Assert.That(client.Asked[1][^1].Text, Does.Contain("it has headings"));
    }

    [Test]
    public async Task AContinuityErrorIsToldToTheModel()
    {
        var bad = "schema: ship\nfields:\n  hull: {type: strng}\n";
        var client = new ScriptedClient(bad, "schema: ship\nfields:\n  hull: {type: string, description: What it is built of.}\n");
        using var bench = new RunBench(Story, client);
        var done = await bench.RunAsync("schema", "A ship.");
        Assert.That(done.Proposal!.Hunks.Single().File, Is.EqualTo("schemas/ship.yaml"));
        Assert.That(client.Asked[1][^1].Text, Does.Contain("`strng` is no type of field"));
        Assert.That(File.Exists(bench.PathOf("schemas/ship.yaml")), Is.False, "A schema is never saved unasked.");
    }

    [Test]
    public async Task AnEditOfWordsThatDoNotStandThereIsNotGuessed()
    {
        var wrong = """{"edits": [{"file": "scenes/02-quay.md", "old": "characters: [ada]", "new": "characters: [tom]", "why": "Ada is dead."}]}""";
        var outside = """{"edits": [{"file": "../../etc/passwd", "old": "root", "new": "tom", "why": "No."}]}""";
        var client = new ScriptedClient(wrong, outside, wrong);
        using var bench = new RunBench(Story, client);
        var failed = await bench.RunAsync("repair", "scenes/02-quay.md");
        Assert.That(failed.Status, Is.EqualTo(RunStatus.Failed));
        Assert.That(client.Asked[1][^1].Text, Does.Contain("do not stand in `scenes/02-quay.md`"));
        Assert.That(client.Asked[2][^1].Text, Does.Contain("lies outside of the story"));
        Assert.That(new ProposalStore(bench.Root).List(), Is.Empty);
    }

    internal static IEnumerable<string> Names() => PipelineFiles.Shipped.Select(file => file.Name);

    internal static (string? Input, string? Instruction, string[] Answers, string Says) Script(string name) => name switch
    {
        "synopsis" => ("mill", null, ["Ada burns the letter that Tom brings."], "synopsis: Ada burns the letter that Tom brings."),
        "continue-scene" => ("mill", "They watch it burn.", [Prose, NoComplaints], "unread.\n\n" + Prose),
        "draft-scene" => ("quay", null, ["Tom walked the quay alone. The tide was out."], "The tide was out."),
        "repair" => ("scenes/02-quay.md", null, ["""{"edits": [{"file": "scenes/02-quay.md", "old": "characters: [tom, ada]", "new": "characters: [tom]\nmentions: [ada]", "why": "Ada is dead by then.", "code": "time/dead-acts"}]}"""], "characters: [tom]\nmentions: [ada]"),
        "shots" => ("mill", null, ["""{"shots": [{"number": "1", "size": "WS", "description": "The mill at dusk: Ada waits."}, {"number": "2", "size": "MCU", "angle": "low", "duration": 4, "description": "Tom, with the letter."}]}"""], "  - id: mill-2\n    scene: mill\n    number: \"2\"\n    size: MCU\n"),
        "schema" => (null, "A ship on which people live.", ["```yaml\nschema: ship\nextends: location\nfields:\n  hull: {type: string, description: What it is built of.}\n```"], "//- schemas/ship.yaml\nschema: ship\n"),
        "summarize" => ("quay", null, ["Ada burns the letter that Tom brings to the mill."], "//- notes/story-so-far-quay.md\n# The story so far: The Quay\n\nAda burns the letter"),
        "critique" => ("mill", null, ["""{"notes": [{"rule": "voice", "quote": "She burned it unread.", "note": "Too neat."}, {"rule": "tone", "quote": "She burnt it", "note": "Not in the text."}]}"""], ""),
        "pipeline" => (null, "A sentence on the weather.", ["pipeline: weather\ntitle: Weather\ndescription: Adds the weather.\ninput: scene\nversion: 1\nsteps:\n  - prompt: {system: One sentence., user: '{{input}}'}\n  - intercept\n  - generate: {output: prose}\n  - propose: {to: append}\n"], "//- pipelines/weather.yaml\npipeline: weather"),
        _ => (null, null, [], ""),
    };
}
