using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Pipelines.Tests.Secrets;

/// <summary>
/// Random worlds with a canary in every kind of secret, through each shipped pipeline and each provider: none is in what is sent, shown, proposed or written down.
/// </summary>
[TestFixture]
internal sealed class PipelineCanaryTests
{
    private static readonly string[] Providers = ["offline", "openai", "anthropic", "editor", "replay"];

    private static IEnumerable<TestCaseData> All() =>
        from pipeline in PipelineFiles.Shipped
        from provider in Providers
        select new TestCaseData(pipeline.Name, provider);

    [TestCaseSource(nameof(All))]
    public async Task NothingSecretLeaves(string pipeline, string provider)
    {
        var sent = 0;
        foreach (var (seed, scene) in new[] { (0, 0), (1, 4), (2, CanaryWorld.Plain) })
        {
            await using var bench = new CanaryBench(seed, provider);
            var outcome = await bench.RunAsync(pipeline, scene);
            bench.AssertClean(scene, $"{pipeline} by {provider}, seed {seed}, scene {scene}: {outcome.Status} {outcome.Message}");
            sent += bench.Sent;
        }

        Assert.That(provider == "offline" || sent > 0, "Nothing was sent at all, so the test is worth nothing.");
    }

    [TestCaseSource(nameof(Providers))]
    public async Task WhatIsTypedAtTheInterceptIsStopped(string provider)
    {
        for (var seed = 0; seed < 2; seed++)
        {
            await using var bench = new CanaryBench(seed, provider);
            foreach (var canary in bench.World.Canaries.Where(canary => canary.IsSaid && canary.IsForbidden(1)).Where((_, index) => index % 9 == seed))
            {
                var said = bench.World.NearForm(canary);
                var before = bench.Sent;
                var paused = await bench.StartAsync("synopsis", 1, false);
                Assert.That(paused.Status, Is.EqualTo(RunStatus.Paused), paused.Message);
                var path = Path.Combine(bench.Root, paused.PromptPath!);
                var text = await File.ReadAllTextAsync(path) + "\nShe knew: " + said + ", of course.\n";
                var message = "";
                try
                {
                    var outcome = await bench.Runner.ResumeAsync(paused.Run, new ResumeRequest { PromptText = text }, bench, CancellationToken.None);
                    Assert.That(outcome.Status, Is.Not.EqualTo(RunStatus.Done), $"{canary.Kind}: {said}");
                    message = outcome.Message;
                }
                catch (ProviderException exception)
                {
                    message = exception.Message;
                }

                Assert.That(message, Does.Contain("gives away"), $"{canary.Kind}: {said}");
                Assert.That(bench.Sent, Is.EqualTo(before), "It was sent all the same.");
                bench.Runner.Drop(paused.Run);
            }

            bench.AssertClean(1, "typed at the intercept");
        }
    }

    [Test]
    public async Task AnInstructionThatSaysASecretIsStopped()
    {
        await using var bench = new CanaryBench(2, "editor");
        var canary = bench.World.Canaries.First(canary => canary is { IsSaid: true, Kind: "character string" });
        var message = "";
        try
        {
            message = (await bench.Runner.StartAsync(new RunRequest { Pipeline = "continue-scene", Input = "s1", Instruction = "Let her say " + canary.Text, Auto = true }, bench, CancellationToken.None)).Message;
        }
        catch (ProviderException exception)
        {
            message = exception.Message;
        }

        Assert.That(message, Does.Contain("gives away"));
        Assert.That(bench.Sent, Is.Zero);
        bench.AssertClean(1, "an instruction");
    }

    [Test]
    public async Task ALeakWouldBeFound()
    {
        await using var bench = new CanaryBench(1, "editor");
        bench.Hear(bench.World.Files["scenes/s5.md"]);
        Assert.That(() => bench.AssertClean(0, "a planted leak"), Throws.TypeOf<AssertionException>());
    }
}
