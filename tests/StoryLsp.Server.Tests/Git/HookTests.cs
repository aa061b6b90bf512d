using NUnit.Framework;

namespace StoryLsp.Server.Tests.Git;

/// <summary>The hook before a commit, run by git itself.</summary>
public sealed class HookTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- scenes/01 für.md
        See [[Nowhere]].
        """;

    private static async Task<GitStory> WithHookAsync(string folder = "", bool commits = true)
    {
        var story = new GitStory(Story, folder, commits);
        Assert.That((await story.StoryAsync("git", "install", "--hook")).Code, Is.Zero);
        return story;
    }

    [TestCase("")]
    [TestCase("my book/Röman")]
    public async Task New_errors_stop_a_commit_and_it_says_how_to_go_on(string folder)
    {
        using var story = await WithHookAsync(folder);
        story.Write("scenes/zwei ä.md", "Fine.\n\n[[Nobody]]\n");
        story.Run("add", "-A");
        var stopped = GitStory.Try(story.Top, "commit", "-m", "two");
        Assert.That(stopped.Code, Is.EqualTo(1), stopped.ToString());
        // git hands a hook's stdout on as its own stderr.
        Assert.That(stopped.Error, Does.Contain((folder.Length > 0 ? folder + "/" : "") + "scenes/zwei ä.md").And.Contain("3:3").And.Contain("a new error").And.Contain("--no-verify").And.Contain("story-ignore"));
        Assert.That(stopped.Error, Does.Not.Contain("Nowhere"), "what was there before stops nobody");
        Assert.That(story.Run("log", "--format=%s").Trim(), Is.EqualTo("one"));
        story.Run("commit", "-q", "--no-verify", "-m", "regardless");
        story.Write("scenes/drei.md", "Fine.\n");
        story.Run("add", "-A");
        story.Run("commit", "-q", "-m", "three");
    }

    [Test]
    public async Task What_is_staged_is_checked_and_not_what_the_files_are()
    {
        using var story = await WithHookAsync();
        story.Write("scenes/02.md", "[[Nobody]]\n");
        story.Run("add", "-A");
        story.Write("scenes/02.md", "Mended, and not staged.\n");
        Assert.That(GitStory.Try(story.Top, "commit", "-m", "two").Code, Is.EqualTo(1));
        story.Run("add", "-A");
        story.Write("scenes/02.md", "[[Nobody]] again, and not staged.\n");
        story.Run("commit", "-q", "-m", "two");
        story.Write("notes.txt", "no story\n");
        story.Run("add", "notes.txt");
        story.Run("commit", "-q", "-m", "three");
        Assert.That(story.Run("commit", "-q", "-m", "four", "--allow-empty"), Is.Empty);
        Assert.That(GitStory.Try(story.Top, "commit", "-am", "five").Code, Is.EqualTo(1), "-a stages by another index");
    }

    [Test]
    public async Task The_first_commit_of_a_repository_is_checked_as_well()
    {
        using var story = await WithHookAsync(commits: false);
        story.Run("add", "-A");
        Assert.That(GitStory.Try(story.Top, "commit", "-m", "one").Error, Does.Contain("Nowhere"));
    }

    [Test]
    public async Task A_worktree_has_the_same_hook_for_its_own_files()
    {
        using var story = await WithHookAsync("my book");
        var beside = story.Top + " neben";
        story.Run("worktree", "add", "-q", beside, "-b", "beside");
        File.WriteAllText(Path.Combine(beside, "my book", "scenes", "02.md"), "[[Nobody]]\n");
        GitStory.Try(beside, "add", "-A");
        var stopped = GitStory.Try(Path.Combine(beside, "my book"), "commit", "-m", "two");
        Assert.That(stopped.Code, Is.EqualTo(1), stopped.ToString());
        Assert.That(stopped.Error, Does.Contain("my book/scenes/02.md").And.Contain("1 error"));
        File.WriteAllText(Path.Combine(beside, "my book", "scenes", "02.md"), "Fine.\n");
        Assert.That(GitStory.Try(beside, "commit", "-am", "two").Code, Is.Zero);
    }

    [Test]
    public async Task Files_that_are_not_committed_at_all_do_not_help_what_is()
    {
        using var story = await WithHookAsync();
        story.Write("scenes/Nowhere.md", "Nobody has told git of me.\n");
        story.Write("scenes/02.md", "See [[Nowhere]].\n");
        story.Run("add", "scenes/02.md");
        Assert.That(GitStory.Try(story.Top, "commit", "-m", "two").Error, Does.Contain("scenes/02.md").And.Contain("Nowhere"));
    }

    [Test]
    public async Task A_renamed_file_takes_its_old_errors_along()
    {
        using var story = await WithHookAsync();
        story.Run("mv", "scenes/01 für.md", "scenes/02.md");
        story.Run("commit", "-q", "-m", "two");
    }

    [Test]
    public async Task A_note_that_goes_while_others_link_to_it_is_an_error_in_those()
    {
        using var story = await WithHookAsync();
        story.Write("scenes/Nowhere.md", "Here.\n");
        story.Run("add", "-A");
        story.Run("commit", "-q", "-m", "two");
        story.Run("rm", "-q", "scenes/Nowhere.md");
        Assert.That(GitStory.Try(story.Top, "commit", "-m", "three").Error, Does.Contain("01 für.md"));
    }

    [Test]
    public async Task Where_the_program_is_gone_nobody_is_held_up()
    {
        using var story = await WithHookAsync();
        var hook = Path.Combine(story.Top, ".git", "hooks", "pre-commit");
        var lines = File.ReadAllLines(hook);
        lines[2] = "'/no/such/storylsp' git pre-commit";
        File.WriteAllLines(hook, lines);
        story.Write("scenes/02.md", "[[Nobody]]\n");
        story.Run("add", "-A");
        var result = GitStory.Try(story.Top, "commit", "-m", "two");
        Assert.That(result.Code, Is.Zero, result.ToString());
        Assert.That(result.Error, Does.Contain("storylsp was not found"));
    }
}
