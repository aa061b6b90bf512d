using NUnit.Framework;

namespace StoryLsp.Server.Tests.Git;

/// <summary><c>storylsp merge-driver</c>, called by git itself.</summary>
public sealed class MergeDriverTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- leute/Ä da.yaml
        type: character
        id: ada
        name: Ada Vane # hers
        hair: black
        eyes: grey
        //- scenes/01.md
        ---
        pov: ada
        status: draft
        ---
        Ada came. It was late.

        She sat.

        Nobody spoke.
        """;

    private const string Person = "leute/Ä da.yaml";

    private static async Task<GitStory> TwoBranchesAsync(Action<GitStory> theirs, Action<GitStory> ours, string folder = "")
    {
        var story = new GitStory(Story, folder);
        var installed = await story.StoryAsync("git", "install", "--merge");
        Assert.That(installed.Code, Is.Zero, installed.ToString());
        story.Run("switch", "-q", "-c", "other");
        theirs(story);
        story.Commit("theirs");
        story.Run("switch", "-q", "main");
        ours(story);
        story.Commit("ours");
        return story;
    }

    [TestCase("")]
    [TestCase("mein Buch/der Röman [1]")]
    public async Task Fields_beside_each_other_merge_where_git_alone_has_a_conflict(string folder)
    {
        using var story = await TwoBranchesAsync(story => story.Replace(Person, "hair: black", "hair: red"), story => story.Replace(Person, "eyes: grey", "eyes: green"), folder);
        var merged = GitStory.Try(story.Top, "merge", "-q", "--no-edit", "other");
        Assert.That(merged.Code, Is.Zero, merged.ToString());
        Assert.That(story.Read(Person), Is.EqualTo("type: character\nid: ada\nname: Ada Vane # hers\nhair: red\neyes: green\n"));
        Assert.That(story.Run("status", "--porcelain"), Is.Empty);
    }

    [Test]
    public async Task A_conflict_of_one_field_and_one_of_prose_wait_for_a_person()
    {
        using var story = await TwoBranchesAsync(
            story => { story.Replace("scenes/01.md", "pov: ada", "pov: tom"); story.Replace("scenes/01.md", "Nobody spoke.", "Tom spoke."); },
            story => { story.Replace("scenes/01.md", "pov: ada", "pov: lena"); story.Replace("scenes/01.md", "status: draft", "status: done"); });
        Assert.That(GitStory.Try(story.Top, "merge", "--no-edit", "other").Code, Is.EqualTo(1));
        Assert.That(story.Read("scenes/01.md"), Is.EqualTo("---\n<<<<<<< ours\npov: lena\n=======\npov: tom\n>>>>>>> theirs\nstatus: done\n---\nAda came. It was late.\n\nShe sat.\n\nTom spoke.\n"));
        Assert.That(story.Run("status", "--porcelain"), Does.Contain("UU scenes/01.md"));
        story.Write("scenes/01.md", "---\npov: tom\nstatus: done\n---\nAda came. It was late.\n\nShe sat.\n\nTom spoke.\n");
        story.Commit("merged");
        Assert.That(story.Run("log", "-1", "--format=%P").Trim().Split(' '), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task Conflicts_are_shown_in_the_style_that_git_is_told()
    {
        using var story = await TwoBranchesAsync(story => story.Replace(Person, "black", "red"), story => story.Replace(Person, "black", "white"));
        story.Run("config", "merge.conflictStyle", "diff3");
        Assert.That(GitStory.Try(story.Top, "merge", "other").Code, Is.EqualTo(1));
        Assert.That(story.Read(Person), Does.Contain("<<<<<<< ours\nhair: white\n||||||| base\nhair: black\n=======\nhair: red\n>>>>>>> theirs\neyes: grey\n"));
    }

    [Test]
    public async Task What_does_not_parse_is_merged_by_lines_as_git_does_it()
    {
        using var story = await TwoBranchesAsync(story => story.Replace(Person, "hair: black", "hair: [black"), story => story.Replace(Person, "type: character", "type: character\nborn: 1901"));
        var merged = GitStory.Try(story.Top, "merge", "--no-edit", "other");
        Assert.That(merged.Code, Is.Zero, merged.ToString());
        Assert.That(story.Read(Person), Is.EqualTo("type: character\nborn: 1901\nid: ada\nname: Ada Vane # hers\nhair: [black\neyes: grey\n"));
    }

    [Test]
    public async Task Rebase_cherry_pick_and_stash_use_it_as_well()
    {
        using var story = await TwoBranchesAsync(story => story.Replace(Person, "hair: black", "hair: red"), story => story.Replace(Person, "eyes: grey", "eyes: green"));
        story.Run("rebase", "-q", "other");
        Assert.That(story.Read(Person), Does.Contain("hair: red\neyes: green\n"));
        story.Replace(Person, "name: Ada Vane", "name: Ada Weir");
        story.Run("stash", "-q");
        story.Replace(Person, "id: ada", "id: ada\nborn: 1901");
        story.Commit("born");
        story.Run("stash", "pop", "-q");
        Assert.That(story.Read(Person), Is.EqualTo("type: character\nid: ada\nborn: 1901\nname: Ada Weir # hers\nhair: red\neyes: green\n"));
    }

    [Test]
    public async Task Bytes_that_are_no_text_and_texts_with_a_mark_come_through()
    {
        using var story = await TwoBranchesAsync(
            story => story.Write("scenes/02.md", "\uFEFF---\npov: ada\nstatus: draft\n---\nText.\n"),
            story => story.Write("scenes/02.md", "\uFEFF---\npov: ada\nchapter: 1\n---\nText.\n"));
        Assert.That(GitStory.Try(story.Top, "merge", "--no-edit", "other").Code, Is.Zero);
        Assert.That(File.ReadAllBytes(story.PathOf("scenes/02.md")).Take(3), Is.EqualTo(new byte[] { 0xEF, 0xBB, 0xBF }));
        Assert.That(story.Read("scenes/02.md").TrimStart('\uFEFF'), Is.EqualTo("---\npov: ada\nchapter: 1\nstatus: draft\n---\nText.\n"));
    }

    [Test]
    public async Task Where_the_program_is_gone_git_merges_by_lines()
    {
        using var story = await TwoBranchesAsync(story => story.Replace(Person, "hair: black", "hair: red"), story => story.Replace(Person, "type: character", "type: character\nborn: 1901"));
        var driver = story.Run("config", "merge.storylsp.driver").Trim();
        story.Run("config", "merge.storylsp.driver", "'/no/such/storylsp' " + driver[driver.IndexOf("merge-driver", StringComparison.Ordinal)..]);
        var merged = GitStory.Try(story.Top, "merge", "--no-edit", "other");
        Assert.That(merged.Code, Is.Zero, merged.ToString());
        Assert.That(story.Read(Person), Does.Contain("born: 1901").And.Contain("hair: red"));
    }

    [Test]
    public async Task A_person_who_calls_it_is_told_what_it_is()
    {
        using var story = new GitStory(Story);
        Cli.StoryCli.AssertOneLine(await story.StoryAsync("merge-driver", "a", "b", "c", "7", "d"), "git install");
    }

    [Test]
    public async Task Ours_is_whole_at_each_moment_so_that_git_can_always_merge_it_by_lines()
    {
        using var story = new GitStory(Story);
        var mine = "type: scene\npov: ada\nstatus: done\n";
        story.Write("a", "type: scene\npov: ada\nstatus: draft\n");
        story.Write("b", mine);
        story.Write("c", "type: scene\npov: tom\nstatus: draft\n");
        // Who holds the file that was there reads it to its end.
        using var held = new StreamReader(new FileStream(story.PathOf("b"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        var result = await story.StoryAsync("merge-driver", "a", "b", "c", "7", "scenes/x.yaml");
        Assert.That(result.Code, Is.Zero, result.ToString());
        Assert.That(held.ReadToEnd(), Is.EqualTo(mine));
        Assert.That(story.Read("b"), Is.EqualTo("type: scene\npov: tom\nstatus: done\n"));
        Assert.That(Directory.GetFiles(story.Root).Select(Path.GetFileName), Is.EquivalentTo(new[] { "a", "b", "c", "story.yaml" }), "nothing is left beside it");
    }
}
