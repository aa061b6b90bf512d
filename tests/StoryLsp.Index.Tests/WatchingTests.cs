using System.Runtime.CompilerServices;

namespace StoryLsp.Index.Tests;

public sealed class WatchingTests
{
    [Test]
    public async Task The_own_watcher_sees_what_editors_do()
    {
        using var folder = new TestFolder().WriteOld("a.md", "# A\n").WriteOld("part/b.md", "# B\n");
        await using var workspace = await folder.OpenIndexedAsync();
        using var watching = workspace.WatchFiles();

        folder.Write("new.md", "# New\n");
        await UntilAsync(workspace, snapshot => snapshot.Facts("new.md") is not null, "a new file");

        folder.Write("a.md", "# A in place\n");
        await UntilAsync(workspace, snapshot => snapshot.Facts("a.md")?.Headings is [{ Text: "A in place" }], "written in place");

        folder.Write("a.md.tmp", "# A renamed\n");
        File.Move(folder.PathOf("a.md.tmp"), folder.PathOf("a.md"), overwrite: true);
        await UntilAsync(workspace, snapshot => snapshot.Facts("a.md")?.Headings is [{ Text: "A renamed" }], "saved by renaming");

        File.Move(folder.PathOf("a.md"), folder.PathOf("a.md~"));
        folder.Write("a.md", "# A with backup\n");
        await UntilAsync(workspace, snapshot => snapshot.Facts("a.md")?.Headings is [{ Text: "A with backup" }], "saved beside a backup");

        folder.Write("deep/er/c.md", "# C\n");
        await UntilAsync(workspace, snapshot => snapshot.Facts("deep/er/c.md") is not null, "a new folder");

        Directory.Move(folder.PathOf("part"), folder.PathOf("book"));
        await UntilAsync(workspace, snapshot => snapshot.Facts("book/b.md") is not null && snapshot.Facts("part/b.md") is null, "a renamed folder");

        Directory.Delete(folder.PathOf("book"), recursive: true);
        await UntilAsync(workspace, snapshot => snapshot.Facts("book/b.md") is null, "a deleted folder");

        folder.Write(".gitignore", "new.md\n");
        await UntilAsync(workspace, snapshot => snapshot.Facts("new.md") is null, "an ignored file");

        folder.Write("story.yaml", "exclude: ['deep/**']\n");
        await UntilAsync(workspace, snapshot => snapshot.Facts("deep/er/c.md") is null && snapshot.Settings.Exists, "the settings");
    }

    [Test]
    public async Task Many_files_at_once_all_arrive()
    {
        using var folder = new TestFolder().WriteOld("a.md", "# A\n");
        await using var workspace = await folder.OpenIndexedAsync();
        using var watching = workspace.WatchFiles();
        for (var i = 0; i < 600; i++)
        {
            folder.Write($"many/{i % 20}/{i}.md", $"# {i}\n");
        }

        await UntilAsync(workspace, snapshot => snapshot.DocumentCount == 601, "600 files");
    }

    [Test]
    public async Task Watching_goes_on_when_nobody_holds_the_watcher()
    {
        using var folder = new TestFolder().WriteOld("a.md", "# A\n");
        await using var workspace = await folder.OpenIndexedAsync();
        Watch(workspace);
        Collect();
        folder.Write("new.md", "# New\n");
        await UntilAsync(workspace, snapshot => snapshot.Facts("new.md") is not null, "a new file");
    }

    [Test]
    public async Task A_program_that_writes_all_the_time_does_not_hide_what_else_happens()
    {
        using var folder = new TestFolder().WriteOld("a.md", "# A\n");
        await using var workspace = await folder.OpenIndexedAsync();
        workspace.WatchFiles();
        using var enough = new CancellationTokenSource();
        var noise = Task.Run(async () =>
        {
            for (var i = 0; !enough.IsCancellationRequested; i++)
            {
                folder.Write("log.txt", $"{i}\n");
                await Task.Delay(10);
            }
        });
        folder.Write("new.md", "# New\n");
        await UntilAsync(workspace, snapshot => snapshot.Facts("new.md") is not null, "a new file");
        await enough.CancelAsync();
        await noise;
    }

