using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Pipelines.History;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Cli;

/// <summary><c>history log|branch|checkout|show|compare</c>.</summary>
public sealed class HistoryTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- scenes/one.md
        Ada walked to the mill.
        //- scenes/two.md
        The wheel stood still.
        """;

    [Test]
    public async Task A_story_without_a_history_says_so_and_gets_none()
    {
        using var folder = new StoryOnDisk(Story);
        StoryCli.AssertOneLine(await StoryCli.RunAsync(folder.Root, "history", "log"), "no history yet");
        Assert.That(Directory.Exists(folder.PathOf(".story")), Is.False);
    }

    [Test]
    public async Task A_checkout_goes_back_and_forth_and_loses_no_word()
    {
        using var folder = new StoryOnDisk(Story);
        var before = folder.Read("scenes/one.md");
        Accept(folder, "Accepted a proposal", new FileTransition("scenes/one.md", before, before + "She went in.\n"), new FileTransition("scenes/three.md", null, "Night fell.\n"));
        folder.Write("scenes/one.md", before + "She went in, by hand.\n");

        var log = await StoryCli.RunAsync(folder.Root, "history", "log", "--format", "json");
        Assert.That(log.Json["branch"]!.GetValue<string>(), Is.EqualTo("main"));
        Assert.That(log.Json["events"]!.AsArray().Select(e => e!["label"]!.GetValue<string>()), Is.EqualTo(new[] { "Accepted a proposal", "The story as it was first seen" }));
        var id = log.Json["events"]![0]!["id"]!.GetValue<string>();
        var text = await StoryCli.RunAsync(folder.Root, "history", "log");
        Assert.That(text.Lines[0], Does.StartWith(id).And.Contain("Accepted a proposal, ada: scenes/one.md, scenes/three.md").And.Contain("[main, where you are]"));

        var show = await StoryCli.RunAsync(folder.Root, "history", "show", id);
        Assert.That(show.Out, Does.Contain("+She went in.").And.Contain("new file mode"));
        var shown = await StoryCli.RunAsync(folder.Root, "history", "show", id, "--format", "json");
        Assert.That(shown.Json["files"]![1]!.AsObject().Select(value => value.Key), Is.EqualTo(new[] { "file", "new" }));

        var back = await StoryCli.RunAsync(folder.Root, "history", "checkout", "1");
        Assert.That(back.Code, Is.Zero, back.Error);
        Assert.That(back.Out, Does.Contain("Recorded on main what was edited by hand: scenes/one.md.").And.Contain("Wrote scenes/one.md.")
            .And.Contain("Removed scenes/three.md.").And.Contain("from-1, a new branch"));
        Assert.That((folder.Read("scenes/one.md"), File.Exists(folder.PathOf("scenes/three.md"))), Is.EqualTo((before, false)));

        var forth = await StoryCli.RunAsync(folder.Root, "history", "checkout", "main", "--format", "json");
        Assert.That(forth.Json.ToJsonString(), Is.EqualTo($$"""{"status":"done","event":"{{forth.Json["event"]}}","branch":"main","written":["scenes/one.md","scenes/three.md"],"byHand":[],"left":[]}"""));
        Assert.That((folder.Read("scenes/one.md"), folder.Read("scenes/three.md")), Is.EqualTo((before + "She went in, by hand.\n", "Night fell.\n")));
    }

    [Test]
    public async Task What_if_branches_stand_side_by_side()
    {
        using var folder = new StoryOnDisk(Story);
        var before = folder.Read("scenes/two.md");
        Accept(folder, "First", new FileTransition("scenes/two.md", before, "It turned.\n"));
        var made = await StoryCli.RunAsync(folder.Root, "history", "branch", "what-if", "--at", "1");
        Assert.That((made.Code, made.Out), Is.EqualTo((0, "Made the branch what-if at 1. Go there with `storylsp history checkout what-if`.\n")), made.Error);
        await StoryCli.RunAsync(folder.Root, "history", "checkout", "what-if");
        Accept(folder, "Second", new FileTransition("scenes/two.md", before, "It burned.\n"));

        var branches = await StoryCli.RunAsync(folder.Root, "history", "branch");
        Assert.That(branches.Lines.Select(line => line[..10].TrimEnd()), Is.EqualTo(new[] { "  main  2", "* what-if" }));
        var listed = await StoryCli.RunAsync(folder.Root, "history", "branch", "--format", "json");
        Assert.That(listed.Json["branches"]!.AsArray().Select(branch => (branch!["name"]!.GetValue<string>(), branch["current"]!.GetValue<bool>())), Is.EqualTo(new[] { ("main", false), ("what-if", true) }));

        var compared = await StoryCli.RunAsync(folder.Root, "history", "compare", "main", "what-if");
        Assert.That(compared.Out, Does.Contain("One file differs from main to what-if:").And.Contain("-It turned.").And.Contain("+It burned."));
        var json = await StoryCli.RunAsync(folder.Root, "history", "compare", "main", "what-if", "--format", "json");
        Assert.That(JsonNode.DeepEquals(json.Json["files"], JsonNode.Parse("""[{"file": "scenes/two.md", "old": "It turned.\n", "new": "It burned.\n"}]""")), json.Out);
        Assert.That((await StoryCli.RunAsync(folder.Root, "history", "log", "--all")).Lines, Has.Length.EqualTo(3));
    }

    [Test]
    public async Task What_is_not_there_is_said_in_one_line()
    {
        using var folder = new StoryOnDisk(Story);
        Accept(folder, "First", new FileTransition("scenes/two.md", folder.Read("scenes/two.md"), "It turned.\n"));
        StoryCli.AssertOneLine(await StoryCli.RunAsync(folder.Root, "history", "checkout", "nowhere"), "no branch or event `nowhere`", "history log");
        StoryCli.AssertOneLine(await StoryCli.RunAsync(folder.Root, "history", "branch", "17"), "no name for a branch");
        StoryCli.AssertOneLine(await StoryCli.RunAsync(folder.Root, "history", "branch", "main"), "already");
        StoryCli.AssertOneLine(await StoryCli.RunAsync(folder.Root, "history", "log", "--branch", "nowhere"), "no branch `nowhere`");
        File.WriteAllBytes(folder.PathOf("scenes/two.md"), [1, 0, 2]);
        var left = await StoryCli.RunAsync(folder.Root, "history", "checkout", "1");
        Assert.That((left.Code, left.Error), Is.EqualTo((1, "storylsp: scenes/two.md cannot be read as text, so it was left alone.\n")));
    }

    private static void Accept(StoryOnDisk folder, string label, params FileTransition[] files)
    {
        using var store = HistoryStore.Open(folder.Root);
        var result = new FileWrites(store).Write(new FileWriteRequest(label, "proposal", label, files) { By = "ada" });
        Assert.That(result.Outcome, Is.EqualTo(FileWriteOutcome.Done));
    }
}
