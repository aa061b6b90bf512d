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

    private static async Task UntilAsync(Workspace workspace, Predicate<Snapshot> holds, string what)
    {
        for (var i = 0; i < 600 && !holds(workspace.Current); i++)
        {
            await Task.Delay(50);
        }

        Assert.That(holds(workspace.Current), what);
    }
}
