using System.Text;
using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.BadInput;

/// <summary>Files that no writer wrote: the server answers the rest.</summary>
public sealed class BadInputTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: Ada Vane
        //- scenes/one.md
        ---
        pov: ada
        ---
        [[Nobody]]
        """;

    [Test]
    public async Task Files_that_are_no_text_cost_nothing_but_themselves()
    {
        await using var editor = EditorHarness.Connect(Story);
        var random = new byte[100_000];
        new Random(1).NextBytes(random);
        editor.Story.Write("scenes/picture.md", random);
        editor.Story.Write("scenes/zero.yaml", new byte[5000]);
        editor.Story.Write("scenes/huge.md", Encoding.UTF8.GetBytes(new string('x', 50 * 1024 * 1024)));
        editor.Story.Write("scenes/deep.yaml", new string('[', 10_000));
        editor.Story.Write("scenes/deeper.yaml", string.Concat(Enumerable.Range(0, 10_000).Select(i => "a: {")));
        editor.Story.Write("scenes/quotes.md", string.Concat(Enumerable.Repeat("> ", 10_000)) + "x\n");
        editor.Story.Write("scenes/bomb.yaml", "a: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat("bcdefghi".Select((c, i) => $"{c}: &{c} [{string.Join(',', Enumerable.Repeat("*" + (char)(c - 1), 9))}]\n")));
        editor.Story.Write("scenes/utf16.md", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("---\npov: nobody\n---\nGrüße\n")]);
        editor.Story.Write("scenes/empty.md", []);
        await editor.InitializeAsync();
        await editor.IndexedAsync();
        foreach (var path in new[] { "picture.md", "zero.yaml", "huge.md", "deep.yaml", "deeper.yaml", "quotes.md", "bomb.yaml", "empty.md" })
        {
            await editor.PullAsync("scenes/" + path);
        }

        Assert.That(await editor.CodesAsync("scenes/one.md"), Is.EqualTo(new[] { "ref/unresolved" }), "the rest works");
        Assert.That(await editor.CodesAsync("scenes/utf16.md"), Is.EqualTo(new[] { "ref/unresolved" }), "UTF-16 is read");
        Assert.That(await editor.CodesAsync("scenes/deep.yaml"), Is.Not.Empty, "a clear finding");
        Assert.That(editor.ServerLog.Lines, Has.Some.Contain("scenes/picture.md").And.Some.Contain("scenes/huge.md"), "or a line in the log");
        Assert.That(editor.ServerLog.Lines, Has.None.Contain("[Error]"));
    }

    [Test]
    public async Task Loops_of_links_end()
    {
        await using var editor = EditorHarness.Connect(Story);
        try
        {
            Directory.CreateSymbolicLink(editor.Story.PathOf("scenes/loop"), editor.Story.Root);
            File.CreateSymbolicLink(editor.Story.PathOf("scenes/self.md"), editor.Story.PathOf("scenes/self.md"));
            File.CreateSymbolicLink(editor.Story.PathOf("scenes/dangling.md"), editor.Story.PathOf("nowhere.md"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Assert.Ignore("No symbolic links can be made here: " + exception.Message);
        }

        await editor.InitializeAsync();
        await editor.IndexedAsync();
        editor.Open("scenes/self.md", "[[Nobody]]");
        await editor.PullAsync("scenes/self.md");
        Assert.That(await editor.CodesAsync("scenes/one.md"), Is.EqualTo(new[] { "ref/unresolved" }));
    }

    [Test]
    public async Task A_file_that_vanishes_is_no_trouble()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        File.Delete(editor.Story.PathOf("characters/ada.yaml"));
        // Nobody has told the server; what reads the file now meets nothing.
        var at = editor.At("scenes/one.md", editor.Story.File("scenes/one.md").Text.IndexOf("ada", StringComparison.Ordinal));
        await editor.AskAsync("textDocument/hover", at);
        await editor.AskAsync("textDocument/definition", at);
        await editor.PullAsync("characters/ada.yaml");
        Directory.Delete(editor.Story.PathOf("scenes"), recursive: true);
        editor.TellFiles(("scenes", 3), ("characters/ada.yaml", 3));
        await editor.CodesBecomeAsync("scenes/one.md");
        Assert.That(await editor.AskAsync("workspace/symbol", new { query = "Ada" }), Is.Not.Null);
    }

    [Test]
    public async Task Files_that_come_and_go_while_they_are_read_end_no_session()
    {
        await using var editor = EditorHarness.Connect(Story);
        for (var i = 0; i < 200; i++)
        {
            editor.Story.Write($"notes/n{i}.md", $"# Note {i}\n[[one]]\n");
        }

        await editor.InitializeAsync();
        Directory.Delete(editor.Story.PathOf("notes"), recursive: true);
        await editor.IndexedAsync();
        editor.TellFiles(("notes", 3));
        Assert.That(await editor.CodesAsync("scenes/one.md"), Is.EqualTo(new[] { "ref/unresolved" }));
    }

    [Test]
    public async Task Settings_that_make_no_sense_leave_the_rest()
    {
        await using var editor = await EditorHarness.StartAsync("""
            //- story.yaml
            story: [1
            rules: 7
            ai: {enabled: perhaps, provider: [x]}
            collections: {a: b}
            manuscript: {x: [y, {z: [[[]]]}]}
            include: "["
            //- schemas/odd.yaml
            schema: [odd]
            fields: 5
            //- schemas/loop.yaml
            schema: loop
            extends: loop
            //- notes/a.md
            # A
            """);
        editor.Open("notes/a.md");
        editor.Open("story.yaml");
        await editor.PullAsync("notes/a.md");
        Assert.That(await editor.CodesAsync("story.yaml"), Is.Not.Empty);
        await editor.PullAsync("schemas/odd.yaml");
        await editor.PullAsync("schemas/loop.yaml");
    }

    [Test]
    public async Task Every_prefix_of_a_scene_can_be_asked_everything()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        const string text = "---\ntype: scene\npov: [[ada\neffects:\n  - {learns: {who: ada, \n---\n# A [[b#c|d]]\n```story\nid: x\n```\n<!-- story-ignore: ref/* -->\n![[";
        editor.Open("scenes/typing.md", "");
        for (var length = 0; length <= text.Length; length += 3)
        {
            editor.ReplaceAll("scenes/typing.md", text[..length]);
            var lines = text[..length].Split('\n');
            var at = new { textDocument = editor.Document("scenes/typing.md"), position = new { line = lines.Length - 1, character = lines[^1].Length } };
            await editor.AskAsync("textDocument/completion", at);
            await editor.AskAsync("textDocument/hover", at);
            await editor.AskAsync("textDocument/definition", at);
            await editor.AskAsync("textDocument/documentSymbol", new { at.textDocument });
            await editor.PullAsync("scenes/typing.md");
        }

        Assert.That(editor.ServerLog.Lines, Has.None.Contain("[Error]"));
    }
}
