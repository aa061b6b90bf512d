using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Pipelines.Tests.Runs;

/// <summary>A run stops at its prompt, waits for as long as it must, and sends what the person left.</summary>
[TestFixture, CancelAfter(60_000)]
internal sealed class InterceptTests
{
    private const string Mill = "//- scenes/mill.md\n---\nname: The Mill\npov: Ada\n---\n\nAda waited at the mill. Tom came late, and he brought the letter. She burned it unread.\n";

    [Test]
    public async Task WhatThePersonLeavesInThePromptIsWhatIsSent()
    {
        var client = new ScriptedClient("Ada burns the letter.");
        using var bench = new RunBench(RunBench.Story(Mill), client);
        var paused = await bench.RunAsync("synopsis", "mill", auto: false, instruction: "Be brief.");
        Assert.That((paused.Status, client.Asked.Count), Is.EqualTo((RunStatus.Paused, 0)));
        var file = bench.PathOf(paused.PromptPath!);
        var text = await File.ReadAllTextAsync(file);
        Assert.That(text, Does.Contain("run: ").And.Contain("provider: offline").And.Contain("context:").And.Contain("Be brief.").And.Contain("Tom came late"));
        await File.WriteAllTextAsync(file, text.Replace("Tom came late", "Tom came early", StringComparison.Ordinal).Replace("provider: offline\n", "provider: offline\nmodel: mine\n", StringComparison.Ordinal));

        // Another process, another day: nothing of the first one is needed.
        var other = bench.NewRunner(bench.Store());
        var done = await other.ResumeAsync(paused.Run, new ResumeRequest(), bench.Progress, CancellationToken.None);
        Assert.That((done.Status, done.Message), Is.EqualTo((RunStatus.Done, (string?)null)));
        Assert.That(client.Asked.Single()[1].Text, Does.Contain("Tom came early").And.Not.Contain("Tom came late"));
        Assert.That(client.Options.Single()!.ModelId, Is.EqualTo("mine"));
        Assert.That(done.Proposal!.Hunks.Single().New, Is.EqualTo("\nsynopsis: Ada burns the letter."));
        Assert.That(new ProposalStore(bench.Root).List(), Is.EqualTo(new[] { done.Proposal.Id }));
        Assert.That(File.Exists(file), Is.False);
        Assert.That(bench.Kinds(paused.Run), Does.Contain("run.paused").And.Contain("run.resumed").And.Contain("proposal.made").And.Contain("run.finished"));
        var prompts = bench.History.Artifacts(paused.Run).Where(artifact => artifact.Kind == "prompt").ToList();
        Assert.That(prompts.Select(prompt => (prompt.Version, prompt.Parent)), Is.EqualTo(new[] { (1, prompts[0].Parent), (2, (long?)prompts[0].Id) }));
    }

    [Test]
    public async Task WithoutAChangeThePromptIsSentAsItWas()
    {
        using var bench = new RunBench(RunBench.Story(Mill));
        var paused = await bench.RunAsync("synopsis", "mill", auto: false);
        var done = await bench.Runner.ResumeAsync(paused.Run, new ResumeRequest(), null, CancellationToken.None);
        Assert.That(done.Proposal!.Hunks.Single().New, Does.Contain("She burned it unread."));
        Assert.That(bench.History.Artifacts(paused.Run).Count(artifact => artifact.Kind == "prompt"), Is.EqualTo(1));
    }

    [Test]
    public async Task APromptThatHasLostItsPartsIsNotSent()
    {
        using var bench = new RunBench(RunBench.Story(Mill));
        var paused = await bench.RunAsync("synopsis", "mill", auto: false);
        var file = bench.PathOf(paused.PromptPath!);
        var text = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, text.Replace("<!-- storylsp: user -->", "", StringComparison.Ordinal));
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => bench.Runner.ResumeAsync(paused.Run, new ResumeRequest(), null, CancellationToken.None)))!;
        Assert.That(exception.Message, Does.Contain("<!-- storylsp: user -->"));
        await File.WriteAllTextAsync(file, text);
        Assert.That((await bench.Runner.ResumeAsync(paused.Run, new ResumeRequest(), null, CancellationToken.None)).Status, Is.EqualTo(RunStatus.Done));
    }

    [Test]
    public async Task WhereModelsAreSwitchedOffARunStillWaits()
    {
        using var bench = new RunBench(RunBench.Story(Mill));
        var paused = await bench.RunAsync("synopsis", "mill", auto: false);
        var kinds = bench.Kinds(paused.Run);
        bench.Workspace = FixtureWorkspace.Of("//- story.yaml\nstory: 1\nai: {enabled: false}\n" + Mill);
        Assert.That(() => bench.Runner.ResumeAsync(paused.Run, new ResumeRequest(), null, CancellationToken.None), Throws.TypeOf<ProviderException>().With.Message.Contains("ai.enabled: false"));
        Assert.That(bench.Kinds(paused.Run), Is.EqualTo(kinds), "Nothing was written.");
        Assert.That(bench.Runner.Run(paused.Run)!.Status, Is.EqualTo(RunStatus.Paused));
    }

    [Test]
    public async Task ADroppedRunIsGoneAndCannotBeResumed()
    {
        using var bench = new RunBench(RunBench.Story(Mill));
        var paused = await bench.RunAsync("synopsis", "mill", auto: false);
        Assert.That(bench.Runner.Drop(paused.Run).Status, Is.EqualTo(RunStatus.Cancelled));
        Assert.That(File.Exists(bench.PathOf(paused.PromptPath!)), Is.False);
        var refused = await bench.Runner.ResumeAsync(paused.Run, new ResumeRequest(), null, CancellationToken.None);
        Assert.That((refused.Refused, refused.Status), Is.EqualTo((true, RunStatus.Cancelled)));
        Assert.That(refused.Message, Does.Contain("--from 0"));
    }
}
