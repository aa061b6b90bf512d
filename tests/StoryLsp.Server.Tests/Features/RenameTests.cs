using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Features;

/// <summary>Renames and coloured names, as they arrive over the wire. What is changed is tested with the features themselves.</summary>
public sealed class RenameTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- characters/ada-vane.yaml
        name: Ada Vane
        //- scenes/one.md
        ---
        pov: Ada Vane
        ---
        🦊 Ada Vane met Tom. So Ada left.
        """;

    private const string Scene = "scenes/one.md";

    [Test]
    public async Task A_rename_comes_in_groups_of_which_short_names_are_to_be_confirmed()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        Assert.That(editor.Capabilities["renameProvider"]!["prepareProvider"]!.GetValue<bool>());
        editor.Open(Scene);
        var at = new { textDocument = editor.Document(Scene), position = new { line = 1, character = 6 } };
        var prepared = await editor.AskAsync("textDocument/prepareRename", at);
        Assert.That(prepared!["placeholder"]!.GetValue<string>(), Is.EqualTo("Ada Vane"));
        Assert.That(prepared["range"]!.ToJsonString(), Is.EqualTo("""{"start":{"line":1,"character":5},"end":{"line":1,"character":13}}"""));
        var edit = await editor.AskAsync("textDocument/rename", new { at.textDocument, at.position, newName = "Eva Moor" });
        var annotations = edit!["changeAnnotations"]!.AsObject();
        Assert.That(annotations.Where(one => one.Value!["needsConfirmation"]!.GetValue<bool>()).Select(one => one.Key), Is.EqualTo(new[] { "ShortMention" }));
        var changes = edit["documentChanges"]!.AsArray();
        Assert.That(changes.Select(change => change!["kind"]?.GetValue<string>() ?? "edit"), Is.EqualTo(new[] { "edit", "edit", "rename" }));
        Assert.That(changes[2]!["newUri"]!.GetValue<string>(), Does.EndWith("characters/eva-moor.yaml"));
        var prose = changes[1]!["edits"]!.AsArray();
        Assert.That(prose.Select(one => $"{one!["newText"]} {one["annotationId"]}"), Is.EqualTo(new[] { "Eva Moor Reference", "Eva Moor Mention", "Eva ShortMention" }));
        Assert.That(prose[1]!["range"]!["start"]!["character"]!.GetValue<int>(), Is.EqualTo(3));
        Assert.That(changes[1]!["textDocument"]!["version"], Is.Not.Null);
    }

    [Test]
    public async Task An_editor_that_knows_no_more_gets_plain_edits_and_no_moved_file()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Minimal);
        Assert.That(editor.Capabilities["renameProvider"]!.GetValue<bool>());
        Assert.That(editor.Capabilities["semanticTokensProvider"], Is.Null);
        editor.Open(Scene);
        var edit = await editor.AskAsync("textDocument/rename", new { textDocument = editor.Document(Scene), position = new { line = 1, character = 6 }, newName = "Eva Moor" });
        Assert.That(edit!["documentChanges"], Is.Null);
        Assert.That(edit["changes"]!.AsObject().Sum(file => file.Value!.AsArray().Count), Is.EqualTo(4));
    }

    [Test]
    public async Task A_name_that_is_none_is_refused_with_a_sentence()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        var position = new { line = 1, character = 6 };
        Assert.That(async () => await editor.AskAsync("textDocument/rename", new { textDocument = editor.Document(Scene), position, newName = "a|b" }),
            Throws.Exception.With.Message.Contains("A name is one line"));
        Assert.That(await editor.AskAsync("textDocument/prepareRename", new { textDocument = editor.Document(Scene), position = new { line = 0, character = 1 } }), Is.Null);
    }

    [Test]
    public async Task Names_are_tokens_relative_to_each_other()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        var legend = editor.Capabilities["semanticTokensProvider"]!["legend"]!["tokenTypes"]!.AsArray().Select(type => type!.GetValue<string>()).ToList();
        editor.Open(Scene);
        var full = await editor.AskAsync("textDocument/semanticTokens/full", new { textDocument = editor.Document(Scene) });
        var person = legend.IndexOf("class");
        var key = legend.IndexOf("property");
        Assert.That(Numbers(full), Is.EqualTo(new[] { 1, 0, 3, key, 0, 0, 5, 8, person, 0, 2, 3, 8, person, 0, 0, 21, 3, person, 0 }));
        var range = await editor.AskAsync("textDocument/semanticTokens/range", new
        {
            textDocument = editor.Document(Scene),
            range = new { start = new { line = 3, character = 0 }, end = new { line = 3, character = 15 } },
        });
        Assert.That(Numbers(range), Is.EqualTo(new[] { 3, 3, 8, person, 0 }));
    }

    private static IEnumerable<int> Numbers(JsonNode? tokens) => tokens!["data"]!.AsArray().Select(number => number!.GetValue<int>());
}
