using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Language.Text;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Sync;

/// <summary>Every method says the same, however the editor counts characters: what it answers in UTF-8 and UTF-32 are the places of UTF-16.</summary>
public sealed class EncodingTests
{
    private const string Scene = "scenes/one.md";
    private const string Story = """
        //- story.yaml
        story: 1
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
        //- scenes/one.md
        ---
        pov: "𝒜da Vane"
        characters: ["🦊 Miss Vane", "Tom 🦊 Weir"]
        location: "Old Müll 🏰"
        when: 1926-11-05T21:30
        ---
        # 🦊 The Ball 🦊

        🦊 The fox 🦊🦊 saw [[Tom 🦊 Weir|𝒜]] and 𝒜da Vane. Ünïcödé [[Nowhere]] 🦊 [[Old Müll 🏰#Cellar 🦊]]. 🦊

        🦊🦊 Then Tom 🦊 Weir came to 𝒜da Vane. 🦊 [x](../characters/tom.md) 🦊 Done.

        """;

    private static readonly string[] Marks = ["Tom 🦊 Weir|", "m 🦊 Weir|", "m 🦊 Weir came", "𝒜da Vane. Ünï", "Nowhere]]", "Cellar 🦊]]", "da Vane\"", "Weir\"]", "tom.md)"];

    private static readonly EditorProfile[] Others = [In(PositionEncoding.Utf8, "utf-8"), In(PositionEncoding.Utf32, "utf-32")];

    [TestCaseSource(nameof(Others))]
    public async Task Every_answer_names_the_same_places(object profile)
    {
        await using var one = await EditorHarness.StartAsync(Story, In(PositionEncoding.Utf16, "utf-16"));
        await using var other = await EditorHarness.StartAsync(Story, (EditorProfile)profile);
        Assert.That(other.Capabilities["positionEncoding"]!.GetValue<string>(), Is.Not.EqualTo("utf-16"));
        one.Open(Scene);
        other.Open(Scene);
        var answered = new HashSet<string>();
        foreach (var question in Questions())
        {
            var expected = await AskAsync(one, question);
            var found = await AskAsync(other, question);
            Assert.That(found, Is.EqualTo(expected), $"{question.Method} at `{question.Mark}`");
            if (expected?.Contains('@', StringComparison.Ordinal) == true)
            {
                answered.Add(question.Method);
            }
        }

        Assert.That(answered, Is.SupersetOf(new[]
        {
            "textDocument/hover", "textDocument/definition", "textDocument/references", "textDocument/documentHighlight", "textDocument/documentSymbol", "textDocument/completion",
            "textDocument/prepareRename", "textDocument/rename", "textDocument/semanticTokens/full", "textDocument/semanticTokens/range", "textDocument/diagnostic", "workspace/diagnostic", "workspace/symbol",
        }), "places were said and compared");
    }

    // All methods that take or give places, those too that a server of another day may have.
    private static IEnumerable<Question> Questions()
    {
        foreach (var mark in Marks)
        {
            foreach (var method in new[]
            {
                "hover", "declaration", "definition", "typeDefinition", "implementation", "references", "documentHighlight", "completion", "prepareRename", "rename", "linkedEditingRange", "selectionRange",
                "prepareCallHierarchy", "prepareTypeHierarchy", "codeAction", "semanticTokens/range", "inlayHint", "rangeFormatting", "onTypeFormatting",
            })
            {
                yield return new("textDocument/" + method, mark);
            }
        }

        foreach (var method in new[] { "documentSymbol", "semanticTokens/full", "codeLens", "documentLink", "foldingRange", "formatting", "documentColor", "diagnostic" })
        {
            yield return new("textDocument/" + method, "");
        }

        yield return new("workspace/symbol", "");
        yield return new("workspace/diagnostic", "");
    }

