using NUnit.Framework;
using StoryLsp.Server.Tests.Cli;

namespace StoryLsp.Server.Tests.Git;

/// <summary><c>storylsp check --base</c> in real repositories.</summary>
public sealed class BaseTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- scenes/01 für.md
        ---
        pov: nobody
        ---
        See [[Nowhere]].
        //- scenes/02.md
        ---
        pov: nobody
        ---
        Text.
        """;

    private static async Task<List<string>> NewAsync(GitStory story, string revision = "HEAD", string? folder = null)
    {
        var result = await (folder is null ? story.StoryAsync("check", "--base", revision, "--format", "json") : GitStory.StoryInAsync(folder, "check", "--base", revision, "--format", "json"));
        return [.. result.Json["findings"]!.AsArray().Select(found => $"{found!["file"]}:{found["range"]!["start"]!["line"]} {found["code"]}")];
    }

    [Test]
    public async Task A_finding_that_only_moved_is_not_new()
    {
        using var story = new GitStory(Story);
        story.Replace("scenes/01 für.md", "pov: nobody", "title: One\nstatus: draft\npov: nobody");
        story.Replace("scenes/01 für.md", "See [[Nowhere]].", "More.\n\nAnd more.\n\nSee [[Nowhere]].");
        Assert.That(await NewAsync(story), Is.Empty);
        story.Replace("scenes/01 für.md", "And more.", "And [[Nowhere]].");
        Assert.That(await NewAsync(story), Is.EqualTo(new[] { "scenes/01 für.md:7 ref/unresolved" }), "of two of one kind the one on another line is new");
    }

    [Test]
    public async Task Renamed_files_bring_nothing_new_whether_git_was_told_or_not()
    {
        using var story = new GitStory(Story);
        Directory.CreateDirectory(story.PathOf("scenes/Teil ä"));
        story.Run("mv", "scenes/01 für.md", "scenes/Teil ä/01.md");
        Assert.That(await NewAsync(story), Is.Empty);
        File.Move(story.PathOf("scenes/02.md"), story.PathOf("scenes/Teil ä/02.md"));
        Assert.That(await NewAsync(story), Is.Empty);
    }

    [Test]
    public async Task Changes_that_are_not_committed_count_and_those_of_a_branch_too()
    {
        using var story = new GitStory(Story);
        story.Write("scenes/03.md", "[[Nothing]]\n");
        Assert.That(await NewAsync(story), Is.EqualTo(new[] { "scenes/03.md:0 ref/unresolved" }));
        story.Commit("three");
        Assert.That(await NewAsync(story), Is.Empty);
        Assert.That(await NewAsync(story, "HEAD~1"), Is.EqualTo(new[] { "scenes/03.md:0 ref/unresolved" }));
        Assert.That(await NewAsync(story, ":/one"), Is.EqualTo(new[] { "scenes/03.md:0 ref/unresolved" }), "any name that git knows");
    }

    [Test]
    public async Task Worktrees_submodules_and_folders_of_a_repository_are_known()
    {
        using var story = new GitStory(Story, "Bücher/eins zwei");
        var beside = story.Top + " neben";
        story.Run("worktree", "add", "-q", beside, "-b", "beside");
        var inside = Path.Combine(beside, "Bücher", "eins zwei");
        File.AppendAllText(Path.Combine(inside, "scenes", "02.md"), "\n[[Else]]\n");
        Assert.That(await NewAsync(story, folder: inside), Is.EqualTo(new[] { "scenes/02.md:5 ref/unresolved" }));
        using var outer = new GitStory("//- a.txt\na\n");
        outer.Run("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", story.Top, "book");
        Assert.That(await NewAsync(story, folder: Path.Combine(outer.Top, "book", "Bücher", "eins zwei")), Is.Empty);
    }

    [Test]
    public async Task A_story_that_the_revision_does_not_have_is_all_new()
    {
        using var story = new GitStory("//- readme.txt\nNo story.\n");
        story.Write("book/story.yaml", "story: 1\n");
        story.Write("book/scenes/01.md", "[[Nowhere]]\n");
        Assert.That(await NewAsync(story, folder: story.PathOf("book")), Is.EqualTo(new[] { "scenes/01.md:0 ref/unresolved" }));
    }

    [Test]
    public async Task What_cannot_be_compared_is_told_in_one_line()
    {
        using var unborn = new GitStory(Story, commits: false);
        StoryCli.AssertOneLine(await unborn.StoryAsync("check", "--base", "HEAD"), "nothing is committed");
        using var story = new GitStory(Story);
        story.Write("scenes/03.md", "x\n");
        story.Commit("two");
        StoryCli.AssertOneLine(await story.StoryAsync("check", "--base", "origin/main"), "origin/main", "git branch");
        StoryCli.AssertOneLine(await story.StoryAsync("check", "--base", "HEAD:story.yaml"), "HEAD:story.yaml");
        var shallow = story.Top + "-shallow";
        GitStory.Try(Path.GetTempPath(), "clone", "-q", "--depth", "1", "file://" + story.Top, shallow);
        StoryCli.AssertOneLine(await GitStory.StoryInAsync(shallow, "check", "--base", "HEAD~1"), "shallow", "fetch-depth: 0");
        Assert.That((await GitStory.StoryInAsync(shallow, "check", "--base", "HEAD")).Out, Does.Contain("nothing found"));
        var nowhere = await GitStory.StoryWithAsync(story.Root, new Dictionary<string, string> { ["PATH"] = Path.GetDirectoryName(Environment.ProcessPath!)! }, "check", "--base", "HEAD");
        StoryCli.AssertOneLine(nowhere, "needs git");
    }

    [Test]
    public async Task The_report_of_a_commit_is_kept_and_is_the_same_again()
    {
        using var story = new GitStory(Story);
        story.Write("scenes/03.md", "[[Nothing]]\n");
        var first = await NewAsync(story);
        Assert.That(Directory.GetFiles(story.PathOf(".story/cache/trees")), Has.Length.EqualTo(1));
        Assert.That(await NewAsync(story), Is.EqualTo(first));
        foreach (var file in Directory.GetFiles(story.PathOf(".story/cache/trees")))
        {
            File.WriteAllText(file, "{");
        }

        Assert.That(await NewAsync(story), Is.EqualTo(first), "a damaged one is read anew");
    }
}
