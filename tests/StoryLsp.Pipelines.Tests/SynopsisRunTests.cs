using Microsoft.Extensions.AI;
using StoryLsp.Language.Settings;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Offline;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Runs;
using StoryLsp.Pipelines.Tests.Runs;
using static StoryLsp.Testing.LoopbackServer;

namespace StoryLsp.Pipelines.Tests;

[TestFixture, CancelAfter(60_000)]
internal sealed class SynopsisRunTests
{
    private const string Mill = "//- scenes/mill.md\n---\nname: The Mill\npov: Ada\n---\n\nAda waited at the mill. Tom came late, and he brought the letter. She burned it unread.\n";

    [Test]
    public async Task OfflineProposesSentencesOfTheScene()
    {
        var (workspace, proposal) = await RunAsync(Mill, new OfflineChatClient());
        var hunk = proposal.Hunks.Single();
        Assert.That(hunk.New, Is.EqualTo("\nsynopsis: Ada waited at the mill. Tom came late, and he brought the letter. She burned it unread."));
        Assert.That((hunk.File, hunk.Old, hunk.Label, proposal.Input), Is.EqualTo(("scenes/mill.md", "", "Write the synopsis of “The Mill”", "mill")));
        Assert.That(proposal.Origin, Does.Contain("without a model"));
        var placed = ProposalApplication.Place(proposal, workspace.Text);
        var after = workspace.Apply(ProposalApplication.ChangeOf(placed)!);
        Assert.That(after.Text("scenes/mill.md")!.Text, Is.EqualTo(workspace.Text("scenes/mill.md")!.Text.Replace("name: The Mill", "name: The Mill" + hunk.New)));
    }

    [Test]
    public async Task TheSameSceneGivesTheSameAnswer()
    {
        var (_, first) = await RunAsync(Mill, new OfflineChatClient());
        var (_, second) = await RunAsync(Mill, new OfflineChatClient());
        Assert.That(second.Hunks, Is.EqualTo(first.Hunks));
        Assert.That(second.Id, Is.Not.EqualTo(first.Id));
    }

    [Test]
    public async Task AModelsAnswerBecomesOneLine()
    {
        await using var server = new LoopbackServer(Answer("\"Ada waits: [[Nobody|Tom]]\n\tcomes.\"\n"));
        var (workspace, proposal) = await RunAsync(Mill, ClientOf(server));
        Assert.That(proposal.Hunks.Single().New, Is.EqualTo("\nsynopsis: \"Ada waits: Tom comes.\""));
        Assert.That(proposal.Model, Is.EqualTo("served-model"));
        var after = workspace.Apply(ProposalApplication.ChangeOf(ProposalApplication.Place(proposal, workspace.Text))!);
        Assert.That(after.AllFindings().Select(found => found.Finding.Code), Is.EqualTo(workspace.AllFindings().Select(found => found.Finding.Code)));
    }

    [TestCase("//- scenes/a.md\n---\nname: A\n---\n\n# A\n", "no prose")]
    [TestCase("//- scenes/a.md\n---\nname: A\n---\n\n* * *\n\n…\n", "no prose")]
    [TestCase("//- characters/a.md\nShe was born there.\n", "not a scene")]
    [TestCase("//- schemas/scene.yaml\nschema: scene\nextends: scene\nfields: {synopsis: {type: text, secret: true}}\n//- scenes/a.md\n---\nsynopsis: CANARY\n---\nProse.\n", "is secret")]
    [TestCase("//- scenes/a.md\n---\ntype: scene\nid: a\nsecret: &s CANARY\nsynopsis: &t\npov: *t\n---\nProse here.\n", "no place")]
    public async Task WithoutAnythingToDoTheMessageSaysWhy(string fixture, string says)
    {
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => RunAsync(fixture, new OfflineChatClient(), "a")))!;
        Assert.That(exception.Message, Does.Contain(says).And.Not.Contain("CANARY"));
        Assert.That(exception.Failure, Is.EqualTo(ProviderFailure.NothingToDo));
    }

    [TestCase(" \n"), TestCase("…")]
    public async Task AnEmptyAnswerProposesNothing(string answer)
    {
        await using var server = new LoopbackServer(Answer(answer), Answer(answer));
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => RunAsync(Mill, ClientOf(server))))!;
        Assert.That(exception.Message, Does.Contain("The answer was empty"));
    }

    [Test]
    public async Task ANovelIsNoSynopsis()
    {
        var novel = Answer(string.Concat(Enumerable.Repeat("Ada waits. ", 400)));
        await using var server = new LoopbackServer(novel, novel);
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => RunAsync(Mill, ClientOf(server))))!;
        Assert.That(exception.Message, Does.Contain("more than 300 words").And.Contain("after 2 tries"));
    }

    [Test]
    public async Task ACancelledRunLeavesNothingBehind()
    {
        await using var server = new LoopbackServer(async connection =>
        {
            await connection.WriteAsync(StreamHead + Delta("Half of"));
            await connection.HangAsync();
        });
        using var cancel = new CancellationTokenSource();
        var run = RunAsync(Mill, ClientOf(server), "mill", cancel.Token);
        await server.Arrived.Task;
        await cancel.CancelAsync();
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => run.WaitAsync(TimeSpan.FromSeconds(20))))!;
        Assert.That(exception.Message, Is.EqualTo("Stopped. No file was changed."));
        await server.Left.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static IChatClient ClientOf(LoopbackServer server) =>
        ChatClients.Create(new AiSettings { Provider = "openai", Endpoint = server.Endpoint, Model = "m" }, _ => null);

    private static async Task<(FixtureWorkspace Workspace, Proposal Proposal)> RunAsync(string fixture, IChatClient client, string id = "mill", CancellationToken cancellationToken = default)
    {
        using var bench = new RunBench(RunBench.Story(fixture), client);
        var outcome = await bench.Runner.StartAsync(new RunRequest { Pipeline = "synopsis", Input = id, Auto = true }, null, cancellationToken);
        return (bench.Workspace, outcome.Proposal ?? throw new ProviderException(ProviderFailure.NothingToDo, outcome.Message ?? outcome.Status.ToString()));
    }
}