    [Test]
    public async Task A_look_that_fails_is_tried_again_at_all_files_and_said_once()
    {
        using var folder = new TestFolder();
        var looks = new Looks { FailuresToCome = 3 };
        using var watcher = new FileWatcher(folder.Root, looks.LookAsync, folder.Log, TimeSpan.FromMilliseconds(10));
        folder.Write("a.md", "# A\n");
        await UntilAsync(() => looks.Succeeded.Any(), "a look that succeeds");
        Assert.That(looks.Succeeded[0], Is.Null, "all files");
        Assert.That(folder.Log.Warnings, Has.Count.EqualTo(1).And.Some.Contains("in 0.01 seconds"));
        var before = looks.Succeeded.Count;
        folder.Write("b.md", "# B\n");
        await UntilAsync(() => looks.Succeeded.Skip(before).Any(events => events is not null && events.Any(change => change.Path == "b.md")), "events again");
    }

    [Test]
    public async Task A_folder_that_cannot_be_watched_is_looked_through_again_and_again()
    {
        using var folder = new TestFolder();
        var looks = new Looks();
        using var watcher = new FileWatcher(folder.PathOf("not-there"), looks.LookAsync, folder.Log, TimeSpan.FromMilliseconds(10));
        await UntilAsync(() => looks.Succeeded.Count > 3, "looks");
        Assert.That(looks.Succeeded, Is.All.Null, "all files");
        Assert.That(folder.Log.Warnings, Has.Count.EqualTo(1).And.Some.Contains("every 0.01 seconds"));
    }

    [Test]
    public async Task A_folder_that_is_gone_is_looked_for()
    {
        using var folder = new TestFolder().Write("story/a.md", "# A\n");
        var looks = new Looks();
        using var watcher = new FileWatcher(folder.PathOf("story"), looks.LookAsync, folder.Log, TimeSpan.FromMilliseconds(10));
        Directory.Delete(folder.PathOf("story"), recursive: true);
        await UntilAsync(() => looks.Succeeded.Any(events => events is null), "a look at all files, as the folder is gone");
        var before = looks.Succeeded.Count;
        await UntilAsync(() => looks.Succeeded.Skip(before).Count(events => events is null) > 3, "looks for another one in its place");
    }

    [Test]
    public async Task The_watching_ends_with_the_workspace()
    {
        using var folder = new TestFolder().WriteOld("a.md", "# A\n");
        var workspace = await folder.OpenIndexedAsync();
        var watcher = new WeakReference(null);
        WatchWeakly(workspace, watcher);
        Collect();
        Assert.That(watcher.IsAlive, Is.True, "the workspace holds it");
        await workspace.DisposeAsync();
        await UntilAsync(
            () =>
            {
                Collect();
                return !watcher.IsAlive;
            },
            "the watcher is let go");
        GC.KeepAlive(workspace);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WatchWeakly(Workspace workspace, WeakReference watcher) => watcher.Target = workspace.WatchFiles();

    // In a method of its own, so that no variable of the test's holds the watcher.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Watch(Workspace workspace) => workspace.WatchFiles();

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    private static Task UntilAsync(Workspace workspace, Predicate<Snapshot> holds, string what) => UntilAsync(() => holds(workspace.Current), what);

    // Only what never comes takes so long, on however slow and busy a machine.
    private static async Task UntilAsync(Func<bool> holds, string what)
    {
        using var guard = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!holds() && !guard.IsCancellationRequested)
        {
            await Task.Delay(50);
        }

        Assert.That(holds(), what);
    }

    /// <summary>What a watcher asked to look at; the first looks may fail.</summary>
    private sealed class Looks
    {
        private readonly List<IReadOnlyList<FileEvent>?> _succeeded = [];

        public int FailuresToCome { get; set; }

        public IReadOnlyList<IReadOnlyList<FileEvent>?> Succeeded
        {
            get
            {
                lock (_succeeded)
                {
                    return [.. _succeeded];
                }
            }
        }

        public Task LookAsync(IReadOnlyList<FileEvent>? events)
        {
            lock (_succeeded)
            {
                if (FailuresToCome > 0)
                {
                    FailuresToCome--;
                    throw new InvalidDataException("as if the disk were at fault");
                }

                _succeeded.Add(events);
                return Task.CompletedTask;
            }
        }
    }
}
