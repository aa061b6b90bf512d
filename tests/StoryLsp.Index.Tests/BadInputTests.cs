using System.Text;
using StoryLsp.Index.Files;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Index.Tests;

public sealed class BadInputTests
{
    [Test]
    public async Task Files_that_are_no_text_have_a_line_in_the_log_and_in_YAML_a_finding_and_the_rest_works()
    {
        using var folder = new TestFolder().Write("good.md", "# Good\n")
            .Write("binary.md", [1, 2, 0, 3]).Write("binary.yaml", [1, 2, 0, 3])
            .Write("latin.yaml", [.. "name: Ren"u8, 0xE9, .. "\n"u8]).Write("latin.md", [.. "# Ren"u8, 0xE9, .. "e\n"u8])
            .Write("big.yaml", new string('a', FileContent.LargestText + 1));
        await using var workspace = await folder.OpenIndexedAsync();
        var snapshot = workspace.Current;
        Assert.That(snapshot.Facts("good.md")!.Headings, Has.Count.EqualTo(1));
        Assert.That(snapshot.Facts("binary.md")!.Kind, Is.EqualTo(DocumentKind.Unreadable));
        Assert.That(snapshot.Facts("binary.md")!.Findings, Is.Empty);
        foreach (var path in (string[])["binary.yaml", "big.yaml"])
        {
            Assert.That(snapshot.Facts(path)!.Kind, Is.EqualTo(DocumentKind.Unreadable));
            Assert.That(snapshot.Facts(path)!.Findings.Select(finding => finding.Code), Is.EqualTo(["yaml/syntax"]));
        }

        var latin = snapshot.Facts("latin.yaml")!;
        Assert.That(latin.Findings.Where(finding => finding.Code == "yaml/syntax").Select(finding => finding.Span), Is.EqualTo([new TextSpan(9, 1)]));
        Assert.That(snapshot.Facts("latin.md")!.Headings[0].Text, Is.EqualTo("Ren\uFFFDe"));
        foreach (var path in (string[])["binary.md", "binary.yaml", "latin.yaml", "latin.md", "big.yaml"])
        {
            Assert.That(folder.Log.Warnings.Count(line => line.StartsWith(path + " ", StringComparison.Ordinal)), Is.EqualTo(1), path);
        }

        Assert.That(workspace.Current.Document("binary.md"), Is.Null);
        Assert.That(workspace.Current.Document("good.md")!.Text.Text, Is.EqualTo("# Good\n"));
    }

