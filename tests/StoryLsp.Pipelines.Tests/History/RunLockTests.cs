using StoryLsp.Pipelines.History;

namespace StoryLsp.Pipelines.Tests.History;

/// <summary>One active run per workspace.</summary>
internal sealed class RunLockTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task ThoseWhoWaitComeInTheOrderInWhichTheyAsked()
    {
        var order = new List<int>();
        var queued = 0;
        var first = await RunLock.TakeAsync(_folder.Root, () => queued++, default);
        Assert.That(queued, Is.Zero);
        var waiting = Enumerable.Range(0, 5).Select(async i =>
        {
            using var held = await RunLock.TakeAsync(_folder.Root, () => queued++, default);
            order.Add(i);
        }).ToList();
        Assert.That(RunLock.TryTake(_folder.Root), Is.Null);
        Assert.That(order, Is.Empty);
        first.Dispose();
        first.Dispose();
        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(order, Is.EqualTo(new[] { 0, 1, 2, 3, 4 }));
        Assert.That(queued, Is.EqualTo(5));
        using var free = RunLock.TryTake(_folder.Root);
        Assert.That(free, Is.Not.Null);
    }

    [Test]
    public async Task WhoGivesUpLetsTheNextOneCome()
    {
        var first = await RunLock.TakeAsync(_folder.Root, null, default);
        using var patience = new CancellationTokenSource();
        var second = RunLock.TakeAsync(_folder.Root, null, patience.Token);
        var third = RunLock.TakeAsync(_folder.Root, null, default);
        await patience.CancelAsync();
        Assert.That(async () => await second, Throws.InstanceOf<OperationCanceledException>());
        first.Dispose();
        (await third.WaitAsync(TimeSpan.FromSeconds(30))).Dispose();
        using var free = RunLock.TryTake(_folder.Root);
        Assert.That(free, Is.Not.Null);
    }

    [Test]
    public async Task WhoLooksIsNeverTakenForARun()
    {
        Assert.That(RunLock.IsHeld(_folder.Root), Is.False);
        using (RunLock.TryTake(_folder.Root))
        {
            Assert.That(RunLock.IsHeld(_folder.Root), Is.True);
        }

        var looked = 0;
        using var enough = new CancellationTokenSource();
        var looks = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (!enough.IsCancellationRequested)
            {
                RunLock.IsHeld(_folder.Root);
                Interlocked.Increment(ref looked);
                Thread.Yield();
            }
        })).ToList();
        try
        {
            for (var i = 0; i < 100 || Volatile.Read(ref looked) < 100; i++)
            {
                using var taken = RunLock.TryTake(_folder.Root);
                Assert.That(taken, Is.Not.Null, $"The {i}. time.");
                Assert.That(RunLock.IsHeld(_folder.Root), Is.True);
            }
        }
        finally
        {
            await enough.CancelAsync();
            await Task.WhenAll(looks);
        }
    }

    [Test]
    public void WorkspacesDoNotWaitForEachOther()
    {
        using var other = new TemporaryFolder();
        using var first = RunLock.TryTake(_folder.Root);
        using var second = RunLock.TryTake(other.Root);
        Assert.That((first, second), Is.Not.EqualTo(((RunLock?)null, (RunLock?)null)));
        Assert.That(second, Is.Not.Null);
    }

    [Test]
    public void TheCacheMayBeDeletedMeanwhile()
    {
        using var first = RunLock.TryTake(_folder.Root);
        Directory.CreateDirectory(Path.Combine(_folder.Root, ".story", "cache"));
        Directory.Delete(Path.Combine(_folder.Root, ".story", "cache"), recursive: true);
        Assert.That(RunLock.TryTake(_folder.Root), Is.Null);
    }
}
