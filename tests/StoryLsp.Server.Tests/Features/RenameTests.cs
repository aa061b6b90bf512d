using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Protocol.JsonRpc;
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

    private const int ManyNotes = 200;

    private static readonly string Notes = "\n" + string.Concat(Enumerable.Range(0, ManyNotes).Select(i => $"//- notes/n{i}.md\nSee [[ada-vane]].\n"));

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
    public async Task A_rename_waits_for_the_files_that_are_said_to_have_changed()
    {
        await using var editor = await EditorHarness.StartAsync(Story + Notes, EditorProfile.Everything);
        editor.Open(Scene);
        var changed = Enumerable.Range(0, ManyNotes).Select(i => $"notes/n{i}.md").Prepend("characters/ada-vane.yaml").ToList();
        foreach (var path in changed)
        {
            var sign = path.EndsWith(".md", StringComparison.Ordinal) ? "Before.\n\n" : "# Before.\n\n";
            await File.WriteAllTextAsync(editor.Story.PathOf(path), sign + editor.Story.Read(path));
        }

        editor.TellFiles([.. changed.Select(path => (path, 2))]);
        var edit = await editor.AskAsync("textDocument/rename", new { textDocument = editor.Document(Scene), position = new { line = 1, character = 6 }, newName = "Eva Moor" });
        AssertWhole(editor, edit!, line: 2);
    }

    [Test]
    public async Task A_rename_and_a_move_that_are_asked_first_wait_for_the_index()
    {
        await using var editor = EditorHarness.Connect(Story + Notes, EditorProfile.Everything);
        await editor.InitializeAsync();
        editor.Open(Scene);
        var prepared = editor.AskAsync("textDocument/prepareRename", new { textDocument = editor.Document(Scene), position = new { line = 1, character = 6 } });
        var moved = editor.AskAsync("workspace/willRenameFiles", new { files = new[] { new { oldUri = editor.UriOf("characters/ada-vane.yaml"), newUri = editor.UriOf("cast/eva.yaml") } } });
        var edit = await editor.AskAsync("textDocument/rename", new { textDocument = editor.Document(Scene), position = new { line = 1, character = 6 }, newName = "Eva Moor" });
        AssertWhole(editor, edit!, line: 0);
        Assert.That((await prepared)!["placeholder"]!.GetValue<string>(), Is.EqualTo("Ada Vane"));
        Assert.That((await moved)!["documentChanges"]!.AsArray(), Has.Count.EqualTo(ManyNotes));
    }

    [Test]
    public async Task A_rename_that_waits_can_be_given_up()
    {
        await using var editor = EditorHarness.Connect(Story + Notes, EditorProfile.Everything);
        await editor.InitializeAsync();
        editor.Open(Scene);
        using var cancellation = new CancellationTokenSource();
        var edit = editor.AskAsync("textDocument/rename", new { textDocument = editor.Document(Scene), position = new { line = 1, character = 6 }, newName = "Eva Moor" }, cancellation.Token);
        await cancellation.CancelAsync();
        Assert.That(async () => await edit, Throws.InstanceOf<OperationCanceledException>().Or.TypeOf<ResponseErrorException>());
        Assert.That(await editor.AskAsync("textDocument/prepareRename", new { textDocument = editor.Document(Scene), position = new { line = 1, character = 6 } }), Is.Not.Null);
    }

    /// <summary>An editor whose person goes on typing while the server thinks: the edit must say which text it was made for.</summary>
    [TestCase("textDocument/rename")]
    [TestCase("workspace/willRenameFiles")]
    public async Task An_edit_has_the_versions_of_the_texts_that_it_was_made_from(string method)
    {
        await using var editor = await EditorHarness.StartAsync(Story + Notes, EditorProfile.Everything);
        editor.Open(Scene);
        editor.Open("notes/n7.md");
        var asked = editor.AskAsync(method, new
        {
            textDocument = editor.Document(Scene), position = new { line = 1, character = 6 }, newName = "Eva Moor",
            files = new[] { new { oldUri = editor.UriOf("characters/ada-vane.yaml"), newUri = editor.UriOf("cast/eva.yaml") } },
        });
        for (var i = 0; i < 5; i++)
        {
            editor.Edit("notes/n7.md", (0, 0, "Before.\n\n"));
        }

        var note = (await asked)!["documentChanges"]!.AsArray().Single(change => change!["textDocument"]?["uri"]?.GetValue<string>() == editor.UriOf("notes/n7.md"))!;
        // Each version has the link two lines further down.
        var version = note["textDocument"]!["version"]!.GetValue<int>();
        Assert.That(note["edits"]![0]!["range"]!["start"]!["line"]!.GetValue<int>(), Is.EqualTo(2 * (version - 1)));
        Assert.That(method, Is.EqualTo("workspace/willRenameFiles").Or.Matches<string>(_ => version == 1), "a rename is of the text in which it was asked");
        var isStale = version != editor.VersionOf("notes/n7.md");
        Assert.That(editor.MakeEdit(new JsonObject { ["documentChanges"] = new JsonArray(note.DeepClone()) }), Is.Not.EqualTo(isStale), "a stale edit was made");
    }

    [Test]
    public async Task A_story_that_is_not_read_within_the_limit_is_left_as_it_is()
    {
        await using var editor = EditorHarness.Connect(Story + Notes, EditorProfile.Everything, options: new LanguageServerOptions { Version = "test", Clock = new PastClock() });
        await editor.InitializeAsync();
        editor.Open(Scene);
        var refused = await editor.RefusedAsync("textDocument/rename", new { textDocument = editor.Document(Scene), position = new { line = 1, character = 6 }, newName = "Eva Moor" });
        Assert.That(refused.Code, Is.EqualTo(-32803));
        Assert.That(refused.Message, Does.Contain("still being read").And.Contain("Nothing was changed"));
        await editor.IndexedAsync();
        AssertWhole(editor, (await editor.AskAsync("textDocument/rename", new { textDocument = editor.Document(Scene), position = new { line = 1, character = 6 }, newName = "Eva Moor" }))!, line: 0);
    }

    /// <summary>A clock on which every limit is over as soon as somebody waits for it.</summary>
    private sealed class PastClock : TimeProvider
    {
        private int _reads;

        public override long GetTimestamp() => Interlocked.Increment(ref _reads) * 1_000 * TimestampFrequency;
    }

    private static void AssertWhole(EditorHarness editor, JsonNode edit, int line)
    {
        var texts = edit["documentChanges"]!.AsArray().Where(change => change!["kind"] is null).ToDictionary(change => change!["textDocument"]!["uri"]!.GetValue<string>(), change => change!["edits"]!.AsArray());
        Assert.That(texts, Has.Count.EqualTo(ManyNotes + 2));
        Assert.That(texts[editor.UriOf("characters/ada-vane.yaml")][0]!["range"]!["start"]!["line"]!.GetValue<int>(), Is.EqualTo(line));
        Assert.That(texts[editor.UriOf("notes/n7.md")][0]!["range"]!["start"]!["line"]!.GetValue<int>(), Is.EqualTo(line));
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
