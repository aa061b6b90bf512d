using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace StoryLsp.Server.Tests.Editor;

/// <summary>
/// A question of a method that has a right answer in the story of <see cref="RightQuestions"/>.
/// </summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The document that is asked about; the answer's places without an address of their own lie in it.</param>
/// <param name="Parameters">What is asked.</param>
internal sealed record RightQuestion(string Method, string Path, Func<EditorHarness, Task<object>> Parameters)
{
    /// <summary>Asks it, with its document opened before.</summary>
    public async Task<JsonNode?> AskAsync(EditorHarness editor)
    {
        if (!editor.IsOpen(Path))
        {
            editor.Open(Path);
        }

        return await editor.AskAsync(Method, await Parameters(editor));
    }

    /// <summary>Whether an answer says anything.</summary>
    public static bool IsAnswered(JsonNode? answer) => answer switch
    {
        null => false,
        JsonArray list => list.Count > 0,
        JsonObject { Count: 0 } => false,
        JsonObject thing when (thing["items"] ?? thing["data"] ?? thing["edits"] ?? thing["documentChanges"] ?? thing["ranges"]) is JsonArray list => list.Count > 0,
        _ => true,
    };
}

/// <summary>A small story in which every method that the server takes has something to say, with characters of all widths before it on its line.</summary>
internal static class RightQuestions
{
    public const string Scene = "scenes/one.md";

    public const string Story = """
        //- story.yaml
        story: 1
        manuscript: [one, two]
        ai: {enabled: false}
        //- schemas/ship.yaml
        schema: ship
        extends: location
        fields:
          colour: {type: string}
        //- schemas/clipper.yaml
        schema: clipper
        extends: ship
        //- ships/lark.yaml
        type: clipper
        name: 🦊 Lark
        //- ships/heron.yaml
        type: ship
        name: 🦊 Heron
        colour: tomato
        //- characters/ada.yaml
        type: character
        name: 𝒜da Vane # 🦊🦊 the fox
        aliases: ["🦊 Miss Vane"]
        born: 1901-03-02
        //- characters/tom.md
        # Tom 🦊 Weir

        He is afraid of 𝒜da Vane. 🦊 [[Nobody]]
        //- locations/mill.md
        # Old Müll 🏰
        ## Cellar 🦊
        Dark.
        //- notes/blocks.md
        # Blocks 🦊

        🦊 One. ^first
        //- notes/messy.yaml
        type: note
        name:   "🦊"   # 🦊
        tags: [ "🦊",b ,  c]
        //- notes/typing.md
        🦊 See [[Tom 🦊 Weir]
        //- notes/names.md
        🦊 See [[To
        //- scenes/one.md
        ---
        pov: "𝒜da Vane"
        characters: ["🦊 Miss Vane", "Tom 🦊 Weir"]
        location: "Old Müll 🏰"
        when: 1926-11-05T21:30
        target_words: 500
        ---
        # 🦊 The Ball 🦊

        🦊 The fox 🦊🦊 saw [[Tom 🦊 Weir|𝒜]] and 𝒜da Vane. Ünïcödé [[Nowhere]] 🦊 [[Old Müll 🏰#Cellar 🦊]]. 🦊

        🦊🦊 Then Tom 🦊 Weir came to 𝒜da Vane. 🦊 [x](../characters/tom.md) 🦊 [[blocks#^first]] and 🦊 [[Tom 🦊 Weir]] again.
        //- scenes/two.md
        ---
        pov: "Tom 🦊 Weir"
        characters: ["𝒜da Vane"]
        when: 1926-11-07
        ---
        🦊 Tom 🦊 Weir wept.

        """;

    private const string Person = "Tom 🦊 Weir|";

    private static readonly object Formatting = new { tabSize = 2, insertSpaces = true };

