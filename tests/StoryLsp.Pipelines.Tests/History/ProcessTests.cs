using StoryLsp.Pipelines.History;

namespace StoryLsp.Pipelines.Tests.History;

/// <summary>Several processes with one history.</summary>
internal sealed class ProcessTests
{
    private static readonly RunRecord Run = new("0123456789ab", "synopsis", 1, "", "", "{}", "ada");

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task ALockGoesWithTheProcessThatHeldItHoweverItEnds()
    {
        using (var host = new HostProcess("hold", _folder.Root))
        {
            Assert.That(host.ReadLine(), Is.EqualTo("held"));
            Assert.That(RunLock.TryTake(_folder.Root), Is.Null);
            var queued = new TaskCompletionSource();
            var waiting = RunLock.TakeAsync(_folder.Root, queued.SetResult, default);
            await queued.Task.WaitAsync(TimeSpan.FromSeconds(30));
            Assert.That(waiting.IsCompleted, Is.False);
            host.Kill();
            (await waiting.WaitAsync(TimeSpan.FromSeconds(30))).Dispose();
        }

        using (var host = new HostProcess("hold", _folder.Root))
        {
            Assert.That(host.ReadLine(), Is.EqualTo("held"));
            host.WriteLine();
            Assert.That(await host.EndAsync(), Is.Zero);
        }

        using var held = RunLock.TryTake(_folder.Root);
        Assert.That(held, Is.Not.Null);
    }

    [Test]
    public void OfTwoEditorsThatResumeAtOnceOneWinsAndTheOtherIsTold()
    {
        using (var store = HistoryStore.Open(_folder.Root))
        {
            store.AddRun(Run);
            store.AddHandle(new ResumeHandle("h", Run.Id, 1, DateTimeOffset.UtcNow.AddDays(1)));
        }

        using var one = new HostProcess("use", _folder.Root, "h", "one");
        using var two = new HostProcess("use", _folder.Root, "h", "two");
        Assert.That((one.ReadLine(), two.ReadLine()), Is.EqualTo(("ready", "ready")));
        one.WriteLine();
        two.WriteLine();
        Assert.That((one.ReadLine(), two.ReadLine()), Is.EqualTo(("mine", "of one")).Or.EqualTo(("of two", "mine")));
    }

    [Test]
    public async Task TwoProcessesThatBeginAHistoryAtOnceShareIt()
    {
        _folder[".story/history.db"] = "This is no database.";
        using (var one = new HostProcess("append", _folder.Root, Run.Id, "0"))
        using (var two = new HostProcess("append", _folder.Root, Run.Id, "0"))
        {
            Assert.That((await one.EndAsync(), await two.EndAsync()), Is.EqualTo((0, 0)), await one.ErrorsAsync() + await two.ErrorsAsync());
        }

        Assert.That(Directory.GetFiles(Path.Combine(_folder.Root, ".story"), "history.db.damaged-*"), Has.Length.EqualTo(1));
        using var store = HistoryStore.Open(_folder.Root);
        store.AddRun(Run);
        using (var one = new HostProcess("append", _folder.Root, Run.Id, "40"))
        using (var two = new HostProcess("append", _folder.Root, Run.Id, "40"))
        {
            Assert.That((await one.EndAsync(), await two.EndAsync()), Is.EqualTo((0, 0)), await one.ErrorsAsync() + await two.ErrorsAsync());
        }

        Assert.That(store.EventsAfter(0), Has.Count.EqualTo(80));
    }
}