    [Test]
    public async Task UTF_16_with_its_mark_is_read()
    {
        using var folder = new TestFolder().Write("a.md", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("# Zoë 🦊\r\n")]);
        await using var workspace = await folder.OpenIndexedAsync();
        Assert.That(workspace.Current.Facts("a.md")!.Headings[0].Text, Is.EqualTo("Zoë 🦊"));
        Assert.That(workspace.Current.Text("a.md")!.Text, Is.EqualTo("# Zoë 🦊\r\n"));
        Assert.That(folder.Log.Warnings, Is.Empty);
    }

    [Test]
    public async Task Links_of_folders_do_not_lead_in_circles_and_are_followed_once()
    {
        using var folder = new TestFolder().Write("in/a.md", "# A\n").Write("../outside/b.md", "# B\n").Write("../outside/deep/c.md", "# C\n").Write("../single.md", "# S\n");
        var outside = Path.GetFullPath(folder.PathOf("../outside"));
        Directory.CreateSymbolicLink(folder.PathOf("in/self"), folder.Root);
        Directory.CreateSymbolicLink(folder.PathOf("in/up"), "..");
        Directory.CreateSymbolicLink(folder.PathOf("again"), folder.PathOf("in"));
        Directory.CreateSymbolicLink(folder.PathOf("x1"), outside);
        Directory.CreateSymbolicLink(folder.PathOf("x2"), outside);
        Directory.CreateSymbolicLink(folder.PathOf("loop1"), folder.PathOf("loop2"));
        Directory.CreateSymbolicLink(folder.PathOf("loop2"), folder.PathOf("loop1"));
        Directory.CreateSymbolicLink(Path.Combine(outside, "back"), folder.Root);
        File.CreateSymbolicLink(folder.PathOf("gone.md"), folder.PathOf("nowhere.md"));
        File.CreateSymbolicLink(folder.PathOf("copy.md"), folder.PathOf("in/a.md"));
        File.CreateSymbolicLink(folder.PathOf("single.md"), Path.GetFullPath(folder.PathOf("../single.md")));
        await using var workspace = await folder.OpenIndexedAsync();
        Assert.That(workspace.Current.Documents.Select(facts => facts.Path), Is.EquivalentTo(["in/a.md", "x1/b.md", "x1/deep/c.md", "single.md"]));
        Assert.That(workspace.Current.Files.Contains("copy.md"), "a link may name it");
    }

    [Test]
    public async Task A_root_that_is_a_link_itself_works()
    {
        using var folder = new TestFolder().Write("real/a.md", "# A\n").Write("real/sub/b.md", "# B\n");
        Directory.CreateSymbolicLink(folder.PathOf("link"), folder.PathOf("real"));
        await using var workspace = Workspace.Open(new WorkspaceOptions { Root = folder.PathOf("link"), Logger = folder.Log });
        await workspace.IndexAsync();
        Assert.That(workspace.Current.Documents.Select(facts => facts.Path), Is.EquivalentTo(["a.md", "sub/b.md"]));
    }

    [TestCase("a b.md")]
    [TestCase("#1.md")]
    [TestCase("100%25.md")]
    [TestCase("🦊 fox.md")]
    [TestCase("名前.md")]
    [TestCase("it's \"quoted\".md")]
    [TestCase("back\\slash.md")]
    [TestCase("new\nline.md")]
    [TestCase("a;b&c?.md")]
    public async Task Names_of_all_kinds_are_indexed_stored_and_asked_for(string name)
    {
        if (OperatingSystem.IsWindows() && name.AsSpan().ContainsAny("\"\\\n?"))
        {
            Assert.Ignore("Windows has no such names.");
        }

        using var folder = new TestFolder().WriteOld("x/" + name, "# Found\n");
        await (await folder.OpenIndexedAsync()).DisposeAsync();
        await using var workspace = await folder.OpenIndexedAsync();
        Assert.That(workspace.DocumentsRead, Is.Zero);
        Assert.That(workspace.Current.Facts("x/" + name), Is.Not.Null);
        Assert.That((await workspace.SearchAsync("found")).Select(hit => hit.Path), Is.All.EqualTo("x/" + name));
        Assert.That((await workspace.QueryAsync("SELECT path FROM files")).Rows[0][0], Is.EqualTo("x/" + name));
        Assert.That(workspace.RelativePathOf(workspace.FullPathOf("x/" + name)), Is.EqualTo("x/" + name));
    }

    [Test]
    public async Task A_named_pipe_is_not_waited_for()
    {
        using var folder = new TestFolder().Write("a.md", "# A\n");
        if (OperatingSystem.IsWindows() || System.Diagnostics.Process.Start("mkfifo", [folder.PathOf("pipe.md")]) is not { } process)
        {
            Assert.Ignore("There is no mkfifo.");
            return;
        }

        await process.WaitForExitAsync();
        await using var workspace = folder.Open();
        await workspace.IndexAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.That(workspace.Current.Facts("a.md"), Is.Not.Null);
        Assert.That(workspace.Current.Text("pipe.md")?.Text, Is.EqualTo("").Or.Null);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Unix modes only.")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task A_folder_that_may_not_be_read_costs_itself_and_a_line()
    {
        using var folder = new TestFolder().Write("a.md", "# A\n").Write("locked/b.md", "# B\n").Write("secret.md", "# S\n");
        File.SetUnixFileMode(folder.PathOf("locked"), UnixFileMode.None);
        File.SetUnixFileMode(folder.PathOf("secret.md"), UnixFileMode.None);
        try
        {
            if (Directory.EnumerateFiles(folder.PathOf("locked")).Any())
            {
                Assert.Ignore("The user of this test may read everything.");
            }
        }
        catch (UnauthorizedAccessException)
        {
            await using var workspace = await folder.OpenIndexedAsync();
            Assert.That(workspace.Current.Facts("a.md"), Is.Not.Null);
            Assert.That(workspace.Current.Facts("secret.md")!.Kind, Is.EqualTo(DocumentKind.Unreadable));
            Assert.That(folder.Log.Warnings, Has.Count.EqualTo(2));
        }
        finally
        {
            File.SetUnixFileMode(folder.PathOf("locked"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Test]
    public async Task Files_that_vanish_are_gone_and_no_fault()
    {
        using var folder = new TestFolder().WriteOld("a.md", "# A\n").WriteOld("b.md", "# B\n");
        await using var workspace = await folder.OpenIndexedAsync();
        var before = workspace.Current;
        File.Delete(folder.PathOf("a.md"));
        Assert.That(before.Document("a.md"), Is.Null);
        Assert.That(before.Text("a.md"), Is.Null);
        Assert.That(before.Facts("a.md"), Is.Not.Null);
        var after = await workspace.ApplyFileEventsAsync([new("a.md", FileEventKind.Changed)]);
        Assert.That(after.Facts("a.md"), Is.Null);
        Assert.That(after.Files.Contains("a.md"), Is.False);
    }

    [Test]
    public async Task Deep_nesting_and_aliases_of_aliases_are_survived_and_stored()
    {
        using var folder = new TestFolder().WriteOld("story.yaml", "title: T\n")
            .WriteOld("deep.yaml", "name: deep\nx: " + new string('[', 10_000) + new string(']', 10_000) + "\n")
            .WriteOld("map.yaml", string.Concat(Enumerable.Range(0, 2000).Select(i => new string(' ', i) + "k:\n")))
            .WriteOld("bomb.yaml", "a: &a [x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"b{i}: &b{i} [{string.Join(", ", Enumerable.Repeat(i == 0 ? "*a" : $"*b{i - 1}", 9))}]\n")) + "self: &self {me: *self}\n");
        await (await folder.OpenIndexedAsync()).DisposeAsync();
        await using var workspace = await folder.OpenIndexedAsync();
        Assert.That(workspace.Current.DocumentCount, Is.EqualTo(4));
        Assert.That(workspace.DocumentsRead, Is.LessThanOrEqualTo(2), "only what is too deep to be kept is read again");
        var values = await workspace.QueryAsync("SELECT name, length(value) FROM fields WHERE path = 'bomb.yaml' ORDER BY position");
        Assert.That(values.Rows, Has.Count.EqualTo(22));
        Assert.That(values.Rows.Select(row => (long?)row[1] ?? 0), Is.All.LessThan(1_000_000L));
    }

    [Test]
    public async Task A_nested_workspace_is_taken_out_when_it_begins_and_back_in_when_it_ends()
    {
        using var folder = new TestFolder().WriteOld("a.md", "# A\n").WriteOld("inner/b.md", "# B\n");
        await using var workspace = await folder.OpenIndexedAsync();
        folder.Write("inner/story.yaml", "title: I\n");
        var without = await workspace.ApplyFileEventsAsync([new("inner/story.yaml", FileEventKind.Created)]);
        Assert.That(without.Documents.Select(facts => facts.Path), Is.EqualTo(["a.md"]));
        File.Delete(folder.PathOf("inner/story.yaml"));
        var with = await workspace.ApplyFileEventsAsync([new("inner/story.yaml", FileEventKind.Deleted)]);
        Assert.That(with.Documents.Select(facts => facts.Path), Is.EquivalentTo(["a.md", "inner/b.md"]));
    }

    [Test]
    public void The_root_is_the_nearest_folder_with_settings_else_the_folder_itself()
    {
        using var folder = new TestFolder().Write("story.yaml", "").Write("a/b/c.md", "").Write("a/inner/story.yaml", "").Write("a/inner/x/d.md", "");
        Assert.That(WorkspaceRoot.Find(folder.PathOf("a/b/c.md")), Is.EqualTo(folder.Root));
        Assert.That(WorkspaceRoot.Find(folder.PathOf("a/b")), Is.EqualTo(folder.Root));
        Assert.That(WorkspaceRoot.Find(folder.PathOf("a/inner/x") + "/"), Is.EqualTo(folder.PathOf("a/inner")));
        File.Delete(folder.PathOf("story.yaml"));
        Assert.That(WorkspaceRoot.Find(folder.PathOf("a/b/c.md")), Is.EqualTo(folder.PathOf("a/b")));
        Assert.That(WorkspaceRoot.RelativeTo(folder.PathOf("a"), folder.PathOf("b")), Is.Null);
        Assert.That(WorkspaceRoot.RelativeTo(folder.PathOf("a"), folder.PathOf("a/..x/y")), Is.EqualTo("..x/y"));
    }
}
