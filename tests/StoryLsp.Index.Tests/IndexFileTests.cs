using Microsoft.Data.Sqlite;
using StoryLsp.Index.Storage;
using StoryLsp.Language.Text;

namespace StoryLsp.Index.Tests;

public sealed class IndexFileTests
{
    private static async Task<TestFolder> IndexedFolderAsync(int files = 40)
    {
        var folder = new TestFolder().WriteOld("story.yaml", "title: T\n");
        for (var i = 0; i < files; i++)
        {
            folder.WriteOld($"notes/{i}.md", $"---\naliases: [Alias {i}]\nabout: \"[[{(i + 1) % files}]]\"\n---\n# Note {i}\n\nSee [[{(i + 7) % files}#Note]].\n\n" + string.Concat(Enumerable.Repeat($"Some words of note {i}. ", 40)) + "\n");
        }

        await using var workspace = await folder.OpenIndexedAsync();
        await workspace.QueryAsync("SELECT 1");
        return folder;
    }

    private static async Task AssertWorksAsync(TestFolder folder, string expected)
    {
        await using var workspace = await folder.OpenIndexedAsync();
        Assert.That(SnapshotText.Of(workspace.Current), Is.EqualTo(expected));
        Assert.That((await workspace.QueryAsync("SELECT count(*) FROM containers")).Rows[0][0], Is.EqualTo((long)workspace.Current.Containers.Count()));
        Assert.That((await workspace.SearchAsync("\"words of note 7\"")).Select(hit => hit.Path), Is.EqualTo(["notes/7.md"]));
    }

    private static async Task<string> ExpectedAsync(TestFolder folder)
    {
        await using var fresh = await folder.OpenIndexedAsync(useIndexFile: false);
        return SnapshotText.Of(fresh.Current);
    }

    private static void DeleteLogFiles(TestFolder folder)
    {
        File.Delete(folder.IndexPath + "-wal");
        File.Delete(folder.IndexPath + "-shm");
    }

    [Test]
    public async Task The_cache_hides_itself_from_git_and_the_whole_folder_can_be_deleted()
    {
        using var folder = await IndexedFolderAsync();
        Assert.That(File.ReadAllText(folder.PathOf(".story/cache/.gitignore")), Is.EqualTo("*\n"));
        Directory.Delete(folder.PathOf(".story"), recursive: true);
        await AssertWorksAsync(folder, await ExpectedAsync(folder));
        Assert.That(folder.Log.Warnings, Is.Empty);
    }

    [TestCase("empty")]
    [TestCase("truncated")]
    [TestCase("cut in a page")]
    [TestCase("garbage")]
    [TestCase("garbage header")]
    [TestCase("garbage in the middle")]
    [TestCase("garbage log")]
    public async Task A_damaged_index_is_built_anew_and_said_once(string damage)
    {
        using var folder = await IndexedFolderAsync();
        var expected = await ExpectedAsync(folder);
        var bytes = File.ReadAllBytes(folder.IndexPath);
        var random = new Random(7);
        switch (damage)
        {
            case "empty":
                bytes = [];
                break;
            case "truncated":
                bytes = bytes[..(bytes.Length / 8192 * 4096)];
                break;
            case "cut in a page":
                bytes = bytes[..((bytes.Length / 3) + 100)];
                break;
            case "garbage":
                random.NextBytes(bytes);
                break;
            case "garbage header":
                random.NextBytes(bytes.AsSpan(0, 100));
                break;
            case "garbage in the middle":
                random.NextBytes(bytes.AsSpan(4096, bytes.Length - 8192));
                break;
        }

        DeleteLogFiles(folder);
        File.WriteAllBytes(folder.IndexPath, bytes);
        if (damage == "garbage log")
        {
            var log = new byte[9000];
            random.NextBytes(log);
            File.WriteAllBytes(folder.IndexPath + "-wal", log);
        }

        await AssertWorksAsync(folder, expected);
        // An empty file and a log that SQLite does not take are a new index and an old one, and nothing to talk about.
        Assert.That(folder.Log.Warnings.Count(line => line.Contains("index.db", StringComparison.Ordinal)), damage is "empty" or "garbage log" ? Is.Zero : Is.EqualTo(1));
        await using var warm = await folder.OpenIndexedAsync();
        Assert.That(warm.DocumentsRead, Is.Zero, "the index that was built anew serves the next start");
    }

