using StoryLsp.Continuity;
using StoryLsp.Index;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Runs;
using static StoryLsp.Testing.LoopbackServer;

namespace StoryLsp.Pipelines.Tests.Runs;

/// <summary>Each shipped pipeline on a story on the disk, with each provider as the product makes it: both styles over a loopback server, recorded and replayed, and offline.</summary>
[TestFixture, CancelAfter(120_000)]
internal sealed class ShippedProviderTests
{
    private string _root = "";

    [SetUp]
    public void MakeFolder() => _root = Directory.CreateTempSubdirectory("storylsp-shipped-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_root, recursive: true);

    [Test]
    public async Task EachRunsOverTheWire([ValueSource(typeof(ShippedPipelineTests), nameof(ShippedPipelineTests.Names))] string name, [Values("openai", "anthropic")] string provider)
    {
        var script = ShippedPipelineTests.Script(name);
        await using var server = new LoopbackServer([.. script.Answers.Select(answer => Model(_ => answer))]);
        var outcome = await ThroughAsync(name, $"provider: {provider}\n  endpoint: {server.Endpoint}\n  model: some-model\n  api_key_env: KEY\n  prices: {{input: 1, output: 2}}", out var tokens);
        Assert.That(outcome.Status, Is.EqualTo(RunStatus.Done), outcome.Message);
        Assert.That(outcome.Proposal?.Model ?? (name == "critique" ? "served-model" : null), Is.EqualTo("served-model"));
        Assert.That(server.Requests, Has.Count.EqualTo(script.Answers.Length));
        Assert.That(server.Requests.Last().Body, Does.Contain("some-model"));
        Assert.That(tokens(), Is.GreaterThan(0));
        Assert.That(server.Requests.All(request => request.Head.Contains("test-key", StringComparison.Ordinal)), Is.True);
        Assert.That(Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories).All(file => !Reads(file).Contains("test-key", StringComparison.Ordinal)), Is.True, "No key in any file.");
    }

    [Test]
    public async Task EachIsRecordedOnceAndReplayed([ValueSource(typeof(ShippedPipelineTests), nameof(ShippedPipelineTests.Names))] string name)
    {
        var script = ShippedPipelineTests.Script(name);
        await using var server = new LoopbackServer([.. script.Answers.Select(answer => Model(_ => answer))]);
        var recorded = await ThroughAsync(name, $"provider: replay\n  record: openai\n  endpoint: {server.Endpoint}\n  model: some-model", out _);
        Assert.That(recorded.Status, Is.EqualTo(RunStatus.Done), recorded.Message);
        var replayed = await ThroughAsync(name, "provider: replay\n  model: some-model", out _);
        Assert.That(replayed.Status, Is.EqualTo(RunStatus.Done), replayed.Message);
        Assert.That(replayed.Proposal?.Hunks, Is.EqualTo(recorded.Proposal?.Hunks));
        Assert.That(replayed.Notes, Is.EqualTo(recorded.Notes));
        Assert.That(server.Requests, Has.Count.EqualTo(script.Answers.Length));
    }

    [Test]
    public async Task EachIsHonestOffline([ValueSource(typeof(ShippedPipelineTests), nameof(ShippedPipelineTests.Names))] string name)
    {
        var outcome = await ThroughAsync(name, "provider: offline", out _);
        if (PipelineFiles.Shipped.Single(file => file.Name == name).Steps.OfType<GenerateStep>().Any(step => step.Offline is null))
        {
            Assert.That((outcome.Status, outcome.Proposal), Is.EqualTo((RunStatus.Failed, (Proposal?)null)));
            Assert.That(outcome.Message, Does.Contain("needs a model"));
            Assert.That(new ProposalStore(_root).List(), Is.Empty);
        }
        else
        {
            Assert.That(outcome.Status, Is.EqualTo(RunStatus.Done), outcome.Message);
            Assert.That(outcome.Proposal!.Hunks, Is.Not.Empty);
            Assert.That(outcome.Proposal.Origin, Does.Contain("without a model (offline)"));
            Assert.That(outcome.Proposal.Findings!.AddedErrors, Is.Zero);
        }
    }

    private Task<RunOutcome> ThroughAsync(string name, string ai, out Func<long> tokens)
    {
        FixtureWorkspace.Of(ShippedPipelineTests.Story.Replace("story: 1", "story: 1\nai:\n  " + ai, StringComparison.Ordinal)).WriteTo(_root);
        var spent = 0L;
        tokens = () => spent;
        return RunAsync();

        async Task<RunOutcome> RunAsync()
        {
            await using var workspace = Workspace.Open(new WorkspaceOptions { Root = _root, DocumentRules = PipelineFiles.DocumentRules, UseIndexFile = false });
            await workspace.IndexAsync();
            using var history = HistoryStore.Open(_root);
            var runner = new PipelineRunner(new RunnerOptions
            {
                Snapshot = _ => Task.FromResult(workspace.Current),
                Root = _root,
                History = history,
                Clients = new ChatClients(variable => variable == "KEY" ? "test-key" : null).Create,
                Findings = new Findings(),
            });
            var script = ShippedPipelineTests.Script(name);
            var paused = await runner.StartAsync(new RunRequest { Pipeline = name, Input = script.Input, Instruction = script.Instruction }, null, CancellationToken.None);
            Assert.That(paused.Status, Is.EqualTo(RunStatus.Paused), paused.Message);
            await File.AppendAllTextAsync(Path.Combine(_root, paused.PromptPath!), "\nOne more wish of the writer.\n");
            var outcome = await runner.ResumeAsync(paused.Run, new ResumeRequest(), null, CancellationToken.None);
            spent = runner.Run(paused.Run)!.Tokens;
            return outcome;
        }
    }

    private static string Reads(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
