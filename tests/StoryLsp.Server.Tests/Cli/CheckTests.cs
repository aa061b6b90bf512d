using System.Diagnostics;
using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;
using StoryLsp.Testing;

namespace StoryLsp.Server.Tests.Cli;

/// <summary><c>storylsp check</c>.</summary>
public sealed class CheckTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: Ada Vane
        specis: human
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

    [Test]
    public async Task Text_of_the_first_draft_is_as_verified()
    {
        var result = await StoryCli.RunAsync(Repository.Root, "check", "examples/first-draft");
        Assert.That(result.Code, Is.EqualTo(1), result.Error);
        Assert.That(result.Error, Is.Empty, "progress goes to terminals alone");
        Verified.Match(result.Out, "first-draft");
    }

    [Test]
    public async Task The_finished_example_has_nothing()
    {
        var result = await StoryCli.RunAsync(Repository.Root, "check", "examples/hollow-creek");
        Assert.That(result.Code, Is.Zero, result.Out);
        Assert.That(result.Out, Does.Contain("nothing found"));
    }

    [Test]
    public async Task Json_is_as_the_page_on_the_command_line_says()
    {
        using var story = new StoryOnDisk(Story);
        var result = await StoryCli.RunAsync(story.Root, "check", "--format", "json");
        var json = result.Json.AsObject();
        var finding = json["findings"]!.AsArray().Single(one => one!["file"]!.GetValue<string>() == "scenes/02.md" && one["range"]!["start"]!["line"]!.GetValue<int>() == 1)!.AsObject();
        Assert.Multiple(() =>
        {
            Assert.That(json.Select(property => property.Key), Is.EqualTo(new[] { "version", "workspace", "files", "containers", "findings" }));
            Assert.That(json["version"]!.GetValue<int>(), Is.EqualTo(1));
            Assert.That(json["workspace"]!.GetValue<string>(), Is.EqualTo(story.Root));
            Assert.That(json["files"]!.GetValue<int>(), Is.EqualTo(4));
            Assert.That(json["containers"]!.GetValue<int>(), Is.EqualTo(3));
            Assert.That(finding.Select(property => property.Key), Is.EqualTo(new[] { "file", "range", "severity", "code", "message", "related" }));
            Assert.That(finding["range"]!.ToJsonString(), Is.EqualTo("""{"start":{"line":1,"character":5},"end":{"line":1,"character":9}}"""));
            Assert.That(finding["severity"]!.GetValue<string>(), Is.EqualTo("error"));
            Assert.That(finding["code"]!.GetValue<string>(), Is.EqualTo("ref/unresolved"));
            Assert.That(result.Code, Is.EqualTo(1));
            Assert.That(result.Error, Is.Empty);
        });
        // Characters are UTF-16 code units: the fox is two of them.
        Assert.That(json["findings"]!.AsArray().Last()!["range"]!["start"]!["character"]!.GetValue<int>(), Is.EqualTo(5));
    }

    [Test]
    public async Task Json_is_sorted_by_file_place_and_code()
    {
        var result = await StoryCli.RunAsync(Repository.Root, "check", "examples/first-draft", "--format", "json");
        var keys = result.Json["findings"]!.AsArray().Select(finding => (
            File: finding!["file"]!.GetValue<string>(),
            Line: finding["range"]!["start"]!["line"]!.GetValue<int>(),
            Character: finding["range"]!["start"]!["character"]!.GetValue<int>(),
            Code: finding["code"]!.GetValue<string>())).ToList();
        Assert.That(keys, Is.EqualTo(keys.OrderBy(key => key.File, StringComparer.Ordinal).ThenBy(key => key.Line).ThenBy(key => key.Character).ThenBy(key => key.Code, StringComparer.Ordinal)));
        Assert.That(keys, Is.Not.Empty);
    }

    [Test]
    public async Task Sarif_is_a_log_of_version_2_1_0()
    {
        using var story = new StoryOnDisk(Story.Replace("scenes/02.md", "scenes/0 2#.md", StringComparison.Ordinal));
        var run = (await StoryCli.RunAsync(story.Root, "check", "--format", "sarif")).Json;
        var results = run["runs"]![0]!["results"]!.AsArray();
        var rules = run["runs"]![0]!["tool"]!["driver"]!["rules"]!.AsArray().Select(rule => rule!["id"]!.GetValue<string>()).ToList();
        var place = results.Single(result => result!["message"]!["text"]!.GetValue<string>().Contains("Nobody", StringComparison.Ordinal))!["locations"]![0]!["physicalLocation"]!;
        Assert.Multiple(() =>
        {
            Assert.That(run["version"]!.GetValue<string>(), Is.EqualTo("2.1.0"));
            Assert.That(run["runs"]![0]!["columnKind"]!.GetValue<string>(), Is.EqualTo("utf16CodeUnits"));
            Assert.That(results.Select(result => result!["ruleId"]!.GetValue<string>()).Distinct(), Is.SubsetOf(rules));
            Assert.That(results.Select(result => result!["level"]!.GetValue<string>()).Distinct(), Is.SubsetOf(new[] { "error", "warning", "note" }));
            Assert.That(place["artifactLocation"]!["uri"]!.GetValue<string>(), Is.EqualTo("scenes/0%202%23.md"));
            Assert.That(place["region"]!["startLine"]!.GetValue<int>(), Is.EqualTo(4));
            Assert.That(place["region"]!["startColumn"]!.GetValue<int>(), Is.EqualTo(6));
        });
    }

    [Test]
    public async Task Github_gets_its_annotations_from_the_repository_s_root()
    {
        using var story = new StoryOnDisk(Story, "books/one");
        Git(Path.GetDirectoryName(Path.GetDirectoryName(story.Root)!)!, "init", "-q");
        var result = await StoryCli.RunAsync(story.Root, "check", "--format", "github");
        Assert.That(result.Lines, Has.Some.StartWith("::error file=books/one/scenes/02.md,line=2,col=6,endLine=2,endColumn=10,title=ref/unresolved::"));
        Assert.That(result.Lines, Is.All.StartWith("::"));
    }

    [TestCase("hint", 1)]
    [TestCase("warning", 1)]
    [TestCase("error", 1)]
    public async Task Severity_shows_that_and_worse(string severity, int code)
    {
        using var story = new StoryOnDisk(Story);
        var result = await StoryCli.RunAsync(story.Root, "check", "--format", "json", "--severity", severity);
        string[] order = ["error", "warning", "info", "hint"];
        var allowed = order[..(Array.IndexOf(order, severity) + 1)];
        var found = result.Json["findings"]!.AsArray().Select(finding => finding!["severity"]!.GetValue<string>()).Distinct().ToList();
        Assert.That(found, Is.SubsetOf(allowed).And.Not.Empty);
        Assert.That(result.Code, Is.EqualTo(code));
    }

    [TestCase("ref/unresolved", "ref/unresolved")]
    [TestCase("schema/*", "schema/unknown-field")]
    [TestCase("schema", "schema/unknown-field")]
    public async Task Rule_shows_a_rule_or_a_group(string rule, string code)
    {
        using var story = new StoryOnDisk(Story);
        var result = await StoryCli.RunAsync(story.Root, "check", "--format", "json", "--rule", rule);
        Assert.That(result.Json["findings"]!.AsArray().Select(finding => finding!["code"]!.GetValue<string>()).Distinct().ToArray(), Is.EqualTo(new[] { code }));
    }

    [Test]
    public async Task Without_errors_the_exit_code_is_0()
    {
        using var story = new StoryOnDisk(Story);
        Assert.That((await StoryCli.RunAsync(story.Root, "check", "--rule", "schema/*")).Code, Is.Zero, "warnings are no errors");
        Assert.That((await StoryCli.RunAsync(story.Root, "check", "scenes/01.md")).Code, Is.Zero);
    }

    [TestCase("scenes/02.md")]
    [TestCase("scenes")]
    [TestCase("./scenes/../scenes/02.md")]
    public async Task A_part_of_the_story_is_checked_against_all_of_it(string part)
    {
        using var story = new StoryOnDisk(Story);
        var result = await StoryCli.RunAsync(story.Root, "check", part, "--format", "json");
        Assert.That(result.Json["workspace"]!.GetValue<string>(), Is.EqualTo(story.Root));
        Assert.That(result.Json["files"]!.GetValue<int>(), Is.EqualTo(4));
        Assert.That(result.Json["findings"]!.AsArray().Select(finding => finding!["file"]!.GetValue<string>()).Distinct().ToArray(), Is.EqualTo(new[] { "scenes/02.md" }));
    }

    [Test]
    public async Task It_works_from_any_folder()
    {
        using var story = new StoryOnDisk(Story);
        var inside = await StoryCli.RunAsync(story.PathOf("scenes"), "check", "..", "--format", "json");
        var here = await StoryCli.RunAsync(story.Root, "check", "--format", "json");
        var elsewhere = await StoryCli.RunAsync(Path.GetTempPath(), "check", story.Root, "--format", "json");
        Assert.That(inside.Out, Is.EqualTo(here.Out));
        Assert.That(elsewhere.Out, Is.EqualTo(here.Out));
    }

    [Test]
    public async Task Base_shows_what_is_new_since_a_revision()
    {
        using var story = new StoryOnDisk(Story);
        Git(story.Root, "init", "-q");
        Git(story.Root, "add", "-A");
        Git(story.Root, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "one");
        var nothing = await StoryCli.RunAsync(story.Root, "check", "--base", "HEAD", "--format", "json");
        Assert.That(nothing.Json["findings"]!.AsArray(), Is.Empty, nothing.ToString());
        Assert.That(nothing.Code, Is.Zero);
        // Lines above an old finding do not make it new; a second one of the same kind is.
        story.Write("scenes/02.md", "---\ntitle: Two\npov: adda\n---\n🦊 [[Nobody]]\n\nAnd [[Nowhere]].\n");
        var added = await StoryCli.RunAsync(story.Root, "check", "--base", "HEAD", "--format", "json");
        Assert.That(added.Json["findings"]!.AsArray().Select(finding => finding!["range"]!["start"]!["line"]!.GetValue<int>()), Is.EqualTo(new[] { 6 }));
        Assert.That(added.Code, Is.EqualTo(1));
        Assert.That(Git(story.Root, "status", "--porcelain").Trim(), Is.EqualTo("M scenes/02.md"), "the index ignores itself, and nothing was checked out");
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "check", "--base", "no-such-revision"), "no-such-revision");
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "check", "--base=--help"), "--help");
    }

    [Test]
    public async Task Base_knows_a_story_inside_of_a_repository_and_files_that_moved()
    {
        using var story = new StoryOnDisk(Story, "books/one");
        var outer = Path.GetDirectoryName(Path.GetDirectoryName(story.Root)!)!;
        Git(outer, "init", "-q");
        Git(outer, "add", "-A");
        Git(outer, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "one");
        Directory.CreateDirectory(story.PathOf("scenes/old"));
        File.Move(story.PathOf("scenes/02.md"), story.PathOf("scenes/old/02.md"));
        Git(outer, "add", "-A");
        var result = await StoryCli.RunAsync(outer, "check", "books/one", "--base", "HEAD", "--format", "json");
        Assert.That(result.Json["findings"]!.AsArray(), Is.Empty, result.ToString());
    }

    [Test]
    public async Task A_check_of_nothing_is_not_green()
    {
        using var empty = new StoryOnDisk("");
        StoryCli.AssertOneLine(await StoryCli.RunAsync(empty.Root, "check"), "nothing to check", "storylsp init");
    }

    [Test]
    public async Task Base_outside_of_a_repository_is_told()
    {
        using var story = new StoryOnDisk(Story);
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "check", "--base", "HEAD"), "git");
    }

    [Test]
    public async Task What_cannot_run_says_so_in_one_line_and_exits_with_2()
    {
        using var story = new StoryOnDisk(Story);
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "check", "no-such-folder"), "no-such-folder");
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "check", "--rule", "no/such"), "no/such", "ref/unresolved");
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "check", "--format", "xml"), "xml");
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "check", "--severity", "loud"), "loud");
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "check", "a", "b"));
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "chekc"), "--help");
    }

    [Test]
    public async Task A_folder_of_notes_without_settings_has_no_false_error()
    {
        using var story = new StoryOnDisk("""
            //- Ada Vane.md
            ---
            aliases: [Ada]
            type: person
            cssclass: wide
            ---
            Knows [[Tom]] and [[Ada Vane#^x|herself]].

            A block. ^x
            //- people/Tom.md
            See [[Ada]].
            //- data.yaml
            anything: goes
            """);
        var result = await StoryCli.RunAsync(story.Root, "check", "--format", "json", "--severity", "error");
        Assert.That(result.Json["findings"]!.AsArray(), Is.Empty, result.Out);
        Assert.That(result.Code, Is.Zero);
    }

    internal static string Git(string folder, params string[] arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            Assert.That(git.ExitCode, Is.Zero, git.StandardError.ReadToEnd());
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("git is not installed.");
            return "";
        }
    }
}
