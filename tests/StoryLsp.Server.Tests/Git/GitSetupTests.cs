using NUnit.Framework;
using StoryLsp.Server.Tests.Cli;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Git;

/// <summary><c>storylsp git install</c> and <c>uninstall</c>.</summary>
public sealed class GitSetupTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- scenes/01.md
        Ada came. It was late.
        """;

    private static Dictionary<string, string> Files(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/objects/", StringComparison.Ordinal)).ToDictionary(file => file, File.ReadAllText);

    [Test]
    public async Task It_says_what_it_did_does_it_once_and_can_be_undone()
    {
        using var story = new GitStory(Story);
        var before = Files(story.Top);
        var first = await story.StoryAsync("git", "install");
        var installed = Files(Path.Combine(story.Top, ".git"));
        var second = await story.StoryAsync("git", "install");
        Assert.That(first.Code, Is.Zero, first.ToString());
        Assert.That(first.Lines, Has.Length.EqualTo(4));
        Assert.That(first.Out, Does.Contain("merge  ").And.Contain("diff   ").And.Contain("hook   "));
        Assert.That(second.Out, Is.EqualTo(first.Out));
        Assert.That(Files(Path.Combine(story.Top, ".git")), Is.EquivalentTo(installed), "twice is once");
        Assert.That(story.Run("status", "--porcelain"), Is.Empty, "nothing in the story changed");
        Assert.That((await story.StoryAsync("git", "uninstall")).Code, Is.Zero);
        Assert.That(Files(story.Top), Is.EquivalentTo(before));
        Assert.That((await story.StoryAsync("git", "uninstall")).Code, Is.Zero, "what is not there can be taken away");
    }

    [Test]
    public async Task What_others_wrote_stays()
    {
        using var story = new GitStory(Story);
        var attributes = Path.Combine(story.Top, ".git", "info", "attributes");
        Directory.CreateDirectory(Path.GetDirectoryName(attributes)!);
        File.WriteAllText(attributes, "*.png binary");
        var hook = Path.Combine(story.Top, ".git", "hooks", "pre-commit");
        Directory.CreateDirectory(Path.GetDirectoryName(hook)!);
        File.WriteAllText(hook, "#!/bin/sh\nexit 0\n");
        var result = await story.StoryAsync("git", "install");
        Assert.That(result.Out, Does.Contain("stays as it is").And.Contain("git pre-commit || exit 1"));
        Assert.That(File.ReadAllText(hook), Is.EqualTo("#!/bin/sh\nexit 0\n"));
        Assert.That(File.ReadAllText(attributes), Does.StartWith("*.png binary\n# storylsp begins /\n"));
        await story.StoryAsync("git", "uninstall");
        Assert.That(File.ReadAllText(hook), Is.EqualTo("#!/bin/sh\nexit 0\n"));
        Assert.That(File.ReadAllText(attributes), Is.EqualTo("*.png binary\n"));
    }

    [Test]
    public async Task A_part_can_be_set_up_and_taken_away_alone()
    {
        using var story = new GitStory(Story);
        await story.StoryAsync("git", "install", "--merge");
        Assert.That(story.Run("check-attr", "merge", "diff", "--", "scenes/01.md"), Does.Contain("merge: storylsp").And.Contain("diff: unspecified"));
        await story.StoryAsync("git", "install", "--diff");
        Assert.That(story.Run("check-attr", "merge", "diff", "--", "scenes/01.md"), Does.Contain("merge: storylsp").And.Contain("diff: storylsp"));
        await story.StoryAsync("git", "uninstall", "--merge");
        Assert.That(story.Run("check-attr", "merge", "diff", "--", "scenes/01.md"), Does.Contain("merge: unspecified").And.Contain("diff: storylsp"));
        Assert.That(story.Run("config", "--get-regexp", "storylsp"), Does.Not.Contain("merge.storylsp"));
    }

    [Test]
    public async Task Two_stories_of_one_repository_do_not_disturb_each_other()
    {
        using var story = new GitStory(Story, "books/one");
        Directory.CreateDirectory(Path.Combine(story.Top, "books", "two"));
        File.WriteAllText(Path.Combine(story.Top, "books", "two", "story.yaml"), "story: 1\n");
        await story.StoryAsync("git", "install");
        await GitStory.StoryInAsync(Path.Combine(story.Top, "books", "two"), "git", "install");
        await story.StoryAsync("git", "uninstall", "--merge", "--diff");
        Assert.That(story.Run("check-attr", "merge", "--", "books/one/a.md", "books/two/a.md", "notes.md"), Is.EqualTo("books/one/a.md: merge: unspecified\nbooks/two/a.md: merge: storylsp\nnotes.md: merge: unspecified\n"));
        Assert.That(story.Run("config", "merge.storylsp.driver"), Is.Not.Empty);
    }

    [Test]
    public async Task Worktrees_and_submodules_are_repositories()
    {
        using var story = new GitStory(Story);
        var beside = story.Top + "-beside";
        story.Run("worktree", "add", "-q", beside, "-b", "beside");
        Assert.That((await GitStory.StoryInAsync(beside, "git", "install")).Code, Is.Zero);
        Assert.That(GitStory.Try(beside, "check-attr", "merge", "--", "scenes/01.md").Out, Does.Contain("storylsp"));
        using var outer = new GitStory("//- a.txt\na\n");
        outer.Run("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", story.Top, "book");
        var inside = Path.Combine(outer.Top, "book");
        var installed = await GitStory.StoryInAsync(inside, "git", "install");
        Assert.That(installed.Out, Does.Contain("hook   before a commit"));
        Assert.That(GitStory.Try(inside, "check-attr", "merge", "--", "scenes/01.md").Out, Does.Contain("storylsp"));
    }

    [Test]
    public async Task Hooks_that_lie_elsewhere_are_left_alone()
    {
        using var story = new GitStory(Story);
        using var shared = new StoryOnDisk("");
        story.Run("config", "core.hooksPath", shared.Root);
        var result = await story.StoryAsync("git", "install", "--hook");
        Assert.That(result.Out, Does.Contain("core.hooksPath"));
        Assert.That(Directory.GetFiles(shared.Root), Is.Empty);
    }

    [Test]
    public async Task Without_a_repository_or_git_it_says_so_in_one_line()
    {
        using var story = new StoryOnDisk(Story);
        StoryCli.AssertOneLine(await GitStory.StoryInAsync(story.Root, "git", "install"), "no git repository", "git init");
        StoryCli.AssertOneLine(await GitStory.StoryInAsync(story.Root, "git", "install", "no-such"), "no-such");
        using var bare = new StoryOnDisk("");
        GitStory.Try(bare.Root, "init", "-q", "--bare");
        StoryCli.AssertOneLine(await GitStory.StoryInAsync(bare.Root, "git", "install"), "bare");
    }

    [Test]
    public async Task A_diff_shows_the_sentence_that_changed_beneath_its_heading_and_words_as_words()
    {
        using var story = new GitStory(Story);
        story.Write("scenes/02.md", "# The Ball\n\n" + string.Concat(Enumerable.Range(0, 6).Select(i => $"Line {i}.\n\n")) + "Ada’s coat was grey. Jörg\nsaid nothing. She left.\n");
        story.Commit("two");
        story.Replace("scenes/02.md", "Ada’s coat was grey. Jörg\nsaid nothing. She left.", "Ada’s coat was grey. Jörg said little.\nShe left.");
        await story.StoryAsync("git", "install", "--diff");
        var diff = story.Run("diff", "-U1");
        Assert.That(diff, Does.Contain("@@ # The Ball\n Ada’s coat was grey.\n-Jörg said nothing.\n+Jörg said little.\n She left.\n"));
        Assert.That(story.Run("diff", "--word-diff"), Does.Contain("Jörg said [-nothing-]{+little+}."));
    }

    [TestCase("a.md", "One. Two\nthree.\n\n- item one. And more.\n  - inner\n", "One.\nTwo three.\n\n- item one.\nAnd more.\n  - inner\n")]
    [TestCase("a.md", "---\npov: ada\n---\n# One\nHe came.", "---\npov: ada\n---\n# One\nHe came.\n")]
    [TestCase("a.yaml", "a: 1\n\n# c\nb:\n  - x\n", "a: 1\n\n# c\nb:\n  - x\n")]
    [TestCase("a.fountain", "INT. HALL - NIGHT\n\nShe comes. She sits.\n", "INT. HALL - NIGHT\n\nShe comes.\nShe sits.\n")]
    [TestCase("a.md", "", "")]
    public async Task Textconv_has_a_line_for_each_sentence(string file, string text, string expected)
    {
        using var story = new StoryOnDisk("");
        story.Write(file, text);
        Assert.That((await GitStory.StoryInAsync(story.Root, "textconv", file)).Out, Is.EqualTo(expected));
    }

    [Test]
    public async Task Textconv_cuts_long_values_and_leaves_what_is_no_text()
    {
        using var story = new StoryOnDisk("");
        story.Write("a.yaml", "scenes:\n  - synopsis: Ada comes to the house by the weir and counts the steps of the stair. She counts them twice. Nobody is there.\n");
        Assert.That((await GitStory.StoryInAsync(story.Root, "textconv", "a.yaml")).Out, Is.EqualTo(
            "scenes:\n  - synopsis: Ada comes to the house by the weir and counts the steps of the stair.\n      She counts them twice.\n      Nobody is there.\n"));
        story.Write("b.md", [1, 0, 2]);
        Assert.That((await GitStory.StoryInAsync(story.Root, "textconv", "b.md")).Out, Is.EqualTo("\u0001\0\u0002"));
        StoryCli.AssertOneLine(await GitStory.StoryInAsync(story.Root, "textconv", "no.md"), "no.md");
    }

    [Test]
    public async Task A_hook_with_lines_of_ones_own_in_it_is_not_written_over_and_not_deleted()
    {
        using var story = new GitStory(Story);
        await story.StoryAsync("git", "install", "--hook");
        var hook = Path.Combine(story.Top, ".git", "hooks", "pre-commit");
        var written = File.ReadAllText(hook);
        foreach (var mine in new[] { written.Replace("#!/bin/sh\n", "#!/bin/sh\nnpm test || exit 1\n", StringComparison.Ordinal), written + "npm test\n", written.Replace(" git pre-commit", " git pre-commit && npm test", StringComparison.Ordinal) })
        {
            File.WriteAllText(hook, mine);
            var installed = await story.StoryAsync("git", "install", "--hook");
            Assert.That(File.ReadAllText(hook), Is.EqualTo(mine));
            Assert.That(installed.Out, Does.Contain("lines of others").And.Contain("git pre-commit").And.Contain(hook));
            var taken = await story.StoryAsync("git", "uninstall", "--hook");
            Assert.That(File.Exists(hook) ? File.ReadAllText(hook) : "deleted", Is.EqualTo(mine));
            Assert.That(taken.Out, Does.Contain("lines of others").And.Contain("by hand").And.Contain("esac"));
        }

        // One that another installation wrote is as it was made.
        File.WriteAllText(hook, string.Join('\n', written.Split('\n').Select((line, i) => i == 2 ? "'/it'\\''s/storylsp' git pre-commit 'my book'" : line)));
        await story.StoryAsync("git", "install", "--hook");
        Assert.That(File.ReadAllText(hook), Is.EqualTo(written));
        await story.StoryAsync("git", "uninstall", "--hook");
        Assert.That(File.Exists(hook), Is.False);
    }

    [Test]
    public async Task Hooks_that_are_files_of_the_team_are_left_alone_and_get_no_path_of_this_machine()
    {
        using var story = new GitStory(Story);
        story.Run("config", "core.hooksPath", ".githooks");
        var result = await story.StoryAsync("git", "install", "--hook");
        Assert.That(result.Out, Does.Contain("core.hooksPath").And.Contain(": storylsp git pre-commit || exit 1"));
        Assert.That(Directory.Exists(Path.Combine(story.Top, ".githooks")), Is.False);
        await story.StoryAsync("git", "uninstall", "--hook");
    }

    [Test]
    public async Task What_the_repository_says_of_its_files_already_stays_and_is_named()
    {
        using var story = new GitStory(Story);
        story.Write(".gitattributes", "*.yml -diff\nCHANGELOG.md merge=union\n*.yaml merge=ours\n");
        story.Write("CHANGELOG.md", "# One\n");
        story.Commit("attributes");
        foreach (var _ in new[] { "once", "twice" })
        {
            var result = await story.StoryAsync("git", "install", "--merge", "--diff");
            Assert.That(result.Code, Is.Zero, result.ToString());
            Assert.That(result.Out, Does.Contain("*.yml").And.Contain("CHANGELOG.md").And.Contain("*.yaml").And.Contain("as it is"));
            Assert.That(story.Run("check-attr", "merge", "diff", "--", "a.yml", "CHANGELOG.md", "a.yaml", "a.md"), Is.EqualTo(
                "a.yml: merge: storylsp\na.yml: diff: unset\nCHANGELOG.md: merge: union\nCHANGELOG.md: diff: storylsp\na.yaml: merge: ours\na.yaml: diff: storylsp-yaml\na.md: merge: storylsp\na.md: diff: storylsp\n"));
        }

        await story.StoryAsync("git", "uninstall", "--merge", "--diff");
        Assert.That(story.Run("check-attr", "merge", "diff", "--", "CHANGELOG.md"), Is.EqualTo("CHANGELOG.md: merge: union\nCHANGELOG.md: diff: unspecified\n"));
    }
}
