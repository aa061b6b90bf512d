using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Features;

/// <summary>Tokens, hints and lenses, as they arrive over the wire. What they say is tested with the features themselves.</summary>
public sealed class GlanceTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        ai: {enabled: false}
        //- characters/ada.yaml
        id: ada
        name: Ada Vane
        born: 1892-03-01
        //- scenes/one.md
        ---
        pov: ada
        ---
        Ada Vane sat.
        //- scenes/two.md
        ---
        title: 🦊
        characters: ["[[Ada Vane]]"]
        when: 1926-11-05
        ---
        Ada Vane left.
        """;

    private const string Scene = "scenes/two.md";
    private const string Person = "characters/ada.yaml";

    [Test]
    public async Task The_change_since_the_last_tokens_makes_the_new_ones()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        Assert.That(editor.Capabilities["semanticTokensProvider"]!["full"]!["delta"]!.GetValue<bool>());
        editor.Open(Scene);
        var document = editor.Document(Scene);
        var old = await editor.AskAsync("textDocument/semanticTokens/full", new { textDocument = document });
        editor.Replace(Scene, "Ada Vane left.", "So Ada Vane left Ada Vane.");
        var delta = await editor.AskAsync("textDocument/semanticTokens/full/delta", new { textDocument = document, previousResultId = old!["resultId"]!.GetValue<string>() });
        var edit = delta!["edits"]!.AsArray().Single()!;
        var (start, deleted) = (edit["start"]!.GetValue<int>(), edit["deleteCount"]!.GetValue<int>());
        var data = Numbers(old["data"]!);
        int[] applied = [.. data[..start], .. Numbers(edit["data"]!), .. data[(start + deleted)..]];
        var fresh = await editor.AskAsync("textDocument/semanticTokens/full", new { textDocument = document });
        Assert.Multiple(() =>
        {
            Assert.That(applied, Is.EqualTo(Numbers(fresh!["data"]!)));
            Assert.That(deleted, Is.LessThan(data.Length));
            Assert.That(fresh["resultId"]!.GetValue<string>(), Is.Not.EqualTo(delta["resultId"]!.GetValue<string>()));
        });
        var same = await editor.AskAsync("textDocument/semanticTokens/full/delta", new { textDocument = document, previousResultId = fresh!["resultId"]!.GetValue<string>() });
        Assert.That(same!["edits"]!.AsArray(), Is.Empty);
        var unknown = await editor.AskAsync("textDocument/semanticTokens/full/delta", new { textDocument = document, previousResultId = "0" });
        Assert.That(Numbers(unknown!["data"]!), Is.EqualTo(applied), "another answer than the last was named");
        editor.Close(Scene);
        var closed = await editor.AskAsync("textDocument/semanticTokens/full/delta", new { textDocument = document, previousResultId = unknown["resultId"]!.GetValue<string>() });
        Assert.That(closed!["edits"], Is.Null, "a document that was closed is forgotten");
    }

    [Test]
    public async Task A_hint_says_why_when_it_is_looked_at_and_leads_there()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Everything);
        editor.Open(Scene);
        var hints = await HintsAsync(editor);
        Assert.That(hints.Select(hint => (hint!["position"]!.ToJsonString(), hint["label"]![0]!["value"]!.GetValue<string>())), Is.EqualTo(new[]
        {
            ("""{"line":2,"character":27}""", "34"), ("""{"line":3,"character":16}""", "Friday"),
        }));
        var canResolve = JsonNode.Parse(EditorProfile.Everything.Capabilities)!["textDocument"]!["inlayHint"]?["resolveSupport"] is not null;
        Assert.That(hints[0]!["tooltip"] is null, Is.EqualTo(canResolve), "what can be asked later is not sent");
        var resolved = await editor.AskAsync("inlayHint/resolve", hints[0]!);
        Assert.That(resolved!["tooltip"]!["value"]!.GetValue<string>(), Does.StartWith("Ada Vane is 34 when"));
        Assert.That(resolved["label"]![0]!["location"]!["uri"]!.GetValue<string>(), Is.EqualTo(editor.UriOf(Person)));
    }

    [Test]
    public async Task An_editor_that_asks_no_more_gets_all_at_once()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Neovim);
        editor.Open(Scene);
        var hints = await HintsAsync(editor);
        Assert.That(hints[0]!["tooltip"]!["value"]!.GetValue<string>(), Does.StartWith("Ada Vane is 34 when"));
    }

    [Test]
    public async Task A_lens_is_counted_when_it_is_looked_at_and_shows_the_places()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Person);
        var lens = (await editor.AskAsync("textDocument/codeLens", new { textDocument = editor.Document(Person) }))!.AsArray().Single()!;
        Assert.That(lens["command"], Is.Null);
        var resolved = await editor.AskAsync("codeLens/resolve", lens);
        Assert.That(resolved!["command"]!["title"]!.GetValue<string>(), Is.EqualTo("In 2 scenes, point of view in 1"));
        Assert.That(resolved["command"]!["command"]!.GetValue<string>(), Is.EqualTo("storylsp.show"), "models are off, and this needs none");
        var shown = await editor.AskAsync("workspace/executeCommand", new { command = "storylsp.show", arguments = resolved["command"]!["arguments"] });
        Assert.That(shown!["shown"]!.GetValue<bool>());
        var opened = (await editor.HearsAsync("window/showDocument")).Params;
        Assert.That(opened["uri"]!.GetValue<string>(), Is.EqualTo(editor.UriOf("scenes/one.md")));
        Assert.That(opened["selection"]!["start"]!["line"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That((await editor.RefusedAsync("workspace/executeCommand", new { command = "storylsp.show", arguments = new[] { new { uri = "file:///etc/passwd" } } })).Message, Does.Contain("in no open story"));
    }

    [Test]
    public async Task An_editor_that_shows_several_places_gets_all_of_them()
    {
        var profile = EditorProfile.VsCode with { Capabilities = EditorProfile.VsCode.Capabilities.Trim()[..^1] + """, "experimental": {"storylsp": {"showPlaces": true}}}""" };
        await using var editor = await EditorHarness.StartAsync(Story, profile);
        editor.Open(Person);
        var lens = (await editor.AskAsync("textDocument/codeLens", new { textDocument = editor.Document(Person) }))!.AsArray().Single()!;
        var command = (await editor.AskAsync("codeLens/resolve", lens))!["command"]!;
        Assert.That(command["command"]!.GetValue<string>(), Is.EqualTo("storylsp.showPlaces"));
        Assert.That(command["arguments"]![0]!["places"]!.AsArray().Select(place => place!["uri"]!.GetValue<string>()), Is.EqualTo(new[] { editor.UriOf("scenes/one.md"), editor.UriOf(Scene) }));
    }

    [Test]
    public async Task A_planned_scene_may_be_drafted_where_models_are_on()
    {
        const string Planned = "//- scenes/three.md\n---\nsynopsis: She goes.\n---\n";
        await using var editor = await EditorHarness.StartAsync(Story.Replace("enabled: false", "enabled: true", StringComparison.Ordinal) + "\n" + Planned);
        editor.Open("scenes/three.md");
        var lens = (await editor.AskAsync("textDocument/codeLens", new { textDocument = editor.Document("scenes/three.md") }))!.AsArray().Single()!;
        Assert.That(lens["command"]!["title"]!.GetValue<string>(), Is.EqualTo("Draft the scene"));
        Assert.That(lens["command"]!["arguments"]![0]!["container"]!.GetValue<string>(), Is.EqualTo("three"));
        editor.ReplaceAll("scenes/three.md", editor.Buffer("scenes/three.md") + "She went.\n");
        Assert.That((await editor.AskAsync("textDocument/codeLens", new { textDocument = editor.Document("scenes/three.md") }))!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Only_what_another_document_shows_otherwise_is_asked_for_again()
    {
        const string two = "//- scenes/two.md\n---\ntitle: Two\ncharacters: [tom]\n---\nTom sat there with Ada Vane.\n";
        await using var editor = await EditorHarness.StartAsync("//- story.yaml\nstory: 1\nai: {enabled: false}\n//- characters/ada.yaml\nname: Ada Vane\n//- characters/tom.yaml\nname: Tom Reed\n//- scenes/one.md\n---\npov: ada\n---\nAda sat.\n" + two, EditorProfile.Everything);
        int Asked(string what) => editor.Heard.Count(heard => heard.Method == $"workspace/{what}/refresh");
        editor.Open("characters/ada.yaml");
        editor.Open("scenes/two.md");
        editor.Replace("scenes/two.md", "sat", "was sitting");
        await editor.HearsAsync("workspace/codeLens/refresh");
        await Task.Delay(200);
        var (lenses, hints, tokens) = (Asked("codeLens"), Asked("inlayHint"), Asked("semanticTokens"));
        editor.Replace("scenes/two.md", "sitting", "sitting still");
        await Task.Delay(300);
        Assert.That((Asked("codeLens"), Asked("inlayHint"), Asked("semanticTokens")), Is.EqualTo((lenses, hints, tokens)), "the card shows what it showed");
        editor.Replace("scenes/two.md", "[tom]", "[tom, ada]");
        await editor.UntilAsync(() => Asked("codeLens") > lenses, "a refresh of the lenses, as there is one scene more");
        tokens = Asked("semanticTokens");
        editor.Replace("characters/ada.yaml", "Ada Vane", "Eve Vane");
        await editor.UntilAsync(() => Asked("semanticTokens") > tokens, "a refresh of the tokens, as a name means nothing more");
    }

    [Test]
    public async Task A_lens_is_that_of_its_container_wherever_it_stands_by_now()
    {
        const string Cast = "characters/all.yaml";
        await using var editor = await EditorHarness.StartAsync("//- story.yaml\nstory: 1\n//- characters/all.yaml\nid: ada\nname: Ada Vane\n---\nid: tom\nname: Tom Reed\n//- scenes/one.md\n---\ncharacters: [tom]\n---\nHe sat.\n//- scenes/two.md\n---\ncharacters: [ada, tom]\n---\nThey sat.\n", EditorProfile.Everything);
        editor.Open(Cast);
        var lenses = await editor.LensesAsync(editor.UriOf(Cast));
        editor.ReplaceAll(Cast, "id: eve\nname: Eve\n---\n" + editor.Buffer(Cast));
        var titles = await Task.WhenAll(lenses.Select(async lens => (await editor.AskAsync("codeLens/resolve", lens))!["command"]!["title"]!.GetValue<string>()));
        Assert.That(titles, Is.EqualTo(new[] { "In 1 scene", "In 2 scenes" }));
        editor.ReplaceAll(Cast, "id: eve\nname: Eve\n");
        var gone = (await editor.AskAsync("codeLens/resolve", lenses[0]))!["command"]!;
        Assert.That(gone["title"]!.GetValue<string>(), Is.Not.Empty);
        Assert.That(gone["command"]!.GetValue<string>(), Is.EqualTo("storylsp.show"));
    }

    [Test]
    public async Task A_colour_is_shown_and_written_anew_in_its_quotes()
    {
        await using var editor = await EditorHarness.StartAsync(Story + "\n//- schemas/crew.yaml\nschema: crew\nextends: character\nfields: {colour: {type: string}}\n//- bob.yaml\ntype: crew\ncolour: tomato\n");
        editor.Open("bob.yaml");
        var colour = (await editor.AskAsync("textDocument/documentColor", new { textDocument = editor.Document("bob.yaml") }))!.AsArray().Single()!;
        Assert.That(colour["color"]!["red"]!.GetValue<double>(), Is.EqualTo(1));
        var texts = (await editor.AskAsync("textDocument/colorPresentation", new { textDocument = editor.Document("bob.yaml"), color = new { red = 0.0, green = 0.5, blue = 1.0, alpha = 1.0 }, range = colour["range"] }))!.AsArray();
        Assert.That(texts.Select(text => (text!["label"]!.GetValue<string>(), text["textEdit"]!["newText"]!.GetValue<string>())), Is.EqualTo(new[]
        {
            ("#0080ff", "\"#0080ff\""), ("rgb(0, 128, 255)", "\"rgb(0, 128, 255)\""),
        }));
    }

    private static async Task<JsonArray> HintsAsync(EditorHarness editor) => (await editor.AskAsync("textDocument/inlayHint", new
    {
        textDocument = editor.Document(Scene),
        range = new { start = new { line = 0, character = 0 }, end = new { line = 100, character = 0 } },
    }))!.AsArray();

    private static int[] Numbers(JsonNode data) => [.. data.AsArray().Select(number => number!.GetValue<int>())];
}
