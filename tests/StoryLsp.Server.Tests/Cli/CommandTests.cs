using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Cli;

/// <summary><c>init</c>, <c>doctor</c>, <c>schema</c>, <c>run</c>, <c>proposal</c>, and how the command line speaks.</summary>
public sealed class CommandTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        ai: {provider: offline}
        //- characters/ada.yaml
        name: Ada Vane
        //- scenes/one.md
        ---
        title: The Mill
        pov: ada
        ---
        Ada Vane walked to the mill at dusk. The wheel stood still. She found the ledger under the floor and read it to the end.
        """;

    [TestCase]
    [TestCase("check")]
    [TestCase("facts")]
    [TestCase("query")]
    [TestCase("search")]
    [TestCase("fairness")]
    [TestCase("run")]
    [TestCase("runs")]
    [TestCase("runs", "events")]
    [TestCase("resume")]
    [TestCase("proposal")]
    [TestCase("proposal", "accept")]
    [TestCase("history")]
    [TestCase("history", "checkout")]
    [TestCase("schema")]
    [TestCase("schema", "export")]
    [TestCase("init")]
    [TestCase("doctor")]
    [TestCase("lsp")]
    public async Task Every_command_explains_itself(params string[] command)
    {
        var result = await StoryCli.RunAsync(Path.GetTempPath(), [.. command, "--help"]);
        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(result.Out, Does.Contain("storylsp").And.Contain("--help"));
        Assert.That(result.Error, Is.Empty);
    }

    [Test]
    public async Task A_new_story_has_no_finding_at_all()
    {
        using var folder = new StoryOnDisk("", "A \"new\" story: #1");
        var made = await StoryCli.RunAsync(folder.Root, "init");
        Assert.That(made.Code, Is.Zero, made.Error);
        Assert.That(File.Exists(folder.PathOf("story.yaml")), Is.True);
        var check = await StoryCli.RunAsync(folder.Root, "check", "--format", "json");
        Assert.That(check.Json["findings"]!.AsArray(), Is.Empty, check.Out);
        Assert.That(check.Code, Is.Zero);
        var before = folder.Read("story.yaml");
        StoryCli.AssertOneLine(await StoryCli.RunAsync(folder.Root, "init"), "already", "Nothing was changed");
        Assert.That(folder.Read("story.yaml"), Is.EqualTo(before));
    }

    [Test]
    public async Task A_new_story_in_a_folder_that_is_not_there_yet()
    {
        using var folder = new StoryOnDisk("");
        folder.Write("scenes/01-first-scene.md", "Mine.\n");
        Assert.That((await StoryCli.RunAsync(folder.Root, "init", "books/two")).Code, Is.Zero);
        Assert.That((await StoryCli.RunAsync(folder.Root, "check", "books/two")).Code, Is.Zero);
        Assert.That((await StoryCli.RunAsync(folder.Root, "init")).Code, Is.Zero);
        Assert.That(folder.Read("scenes/01-first-scene.md"), Is.EqualTo("Mine.\n"), "no file is ever overwritten");
    }

    [Test]
    public async Task Doctor_tells_what_is_here()
    {
        using var story = new StoryOnDisk(Story);
        var result = await StoryCli.RunAsync(story.Root, "doctor");
        Assert.That(result.Code, Is.Zero, result.ToString());
        foreach (var part in new[] { "storylsp", "story", "index", "schemas", "provider", "editors", "offline" })
        {
            Assert.That(result.Out, Does.Contain(part));
        }
    }

    [Test]
    public async Task Doctor_tells_what_is_wrong_and_what_to_do()
    {
        using var story = new StoryOnDisk(Story.Replace("{provider: offline}", "{provider: openai, model: m, api_key_env: STORYLSP_TEST_NO_SUCH_KEY}", StringComparison.Ordinal));
        story.Write("schemas/ship.yaml", "schema: ship\nfields:\n  hull: {type: wooden}\n");
        var result = await StoryCli.RunAsync(story.Root, "doctor");
        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(result.Lines.Where(line => line.StartsWith("problem", StringComparison.Ordinal)), Has.Exactly(2).Items);
        Assert.That(result.Out, Does.Contain("STORYLSP_TEST_NO_SUCH_KEY").And.Contain("schemas/ship.yaml"));
    }

    [Test]
    public async Task Schemas_are_listed_exported_and_validated()
    {
        using var story = new StoryOnDisk(Story);
        story.Write("schemas/ship.yaml", "schema: ship\nextends: item\nfields:\n  hull: {type: enum, options: [wood, iron], required: true}\n");
        var list = await StoryCli.RunAsync(story.Root, "schema", "list");
        Assert.That(list.Lines, Has.Some.StartWith("scene ").And.Some.Match(@"^ship +item +0 +schemas/ship\.yaml"));
        var export = (await StoryCli.RunAsync(story.Root, "schema", "export", "ship")).Json;
        Assert.That(export["$schema"]!.GetValue<string>(), Is.EqualTo("https://json-schema.org/draft/2020-12/schema"));
        Assert.That(export["properties"]!["owner"], Is.Not.Null, "inherited");
        Assert.That(export["required"]!.ToJsonString(), Is.EqualTo("[\"hull\"]"));
        var all = await StoryCli.RunAsync(story.Root, "schema", "export", "--output", "json");
        Assert.That(all.Code, Is.Zero, all.Error);
        var files = Directory.GetFiles(story.PathOf("json"), "*.schema.json");
        Assert.That(files, Has.Length.EqualTo(list.Lines.Length));
        foreach (var file in files)
        {
            Assert.That(JsonNode.Parse(await File.ReadAllTextAsync(file))!["type"]!.GetValue<string>(), Is.EqualTo("object"), file);
        }

        Assert.That((await StoryCli.RunAsync(story.Root, "schema", "validate")).Code, Is.Zero);
        story.Write("schemas/odd.yaml", "schema: odd\nfields:\n  x: {type: nonsense}\n");
        var validate = await StoryCli.RunAsync(story.Root, "schema", "validate");
        Assert.That(validate.Code, Is.EqualTo(1));
        Assert.That(validate.Out, Does.Contain("schemas/odd.yaml").And.Contain("schema/invalid"));
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "schema", "export", "nope"), "nope", "scene");
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "schema", "export"), "--output");
    }

    [Test]
    public async Task A_run_proposes_and_only_accepting_writes()
    {
        using var story = new StoryOnDisk(Story);
        var before = story.Read("scenes/one.md");
        var run = await StoryCli.RunAsync(story.Root, "run", "synopsis", "--input", "one", "--auto", "--format", "json");
        Assert.That(run.Code, Is.Zero, run.Error);
        var json = run.Json;
        Assert.Multiple(() =>
        {
            Assert.That(json["status"]!.GetValue<string>(), Is.EqualTo("done"));
            Assert.That(json["run"]!.GetValue<string>(), Is.Not.Empty);
            Assert.That(json["hunks"]![0]!["id"]!.GetValue<int>(), Is.EqualTo(1));
            Assert.That(json["hunks"]![0]!["file"]!.GetValue<string>(), Is.EqualTo("scenes/one.md"));
            Assert.That(json["hunks"]![0]!["new"]!.GetValue<string>(), Does.Contain("synopsis:"));
            Assert.That(json["prompt"], Is.Null, "what does not apply is absent");
            Assert.That(story.Read("scenes/one.md"), Is.EqualTo(before));
        });
        var id = json["proposal"]!.GetValue<string>();
        var shown = await StoryCli.RunAsync(story.Root, "proposal", "show", id, "--format", "json");
        Assert.That(shown.Json["hunks"]!.ToJsonString(), Is.EqualTo(json["hunks"]!.ToJsonString()));
        Assert.That((await StoryCli.RunAsync(story.Root, "proposal", "show", id)).Out, Does.Contain("offline").And.Contain("+ synopsis:"));
        Assert.That((await StoryCli.RunAsync(story.Root, "proposal", "list")).Lines.Single(), Does.StartWith(id));
        var accepted = await StoryCli.RunAsync(story.Root, "proposal", "accept", id);
        Assert.That(accepted.Out.Trim(), Is.EqualTo("Wrote scenes/one.md."));
        var lines = story.Read("scenes/one.md").Split('\n').ToList();
        Assert.That(lines.RemoveAll(line => line.StartsWith("synopsis:", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(string.Join('\n', lines), Is.EqualTo(before), "nothing but the scene's field has changed");
        Assert.That((await StoryCli.RunAsync(story.Root, "check", "--format", "json")).Json["findings"]!.AsArray(), Is.Empty);
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "proposal", "accept", id), id);
    }

    [Test]
    public async Task A_rejected_proposal_is_gone_and_a_stale_one_writes_nothing()
    {
        using var story = new StoryOnDisk(Story);
        var first = (await StoryCli.RunAsync(story.Root, "run", "synopsis", "--input", "The Mill", "--auto", "--format", "json")).Json["proposal"]!.GetValue<string>();
        var rejected = await StoryCli.RunAsync(story.Root, "proposal", "reject", first);
        Assert.That(rejected.Code, Is.Zero, rejected.Error);
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "proposal", "show", first), first, "proposal list");
        var second = (await StoryCli.RunAsync(story.Root, "run", "synopsis", "--input", "one", "--auto", "--format", "json")).Json["proposal"]!.GetValue<string>();
        story.Write("scenes/one.md", "# All new\n");
        var stale = await StoryCli.RunAsync(story.Root, "proposal", "accept", second);
        Assert.That(stale.Code, Is.EqualTo(1));
        Assert.That(stale.Error, Does.Contain("changed"));
        Assert.That(story.Read("scenes/one.md"), Is.EqualTo("# All new\n"));
    }

    [Test]
    public async Task What_a_run_lacks_is_told_in_one_line()
    {
        using var story = new StoryOnDisk(Story);
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "run", "nonsense"), "nonsense", "synopsis");
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "run", "synopsis"), "--input");
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "run", "synopsis", "--input", "nowhere"), "nowhere");
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "run", "synopsis", "--input", "ada"), "character");
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "proposal", "accept", "../../etc/passwd"), "no proposal");
    }

    [Test]
    public async Task Where_models_are_switched_off_a_run_is_refused()
    {
        using var story = new StoryOnDisk(Story.Replace("{provider: offline}", "{enabled: false}", StringComparison.Ordinal));
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "run", "synopsis", "--input", "one"), "ai.enabled");
        Assert.That(Directory.Exists(story.PathOf(".story/proposals")), Is.False);
    }
}
