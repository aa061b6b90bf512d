using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Pipelines.Tests.Runs;

/// <summary>Several editors, processes and impatient people: one thing happens, and everybody is told.</summary>
[TestFixture, CancelAfter(60_000)]
internal sealed class RunQueueTests
{
    private const string Mill = "//- scenes/mill.md\n---\nname: The Mill\npov: Ada\n---\n\nAda waited at the mill. Tom came late, and he brought the letter. She burned it unread.\n";
    private const string Answer = "Ada burns the letter.";

    [Test]
    public async Task OneKeyStartsOneRun()
    {
        using var bench = new RunBench(RunBench.Story(Mill), new ScriptedClient(Answer));
        var request = new RunRequest { Pipeline = "synopsis", Input = "mill", Auto = true, IdempotencyKey = "k" };
        var both = await Task.WhenAll(
            bench.Runner.StartAsync(request, null, CancellationToken.None),
            bench.NewRunner(bench.Store()).StartAsync(request, null, CancellationToken.None));
        var third = await bench.Runner.StartAsync(request, null, CancellationToken.None);
        Assert.That(both.Append(third).Select(outcome => (outcome.Run, outcome.Status, outcome.Proposal!.Id)).Distinct().Count(), Is.EqualTo(1));
        Assert.That(((ScriptedClient)bench.Client).Asked, Has.Count.EqualTo(1));
        Assert.That(bench.History.Runs(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ResumingTwiceWithOneKeyIsOneThingWithOneAnswer()
    {
        using var bench = new RunBench(RunBench.Story(Mill), new ScriptedClient(Answer));
        var paused = await bench.RunAsync("synopsis", "mill", auto: false);
        var request = new ResumeRequest { Key = "enter" };
        var both = await Task.WhenAll(
            bench.Runner.ResumeAsync(paused.Run, request, null, CancellationToken.None),
            bench.NewRunner(bench.Store()).ResumeAsync(paused.Run, request, null, CancellationToken.None));
        var third = await bench.Runner.ResumeAsync(paused.Run, request, null, CancellationToken.None);
        Assert.That(both.Append(third).Select(outcome => (outcome.Status, outcome.Proposal?.Id, outcome.Refused)).Distinct(), Is.EqualTo(new[] { (RunStatus.Done, (string?)paused.Run, false) }));
        Assert.That(((ScriptedClient)bench.Client).Asked, Has.Count.EqualTo(1));
        Assert.That(bench.Kinds(paused.Run).Count(kind => kind == "run.resumed"), Is.EqualTo(1));
    }

    [Test]
    public async Task OfTwoWhoResumeOneWinsAndTheOtherIsToldWho()
    {
        var client = new ScriptedClient(Answer) { Before = (_, token) => Task.Delay(300, token) };
        using var bench = new RunBench(RunBench.Story(Mill), client);
        var paused = await bench.RunAsync("synopsis", "mill", auto: false);
        var both = await Task.WhenAll(
            bench.NewRunner(bench.Store(), "ada").ResumeAsync(paused.Run, new ResumeRequest(), null, CancellationToken.None),
            bench.NewRunner(bench.Store(), "tom").ResumeAsync(paused.Run, new ResumeRequest(), null, CancellationToken.None));
        var winner = both.Single(outcome => !outcome.Refused);
        var loser = both.Single(outcome => outcome.Refused);
        Assert.That(winner.Status, Is.EqualTo(RunStatus.Done));
        Assert.That(loser.Message, Does.Match("^(ada|tom) resumed this run first, at \\d{4}-"));
        Assert.That(client.Asked, Has.Count.EqualTo(1));
        Assert.That(new ProposalStore(bench.Root).List(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task AResumeThatComesBeforeTheStopIsKeptAndUsed()
    {
        var isAnswered = false;
        RunOutcome? early = null;
        using var bench = new RunBench(RunBench.Story(Mill), new ScriptedClient(Answer));
        var other = bench.NewRunner(bench.Store(), "tom");
        var runner = bench.NewRunner(bench.Store(point =>
        {
            if (!isAnswered && point == "append-artifact-and-event:after-commit" && bench.History.Runs() is [var run, ..])
            {
                isAnswered = true;
                early = other.ResumeAsync(run.Id, new ResumeRequest { Key = "early" }, null, CancellationToken.None).GetAwaiter().GetResult();
            }
        }));
        var outcome = await runner.StartAsync(new RunRequest { Pipeline = "synopsis", Input = "mill" }, null, CancellationToken.None);
        Assert.That((early!.Status, early.Refused), Is.EqualTo((RunStatus.Running, false)));
        Assert.That(early.Message, Does.Contain("is kept"));
        Assert.That(outcome.Status, Is.EqualTo(RunStatus.Done));
        var again = await other.ResumeAsync(outcome.Run, new ResumeRequest { Key = "early" }, null, CancellationToken.None);
        Assert.That((again.Status, again.Proposal!.Id), Is.EqualTo((RunStatus.Done, outcome.Run)));
        Assert.That(bench.Kinds(outcome.Run), Does.Not.Contain("run.paused"));
    }

    [Test]
    public async Task OneRunIsUnderWayAndTheOthersQueueInTheirOrder()
    {
        var isFree = new TaskCompletionSource();
        var order = new List<string>();
        var client = new ScriptedClient(Answer) { Before = (number, _) => number == 0 ? isFree.Task : Task.CompletedTask };
        using var bench = new RunBench(RunBench.Story(Mill), client);
        var first = bench.RunAsync("synopsis", "mill");
        await UntilAsync(() => client.Asked.Count == 1);
        var others = new List<Task<RunOutcome>>();
        for (var i = 0; i < 3; i++)
        {
            var id = $"00000000000{i}";
            others.Add(bench.Runner.StartAsync(new RunRequest { Pipeline = "synopsis", Input = "mill", Auto = true, Id = id }, new Told(order, id), CancellationToken.None));
            await UntilAsync(() => bench.Kinds(id).Contains("run.queued"));
        }

        Assert.That(bench.Runner.Runs().Count(run => run.Status == RunStatus.Queued), Is.EqualTo(3));
        var unwilling = await bench.NewRunner(bench.Store()).StartAsync(new RunRequest { Pipeline = "synopsis", Input = "mill", Auto = true, NoWait = true }, null, CancellationToken.None);
        Assert.That(unwilling.Status, Is.EqualTo(RunStatus.Queued));
        bench.Runner.Cancel("000000000001", "tom");
        Assert.That((await others[1].WaitAsync(TimeSpan.FromSeconds(20))).Status, Is.EqualTo(RunStatus.Cancelled), "It need not wait for its turn to be stopped.");
        isFree.SetResult();
        Assert.That((await first).Status, Is.EqualTo(RunStatus.Done));
        Assert.That((await Task.WhenAll(others)).Select(outcome => outcome.Status), Is.EqualTo(new[] { RunStatus.Done, RunStatus.Cancelled, RunStatus.Done }));
        Assert.That(order, Is.EqualTo(new[] { "000000000000", "000000000002" }));
        Assert.That((await bench.Runner.ResumeAsync(unwilling.Run, new ResumeRequest(), null, CancellationToken.None)).Status, Is.EqualTo(RunStatus.Done));
    }

    [Test]
    public async Task ALateResumeIsNoEarlyOne()
    {
        const string two = "//- pipelines/two.yaml\npipeline: two\ninput: scene\nsteps:\n  - prompt: {system: One., user: '{{input}}'}\n  - intercept\n  - generate\n  - prompt: {system: Two., user: '{{answer}}'}\n  - intercept\n  - generate\n  - propose: {to: nothing}\n";
        var isFree = new TaskCompletionSource();
        var client = new ScriptedClient(Answer) { Before = (_, _) => isFree.Task };
        using var bench = new RunBench(RunBench.Story(two + Mill), client);
        var paused = await bench.RunAsync("two", "mill", auto: false);
        var first = bench.Runner.ResumeAsync(paused.Run, new ResumeRequest(), null, CancellationToken.None);
        await UntilAsync(() => client.Asked.Count == 1);
        var late = await bench.NewRunner(bench.Store(), "tom").ResumeAsync(paused.Run, new ResumeRequest(), null, CancellationToken.None);
        Assert.That((late.Refused, late.Message!.StartsWith("ada resumed this run first", StringComparison.Ordinal)), Is.EqualTo((true, true)), late.Message);
        isFree.SetResult();
        Assert.That(((await first).Status, client.Asked.Count), Is.EqualTo((RunStatus.Paused, 1)), "The second prompt waits for somebody to look at it.");
        Assert.That((await bench.Runner.ResumeAsync(paused.Run, new ResumeRequest(), null, CancellationToken.None)).Status, Is.EqualTo(RunStatus.Done));
    }

    [Test]
    public async Task AKeyWhoseResumeFailedMayBeUsedAgain()
    {
        using var bench = new RunBench(RunBench.Story(Mill), new ScriptedClient("", "", Answer));
        var paused = await bench.RunAsync("synopsis", "mill", auto: false);
        Assert.That((await bench.Runner.ResumeAsync(paused.Run, new ResumeRequest { Key = "k" }, null, CancellationToken.None)).Status, Is.EqualTo(RunStatus.Failed));
        Assert.That((await bench.Runner.ResumeAsync(paused.Run, new ResumeRequest { Key = "k" }, null, CancellationToken.None)).Status, Is.EqualTo(RunStatus.Done));
    }

    [Test]
    public async Task APausedRunHoldsUpNobody()
    {
        using var bench = new RunBench(RunBench.Story(Mill), new ScriptedClient(Answer));
        var paused = await bench.RunAsync("synopsis", "mill", auto: false);
        Assert.That((await bench.RunAsync("synopsis", "mill")).Status, Is.EqualTo(RunStatus.Done));
        Assert.That((await bench.Runner.ResumeAsync(paused.Run, new ResumeRequest(), null, CancellationToken.None)).Status, Is.EqualTo(RunStatus.Done));
    }

    [Test]
    public async Task AProviderThatDoesNotListenHoldsUpNobodyWhoStops()
    {
        var client = new ScriptedClient(Answer) { Before = (_, _) => Task.Delay(Timeout.Infinite, CancellationToken.None) };
        using var bench = new RunBench(RunBench.Story(Mill), client);
        var run = bench.RunAsync("synopsis", "mill");
        await UntilAsync(() => client.Asked.Count == 1);
        bench.NewRunner(bench.Store()).Cancel(bench.History.Runs().Single().Id, "tom");
        var outcome = await run.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.That(outcome.Status, Is.EqualTo(RunStatus.Cancelled));
        Assert.That(bench.History.EventsAfter(0).Last().Data, Does.Contain("tom"));
        Assert.That(bench.Runner.Runs().Single().Status, Is.EqualTo(RunStatus.Cancelled));
    }

    [Test]
    public async Task AHandleThatHasExpiredIsToldAndCanBeRenewed()
    {
        using var bench = new RunBench(RunBench.Story(Mill), new ScriptedClient(Answer));
        var paused = await bench.NewRunner(bench.Store(), "ada", new LongAgo(TimeSpan.FromDays(31))).StartAsync(new RunRequest { Pipeline = "synopsis", Input = "mill" }, null, CancellationToken.None);
        var refused = await bench.Runner.ResumeAsync(paused.Run, new ResumeRequest(), null, CancellationToken.None);
        Assert.That((refused.Refused, refused.Status), Is.EqualTo((true, RunStatus.Paused)));
        Assert.That(refused.Message, Does.Contain("--again"));
        Assert.That((await bench.Runner.ResumeAsync(paused.Run, new ResumeRequest { Again = true }, null, CancellationToken.None)).Status, Is.EqualTo(RunStatus.Done));
    }

    [Test]
    public async Task ARunWhoseTimeIsOverCanBeDroppedWhileAnotherIsUnderWay()
    {
        using var bench = new RunBench(RunBench.Story(Mill), new ScriptedClient(Answer));
        var old = await bench.NewRunner(bench.Store(), "ada", new LongAgo(TimeSpan.FromDays(31))).StartAsync(new RunRequest { Pipeline = "synopsis", Input = "mill" }, null, CancellationToken.None);
        using var other = RunLock.TryTake(bench.Root);
        var dropped = bench.Runner.Drop(old.Run);
        Assert.That((dropped.Refused, dropped.Status), Is.EqualTo((false, RunStatus.Cancelled)), dropped.Message);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var attempt = 0; !isSo(); attempt++)
        {
            Assert.That(attempt, Is.LessThan(3000), "It never came to it.");
            await Task.Delay(10);
        }
    }

    private sealed class Told(List<string> order, string id) : IProgress<RunUpdate>
    {
        public void Report(RunUpdate value)
        {
            lock (order)
            {
                if (value is { StepKind: "context" } && !order.Contains(id))
                {
                    order.Add(id);
                }
            }
        }
    }

    private sealed class LongAgo(TimeSpan ago) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - ago;
    }
}
