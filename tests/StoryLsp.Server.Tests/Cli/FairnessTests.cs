using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;
using StoryLsp.Testing;

namespace StoryLsp.Server.Tests.Cli;

/// <summary><c>fairness</c>: the ledger of a mystery.</summary>
public sealed class FairnessTests
{
    private static string Example(string name) => Path.Combine(Repository.Root, "examples", name);

    [Test]
    public async Task A_fair_mystery_exits_with_0()
    {
        var result = await StoryCli.RunAsync(Path.GetTempPath(), "fairness", "hollow-creek", Example("hollow-creek"));
        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(result.Lines[0].TrimEnd(), Is.EqualTo("The Hollow Creek Affair: solved in Lots One to Six (scene 13)"));
        Assert.That(result.Lines, Has.One.Match(@"The log +\| essential +\| The Log \(scene 5\) +\| The New Ground \(scene 11\) +\| The Log \(scene 5\)"));
        Assert.That(result.Lines[^1].TrimEnd(), Is.EqualTo("Fair: a reader could have known all of it."));
    }

    [Test]
    public async Task An_unfair_one_exits_with_1_and_says_why()
    {
        var result = await StoryCli.RunAsync(Example("first-draft"), "fairness", "The shot in the study", "--format", "json");
        Assert.That(result.Code, Is.EqualTo(1), result.Error);
        var json = result.Json;
        Assert.Multiple(() =>
        {
            Assert.That(json["case"]!.GetValue<string>(), Is.EqualTo("hollow-creek"));
            Assert.That(json["fair"]!.GetValue<bool>(), Is.False);
            Assert.That(json["clues"]![1]!["id"]!.GetValue<string>(), Is.EqualTo("spoon-sheet"));
            Assert.That(json["clues"]![1]!["inTime"]!.GetValue<bool>(), Is.False);
            Assert.That(json["clues"]![1]!["planted"]!["number"]!.GetValue<int>(), Is.EqualTo(5));
            Assert.That(json["faults"]![0]!.GetValue<string>(), Does.Contain("The spoon sheet").And.Contain("The Will"));
        });
    }

    [Test]
    public async Task What_is_missing_is_told_in_one_line()
    {
        StoryCli.AssertOneLine(await StoryCli.RunAsync(Example("first-draft"), "fairness", "the-theft"), "the-theft", "hollow-creek");
        using var story = new StoryOnDisk("""
            //- story.yaml
            story: 1
            //- case.yaml
            type: case
            id: the-theft
            """);
        var result = await StoryCli.RunAsync(story.Root, "fairness", "the-theft", "--format", "json");
        Assert.That(result.Code, Is.EqualTo(2));
        Assert.That(result.Error.Trim(), Does.StartWith("storylsp: ").And.Contain("reveal").And.Not.Contain("\n"));
        Assert.That(result.Json["fair"], Is.Null, "nobody can say");
    }
}
