using System.Diagnostics;
using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;
using StoryLsp.Server.Tests.Cli;
using StoryLsp.Server.Tests.Editor;
using StoryLsp.Testing;

namespace StoryLsp.Server.Tests.Git;

/// <summary>What runs where nobody looks on: the workflow, annotations, SARIF.</summary>
public sealed class ContinuousTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- scenes/100%, für: a.md
        See [[Nowhere]].
        """;

    private static async Task<JsonArray> ResultsAsync(GitStory story) => (await story.StoryAsync("check", "--format", "sarif")).Json["runs"]![0]!["results"]!.AsArray();

    private static string Fingerprint(JsonNode? result) => result!["partialFingerprints"]!["storyFinding/v1"]!.GetValue<string>();

    [Test]
    public async Task Fingerprints_stay_when_lines_move_and_differ_where_findings_do()
    {
        using var story = new GitStory(Story);
        var before = (await ResultsAsync(story)).Select(Fingerprint).ToList();
        story.Write("scenes/100%, für: a.md", "# One\n\nMore.\n\nSee [[Nowhere]].\n\nSee [[Nowhere]].\n");
        var after = (await ResultsAsync(story)).Select(Fingerprint).ToList();
        Assert.That(before, Has.Count.EqualTo(1));
        Assert.That(after, Has.Count.EqualTo(2).And.Unique);
        Assert.That(after[0], Is.EqualTo(before[0]));
    }

    [Test]
    public async Task A_log_has_what_the_standard_asks_for()
    {
        using var story = new GitStory(Story, "books/eins");
        var run = (await story.StoryAsync("check", "--format", "sarif")).Json["runs"]![0]!;
        var result = run["results"]![0]!;
        var location = result["locations"]![0]!["physicalLocation"]!["artifactLocation"]!;
        var rules = run["tool"]!["driver"]!["rules"]!.AsArray();
        Assert.Multiple(() =>
        {
            Assert.That(location["uriBaseId"]!.GetValue<string>(), Is.EqualTo("%SRCROOT%"));
            Assert.That(run["originalUriBaseIds"]!["%SRCROOT%"], Is.Not.Null);
            Assert.That(location["uri"]!.GetValue<string>(), Is.EqualTo("books/eins/scenes/100%25%2C%20f%C3%BCr%3A%20a.md"));
            Assert.That(Uri.IsWellFormedUriString(location["uri"]!.GetValue<string>(), UriKind.Relative));
            Assert.That(rules[result["ruleIndex"]!.GetValue<int>()]!["id"]!.GetValue<string>(), Is.EqualTo(result["ruleId"]!.GetValue<string>()));
            Assert.That(rules.Select(rule => rule!["id"]!.GetValue<string>()), Is.Unique);
            Assert.That(rules.Select(rule => rule!["help"]!["text"]!.GetValue<string>().Length), Is.All.GreaterThan(40));
            Assert.That(rules.Select(rule => rule!["help"]!["markdown"]), Is.All.Not.Null);
            Assert.That(rules.Select(rule => rule!["shortDescription"]!["text"]!.GetValue<string>().Length), Is.All.GreaterThan(5));
        });
    }

    [Test]
    public async Task Annotations_are_escaped_and_tell_what_github_leaves_out()
    {
        using var story = new GitStory(Story);
        Assert.That((await story.StoryAsync("check", "--format", "github")).Lines, Has.Some.StartsWith("::error file=scenes/100%25%2C für%3A a.md,line=1,col=7,endLine=1,endColumn=14,title=ref/unresolved::"));
        story.Write("scenes/02.md", string.Concat(Enumerable.Range(0, 12).Select(i => $"[[N{i}]]\n")));
        var lines = (await story.StoryAsync("check", "--format", "github")).Lines;
        Assert.That(lines[0], Is.EqualTo("::notice title=storylsp::There are 13 errors. GitHub shows 10 of a kind beside the lines; the log of this step has all."));
        Assert.That(lines.Count(line => line.StartsWith("::error ", StringComparison.Ordinal)), Is.EqualTo(13));
    }

    [Test]
    public async Task The_steps_of_the_workflow_do_what_they_say()
    {
        using var story = new GitStory(Story, "books/der Röman");
        story.Run("update-ref", "refs/remotes/origin/main", "HEAD");
        story.Write("scenes/02.md", "Fine.\n");
        story.Commit("two");
        using var tools = new StoryOnDisk("");
        tools.Write("storylsp", $"#!/bin/sh\nexec '{Environment.ProcessPath}' exec '{StoryCli.Assembly}' \"$@\"\n");
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("The runner of the workflow is a Linux.");
            return;
        }

        File.SetUnixFileMode(tools.PathOf("storylsp"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var steps = Steps();
        Assert.That(await RunAsync(steps["New findings"]), Is.EqualTo((0, "")));
        Assert.That((await RunAsync(steps["What changed in the story"])).Code, Is.Zero);
        Assert.That(tools.Read("summary.md"), Does.Contain("## What changed in").And.Contain("(note").Or.Contain("scene"));
        Assert.That((await RunAsync(steps["All findings"])).Code, Is.Zero, "old errors do not end the step that shows them");
        Assert.That(JsonNode.Parse(File.ReadAllText(Path.Combine(story.Top, "story.sarif")))!["version"]!.GetValue<string>(), Is.EqualTo("2.1.0"));
        story.Write("scenes/03.md", "[[Nobody]]\n");
        story.Commit("three");
        var red = await RunAsync(steps["New findings"]);
        Assert.That(red.Code, Is.EqualTo(1));
        Assert.That(red.Out, Does.StartWith("::error file=books/der Röman/scenes/03.md,line=1,"));

        async Task<(int Code, string Out)> RunAsync(string script)
        {
            var start = new ProcessStartInfo("bash", ["-e", "-c", script]) { WorkingDirectory = story.Top, RedirectStandardOutput = true };
            (start.Environment["PATH"], start.Environment["BASE"], start.Environment["STORY"]) = ($"{tools.Root}:{Environment.GetEnvironmentVariable("PATH")}", "origin/main", "books/der Röman");
            start.Environment["GITHUB_STEP_SUMMARY"] = tools.PathOf("summary.md");
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, output);
        }
    }

    [Test]
    public void Only_names_of_actions_and_branches_stand_in_the_workflow_s_expressions()
    {
        // What somebody else names must not become a part of a script.
        Assert.That(Steps().Values, Is.All.Not.Contain("${{"));
        Assert.That(YamlParser.Parse(SourceText.From(Workflow())).Errors, Is.Empty);
        Assert.That(YamlParser.Parse(SourceText.From(File.ReadAllText(Path.Combine(Repository.Root, ".pre-commit-hooks.yaml")))).Errors, Is.Empty);
    }

    private static string Workflow() => File.ReadAllText(Path.Combine(Repository.Root, "docs", "git", "story.yml"));

    private static Dictionary<string, string> Steps()
    {
        var root = YamlParser.Parse(SourceText.From(Workflow())).Documents[0].Root;
        return root.Get("jobs").Get("check").Get("steps").AsList().Where(step => step.Get("run") is not null).ToDictionary(step => step.Get("name").AsText()!, step => step.Get("run").AsText()!);
    }
}
