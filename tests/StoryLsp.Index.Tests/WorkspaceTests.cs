using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Index.Tests;

public sealed class WorkspaceTests
{
    private const string Ada = "---\ntype: character\nid: ada\nname: Ada Vane\naliases: [The Fox]\n---\nA detective.\n";
    private const string Scene = "---\ntype: scene\npov: ada\n---\n# Arrival\n\n[[Ada Vane]] came.\n";

    [Test]
    public async Task The_first_index_reads_everything_and_the_second_start_reads_nothing()
    {
        using var folder = new TestFolder().WriteOld("story.yaml", "title: T\n").WriteOld("characters/ada.md", Ada).WriteOld("scenes/01 arrival.md", Scene);
        await using (var cold = await folder.OpenIndexedAsync())
        {
            Assert.That(cold.DocumentsRead, Is.EqualTo(3));
            Assert.That(cold.Current.IsComplete);
            Assert.That(cold.Current.Resolve("The Fox", "character").Container?.Fact.Id, Is.EqualTo("ada"));
        }

        await using var warm = await folder.OpenIndexedAsync();
        Assert.That(warm.DocumentsRead, Is.Zero);
        Assert.That(warm.Current.DocumentCount, Is.EqualTo(3));
        Assert.That(warm.Current.Resolve("The Fox", "character").Container?.Fact.Id, Is.EqualTo("ada"));
        Assert.That(warm.Current.Facts("scenes/01 arrival.md")!.Headings.Select(heading => heading.Text), Is.EqualTo(["Arrival"]));
        Assert.That(folder.Log.Warnings, Is.Empty);
    }

    [Test]
    public async Task A_changed_file_alone_is_read_again()
    {
        using var folder = new TestFolder().WriteOld("a.md", Ada).WriteOld("b.md", Scene);
        await (await folder.OpenIndexedAsync()).DisposeAsync();
        folder.Write("b.md", Scene.Replace("Arrival", "Departure"));
        await using var warm = await folder.OpenIndexedAsync();
        Assert.That(warm.DocumentsRead, Is.EqualTo(1));
        Assert.That(warm.Current.Facts("b.md")!.Headings[0].Text, Is.EqualTo("Departure"));
    }

