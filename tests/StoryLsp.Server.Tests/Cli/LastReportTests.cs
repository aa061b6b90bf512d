using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;
using StoryLsp.Testing;

namespace StoryLsp.Server.Tests.Cli;

/// <summary>A check remembers what it found, and never more than that.</summary>
public sealed class LastReportTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: Ada Vane
        //- scenes/01.md
        ---
        pov: ada
        ---
        Ada came.
        //- scenes/02.md
        ---
        pov: adda
        ---
        🦊 [[Nobody]]
        """;

    [TestCase("json")]
    [TestCase("text")]
    [TestCase("sarif")]
    [TestCase("github")]
    public async Task A_second_check_says_the_same(string format)
    {
        using var story = Settled();
        var first = await StoryCli.RunAsync(story.Root, "check", "--format", format);
        Assert.That(File.Exists(Kept(story)), Is.True);
        var second = await StoryCli.RunAsync(story.Root, "check", "--format", format);
        Assert.That(second.ToString(), Is.EqualTo(first.ToString()));
        Assert.That(second.Out, Does.Contain("Nobody"));
    }

    [Test]
    public async Task What_it_remembers_is_what_it_prints()
    {
        using var story = Settled();
        await StoryCli.RunAsync(story.Root, "check");
        var kept = JsonNode.Parse(await File.ReadAllTextAsync(Kept(story)))!;
        kept["Report"]!["Findings"]![0]!["Message"] = "remembered";
        await File.WriteAllTextAsync(Kept(story), kept.ToJsonString());
        Assert.That((await StoryCli.RunAsync(story.Root, "check")).Out, Does.Contain("remembered"));
    }

    [TestCase("scenes/02.md", "---\npov: ada\n---\n")]
    [TestCase("scenes/03.md", "---\npov: nobody\n---\n")]
    [TestCase("story.yaml", "story: 1\nrules: {ref/unresolved: off}\n")]
    [TestCase(".gitignore", "scenes/02.md\n")]
    public async Task A_file_that_was_written_is_read(string path, string text)
    {
        using var story = Settled();
        var before = await StoryCli.RunAsync(story.Root, "check");
        story.Write(path, text);
        var after = await StoryCli.RunAsync(story.Root, "check");
        Assert.That(after.Out, Is.Not.EqualTo(before.Out));
    }

    [Test]
    public async Task A_file_that_was_written_a_moment_ago_is_not_trusted()
    {
        using var story = Settled();
        story.Write("scenes/02.md", "---\npov: ada\n---\n");
        await StoryCli.RunAsync(story.Root, "check");
        Assert.That(File.Exists(Kept(story)), Is.False);
    }

    [Test]
    public async Task A_damaged_memory_is_no_memory()
    {
        using var story = Settled();
        var first = await StoryCli.RunAsync(story.Root, "check");
        await File.WriteAllTextAsync(Kept(story), "{\"Mark\": 1");
        Assert.That((await StoryCli.RunAsync(story.Root, "check")).ToString(), Is.EqualTo(first.ToString()));
    }

    [Test]
    public async Task A_part_of_the_story_is_a_part_of_what_is_remembered()
    {
        using var story = Settled();
        var first = await StoryCli.RunAsync(story.Root, "check", "scenes/02.md");
        Assert.That(File.Exists(Kept(story)), Is.False);
        await StoryCli.RunAsync(story.Root, "check");
        Assert.That((await StoryCli.RunAsync(story.Root, "check", "scenes/02.md")).ToString(), Is.EqualTo(first.ToString()));
        Assert.That((await StoryCli.RunAsync(story.Root, "check", "characters")).Out, Does.Contain("nothing found"));
    }

    private static string Kept(StoryOnDisk story) => Path.Combine(story.Root, ".story", "cache", "check.json");

    // As if nobody had written for a while.
    private static StoryOnDisk Settled()
    {
        var story = new StoryOnDisk(Story);
        foreach (var file in Directory.EnumerateFiles(story.Root, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-1));
        }

        return story;
    }
}