    [Test]
    public async Task Every_flipped_page_is_survived()
    {
        using var folder = await IndexedFolderAsync(12);
        var expected = await ExpectedAsync(folder);
        DeleteLogFiles(folder);
        var whole = File.ReadAllBytes(folder.IndexPath);
        var random = new Random(11);
        for (var page = 0; page < whole.Length / 4096; page += 3)
        {
            var bytes = whole.ToArray();
            random.NextBytes(bytes.AsSpan((page * 4096) + random.Next(200), random.Next(8, 2000)));
            DeleteLogFiles(folder);
            File.WriteAllBytes(folder.IndexPath, bytes);
            await using var workspace = await folder.OpenIndexedAsync();
            Assert.That(SnapshotText.Of(workspace.Current), Is.EqualTo(expected), $"page {page}");
            Assert.That(async () => await workspace.SearchAsync("words"), Throws.Nothing, $"page {page}");
            Assert.That(async () => await workspace.QueryAsync("SELECT count(*) FROM containers"), Throws.Nothing, $"page {page}");
        }
    }

    [Test]
    public async Task A_stored_document_whose_bytes_changed_is_read_from_its_file()
    {
        using var folder = await IndexedFolderAsync();
        var expected = await ExpectedAsync(folder);
        using (var connection = IndexDatabase.Open(folder.IndexPath, false, out _))
        {
            using var read = connection.CreateCommand();
            read.CommandText = "SELECT data FROM document_cache WHERE file = 5";
            var blob = (byte[])read.ExecuteScalar()!;
            blob[blob.Length / 2] ^= 0x40;
            using var write = Statement.Of(connection, "UPDATE document_cache SET data = ?1 WHERE file = 5", 1);
            write.Bind(blob);
            write.ExecuteNonQuery();
        }

        await using var workspace = await folder.OpenIndexedAsync();
        Assert.That(SnapshotText.Of(workspace.Current), Is.EqualTo(expected));
        Assert.That(workspace.DocumentsRead, Is.EqualTo(1));
        Assert.That(folder.Log.Warnings, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_index_of_another_version_is_built_anew()
    {
        using var folder = await IndexedFolderAsync();
        using (var connection = IndexDatabase.Open(folder.IndexPath, false, out _))
        {
            IndexDatabase.Execute(connection, "DROP TABLE heading_rows; CREATE TABLE other(a); PRAGMA user_version = 99");
        }

        await AssertWorksAsync(folder, await ExpectedAsync(folder));
        Assert.That(folder.Log.Warnings, Has.Count.EqualTo(1));
        Assert.That(folder.Log.Warnings[0], Does.Contain("99"));
    }

    [TestCase("folder")]
    [TestCase("file for the cache's folder")]
    public async Task Where_no_index_can_be_written_memory_serves(string obstacle)
    {
        using var folder = new TestFolder().WriteOld("notes/7.md", "# Note 7\n\nThe words of note 7.\n");
        if (obstacle == "folder")
        {
            Directory.CreateDirectory(folder.IndexPath);
            folder.Write(".story/cache/index.db/precious.txt", "kept");
        }
        else
        {
            folder.Write(".story", "a file");
        }

        await AssertWorksAsync(folder, await ExpectedAsync(folder));
        Assert.That(folder.Log.Warnings, Has.Count.EqualTo(1));
        Assert.That(folder.Log.Warnings[0], Does.Contain("memory"));
        Assert.That(obstacle != "folder" || File.Exists(folder.PathOf(".story/cache/index.db/precious.txt")));
    }

    [Test]
    public async Task An_index_that_may_not_be_written_is_read_and_left_as_it_is()
    {
        using var folder = await IndexedFolderAsync();
        var before = File.ReadAllBytes(folder.IndexPath);
        folder.Write("notes/new.md", "# New\n");
        await using (var workspace = Workspace.Open(new WorkspaceOptions { Root = folder.Root, Logger = folder.Log, ReadOnlyIndex = true }))
        {
            await workspace.IndexAsync();
            Assert.That(workspace.DocumentsRead, Is.EqualTo(1));
            Assert.That((await workspace.QueryAsync("SELECT count(*) FROM files")).Rows[0][0], Is.EqualTo(42L));
        }

        Assert.That(File.ReadAllBytes(folder.IndexPath), Is.EqualTo(before));
    }

    [Test]
    public async Task An_index_that_goes_bad_while_it_is_open_is_built_anew_under_way()
    {
        using var folder = await IndexedFolderAsync();
        var expected = await ExpectedAsync(folder);
        await using (var workspace = await folder.OpenIndexedAsync())
        {
            await workspace.QueryAsync("SELECT 1");
            using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = folder.IndexPath, Pooling = false }.ToString()))
            {
                connection.Open();
                IndexDatabase.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            }

            using (var file = new FileStream(folder.IndexPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            {
                var garbage = new byte[file.Length - 8192];
                new Random(3).NextBytes(garbage);
                file.Position = 4096;
                file.Write(garbage);
            }

            folder.Write("notes/late.md", "# Late\n");
            await workspace.ApplyFileEventsAsync([new("notes/late.md", FileEventKind.Created)]);
            Assert.That((await workspace.QueryAsync("SELECT count(*) FROM files")).Rows[0][0], Is.EqualTo(42L));
            Assert.That(await workspace.SearchAsync("words"), Is.Not.Empty);
        }

        File.Delete(folder.PathOf("notes/late.md"));
        await AssertWorksAsync(folder, expected);
    }

    [Test]
    public async Task Two_workspaces_on_one_folder_do_not_disturb_each_other()
    {
        using var folder = await IndexedFolderAsync();
        await using (var first = await folder.OpenIndexedAsync())
        await using (var second = await folder.OpenIndexedAsync())
        {
            for (var i = 0; i < 10; i++)
            {
                folder.Write($"notes/new{i}.md", $"# New {i}\n");
                var change = new FileEvent($"notes/new{i}.md", FileEventKind.Created);
                await Task.WhenAll(first.ApplyFileEventsAsync([change]), second.ApplyFileEventsAsync([change]));
                var counts = await Task.WhenAll(first.QueryAsync("SELECT count(*) FROM files"), second.QueryAsync("SELECT count(*) FROM files"));
                Assert.That(counts.Select(count => count.Rows[0][0]), Is.All.EqualTo(42L + i));
            }

            Assert.That(SnapshotText.Of(second.Current), Is.EqualTo(SnapshotText.Of(first.Current)));
        }

        Assert.That(folder.Log.Warnings, Is.Empty);
    }

    [Test]
    public async Task Another_process_on_the_same_folder_does_not_disturb()
    {
        using var folder = await IndexedFolderAsync();
        await using var workspace = await folder.OpenIndexedAsync();
        using var other = await ChildProcess.StartAsync("write", folder.Root);
        try
        {
            for (var i = 0; i < 10; i++)
            {
                folder.Write($"notes/new{i}.md", $"# New {i}\n");
                await workspace.ApplyFileEventsAsync([new($"notes/new{i}.md", FileEventKind.Created)]);
                Assert.That((await workspace.QueryAsync($"SELECT count(*) FROM files WHERE path = 'notes/new{i}.md'")).Rows[0][0], Is.EqualTo(1L));
            }

            Assert.That(other.HasExited, Is.False);
        }
        finally
        {
            other.Kill();
        }

        Assert.That(folder.Log.Warnings, Is.Empty);
    }

    [Test]
    public async Task Killing_the_process_at_any_moment_costs_nothing_but_time()
    {
        using var folder = await IndexedFolderAsync(60);
        var random = new Random(5);
        for (var round = 0; round < 6; round++)
        {
            if (round % 2 == 0)
            {
                Directory.Delete(folder.PathOf(".story"), recursive: true);
            }

            using (var process = await ChildProcess.StartAsync("write", folder.Root))
            {
                await Task.Delay(random.Next(20, 700));
                process.Kill();
                await process.WaitForExitAsync();
            }

            var expected = await ExpectedAsync(folder);
            await AssertWorksAsync(folder, expected);
            using var connection = IndexDatabase.OpenForReading(folder.IndexPath, false);
            using var check = connection.CreateCommand();
            check.CommandText = "PRAGMA integrity_check";
            Assert.That(check.ExecuteScalar(), Is.EqualTo("ok"));
        }

        Assert.That(folder.Log.Warnings, Is.Empty);
    }
}
