using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Features;

/// <summary>What an editor asks, as it arrives over the wire. What is found is tested with the features themselves.</summary>
public sealed class FeatureTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        # The heroine.
        name: Ada Vane
        description: A surveyor 🦊 of rivers.
        //- characters/tom.yaml
        name: Tom Reed
        //- scenes/one.md
        ---
        title: The Mill
        pov: ad$0a
        characters: [ada, tom]
        ---
        # The Mill

        Ada Vane met [[Tom Reed]] there. Tom Reed said nothing.

        ## Later

        She left [[Nobody]].
        """;

    private const string Scene = "scenes/one.md";

    [Test]
    public async Task Completion_offers_what_resolves_and_resolve_adds_its_card()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        editor.Replace(Scene, "pov: ada", "pov: ");
        var text = editor.Buffer(Scene);
        var line = text[..text.IndexOf("pov: ", StringComparison.Ordinal)].Count(c => c == '\n');
        var list = await editor.AskAsync("textDocument/completion", new { textDocument = editor.Document(Scene), position = new { line, character = 5 } });
        var item = list!["items"]!.AsArray().First(one => one!["label"]!.GetValue<string>().Contains("Ada", StringComparison.Ordinal) || one["textEdit"]!["newText"]!.GetValue<string>().Contains("Ada", StringComparison.Ordinal))!;
        Assert.That(item["textEdit"]!["range"]!["start"]!["line"]!.GetValue<int>(), Is.EqualTo(line));
        var resolved = await editor.AskAsync("completionItem/resolve", item);
        Assert.That(resolved!["documentation"]!["kind"]!.GetValue<string>(), Is.EqualTo("markdown"));
        Assert.That(resolved["documentation"]!["value"]!.GetValue<string>(), Does.Contain("surveyor"));
        Assert.That(resolved["label"]!.ToJsonString(), Is.EqualTo(item["label"]!.ToJsonString()), "everything else stays");
    }

    [Test]
    public async Task Resolving_a_foreign_item_gives_it_back()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        foreach (var data in new[] { "null", "5", """{"uri": "file:///nowhere", "key": "x"}""", """{"uri": null}""" })
        {
            var item = new JsonObject { ["label"] = "x", ["data"] = JsonNode.Parse(data) };
            Assert.That((await editor.AskAsync("completionItem/resolve", item))!["label"]!.GetValue<string>(), Is.EqualTo("x"));
        }
    }

    [Test]
    public async Task Snippets_go_only_to_those_that_take_them()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Minimal);
        editor.Open("characters/new.yaml", "");
        var list = await editor.AskAsync("textDocument/completion", new { textDocument = editor.Document("characters/new.yaml"), position = new { line = 0, character = 0 } });
        Assert.That(list!["items"]!.AsArray(), Is.Not.Empty);
        Assert.That(list["items"]!.AsArray().Select(item => item!["insertTextFormat"]?.GetValue<int>()), Has.None.EqualTo(2));
    }

    [Test]
    public async Task Hover_shows_the_card_of_what_is_meant()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        var hover = await editor.AskAsync("textDocument/hover", editor.AtCursor());
        Assert.Multiple(() =>
        {
            Assert.That(hover!["contents"]!["kind"]!.GetValue<string>(), Is.EqualTo("markdown"));
            Assert.That(hover["contents"]!["value"]!.GetValue<string>(), Does.Contain("Ada Vane").And.Contain("A surveyor 🦊 of rivers."));
            Assert.That(editor.TextAt(Scene, hover["range"]!), Is.EqualTo("ada"));
        });
    }

    [Test]
    public async Task Hover_is_plain_text_where_nothing_else_was_asked_for()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Minimal);
        editor.Open(Scene);
        var hover = await editor.AskAsync("textDocument/hover", editor.AtCursor());
        Assert.That(hover!["contents"]!["kind"]!.GetValue<string>(), Is.EqualTo("plaintext"));
    }

    [Test]
    public async Task Hover_over_nothing_is_null()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        Assert.That(await editor.AskAsync("textDocument/hover", new { textDocument = editor.Document(Scene), position = new { line = 0, character = 0 } }), Is.Null);
    }

    [Test]
    public async Task Definition_is_a_link_for_those_that_take_links()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        var link = (await editor.AskAsync("textDocument/definition", editor.AtCursor()))![0]!;
        Assert.That(link["targetUri"]!.GetValue<string>(), Is.EqualTo(editor.UriOf("characters/ada.yaml")));
        Assert.That(editor.TextAt(Scene, link["originSelectionRange"]!), Is.EqualTo("ada"));
        Assert.That(link["targetSelectionRange"]!["start"]!["line"]!.GetValue<int>(), Is.EqualTo(1), "the name, below the comment");
    }

    [Test]
    public async Task Definition_is_a_location_for_all_others()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Minimal);
        editor.Open(Scene);
        var location = (await editor.AskAsync("textDocument/definition", editor.AtCursor()))![0]!;
        Assert.That(location["uri"]!.GetValue<string>(), Is.EqualTo(editor.UriOf("characters/ada.yaml")));
    }

    [Test]
    public async Task Definition_follows_a_name_in_prose()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        var at = editor.Story.File(Scene).Text.IndexOf("Tom Reed said", StringComparison.Ordinal) + 2;
        var link = (await editor.AskAsync("textDocument/definition", editor.At(Scene, at)))![0]!;
        Assert.That(link["targetUri"]!.GetValue<string>(), Is.EqualTo(editor.UriOf("characters/tom.yaml")));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task References_are_found_in_all_files(bool includeDeclaration)
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        var at = (dynamic)editor.AtCursor();
        var found = (await editor.AskAsync("textDocument/references", new { at.textDocument, at.position, context = new { includeDeclaration } }))!.AsArray();
        Assert.That(found.Select(one => one!["uri"]!.GetValue<string>()), Has.Some.EqualTo(editor.UriOf(Scene)));
        Assert.That(found.Any(one => one!["uri"]!.GetValue<string>() == editor.UriOf("characters/ada.yaml")), Is.EqualTo(includeDeclaration));
    }

    [Test]
    public async Task Highlights_are_the_places_of_this_document()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        var found = (await editor.AskAsync("textDocument/documentHighlight", editor.AtCursor()))!.AsArray();
        Assert.That(found.Select(one => editor.TextAt(Scene, one!["range"]!)), Is.EqualTo(new[] { "ada", "ada", "Ada Vane" }));
    }

    [Test]
    public async Task Symbols_are_a_tree_for_those_that_take_trees()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        var symbols = (await editor.AskAsync("textDocument/documentSymbol", new { textDocument = editor.Document(Scene) }))!.AsArray();
        Assert.That(symbols[0]!["children"]!.AsArray(), Is.Not.Empty);
        AssertInside(symbols);
    }

    [Test]
    public async Task Symbols_are_a_list_for_all_others()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Minimal);
        editor.Open(Scene);
        var symbols = (await editor.AskAsync("textDocument/documentSymbol", new { textDocument = editor.Document(Scene) }))!.AsArray();
        Assert.That(symbols.Select(symbol => symbol!["location"]!["uri"]!.GetValue<string>()), Is.All.EqualTo(editor.UriOf(Scene)));
        Assert.That(symbols.Select(symbol => symbol!["name"]!.GetValue<string>()), Has.Some.EqualTo("Later"));
    }

    [Test]
    public async Task Containers_of_the_whole_story_are_symbols()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        var found = (await editor.AskAsync("workspace/symbol", new { query = "tomreed" }))!.AsArray();
        Assert.That(found[0]!["name"]!.GetValue<string>(), Is.EqualTo("Tom Reed"));
        Assert.That(found[0]!["location"]!["uri"]!.GetValue<string>(), Is.EqualTo(editor.UriOf("characters/tom.yaml")));
    }

    [Test]
    public async Task A_quick_fix_is_an_edit_with_the_version_that_it_was_made_for()
    {
        await using var editor = await EditorHarness.StartAsync(Story.Replace("[ada, tom]", "[ada, tomm]", StringComparison.Ordinal));
        editor.Open(Scene);
        editor.Replace(Scene, "nothing.", "nothing at all.");
        var fix = (await FixesAsync(editor, "tomm")).First(action => action["edit"]!["documentChanges"]![0]!["edits"] is not null);
        Assert.Multiple(() =>
        {
            Assert.That(fix["kind"]!.GetValue<string>(), Is.EqualTo("quickfix"));
            Assert.That(fix["diagnostics"]![0]!["code"]!.GetValue<string>(), Is.EqualTo("ref/unresolved"));
            Assert.That(fix["edit"]!["documentChanges"]![0]!["textDocument"]!["version"]!.GetValue<int>(), Is.EqualTo(2));
        });
        editor.Replace(Scene, "at all", "");
        var before = editor.Buffer(Scene);
        Assert.That(editor.MakeEdit(fix["edit"]!), Is.False, "stale");
        Assert.That(editor.Buffer(Scene), Is.EqualTo(before));
        Assert.That(editor.MakeEdit((await FixesAsync(editor, "tomm")).First(action => action["title"]!.ToJsonString() == fix["title"]!.ToJsonString())["edit"]!), Is.True);
        Assert.That(await editor.CodesAsync(Scene), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_plain_editor_gets_plain_changes_and_no_new_files()
    {
        await using var editor = await EditorHarness.StartAsync(Story.Replace("[ada, tom]", "[ada, tomm]", StringComparison.Ordinal), EditorProfile.Minimal);
        editor.Open(Scene);
        var fixes = await FixesAsync(editor, "tomm");
        Assert.That(fixes, Is.Not.Empty);
        Assert.That(fixes.Select(fix => fix["edit"]!["documentChanges"]), Is.All.Null);
        Assert.That(editor.MakeEdit(fixes[0]["edit"]!), Is.True);
    }

    [Test]
    public async Task A_fix_that_makes_a_file_says_so_to_those_that_make_files()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        var creation = (await FixesAsync(editor, "Nobody")).First(action => action["edit"]!["documentChanges"]![0]!["kind"]?.GetValue<string>() == "create");
        var changes = creation["edit"]!["documentChanges"]!;
        Assert.That(changes[0]!["options"]!["overwrite"]!.GetValue<bool>(), Is.False);
        Assert.That(changes[1]!["textDocument"]!["uri"]!.ToJsonString(), Is.EqualTo(changes[0]!["uri"]!.ToJsonString()));
    }

    [TestCase("quickfix", true, false)]
    [TestCase("refactor", false, true)]
    [TestCase("refactor.rewrite", false, true)]
    [TestCase("refactor.rewrite.storylsp.synopsis", false, true)]
    [TestCase("refactor.rewriteX", false, false)]
    [TestCase("source", false, false)]
    [TestCase("", true, true)]
    public async Task Only_the_kinds_asked_for_are_offered(string only, bool fixes, bool steps)
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        var actions = await editor.ActionsAsync(Scene, editor.Buffer(Scene).IndexOf("Nobody", StringComparison.Ordinal) + 1, only);
        var kinds = actions.Select(action => action!["kind"]!.GetValue<string>()).ToList();
        Assert.That(kinds.Contains("quickfix"), Is.EqualTo(fixes));
        Assert.That(kinds.Contains("refactor.rewrite.storylsp.synopsis"), Is.EqualTo(steps));
    }

    [Test]
    public async Task A_document_of_no_file_is_answered_with_nothing()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        foreach (var uri in new[] { "untitled:Untitled-1", "git:/a/b.md?ref", "file:", "http://x/y.md", "", "file://%zz" })
        {
            editor.Open("x.md", "[[Nobody]]", uri);
            var at = new { textDocument = new { uri }, position = new { line = 0, character = 3 } };
            Assert.That(await editor.AskAsync("textDocument/hover", at), Is.Null, uri);
            Assert.That((await editor.AskAsync("textDocument/diagnostic", new { textDocument = new { uri } }))!["items"]!.AsArray(), Is.Empty, uri);
        }
    }

    private static async Task<List<JsonNode>> FixesAsync(EditorHarness editor, string at)
    {
        var text = editor.Buffer(Scene);
        var offset = text.IndexOf(at, StringComparison.Ordinal) + 1;
        var line = text[..offset].Count(c => c == '\n');
        var position = new { line, character = offset - text.LastIndexOf('\n', offset - 1) - 1 };
        var actions = (await editor.AskAsync("textDocument/codeAction", new
        {
            textDocument = editor.Document(Scene),
            range = new { start = position, end = position },
            context = new { diagnostics = Array.Empty<object>(), only = new[] { "quickfix" } },
        }))!.AsArray();
        return [.. actions.Select(action => action!)];
    }

    private static void AssertInside(JsonArray symbols)
    {
        foreach (var symbol in symbols)
        {
            var range = symbol!["range"]!;
            var selection = symbol["selectionRange"]!;
            Assert.That(Key(selection["start"]!), Is.GreaterThanOrEqualTo(Key(range["start"]!)));
            Assert.That(Key(selection["end"]!), Is.LessThanOrEqualTo(Key(range["end"]!)));
            if (symbol["children"] is JsonArray children)
            {
                AssertInside(children);
            }
        }
    }

    private static int Key(JsonNode position) => position["line"]!.GetValue<int>() * 10_000 + position["character"]!.GetValue<int>();
}
