using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Features;

/// <summary>The ways through a story as they arrive over the wire. What is found is tested with the features themselves.</summary>
public sealed class NavigationTests
{
    private const string Scene = "scenes/one.md";

    private const string Story = """
        //- story.yaml
        story: 1
        //- schemas/ship.yaml
        schema: ship
        extends: location
        fields:
          hull: {type: string}
        //- ships/heron.yaml
        type: ship
        name: Heron
        hull: wood
        //- characters/ada.yaml
        # 🦊 The heroine.
        name: Ada Vane
        aliases: [the Captain]
        //- characters/tom.yaml
        name: Tom Reed
        //- notes/blocks.md
        # Blocks
        One. ^first

        Two. ^second
        //- scenes/one.md
        ---
        title: The Mill
        pov: ad$0a
        characters: [Ada Vane, Tom Reed]
        ---
        # The Mill

        🦊 Ada Vane met [[Tom Reed]] there. See [[blocks#^second]] and [[Tom Reed|him]], [[Nobody]].

        ## Later

        <!-- a note
        of two lines -->
        Nothing.
        """;

    private static readonly string[] Destinations = ["textDocument/declaration", "textDocument/definition", "textDocument/implementation", "textDocument/typeDefinition"];

    [Test]
    public async Task Destinations_are_links_for_those_that_take_them([ValueSource(nameof(Destinations))] string method)
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Everything);
        editor.Open(Scene);
        var links = (await editor.AskAsync(method, editor.AtCursor()))!.AsArray();
        Assert.That(links, Is.Not.Empty);
        Assert.That(links.Select(link => editor.TextAt(Scene, link!["originSelectionRange"]!)), Has.All.EqualTo("ada"));
        Assert.That(links.Select(link => link!["targetUri"]!.GetValue<string>()), Has.All.EqualTo(TargetOf(editor, method)));
        Assert.That(links, Has.Count.EqualTo(method == "textDocument/declaration" ? 2 : 1));
    }

    [Test]
    public async Task Destinations_are_locations_for_all_others([ValueSource(nameof(Destinations))] string method)
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Minimal);
        editor.Open(Scene);
        var found = await editor.AskAsync(method, editor.AtCursor());
        // A shipped schema is no file: an editor that opens no address of ours is led nowhere.
        Assert.That(found?[0]!["uri"]!.GetValue<string>(), Is.EqualTo(method == "textDocument/typeDefinition" ? null : TargetOf(editor, method)));
    }

    [Test]
    public async Task A_shipped_schema_is_a_document_to_read()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Everything);
        editor.Open(Scene);
        var link = (await editor.AskAsync("textDocument/definition", editor.At(Scene, editor.Buffer(Scene).IndexOf("pov", StringComparison.Ordinal))))![0]!;
        Assert.That(link["targetUri"]!.GetValue<string>(), Is.EqualTo("storylsp:/schema/scene.yaml"));
        var text = (await editor.AskAsync("workspace/textDocumentContent", new { uri = "storylsp:/schema/scene.yaml" }))!["text"]!.GetValue<string>();
        Assert.That(text.Split('\n')[link["targetSelectionRange"]!["start"]!["line"]!.GetValue<int>()].Trim(), Is.EqualTo("pov:"));
        Assert.That((await editor.AskAsync("workspace/textDocumentContent", new { uri = "storylsp:/schema/nothing.yaml" }))!["text"]!.GetValue<string>(), Does.Contain("No schema"));
    }

    [Test]
    public async Task Appearances_are_the_references_split()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Neovim);
        editor.Open(Scene);
        var at = (dynamic)editor.AtCursor();
        var split = (await editor.AskAsync("storylsp/appearances", new { at.textDocument.uri, at.position }))!;
        Assert.That(split["things"]![0]!["id"]!.GetValue<string>(), Is.EqualTo("ada"));
        var groups = new[] { "defined", "present", "mentioned" }.SelectMany(group => split[group]!.AsArray()).Select(one => one!["uri"]!.GetValue<string>() + one["range"]!.ToJsonString());
        var all = (await editor.AskAsync("textDocument/references", new { at.textDocument, at.position, context = new { includeDeclaration = true } }))!.AsArray();
        Assert.That(groups, Is.EqualTo(all.Select(one => one!["uri"]!.GetValue<string>() + one["range"]!.ToJsonString())));
        Assert.That(split["present"]!.AsArray().Select(one => editor.TextAt(Scene, one!["range"]!)), Is.EqualTo((string[])["ada", "Ada Vane", "Ada Vane"]));
        var nothing = (await editor.AskAsync("storylsp/appearances", new { at.textDocument.uri, position = new { line = 0, character = 0 } }))!;
        Assert.That(nothing["things"]!.AsArray(), Is.Empty);
        Assert.That((await editor.RefusedAsync("storylsp/appearances", new { at.position })).Code, Is.EqualTo(-32602));
    }

    [Test]
    public async Task Links_lead_to_files_and_a_block_is_looked_up_when_it_is_followed()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Everything);
        editor.Open(Scene);
        var links = (await editor.AskAsync("textDocument/documentLink", new { textDocument = editor.Document(Scene) }))!.AsArray();
        Assert.That(links.Select(link => editor.TextAt(Scene, link!["range"]!)), Is.EqualTo((string[])["Tom Reed", "blocks#^second", "Tom Reed|him"]));
        Assert.That(links[0]!["target"]!.GetValue<string>(), Is.EqualTo(editor.UriOf("characters/tom.yaml")));
        Assert.That(links[0]!["tooltip"]!.GetValue<string>(), Is.EqualTo("Tom Reed"));
        Assert.That(links[1]!["target"], Is.Null);
        var resolved = (await editor.AskAsync("documentLink/resolve", links[1]!))!;
        Assert.That(resolved["target"]!.GetValue<string>(), Is.EqualTo(editor.UriOf("notes/blocks.md") + "#L4"));
        var foreign = JsonNode.Parse("""{"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}, "data": {"file": 5}}""")!;
        Assert.That((await editor.AskAsync("documentLink/resolve", foreign))!["target"], Is.Null);
    }

    [Test]
    public async Task Twins_are_edited_together()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        var found = (await editor.AskAsync("textDocument/linkedEditingRange", editor.At(Scene, editor.Buffer(Scene).IndexOf("[[Tom", StringComparison.Ordinal) + 3)))!;
        Assert.That(found["ranges"]!.AsArray().Select(range => editor.TextAt(Scene, range!)), Is.EqualTo((string[])["Tom Reed", "Tom Reed"]));
        Assert.That(found["wordPattern"]!.GetValue<string>(), Is.Not.Empty);
        Assert.That(await editor.AskAsync("textDocument/linkedEditingRange", editor.AtCursor()), Is.Null);
    }

    [Test]
    public async Task Folds_have_the_kinds_and_the_number_that_the_editor_takes()
    {
        await using var all = await EditorHarness.StartAsync(Story, EditorProfile.Everything);
        var folds = (await all.AskAsync("textDocument/foldingRange", new { textDocument = all.Document(Scene) }))!.AsArray();
        Assert.That(folds.Select(fold => $"{fold!["startLine"]} {fold["endLine"]} {fold["kind"]}".Trim()), Is.EqualTo((string[])["0 4 region", "5 13", "9 13", "11 12 comment"]));

        var few = EditorProfile.Minimal with { Capabilities = """{"textDocument": {"foldingRange": {"rangeLimit": 2, "lineFoldingOnly": true, "foldingRangeKind": {"valueSet": ["comment"]}}}}""" };
        await using var editor = await EditorHarness.StartAsync(Story, few);
        folds = (await editor.AskAsync("textDocument/foldingRange", new { textDocument = editor.Document(Scene) }))!.AsArray();
        Assert.That(folds.Select(fold => $"{fold!["startLine"]} {fold["endLine"]} {fold["kind"]}".Trim()), Is.EqualTo((string[])["0 4", "5 13"]));
    }

    [Test]
    public async Task Each_position_has_its_selection([Values] bool inUtf8)
    {
        await using var editor = await EditorHarness.StartAsync(Story, inUtf8 ? EditorProfile.Neovim : EditorProfile.VsCode);
        editor.Open(Scene);
        var text = editor.Buffer(Scene);
        var positions = new[] { text.IndexOf("Vane met", StringComparison.Ordinal), text.IndexOf("\n\n## Later", StringComparison.Ordinal) + 1 }.Select(offset => (object)((dynamic)editor.At(Scene, offset)).position);
        var found = (await editor.AskAsync("textDocument/selectionRange", new { textDocument = editor.Document(Scene), positions }))!.AsArray();
        Assert.That(found, Has.Count.EqualTo(2));
        var steps = new List<string>();
        for (var step = found[0]; step is not null; step = step["parent"])
        {
            steps.Add(editor.TextAt(Scene, step["range"]!));
        }

        Assert.That(steps.Take(3), Is.EqualTo((string[])["Vane", "Ada Vane", "🦊 Ada Vane met [[Tom Reed]] there."]));
        Assert.That(steps[^1], Is.EqualTo(text));
        var outside = (await editor.AskAsync("textDocument/selectionRange", new { textDocument = new { uri = "untitled:x" }, positions }));
        Assert.That(outside, Is.Null);
    }

    [Test]
    public async Task Scenes_are_shared_as_calls_and_an_item_outlives_an_edit()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Neovim);
        editor.Open(Scene);
        var item = (await editor.AskAsync("textDocument/prepareCallHierarchy", editor.AtCursor()))![0]!;
        Assert.That(item["name"]!.GetValue<string>(), Is.EqualTo("Ada Vane"));
        editor.Replace(Scene, "title: The Mill", "# 🦊\ntitle: The Mill");
        var scene = (await editor.AskAsync("callHierarchy/incomingCalls", new { item }))![0]!;
        Assert.That(scene["from"]!["name"]!.GetValue<string>(), Is.EqualTo("The Mill"));
        Assert.That(scene["fromRanges"]!.AsArray().Select(range => editor.TextAt(Scene, range!)), Is.EqualTo((string[])["ada", "Ada Vane"]));
        var cast = (await editor.AskAsync("callHierarchy/outgoingCalls", new { item = scene["from"] }))!.AsArray();
        Assert.That(cast.Select(one => one!["to"]!["name"]!.GetValue<string>()), Is.EqualTo((string[])["Ada Vane", "Tom Reed"]));
        var others = (await editor.AskAsync("callHierarchy/outgoingCalls", new { item }))!.AsArray();
        Assert.That(others.Select(one => one!["to"]!["name"]!.GetValue<string>() + ", " + one["to"]!["detail"]), Is.EqualTo((string[])["Tom Reed, 1 scene: The Mill"]));
        item["data"] = new JsonObject { ["id"] = "somebody" };
        Assert.That(await editor.AskAsync("callHierarchy/incomingCalls", new { item }), Is.Null);
        item.AsObject().Remove("data");
        Assert.That(await editor.AskAsync("callHierarchy/incomingCalls", new { item }), Is.Not.Null, "an editor may keep no data");
    }

    [Test]
    public async Task Types_are_a_tree()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Everything);
        editor.Open("ships/heron.yaml");
        var item = (await editor.AskAsync("textDocument/prepareTypeHierarchy", editor.At("ships/heron.yaml", 7)))![0]!;
        Assert.That(item["uri"]!.GetValue<string>(), Is.EqualTo(editor.UriOf("schemas/ship.yaml")));
        var parent = (await editor.AskAsync("typeHierarchy/supertypes", new { item }))![0]!;
        Assert.That(parent["uri"]!.GetValue<string>(), Is.EqualTo("storylsp:/schema/location.yaml"));
        Assert.That((await editor.AskAsync("typeHierarchy/subtypes", new { item = parent }))!.AsArray().Select(one => one!["name"]!.GetValue<string>()), Is.EqualTo((string[])["ship"]));
        item["data"] = null;
        Assert.That(await editor.AskAsync("typeHierarchy/supertypes", new { item }), Is.Null);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Symbols_of_the_workspace_are_found_and_their_range_is_read_late_where_that_costs(bool inUtf8)
    {
        var profile = inUtf8 ? EditorProfile.Everything with { Encoding = Language.Text.PositionEncoding.Utf8, Capabilities = EditorProfile.Everything.Capabilities.Replace("utf-16", "utf-8", StringComparison.Ordinal) } : EditorProfile.Everything;
        await using var editor = await EditorHarness.StartAsync(Story, profile);
        editor.Open("characters/ada.yaml");
        var symbol = (await editor.AskAsync("workspace/symbol", new { query = "captain" }))![0]!;
        Assert.That(symbol["location"]!["range"] is null, Is.EqualTo(inUtf8));
        var resolved = (await editor.AskAsync("workspaceSymbol/resolve", symbol))!;
        Assert.That(editor.TextAt("characters/ada.yaml", resolved["location"]!["range"]!), Is.EqualTo("Ada Vane"));
    }

    private static string TargetOf(EditorHarness editor, string method) => method switch
    {
        "textDocument/implementation" => editor.UriOf(Scene),
        "textDocument/typeDefinition" => "storylsp:/schema/character.yaml",
        _ => editor.UriOf("characters/ada.yaml"),
    };
}
