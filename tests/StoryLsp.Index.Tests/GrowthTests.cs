using FsCheck;
using FsCheck.Fluent;
using StoryLsp.Language.Text;

namespace StoryLsp.Index.Tests;

public sealed class GrowthTests
{
    // Files, buffers and events at random; afterwards the workspace must know just what a new one knows.
    [Test]
    public void A_workspace_after_any_changes_is_the_one_that_is_indexed_afresh() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(15).WithEndSize(1_000_000),
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            RunAsync(new Random(seed)).GetAwaiter().GetResult();
            return true;
        }));

    [TestCase(30)]
    [TestCase(600)]
    public async Task A_keystroke_reads_one_document_and_touches_those_that_it_concerns_however_many_there_are(int files)
    {
        using var folder = new TestFolder().WriteOld("story.yaml", "title: T\n").WriteOld("characters/ada.md", "---\nid: ada\n---\n# Ada\n").WriteOld("scenes/first.md", "---\npov: ada\n---\n# First\n\nText.\n");
        for (var i = 0; i < files; i++)
        {
            folder.WriteOld($"notes/{i}.md", $"# Note {i}\n\n[[{(i + 1) % files}]]\n");
        }

        await using var workspace = await folder.OpenIndexedAsync(useIndexFile: false);
        var text = workspace.Current.Text("characters/ada.md")!;
        workspace.OpenDocument("characters/ada.md", 1, text);
        var read = workspace.DocumentsRead;
        var before = workspace.Current;
        var prose = workspace.ChangeDocument("characters/ada.md", 2, [new TextEdit(new TextSpan(text.Length, 0), "More prose.\n")]);
        Assert.That(workspace.DocumentsRead - read, Is.EqualTo(1));
        Assert.That(prose.Touched, Is.EqualTo(["characters/ada.md"]));
        Assert.That(prose.Files, Is.SameAs(before.Files));
        var name = workspace.ChangeDocument("characters/ada.md", 3, SourceText.From("---\nid: eda\n---\n# Ada\n"));
        Assert.That(name.Touched, Is.EquivalentTo(["characters/ada.md", "scenes/first.md"]));
        Assert.That(name.StampOf("notes/3.md"), Is.EqualTo(before.StampOf("notes/3.md")));
    }

    [Test]
    public async Task What_was_derived_long_ago_is_let_go()
    {
        using var folder = new TestFolder().WriteOld("notes/one.md", "# One\n");
        await using var workspace = await folder.OpenIndexedAsync(useIndexFile: false);
        workspace.OpenDocument("notes/one.md", 1, workspace.Current.Text("notes/one.md")!);
        var snapshots = Enumerable.Range(2, 30).Select(version => Typed(workspace, version)).ToList();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.That(snapshots.Count(snapshot => snapshot.IsAlive), Is.LessThan(8), "a snapshot that nobody asks is kept by what was derived from it");
        Assert.That(workspace.Current.Derive(fresh => new Derived(fresh, 0), (before, now, _) => new Derived(now, before.Steps + 1)).Steps, Is.EqualTo(29), "and yet each is made from the one before");
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference Typed(Workspace workspace, int version)
    {
        var snapshot = workspace.ChangeDocument("notes/one.md", version, SourceText.From($"# One\n\n{version}\n"));
        snapshot.Derive(fresh => new Derived(fresh, 0), (before, now, _) => new Derived(now, before.Steps + 1));
        return new WeakReference(snapshot);
    }

    // As the story of a snapshot does, it knows what it was made of.
    private sealed record Derived(Snapshot Snapshot, int Steps);

    [Test]
    public void A_map_in_layers_is_a_dictionary() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(60),
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            var expected = Enumerable.Range(0, random.Next(40)).ToDictionary(i => "k" + i, i => "v" + i);
            var map = LayeredMap<string, string>.Of(new(expected));
            for (var round = 0; round < 30; round++)
            {
                var before = map;
                var kept = before.Keys.Order().ToList();
                var builder = map.ToBuilder();
                for (var i = 0; i < random.Next(200); i++)
                {
                    var key = "k" + random.Next(round % 7 == 0 ? 3000 : 60);
                    if (random.Next(3) == 0)
                    {
                        builder.Remove(key);
                        expected.Remove(key);
                    }
                    else
                    {
                        builder[key] = expected[key] = "v" + random.Next();
                    }
                }

                map = builder.ToImmutable();
                Assert.That(before.Keys.Order(), Is.EqualTo(kept), "an older map stays as it is");
                Assert.That(map.Count, Is.EqualTo(expected.Count));
                Assert.That(map.Keys.Order(), Is.EqualTo(expected.Keys.Order()));
                Assert.That(map.Keys.All(key => map[key] == expected[key] && map.GetValueOrDefault(key) == expected[key]));
                Assert.That(map.Values.Order(), Is.EqualTo(expected.Values.Order()));
                Assert.That(map.TryGetValue("none", out _), Is.False);
            }

            return true;
        }));

    private static async Task RunAsync(Random random)
    {
        using var folder = new TestFolder();
        folder.Write("story.yaml", "title: T\n");
        for (var i = 0; i < 8; i++)
        {
            folder.Write(PathOf(random), TextOf(random));
        }

        await using (var workspace = await folder.OpenIndexedAsync())
        {
            for (var step = 0; step < 25; step++)
            {
                await StepAsync(random, folder, workspace);
            }

            foreach (var path in workspace.OpenPaths)
            {
                workspace.CloseDocument(path);
            }

            await workspace.WhenIdleAsync();
            await AssertSameAsync(folder, workspace, "in memory");
        }

        await using var warm = await folder.OpenIndexedAsync();
        await AssertSameAsync(folder, warm, "started warm");
        Assert.That(folder.Log.Warnings, Is.Empty);
    }

    private static async Task AssertSameAsync(TestFolder folder, Workspace workspace, string how)
    {
        await using var fresh = await folder.OpenIndexedAsync(useIndexFile: false);
        Assert.That(SnapshotText.Of(workspace.Current), Is.EqualTo(SnapshotText.Of(fresh.Current)), how);
        Assert.That(await RowsAsync(workspace), Is.EqualTo(await RowsAsync(fresh)), how);
    }

    private static async Task<string> RowsAsync(Workspace workspace)
    {
        var result = "";
        foreach (var sql in (string[])["SELECT path, id, name, line FROM containers ORDER BY 1, 2, 4", "SELECT path, field, text, line FROM refs ORDER BY 1, 4, 3", "SELECT path, text FROM headings ORDER BY 1, line", "SELECT path, kind, size, hash, words FROM files ORDER BY 1"])
        {
            result += string.Join('\n', (await workspace.QueryAsync(sql)).Rows.Select(row => string.Join('|', row))) + "\n\n";
        }

        return result;
    }

    private static async Task StepAsync(Random random, TestFolder folder, Workspace workspace)
    {
        var path = PathOf(random);
        switch (random.Next(9))
        {
            case 0:
                folder.Write(path, TextOf(random));
                await workspace.ApplyFileEventsAsync([new(path, FileEventKind.Created)]);
                break;
            case 1 when File.Exists(folder.PathOf(path)):
                File.Delete(folder.PathOf(path));
                await workspace.ApplyFileEventsAsync([new(path, FileEventKind.Deleted)]);
                break;
            case 2:
                workspace.OpenDocument(path, 1, workspace.Text(path) ?? SourceText.From(TextOf(random)));
                break;
            case 3 or 4:
                var text = TextOf(random);
                workspace.ChangeDocument(path, 2, workspace.BufferText(path) is { } buffer ? buffer.WithEdit(new TextSpan(buffer.Length / 2, 1), text) : SourceText.From(text));
                break;
            case 5:
                workspace.CloseDocument(path);
                break;
            case 6 when File.Exists(folder.PathOf(path)):
                var target = PathOf(random);
                Directory.CreateDirectory(Path.GetDirectoryName(folder.PathOf(target))!);
                File.Move(folder.PathOf(path), folder.PathOf(target), overwrite: true);
                await workspace.ApplyFileEventsAsync([new(path, FileEventKind.Deleted), new(target, FileEventKind.Created)]);
                break;
            case 7 when workspace.BufferText(path) is { } saved:
                folder.Write(path, saved.Text);
                await workspace.ApplyFileEventsAsync([new(path, FileEventKind.Changed)]);
                break;
            case 8:
                var (settings, content) = random.Next(3) switch
                {
                    0 => ("story.yaml", random.Next(2) == 0 ? "title: U\nexclude: ['notes/**']\n" : "title: U\nfolders: {notes: item}\n"),
                    1 => ("schemas/item.yaml", "schema: item\nextends: location\n"),
                    _ => (".gitignore", random.Next(2) == 0 ? "3.md\n" : "/scenes/\n"),
                };
                folder.Write(settings, content);
                await workspace.ApplyFileEventsAsync([new(settings, FileEventKind.Changed)]);
                break;
        }
    }

    private static string PathOf(Random random) => $"{((string[])["notes", "scenes", "characters/a"])[random.Next(3)]}/{random.Next(5)}.{(random.Next(4) == 0 ? "yaml" : "md")}";

    private static string TextOf(Random random)
    {
        var id = random.Next(3) == 0 ? $"id: i{random.Next(4)}\n" : "";
        var fields = $"{id}name: Name {random.Next(5)}\npov: {random.Next(5)}\ncharacters: [i{random.Next(4)}, '[[{random.Next(5)}]]']\n";
        return random.Next(2) == 0 ? fields : $"---\n{fields}---\n# Head {random.Next(3)}\n\nProse [[{random.Next(5)}#Head {random.Next(3)}]] and [[Name {random.Next(5)}]].\n";
    }
}