    private static async Task<string?> AskAsync(EditorHarness editor, Question question)
    {
        var at = editor.Story.PositionOf(Scene, Math.Max(0, editor.Buffer(Scene).IndexOf(question.Mark, StringComparison.Ordinal)), editor.Profile.Encoding);
        var end = editor.Story.PositionOf(Scene, editor.Buffer(Scene).Length, editor.Profile.Encoding);
        try
        {
            var answer = await editor.AskAsync(question.Method, new
            {
                textDocument = editor.Document(Scene),
                position = at,
                positions = new[] { at },
                range = new { start = at, end },
                newName = "Reynard 🦊",
                query = "o",
                ch = "\n",
                previousResultIds = Array.Empty<object>(),
                options = new { tabSize = 2, insertSpaces = true },
                context = new { includeDeclaration = true, diagnostics = Array.Empty<object>(), triggerKind = 1 },
            });
            if (question.Method.StartsWith("textDocument/semanticTokens/", StringComparison.Ordinal) && answer?["data"] is JsonArray data)
            {
                return string.Join('\n', Tokens(editor, data));
            }

            if (question.Method == "workspace/symbol")
            {
                // Where places cost a look into the text, they come when a symbol is resolved.
                answer = new JsonArray([.. await Task.WhenAll(answer!.AsArray().Select(async symbol => (symbol!["location"]!["range"] is null ? await editor.AskAsync("workspaceSymbol/resolve", symbol) : symbol)!.DeepClone()))]);
            }

            return answer is null ? null : Places(editor, answer, editor.UriOf(Scene))!.ToJsonString().Replace(editor.UriOf(""), "", StringComparison.Ordinal);
        }
        catch (ResponseErrorException error)
        {
            return $"{error.Code} {error.Message}";
        }
    }

    private static IEnumerable<string> Tokens(EditorHarness editor, JsonArray data)
    {
        var text = SourceText.From(editor.Buffer(Scene));
        var (line, character) = (0, 0);
        for (var i = 0; i + 4 < data.Count; i += 5)
        {
            int Number(int offset) => data[i + offset]!.GetValue<int>();
            (line, character) = (line + Number(0), Number(0) == 0 ? character + Number(1) : Number(1));
            var start = text.GetOffset(new LinePosition(line, character), editor.Profile.Encoding);
            var end = text.GetOffset(new LinePosition(line, character + Number(2)), editor.Profile.Encoding);
            yield return $"@{start}-{end} {Number(3)} {Number(4)}";
        }
    }

    /// <summary>Puts offsets in the place of positions, each by the text of the document that it is in.</summary>
    private static JsonNode? Places(EditorHarness editor, JsonNode? node, string uri)
    {
        switch (node)
        {
            case JsonArray array:
                return new JsonArray([.. array.Select(item => Places(editor, item, uri))]);
            case JsonObject position when IsOfStory(editor, uri) && position.Count == 2 && position["line"] is { } line && position["character"] is { } character:
                var text = SourceText.From(TextOf(editor, uri));
                return "@" + text.GetOffset(new LinePosition(line.GetValue<int>(), character.GetValue<int>()), editor.Profile.Encoding);
            case JsonObject thing:
                var own = (thing["targetUri"] ?? thing["uri"] ?? thing["textDocument"]?["uri"])?.GetValue<string>() ?? uri;
                // The name of an answer is made of the places in it.
                return new JsonObject(thing.Where(property => property.Key != "resultId" && !(property.Key == "data" && thing["location"] is not null)).Select(property => KeyValuePair.Create(
                    property.Key.Replace(editor.UriOf(""), "", StringComparison.Ordinal),
                    Places(editor, property.Value, property.Key == "originSelectionRange" ? uri : property.Key.StartsWith("file:", StringComparison.Ordinal) ? property.Key : own))));
            default:
                return node?.DeepClone();
        }
    }

    private static bool IsOfStory(EditorHarness editor, string uri) => uri.StartsWith(editor.UriOf("") + "/", StringComparison.Ordinal);

    private static string TextOf(EditorHarness editor, string uri)
    {
        var path = editor.PathOf(uri);
        return editor.IsOpen(path) ? editor.Buffer(path)
            // What an edit is about to create has no text yet.
            : File.Exists(editor.Story.PathOf(path)) ? editor.Story.Read(path) : "";
    }

    private static EditorProfile In(PositionEncoding encoding, string name) => EditorProfile.Everything with
    {
        Name = name,
        Encoding = encoding,
        Capabilities = EditorProfile.Everything.Capabilities.Replace("[\"utf-16\"]", $"[\"{name}\"]", StringComparison.Ordinal),
    };

    private sealed record Question(string Method, string Mark);
}