    [Test]
    public async Task A_file_with_another_time_and_the_same_content_is_not_parsed()
    {
        using var folder = new TestFolder().WriteOld("a.md", Ada);
        await (await folder.OpenIndexedAsync()).DisposeAsync();
        File.SetLastWriteTimeUtc(folder.PathOf("a.md"), new DateTime(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await using var warm = await folder.OpenIndexedAsync();
        Assert.That(warm.DocumentsRead, Is.Zero);
        Assert.That(warm.Current.DocumentCount, Is.EqualTo(1));
    }

    [Test]
    public async Task A_file_written_again_in_the_same_moment_with_the_same_size_is_noticed()
    {
        using var folder = new TestFolder();
        var time = DateTime.UtcNow;
        folder.Write("a.md", "# One\n");
        File.SetLastWriteTimeUtc(folder.PathOf("a.md"), time);
        await (await folder.OpenIndexedAsync()).DisposeAsync();
        folder.Write("a.md", "# Two\n");
        File.SetLastWriteTimeUtc(folder.PathOf("a.md"), time);
        await using var warm = await folder.OpenIndexedAsync();
        Assert.That(warm.Current.Facts("a.md")!.Headings[0].Text, Is.EqualTo("Two"));
    }

    [Test]
    public async Task A_buffer_hides_its_file_until_it_is_closed_and_never_reaches_the_index()
    {
        using var folder = new TestFolder().WriteOld("a.md", "# File\r\n").WriteOld("b.md", "# Other\n");
        await using (var workspace = await folder.OpenIndexedAsync())
        {
            var opened = workspace.OpenDocument("a.md", 1, SourceText.From("# Buffer\r\n"));
            Assert.That(opened.Facts("a.md")!.Headings[0].Text, Is.EqualTo("Buffer"));
            var changed = workspace.ChangeDocument("a.md", 2, [new TextEdit(new TextSpan(2, 6), "Draft")]);
            Assert.That(changed.Facts("a.md")!.Headings[0].Text, Is.EqualTo("Draft"));
            Assert.That(changed.Text("a.md")!.Text, Is.EqualTo("# Draft\r\n"));
            Assert.That(opened.Document("a.md")!.Text.Text, Is.EqualTo("# Buffer\r\n"), "an older snapshot keeps its own text");
            Assert.That(opened.Text("a.md")!.Text, Is.EqualTo("# Buffer\r\n"));
            Assert.That(workspace.VersionOf("a.md"), Is.EqualTo(2));
            var unsaved = workspace.OpenDocument("new.md", 1, SourceText.From("# New\n"));
            Assert.That(unsaved.Files.Contains("new.md"));
            Assert.That(unsaved.Facts("new.md"), Is.Not.Null);
        }

        await using (var again = await folder.OpenIndexedAsync())
        {
            Assert.That(again.DocumentsRead, Is.Zero);
            Assert.That(again.Current.Facts("a.md")!.Headings[0].Text, Is.EqualTo("File"));
            Assert.That(again.Current.Facts("new.md"), Is.Null);
            again.OpenDocument("a.md", 1, SourceText.From("# Buffer\n"));
            var closed = again.CloseDocument("a.md");
            Assert.That(closed.Facts("a.md")!.Headings[0].Text, Is.EqualTo("File"));
            Assert.That(again.OpenDocument("new.md", 1, SourceText.From("x")).Files.Contains("new.md"));
            Assert.That(again.CloseDocument("new.md").Files.Contains("new.md"), Is.False);
        }

        Assert.That(File.ReadAllText(folder.PathOf("a.md")), Is.EqualTo("# File\r\n"));
    }

    [Test]
    public async Task A_schema_in_a_buffer_changes_the_facts_of_all_and_its_closing_changes_them_back()
    {
        using var folder = new TestFolder().WriteOld("story.yaml", "title: T\n").WriteOld("ships/rosa.md", "# Rosa\n").WriteOld("schemas/ship.yaml", "schema: ship\n");
        await using (var workspace = await folder.OpenIndexedAsync())
        {
            Assert.That(workspace.Current.ContainersIn("ships/rosa.md")[0].Type, Is.EqualTo("ship"));
            workspace.OpenDocument("schemas/ship.yaml", 1, SourceText.From("schema: vessel\nfolders: [ships]\n"));
            await workspace.WhenIdleAsync();
            Assert.That(workspace.Current.ContainersIn("ships/rosa.md")[0].Type, Is.EqualTo("vessel"));
            Assert.That(workspace.Current.Schemas.Find("ship"), Is.Null);
        }

        await using var again = await folder.OpenIndexedAsync();
        Assert.That(again.DocumentsRead, Is.Zero, "the buffer's schema never reached the index");
        Assert.That(again.Current.ContainersIn("ships/rosa.md")[0].Type, Is.EqualTo("ship"));
        again.OpenDocument("schemas/ship.yaml", 1, SourceText.From("schema: vessel\nfolders: [ships]\n"));
        again.CloseDocument("schemas/ship.yaml");
        await again.WhenIdleAsync();
        Assert.That(again.Current.ContainersIn("ships/rosa.md")[0].Type, Is.EqualTo("ship"));
    }

    [Test]
    public async Task File_events_bring_new_changed_renamed_and_deleted_files()
    {
        using var folder = new TestFolder().WriteOld("a.md", "# A\n").WriteOld("b.md", "# B\n").WriteOld("part/c.md", "# C\n");
        await using var workspace = await folder.OpenIndexedAsync();
        folder.Write("new.md", "# New\n").Write("a.md", "# A2\n");
        File.Move(folder.PathOf("b.md"), folder.PathOf("b2.md"));
        Directory.Move(folder.PathOf("part"), folder.PathOf("book"));
        var snapshot = await workspace.ApplyFileEventsAsync(
        [
            new("new.md", FileEventKind.Created), new("a.md", FileEventKind.Changed), new("b.md", FileEventKind.Deleted),
            new("b2.md", FileEventKind.Created), new("part", FileEventKind.Deleted), new("book", FileEventKind.Created),
        ]);
        Assert.That(snapshot.Documents.Select(facts => facts.Path), Is.EquivalentTo(["a.md", "b2.md", "book/c.md", "new.md"]));
        Assert.That(snapshot.Files.All, Is.EquivalentTo(["a.md", "b2.md", "book/c.md", "new.md"]));
        Assert.That(snapshot.Facts("a.md")!.Headings[0].Text, Is.EqualTo("A2"));
    }

    [Test]
    public async Task The_announced_changes_name_the_documents_whose_findings_may_differ()
    {
        using var folder = new TestFolder().WriteOld("ada.md", Ada).WriteOld("scene.md", Scene).WriteOld("other.md", "# Other\n");
        await using var workspace = folder.Open();
        var changes = new List<SnapshotChange>();
        workspace.Changed += changes.Add;
        await workspace.IndexAsync();
        Assert.That(changes[^1].Paths, Is.Null);
        workspace.OpenDocument("ada.md", 1, SourceText.From(Ada.Replace("Ada Vane", "Ada Wane")));
        Assert.That(changes[^1].Paths, Is.EquivalentTo(["ada.md", "scene.md"]));
        Assert.That(changes[^1].Snapshot, Is.SameAs(workspace.Current));
    }

    [Test]
    public async Task Settings_say_what_is_indexed_and_all_else_is_still_there_to_be_linked()
    {
        using var folder = new TestFolder()
            .WriteOld("story.yaml", "include: ['**/*.{md,yaml}']\nexclude: ['archive/**', 'drafts']\n")
            .WriteOld("a.md", "# A\n").WriteOld("archive/old.md", "# Old\n").WriteOld("drafts/x/y.md", "# Y\n").WriteOld("script.fountain", "INT. A - DAY\n")
            .WriteOld("map.png", "x").WriteOld(".git/config.md", "x").WriteOld("node_modules/x.md", "x").WriteOld("inner/story.yaml", "title: I\n").WriteOld("inner/i.md", "x")
            .WriteOld(".gitignore", "*.tmp.md\n/out/\n").WriteOld("b.tmp.md", "x").WriteOld("out/o.md", "x").WriteOld("sub/out/p.md", "# P\n");
        await using var workspace = await folder.OpenIndexedAsync();
        Assert.That(workspace.Current.Documents.Select(facts => facts.Path), Is.EquivalentTo(["story.yaml", "a.md", "sub/out/p.md"]));
        Assert.That(workspace.Current.Files.All, Is.SupersetOf(["map.png", "archive/old.md", "script.fountain", "b.tmp.md", "out/o.md", "drafts/x/y.md"]));
        Assert.That(workspace.Current.Files.Contains("inner/i.md"), Is.False);
        Assert.That(workspace.Current.Files.Contains("node_modules/x.md"), Is.False);
        folder.Write("story.yaml", "exclude: [a.md]\n");
        await workspace.ApplyFileEventsAsync([new("story.yaml", FileEventKind.Changed)]);
        await workspace.WhenIdleAsync();
        Assert.That(workspace.Current.Documents.Select(facts => facts.Path), Is.EquivalentTo(["story.yaml", "archive/old.md", "drafts/x/y.md", "script.fountain", "sub/out/p.md"]));
    }

    [Test]
    public async Task A_root_that_is_not_there_is_an_empty_workspace_and_is_not_made()
    {
        using var folder = new TestFolder();
        await using (var workspace = Workspace.Open(new WorkspaceOptions { Root = folder.PathOf("nowhere"), Logger = folder.Log }))
        {
            await workspace.IndexAsync();
            Assert.That(workspace.Current.IsComplete);
            Assert.That(workspace.Current.DocumentCount, Is.Zero);
            Assert.That((await workspace.QueryAsync("SELECT count(*) FROM files")).Rows[0][0], Is.EqualTo(0L));
        }

        Assert.That(Directory.Exists(folder.PathOf("nowhere")), Is.False);
    }

    [Test]
    public async Task Indexing_that_is_cancelled_can_be_begun_again()
    {
        using var folder = new TestFolder().WriteOld("a.md", "# A\n");
        await using var workspace = folder.Open();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        Assert.That(async () => await workspace.IndexAsync(null, stop.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(workspace.Current.IsComplete, Is.False);
        var progress = new List<IndexProgress>();
        await workspace.IndexAsync(new Listener(progress));
        Assert.That(workspace.Current.DocumentCount, Is.EqualTo(1));
        Assert.That(progress[^1], Is.EqualTo(new IndexProgress(1, 1)));
    }

    [Test]
    public async Task A_snapshot_and_the_texts_of_it_stay_while_others_write()
    {
        using var folder = new TestFolder().WriteOld("a.md", "# A\n").WriteOld("b.md", "[[a]]\n");
        await using var workspace = await folder.OpenIndexedAsync();
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < 50; i++)
            {
                workspace.ChangeDocument($"new{writer}.md", i, SourceText.From($"# {writer} {i}\n"));
                var snapshot = workspace.ChangeDocument("a.md", i, SourceText.From($"# A {writer} {i}\n"));
                Assert.That(snapshot.Text("a.md")!.Text, Is.EqualTo($"# A {writer} {i}\n"));
                Assert.That(snapshot.Document("a.md")!.Facts, Is.SameAs(snapshot.Facts("a.md")));
            }
        })).ToList();
        var versions = new List<long>();
        workspace.Changed += change => versions.Add(change.Snapshot.Version);
        await Task.WhenAll(writers);
        Assert.That(versions, Is.Ordered.Ascending);
        Assert.That(workspace.Current.DocumentCount, Is.EqualTo(6));
    }

    private sealed class Listener(List<IndexProgress> heard) : IProgress<IndexProgress>
    {
        public void Report(IndexProgress value)
        {
            lock (heard)
            {
                heard.Add(value);
            }
        }
    }
}
