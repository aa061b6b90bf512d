using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Features;

/// <summary>Help with writing, as it arrives over the wire. What is changed is tested with the features themselves.</summary>
public sealed class WritingTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- scenes/one.md
        ---
        title:   🦊   # fox
        characters:
             - ada
        ---
        Prose   stays.
        //- scenes/broken.yaml
        pov: [x
        """;

    private const string Scene = "scenes/one.md";

    [Test]
    public async Task A_document_a_range_and_ranges_are_formatted_by_small_edits()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        Assert.That(editor.Capabilities["documentFormattingProvider"]!.GetValue<bool>());
        Assert.That(editor.Capabilities["documentRangeFormattingProvider"]!["rangesSupport"]!.GetValue<bool>());
        editor.Open(Scene);
        var textDocument = editor.Document(Scene);
        var options = new { tabSize = 4, insertSpaces = false };
        var first = new { start = new { line = 1, character = 0 }, end = new { line = 1, character = 1 } };
        var third = new { start = new { line = 3, character = 0 }, end = new { line = 3, character = 1 } };
        const string Title = """{"range":{"start":{"line":1,"character":7},"end":{"line":1,"character":9}},"newText":""}""";
        const string Item = """{"range":{"start":{"line":3,"character":0},"end":{"line":3,"character":1}},"newText":""}""";
        Assert.That(Text(await editor.AskAsync("textDocument/formatting", new { textDocument, options })), Is.EqualTo($"[{Title},{Item}]"));
        Assert.That(Text(await editor.AskAsync("textDocument/rangeFormatting", new { textDocument, range = first, options })), Is.EqualTo($"[{Title}]"));
        Assert.That(Text(await editor.AskAsync("textDocument/rangesFormatting", new { textDocument, ranges = new[] { third, first }, options })), Is.EqualTo($"[{Title},{Item}]"));
    }

    [Test]
    public async Task What_cannot_be_read_is_left_alone_without_an_error()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open("scenes/broken.yaml");
        foreach (var tabSize in new[] { int.MinValue, 0, int.MaxValue })
        {
            Assert.That(await editor.AskAsync("textDocument/formatting", new { textDocument = editor.Document("scenes/broken.yaml"), options = new { tabSize, insertSpaces = true } }), Is.Null);
        }
    }

    [Test]
    public async Task Enter_in_a_list_begins_the_next_item()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        Assert.That(editor.Capabilities["documentOnTypeFormattingProvider"]!.ToJsonString(), Is.EqualTo("""{"firstTriggerCharacter":"\n","moreTriggerCharacter":["]"]}"""));
        editor.Open(Scene);
        editor.Replace(Scene, "     - ada\n", "     - ada\n     \n");
        var typed = new { textDocument = editor.Document(Scene), position = new { line = 4, character = 5 }, ch = "\n", options = new { tabSize = 2, insertSpaces = true } };
        Assert.That(Text(await editor.AskAsync("textDocument/onTypeFormatting", typed)), Is.EqualTo("""[{"range":{"start":{"line":4,"character":5},"end":{"line":4,"character":5}},"newText":"- "}]"""));
        Assert.That(await editor.AskAsync("textDocument/onTypeFormatting", new { typed.textDocument, typed.position, ch = "", typed.options }), Is.Null);
    }

    [Test]
    public async Task A_word_is_replaced_or_gone_on_with_as_the_editor_has_it()
    {
        foreach (var (profile, keys) in new[] { (EditorProfile.Everything, "newText insert replace"), (EditorProfile.VsCode, "range newText") })
        {
            await using var editor = await EditorHarness.StartAsync(Story + "\n//- characters/fox.yaml\nname: Fox 🦊\n", profile);
            editor.Open(Scene);
            editor.Replace(Scene, "- ada", "- Foxes");
            var list = await editor.AskAsync("textDocument/completion", new { textDocument = editor.Document(Scene), position = new { line = 3, character = 9 }, context = new { triggerKind = 1 } });
            var edit = list!["items"]!.AsArray().Single(item => item!["label"]!.GetValue<string>() == "Fox 🦊")!["textEdit"]!.AsObject();
            Assert.That(edit.Select(part => part.Key), Is.EquivalentTo(keys.Split(' ')));
            Assert.That((edit["replace"] ?? edit["range"])!.ToJsonString(), Is.EqualTo("""{"start":{"line":3,"character":7},"end":{"line":3,"character":12}}"""));
            Assert.That(edit["insert"]?.ToJsonString(), profile == EditorProfile.Everything ? Is.EqualTo("""{"start":{"line":3,"character":7},"end":{"line":3,"character":9}}""") : Is.Null);
        }
    }

    [Test]
    public async Task A_new_scene_is_offered_at_a_heading_only_where_a_person_asks()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Everything);
        editor.Open(Scene);
        editor.Replace(Scene, "Prose   stays.", "## ");
        foreach (var (kind, count) in new[] { (1, 1), (2, 0) })
        {
            var list = await editor.AskAsync("textDocument/completion", new { textDocument = editor.Document(Scene), position = new { line = 5, character = 3 }, context = new { triggerKind = kind, triggerCharacter = " " } });
            Assert.That(list!["items"]!.AsArray().Count(item => item!["label"]!.GetValue<string>() == "new scene"), Is.EqualTo(count));
        }
    }

    private static string? Text(JsonNode? edits) => edits?.ToJsonString().Replace("\\u0022", "\"", StringComparison.Ordinal);
}