    /// <summary>A question for each request of the protocol, and for those of our own that name places.</summary>
    public static IReadOnlyList<RightQuestion> All { get; } =
    [
        At("textDocument/completion", "notes/names.md", "[[To", 4),
        Item("completionItem/resolve", "textDocument/completion", "notes/names.md"),
        At("textDocument/hover", Scene, Person),
        At("textDocument/declaration", Scene, Person),
        At("textDocument/definition", Scene, Person),
        At("textDocument/typeDefinition", "ships/heron.yaml", "ship"),
        At("textDocument/implementation", Scene, Person),
        At("textDocument/references", Scene, Person),
        At("textDocument/documentHighlight", Scene, Person),
        Of("textDocument/documentSymbol", Scene),
        In("textDocument/codeAction", Scene, "Nowhere", "Nowhere"),
        new("codeAction/resolve", Scene, async editor => Actions(await Of(editor, "textDocument/codeAction")).First(action => action["data"] is not null)),
        Of("textDocument/codeLens", "characters/ada.yaml"),
        Item("codeLens/resolve", "textDocument/codeLens", "characters/ada.yaml"),
        Of("textDocument/documentLink", Scene),
        new("documentLink/resolve", Scene, async editor => (await Of(editor, "textDocument/documentLink"))!.AsArray().First(link => link!["target"] is null)!),
        Of("textDocument/documentColor", "ships/heron.yaml"),
        new("textDocument/colorPresentation", "ships/heron.yaml", async editor => new
        {
            textDocument = editor.Document("ships/heron.yaml"),
            color = new { red = 0, green = 0.5, blue = 1, alpha = 1 },
            range = (await Of(editor, "textDocument/documentColor"))![0]!["range"],
        }),
        Of("textDocument/formatting", "notes/messy.yaml"),
        In("textDocument/rangeFormatting", "notes/messy.yaml", "name", "c]"),
        new("textDocument/rangesFormatting", "notes/messy.yaml", editor => Done(new { textDocument = editor.Document("notes/messy.yaml"), ranges = new[] { Range(editor, "notes/messy.yaml", "tags", "c]") }, options = Formatting })),
        At("textDocument/onTypeFormatting", "notes/typing.md", "Weir]", 5),
        At("textDocument/prepareRename", Scene, Person),
        At("textDocument/rename", Scene, Person),
        Of("textDocument/foldingRange", Scene),
        At("textDocument/selectionRange", Scene, Person),
        At("textDocument/linkedEditingRange", Scene, Person),
        At("textDocument/prepareCallHierarchy", Scene, Person),
        Whole("callHierarchy/incomingCalls", "textDocument/prepareCallHierarchy", "characters/tom.md"),
        Whole("callHierarchy/outgoingCalls", "textDocument/prepareCallHierarchy", "characters/tom.md"),
        At("textDocument/prepareTypeHierarchy", "ships/heron.yaml", "ship"),
        Types("typeHierarchy/supertypes", "ships/lark.yaml", "clipper"),
        Types("typeHierarchy/subtypes", "ships/heron.yaml", "ship"),
        Of("textDocument/semanticTokens/full", Scene),
        In("textDocument/semanticTokens/range", Scene, "The fox", "came"),
        new("textDocument/semanticTokens/full/delta", "locations/mill.md", async editor =>
        {
            var before = (await editor.AskAsync("textDocument/semanticTokens/full", new { textDocument = editor.Document("locations/mill.md") }))!["resultId"];
            editor.Replace("locations/mill.md", "Dark.", "🦊 Dark, 𝒜da Vane.");
            return new { textDocument = editor.Document("locations/mill.md"), previousResultId = before };
        }),
        In("textDocument/inlayHint", Scene, "---", "again"),
        Item("inlayHint/resolve", "textDocument/inlayHint", Scene),
        Of("textDocument/diagnostic", Scene),
        new("workspace/diagnostic", Scene, _ => Done(new { previousResultIds = Array.Empty<object>() })),
        new("workspace/symbol", Scene, _ => Done(new { query = "weir" })),
        Item("workspaceSymbol/resolve", "workspace/symbol", Scene),
        new("workspace/executeCommand", Scene, editor => Done(new
        {
            command = "storylsp.view",
            arguments = new[] { new { uri = editor.UriOf(Scene), page = "timeline" } },
        })),
        new("workspace/textDocumentContent", Scene, _ => Done(new { uri = "storylsp:/schema/scene.yaml" })),
        new("workspace/willRenameFiles", Scene, editor => Done(new { files = new[] { new { oldUri = editor.UriOf("characters/tom.md"), newUri = editor.UriOf("cast/Tom 🦊 Reed.md") } } })),
        new("storylsp/appearances", Scene, editor => Done(new { uri = editor.UriOf(Scene), position = Position(editor, Scene, Person, 0) })),
    ];

    /// <summary>The question of a method.</summary>
    public static RightQuestion For(string method) => All.Single(question => question.Method == method);

    private static Task<JsonNode?> Of(EditorHarness editor, string method) => For(method).AskAsync(editor);

    private static RightQuestion Of(string method, string path) => new(method, path, editor => Done(new { textDocument = editor.Document(path), options = Formatting }));

    private static RightQuestion At(string method, string path, string mark, int further = 1) => new(method, path, editor => Done(Place(editor, path, mark, further)));

    private static RightQuestion In(string method, string path, string from, string to) => new(method, path, editor => Done(new
    {
        textDocument = editor.Document(path),
        range = Range(editor, path, from, to),
        context = new { diagnostics = Array.Empty<object>() },
        options = Formatting,
    }));

    // One item of another method's answer.
    private static RightQuestion Item(string method, string from, string path) => new(method, path, async editor => Items(await Of(editor, from)).First()!);

    private static RightQuestion Whole(string method, string from, string path) => new(method, path, async editor => new { item = (await Of(editor, from))![0] });

    private static RightQuestion Types(string method, string path, string mark) =>
        new(method, path, async editor => new { item = (await editor.AskAsync("textDocument/prepareTypeHierarchy", Place(editor, path, mark, 1)))![0] });

    private static object Place(EditorHarness editor, string path, string mark, int further) => new
    {
        textDocument = editor.Document(path),
        position = Position(editor, path, mark, further),
        positions = new[] { Position(editor, path, mark, further) },
        context = new { includeDeclaration = true, triggerKind = 1 },
        newName = "Reynard 🦊",
        ch = "]",
        options = Formatting,
    };

    private static object Range(EditorHarness editor, string path, string from, string to) => new { start = Position(editor, path, from, 0), end = Position(editor, path, to, to.Length) };

    private static object Position(EditorHarness editor, string path, string mark, int further)
    {
        var at = editor.Story.File(path).Text.IndexOf(mark, StringComparison.Ordinal);
        Assert.That(at, Is.GreaterThanOrEqualTo(0), $"{path} has no `{mark}`.");
        return editor.Story.PositionOf(path, at + further, editor.Profile.Encoding);
    }

    private static IEnumerable<JsonNode?> Items(JsonNode? answer) => answer as JsonArray ?? answer!["items"]!.AsArray();

    private static IEnumerable<JsonNode> Actions(JsonNode? answer) => Items(answer).OfType<JsonNode>();

    private static Task<object> Done(object parameters) => Task.FromResult<object>(JsonSerializer.SerializeToNode(parameters)!);
}
