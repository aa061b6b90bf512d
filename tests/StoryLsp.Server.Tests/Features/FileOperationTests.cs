using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Features;

/// <summary>What the editor does to files, over the wire. What is changed is tested with the features themselves.</summary>
public sealed class FileOperationTests
{
    private const string Story = """
        //- People/Ada.md
        # Ada
        [the plan](../plan.md)
        //- plan.md
        [[People/Ada|her]], [her](People/Ada.md), [all](People/)
        """;

    [Test]
    public async Task A_note_is_moved_with_its_links_in_two_groups()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Everything);
        Assert.That(editor.Capabilities["workspace"]!["fileOperations"]!.AsObject().Select(one => one.Key), Is.EquivalentTo(new[] { "willRename", "didRename", "willDelete", "didDelete", "didCreate" }));
        editor.Open("plan.md");
        var edit = await editor.AskAsync("workspace/willRenameFiles", Renamed(editor, "People/Ada.md", "Ada.md"));
        Assert.That(edit!["changeAnnotations"]!.AsObject().Select(one => one.Key), Is.EquivalentTo(new[] { "links-to-moved", "links-of-moved" }));
        Assert.That(Texts(edit), Is.EquivalentTo(new[] { "plan.md", "Ada", "Ada.md" }));
        Assert.That(edit["documentChanges"]!.AsArray().Select(change => change!["textDocument"]!["uri"]!.GetValue<string>()), Is.EquivalentTo(new[] { editor.UriOf("People/Ada.md"), editor.UriOf("plan.md") }));
        Assert.That(await editor.AskAsync("workspace/willRenameFiles", Renamed(editor, "nothing.md", "more.md")), Is.Null);
    }

    [Test]
    public async Task A_folder_that_is_moved_is_linked_where_it_is()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Everything);
        editor.Open("plan.md");
        var edit = await editor.AskAsync("workspace/willRenameFiles", Renamed(editor, "People", "Cast"));
        Assert.That(Texts(edit!), Is.EquivalentTo(new[] { "Cast/Ada", "Cast/Ada.md", "Cast/" }));
    }

    [Test]
    public async Task Who_deletes_is_told_what_still_refers_to_it()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Everything);
        editor.Open("plan.md");
        var edit = await editor.AskAsync("workspace/willDeleteFiles", new { files = new[] { new { uri = editor.UriOf("People/Ada.md") } } });
        Assert.That(edit, Is.Null);
        var told = await editor.HearsAsync("window/showMessage");
        Assert.That(told.Params["message"]!.GetValue<string>(), Does.StartWith("2 places still refer to what is deleted with People/Ada.md: plan.md:1, plan.md:1. "));
    }

    [Test]
    public async Task An_editor_that_only_tells_of_a_move_is_sent_the_links()
    {
        var profile = EditorProfile.VsCode with { Capabilities = EditorProfile.VsCode.Capabilities.Replace("\"workspaceFolders\": true,", "\"workspaceFolders\": true, \"fileOperations\": {\"didRename\": true},", StringComparison.Ordinal) };
        await using var editor = await EditorHarness.StartAsync(Story, profile);
        editor.Open("plan.md");
        File.Move(editor.Story.PathOf("People/Ada.md"), editor.Story.PathOf("Ada.md"));
        editor.Tell("workspace/didRenameFiles", Renamed(editor, "People/Ada.md", "Ada.md"));
        await editor.UntilAsync(() => editor.Buffer("plan.md").StartsWith("[[Ada|her]], [her](Ada.md)", StringComparison.Ordinal), "the links");
    }

    private static object Renamed(EditorHarness editor, string from, string to) => new { files = new[] { new { oldUri = editor.UriOf(from), newUri = editor.UriOf(to) } } };

    private static IEnumerable<string> Texts(JsonNode edit) =>
        edit["documentChanges"]!.AsArray().SelectMany(change => change!["edits"]!.AsArray()).Select(one => one!["newText"]!.GetValue<string>());
}
