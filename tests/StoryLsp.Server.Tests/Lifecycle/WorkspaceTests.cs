using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Lifecycle;

/// <summary>Folders, settings and files that change under an editor.</summary>
public sealed class WorkspaceTests
{
    private const string TwoStories = """
        //- a/story.yaml
        story: 1
        //- a/characters/ada.yaml
        name: Ada Vane
        //- a/scenes/one.md
        ---
        pov: ada
        ---
        [[Tom]]
        //- b/story.yaml
        story: 1
        //- b/characters/tom.yaml
        name: Tom
        //- b/scenes/one.md
        ---
        pov: ada
        ---
        [[Tom]]
        """;

    [Test]
    public async Task Each_opened_folder_is_a_workspace_without_references_across()
    {
        await using var editor = EditorHarness.Connect(TwoStories);
        await editor.InitializeAsync("a", "b");
        await editor.IndexedAsync(2);
        Assert.That(await editor.CodesAsync("a/scenes/one.md"), Is.EqualTo(new[] { "ref/unresolved" }));
        Assert.That(await editor.CodesAsync("b/scenes/one.md"), Is.EqualTo(new[] { "ref/unresolved" }));
        var symbols = (await editor.AskAsync("workspace/symbol", new { query = "" }))!.AsArray().Select(symbol => symbol!["name"]!.GetValue<string>()).ToList();
        Assert.That(symbols, Has.Some.EqualTo("Ada Vane").And.Some.EqualTo("Tom"));
    }

    [Test]
    public async Task A_nested_story_takes_its_folder_out_of_the_outer_one()
    {
        await using var editor = await EditorHarness.StartAsync(TwoStories + """

            //- story.yaml
            story: 1
            //- notes/outer.md
            [[Tom]] [[Ada Vane]]
            """);
        Assert.That(await editor.CodesAsync("notes/outer.md"), Is.EqualTo(new[] { "ref/unresolved", "ref/unresolved" }));
        editor.Open("b/scenes/one.md");
        await editor.IndexedAsync(2);
        Assert.That(await editor.CodesAsync("b/scenes/one.md"), Is.EqualTo(new[] { "ref/unresolved" }), "a document in it opens it");
    }

    [Test]
    public async Task A_part_of_a_story_opens_the_whole_of_it()
    {
        await using var editor = EditorHarness.Connect(TwoStories);
        await editor.InitializeAsync("a/scenes");
        await editor.IndexedAsync();
        editor.Open("a/scenes/one.md", "---\npov: ada\n---\n[[Ada Vane]]\n");
        Assert.That(await editor.CodesAsync("a/scenes/one.md"), Is.Empty);
    }

    [Test]
    public async Task What_an_editor_does_not_watch_of_a_story_is_watched_by_the_server()
    {
        await using var editor = EditorHarness.Connect(TwoStories);
        await editor.InitializeAsync("a/scenes");
        await editor.IndexedAsync();
        Assert.That(await editor.CodesAsync("a/scenes/one.md"), Is.EqualTo(new[] { "ref/unresolved" }));
        editor.Story.Write("a/characters/tom.yaml", "name: Tom\n");
        await editor.CodesBecomeAsync("a/scenes/one.md");
    }

