using StoryLsp.Index.Files;

namespace StoryLsp.Index.Tests;

public sealed class GitIgnoreTests
{
    // Each case was asked of `git check-ignore`.
    [TestCase("*.md", "a.md", true)]
    [TestCase("*.md", "x/y/a.md", true)]
    [TestCase("*.md", "a.yaml", false)]
    [TestCase("/a.md", "a.md", true)]
    [TestCase("/a.md", "x/a.md", false)]
    [TestCase("x/a.md", "x/a.md", true)]
    [TestCase("x/a.md", "y/x/a.md", false)]
    [TestCase("out", "out/a.md", true)]
    [TestCase("out/", "x/out/a.md", true)]
    [TestCase("out/", "out", false)]
    [TestCase("/out", "x/out/a.md", false)]
    [TestCase("**/out", "x/y/out/a.md", true)]
    [TestCase("**/out/*.md", "x/out/a.md", true)]
    [TestCase("x/**", "x/y/a.md", true)]
    [TestCase("x/**", "x", false)]
    [TestCase("x/**/a.md", "x/a.md", true)]
    [TestCase("x/**/a.md", "x/y/z/a.md", true)]
    [TestCase("x/*", "x/y/a.md", true)]
    [TestCase("x/*.md", "x/y/a.md", false)]
    [TestCase("a?.md", "ab.md", true)]
    [TestCase("a?.md", "a.md", false)]
    [TestCase("[ab].md", "b.md", true)]
    [TestCase("[!ab].md", "b.md", false)]
    [TestCase("[a-c].md", "b.md", true)]
    [TestCase("[]].md", "].md", true)]
    [TestCase("a[", "a[", false)]
    [TestCase("# a.md", "# a.md", false)]
    [TestCase("\\#a.md", "#a.md", true)]
    [TestCase("\\!a.md", "!a.md", true)]
    [TestCase("a.md   ", "a.md", true)]
    [TestCase("a\\ ", "a ", true)]
    [TestCase("", "a.md", false)]
    [TestCase("/", "a.md", false)]
    [TestCase("*.md\n!a.md", "a.md", false)]
    [TestCase("*.md\n!a.md", "b.md", true)]
    [TestCase("!a.md\n*.md", "a.md", true)]
    [TestCase("out/\n!out/a.md", "out/a.md", true)]
    [TestCase("out/*\n!out/a.md", "out/a.md", false)]
    [TestCase("*\n!*/\n!*.md", "x/a.md", false)]
    [TestCase("*\n!*/\n!*.md", "x/a.txt", true)]
    [TestCase("a.md\r\n*.txt\r\n", "a.md", true)]
    [TestCase("a**b.md", "axxb.md", true)]
    [TestCase("Straße*.md", "Straße 🦊.md", true)]
    [TestCase("a b.md", "a b.md", true)]
    [TestCase("x/y/", "x/y/a.md", true)]
    public void Patterns_mean_what_git_means(string lines, string path, bool isIgnored)
    {
        using var folder = new TestFolder().Write(".gitignore", lines);
        Assert.That(new FolderRules(folder.Root).IsIgnored(path), Is.EqualTo(isIgnored));
    }

    [Test]
    public void The_cases_above_are_those_of_git_itself()
    {
        var cases = typeof(GitIgnoreTests).GetMethod(nameof(Patterns_mean_what_git_means))!
            .GetCustomAttributes(typeof(TestCaseAttribute), false).Cast<TestCaseAttribute>();
        foreach (var test in cases)
        {
            using var folder = new TestFolder().Write(".gitignore", (string)test.Arguments[0]!);
            var path = (string)test.Arguments[1]!;
            if (Git(folder.Root, "init", "-q") != 0)
            {
                Assert.Ignore("git is not here, so nobody can be asked.");
            }

            folder.Write(path, "x");
            Assert.That(Git(folder.Root, "check-ignore", "-q", "--no-index", "--", path), Is.EqualTo((bool)test.Arguments[2]! ? 0 : 1), $"{test.Arguments[0]} : {path}");
        }
    }

    [Test]
    public void Files_in_deeper_folders_speak_last_and_those_above_the_workspace_are_heard()
    {
        using var folder = new TestFolder()
            .Write("repo/.git/HEAD", "x").Write("repo/.gitignore", "*.bak.md\n/story/lost/\n").Write("repo/story/.gitignore", "draft*\n")
            .Write("repo/story/keep/.gitignore", "!draft-1.md\n").Write("repo/story/keep/draft-1.md", "x");
        var rules = new FolderRules(folder.PathOf("repo/story"));
        Assert.That(rules.IsIgnored("a.bak.md"));
        Assert.That(rules.IsIgnored("lost/a.md"));
        Assert.That(rules.IsIgnored("draft.md"));
        Assert.That(rules.IsIgnored("keep/draft-1.md"), Is.False);
        Assert.That(rules.IsIgnored("keep/draft-2.md"));
    }

    [Test]
    public void A_workspace_in_an_ignored_folder_of_a_repository_is_not_empty()
    {
        using var folder = new TestFolder().Write("repo/.git/HEAD", "x").Write("repo/.gitignore", "tmp/\n").Write("repo/tmp/story/a.md", "x");
        Assert.That(new FolderRules(folder.PathOf("repo/tmp/story")).IsIgnored("a.md"), Is.False);
    }

    [TestCase("**/*.md", "a.md", true)]
    [TestCase("**/*.md", "x/A.MD", true)]
    [TestCase("*.md", "x/a.md", false)]
    [TestCase("scenes/**", "scenes/x/a.md", true)]
    [TestCase("Scenes/**", "scenes/a.md", true)]
    [TestCase("scenes/", "scenes/a.md", true)]
    [TestCase("./scenes/*.md", "scenes/a.md", true)]
    [TestCase("**/**/x/**/*.md", "x/a.md", true)]
    [TestCase("**/x/*.md", "y/xx/a.md", false)]
    [TestCase("a[.md", "a[.md", true)]
    [TestCase("**", "x/a.md", true)]
    public void Globs_of_the_settings_match_whole_paths_in_any_case(string glob, string path, bool matches) =>
        Assert.That(GlobPattern.Parse(glob, ignoreCase: true).Matches(path), Is.EqualTo(matches));

    [Test]
    public void A_pattern_of_many_stars_ends() =>
        Assert.That(GlobPattern.Parse(string.Concat(Enumerable.Repeat("*a", 40)), true).Matches(new string('a', 3000) + "b"), Is.False);

    private static int Git(string folder, params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo("git") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var process = System.Diagnostics.Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