    [Test]
    public async Task A_story_stays_as_long_as_a_part_of_it_is_open()
    {
        await using var editor = EditorHarness.Connect(TwoStories);
        await editor.InitializeAsync("a/scenes", "a/characters");
        await editor.IndexedAsync();
        Change(editor, added: null, removed: "a/characters");
        Assert.That(await editor.CodesAsync("a/scenes/one.md"), Is.EqualTo(new[] { "ref/unresolved" }));
        Change(editor, added: null, removed: "a/scenes");
        Assert.That((await editor.AskAsync("workspace/symbol", new { query = "" }))!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Folders_come_and_go()
    {
        await using var editor = EditorHarness.Connect(TwoStories, EditorProfile.Minimal);
        await editor.InitializeAsync("a");
        await editor.PushedBecomesAsync("a/scenes/one.md", "ref/unresolved");
        Change(editor, added: "b", removed: null);
        await editor.PushedBecomesAsync("b/scenes/one.md", "ref/unresolved");
        Change(editor, added: null, removed: "a");
        await editor.PushedBecomesAsync("a/scenes/one.md");
        var symbols = (await editor.AskAsync("workspace/symbol", new { query = "" }))!.AsArray().Select(symbol => symbol!["name"]!.GetValue<string>()).ToList();
        Assert.That(symbols, Has.None.EqualTo("Ada Vane").And.Some.EqualTo("Tom"));
        Change(editor, added: "a", removed: null);
        await editor.PushedBecomesAsync("a/scenes/one.md", "ref/unresolved");
    }

    [Test]
    public async Task An_open_document_moves_into_the_folder_that_is_opened_around_it()
    {
        await using var editor = EditorHarness.Connect("""
            //- notes/one.md
            [[Two]]
            //- other/two.md
            # Two
            //- elsewhere/x.md
            x
            """);
        await editor.InitializeAsync("elsewhere");
        await editor.IndexedAsync();
        editor.Open("notes/one.md", "[[Two]] [[Three]]\n");
        Assert.That(await editor.CodesAsync("notes/one.md"), Is.Empty, "a lone document is no story, and its folder is not searched");
        Assert.That(Directory.Exists(editor.Story.PathOf("notes/.story")), Is.False);
        Change(editor, added: "", removed: null);
        await editor.IndexedAsync(2);
        await editor.CodesBecomeAsync("notes/one.md", "ref/unresolved");
        editor.Replace("notes/one.md", "Three", "Two");
        Assert.That(await editor.CodesAsync("notes/one.md"), Is.Empty);
    }

    [Test]
    public async Task A_folder_that_is_not_there_is_passed_over()
    {
        await using var editor = EditorHarness.Connect(TwoStories);
        await editor.InitializeAsync("a", "no-such-folder");
        await editor.IndexedAsync();
        Assert.That(await editor.CodesAsync("a/scenes/one.md"), Is.EqualTo(new[] { "ref/unresolved" }));
    }

    [TestCase("rootPath")]
    [TestCase("rootUri")]
    [TestCase("none")]
    public async Task Older_ways_of_naming_the_folder_work(string way)
    {
        await using var editor = EditorHarness.Connect(TwoStories);
        var capabilities = JsonNode.Parse(EditorProfile.Neovim.Capabilities);
        var folder = editor.Story.PathOf("a");
        await editor.AskAsync("initialize", way switch
        {
            "rootPath" => new { processId = (int?)null, rootUri = (string?)null, rootPath = folder, capabilities },
            "rootUri" => new { processId = (int?)null, rootUri = (string?)editor.UriOf("a"), rootPath = "", capabilities },
            _ => new { processId = (int?)null, rootUri = (string?)null, rootPath = "", capabilities },
        });
        editor.Tell("initialized", new { });
        editor.Open("a/scenes/one.md");
        await editor.IndexedAsync();
        Assert.That(await editor.CodesAsync("a/scenes/one.md"), Is.EqualTo(new[] { "ref/unresolved" }));
    }

    [Test]
    public async Task Severities_follow_story_yaml_as_it_is_typed()
    {
        await using var editor = EditorHarness.Connect(TwoStories, EditorProfile.Minimal);
        await editor.InitializeAsync("a");
        await editor.PushedBecomesAsync("a/scenes/one.md", "ref/unresolved");
        editor.Open("a/story.yaml");
        editor.ReplaceAll("a/story.yaml", "story: 1\nrules:\n  ref/unresolved: off\n");
        await editor.PushedBecomesAsync("a/scenes/one.md");
        editor.ReplaceAll("a/story.yaml", "story: 1\nrules:\n  ref/*: hint\n");
        await editor.PushedBecomesAsync("a/scenes/one.md", "ref/unresolved");
        var last = await editor.HearsAsync("textDocument/publishDiagnostics", part => part["uri"]!.GetValue<string>() == editor.UriOf("a/scenes/one.md"));
        Assert.That(last.Params["diagnostics"]![0]!["severity"]!.GetValue<int>(), Is.EqualTo(4));
        editor.Close("a/story.yaml");
        await editor.UntilAsync(
            () => editor.Heard.Last(heard => heard.Params["uri"]?.GetValue<string>() == editor.UriOf("a/scenes/one.md")).Params["diagnostics"]![0]!["severity"]!.GetValue<int>() < 4,
            "the file's own severities after the buffer was closed");
    }

    [Test]
    public async Task A_schema_that_is_typed_takes_effect()
    {
        await using var editor = EditorHarness.Connect(TwoStories);
        await editor.InitializeAsync("a");
        await editor.IndexedAsync();
        editor.Open("a/ships/argo.yaml", "name: Argo\nhull: glass\n");
        editor.Open("a/schemas/ship.yaml", "schema: ship\nfields:\n  hull: {type: enum, options: [wood, iron]}\n");
        await editor.CodesBecomeAsync("a/ships/argo.yaml", "schema/not-an-option");
        editor.Replace("a/schemas/ship.yaml", "iron", "glass");
        await editor.CodesBecomeAsync("a/ships/argo.yaml");
    }

    [Test]
    public async Task Files_that_come_and_go_on_the_disk_are_told_by_the_editor()
    {
        await using var editor = EditorHarness.Connect(TwoStories);
        await editor.InitializeAsync("a");
        await editor.IndexedAsync();
        editor.Story.Write("a/characters/tom.yaml", "name: Tom\n");
        editor.TellFiles(("a/characters/tom.yaml", 1));
        await editor.CodesBecomeAsync("a/scenes/one.md");
        File.Move(editor.Story.PathOf("a/characters/tom.yaml"), editor.Story.PathOf("a/characters/bob.yaml"));
        editor.Story.Write("a/characters/bob.yaml", "name: Bob\n");
        editor.TellFiles(("a/characters/tom.yaml", 3), ("a/characters/bob.yaml", 1));
        await editor.CodesBecomeAsync("a/scenes/one.md", "ref/unresolved");
        editor.Story.Write("a/story.yaml", "story: 1\nrules: {ref/unresolved: off}\n");
        editor.TellFiles(("a/story.yaml", 2));
        await editor.CodesBecomeAsync("a/scenes/one.md");
    }

    [Test]
    public async Task An_own_watcher_sees_what_the_editor_does_not()
    {
        await using var editor = EditorHarness.Connect(TwoStories, EditorProfile.Minimal);
        await editor.InitializeAsync("a");
        await editor.PushedBecomesAsync("a/scenes/one.md", "ref/unresolved");
        // A session is long, and its garbage is collected many times.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        editor.Story.Write("a/characters/tom.yaml", "name: Tom\n");
        await editor.PushedBecomesAsync("a/scenes/one.md");
        Directory.Move(editor.Story.PathOf("a/characters"), editor.Story.PathOf("a/moved"));
        await editor.PushedBecomesAsync("a/scenes/one.md", "ref/wrong-type");
    }

    [Test]
    public async Task A_file_that_changes_under_an_open_buffer_changes_nothing_until_it_is_closed()
    {
        await using var editor = EditorHarness.Connect(TwoStories);
        await editor.InitializeAsync("a");
        await editor.IndexedAsync();
        editor.Open("a/scenes/one.md");
        editor.Story.Write("a/scenes/one.md", "Nothing.\n");
        editor.TellFiles(("a/scenes/one.md", 2));
        Assert.That(await editor.CodesAsync("a/scenes/one.md"), Is.EqualTo(new[] { "ref/unresolved" }));
        editor.Close("a/scenes/one.md");
        await editor.CodesBecomeAsync("a/scenes/one.md");
    }

    private static void Change(EditorHarness editor, string? added, string? removed)
    {
        object[] Folders(string? path) => path is null ? [] : [new { uri = editor.UriOf(path), name = "x" }];
        editor.Tell("workspace/didChangeWorkspaceFolders", new { @event = new { added = Folders(added), removed = Folders(removed) } });
    }
}
