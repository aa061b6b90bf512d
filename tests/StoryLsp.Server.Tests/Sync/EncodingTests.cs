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
    private const string Scene = RightQuestions.Scene;

    // What they answer names no place, or lines alone.
    private static readonly string[] Placeless = ["textDocument/foldingRange", "workspace/executeCommand", "workspace/textDocumentContent"];

    private static readonly string[] Marks = ["Tom 🦊 Weir|", "m 🦊 Weir|", "m 🦊 Weir came", "𝒜da Vane. Ünï", "Nowhere]]", "Cellar 🦊]]", "da Vane\"", "Weir\"]", "tom.md)"];

    private static readonly EditorProfile[] Others = [In(PositionEncoding.Utf8, "utf-8"), In(PositionEncoding.Utf32, "utf-32")];

    [TestCaseSource(nameof(Others))]
    public async Task Every_answer_names_the_same_places(object profile)
    {
        await using var one = await EditorHarness.StartAsync(RightQuestions.Story, In(PositionEncoding.Utf16, "utf-16"));
        await using var other = await EditorHarness.StartAsync(RightQuestions.Story, (EditorProfile)profile);
        Assert.That(other.Capabilities["positionEncoding"]!.GetValue<string>(), Is.Not.EqualTo("utf-16"));
        one.Open(Scene);
        other.Open(Scene);
        foreach (var question in Questions())
        {
            Assert.That(await AskAsync(other, question), Is.EqualTo(await AskAsync(one, question)), $"{question.Method} at `{question.Mark}`");
        }

        foreach (var question in RightQuestions.All)
        {
            var expected = await SayAsync(one, question.Method, editor => question.AskAsync(editor), question.Path);
            var found = await SayAsync(other, question.Method, editor => question.AskAsync(editor), question.Path);
            if (question.Method != "workspace/executeCommand")
            {
                // A view's address has the name of its own story.
                Assert.That(found, Is.EqualTo(expected), question.Method);
            }

            Assert.That(expected!.Contains('@', StringComparison.Ordinal), Is.EqualTo(!Placeless.Contains(question.Method)), $"{question.Method}: {expected}");
        }
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
            return await SayAsync(editor, question.Method, _ => editor.AskAsync(question.Method, new
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
            }), Scene);
        }
        catch (ResponseErrorException error) when (question.Method == "textDocument/rename" && error.Code == (int)LSPErrorCodes.RequestFailed)
        {
            // There is nothing to rename at some of the marks; any other error is a failure.
            return error.Message;
        }
    }

    private static async Task<string?> SayAsync(EditorHarness editor, string method, Func<EditorHarness, Task<JsonNode?>> ask, string path)
    {
        var answer = await ask(editor);
        if (method.StartsWith("textDocument/semanticTokens/", StringComparison.Ordinal) && answer?["data"] is JsonArray data)
        {
            return string.Join('\n', Tokens(editor, data));
        }

        if (method.EndsWith("/delta", StringComparison.Ordinal))
        {
            // Its numbers count from those before; what they come to is compared.
            var all = await editor.AskAsync("textDocument/semanticTokens/full", new { textDocument = editor.Document(path) });
            return string.Join('\n', Tokens(editor, all!["data"]!.AsArray(), path));
        }

        if (method == "workspace/symbol")
        {
            // Where places cost a look into the text, they come when a symbol is resolved.
            answer = new JsonArray([.. await Task.WhenAll(answer!.AsArray().Select(async symbol => (symbol!["location"]!["range"] is null ? await editor.AskAsync("workspaceSymbol/resolve", symbol) : symbol)!.DeepClone()))]);
        }

        return answer is null ? null : Places(editor, answer, editor.UriOf(path))!.ToJsonString().Replace(editor.UriOf(""), "", StringComparison.Ordinal).Replace(editor.Story.Root, "", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Tokens(EditorHarness editor, JsonArray data, string path = Scene)
    {
        var text = SourceText.From(editor.Buffer(path));
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
                var own = (thing["targetUri"] ?? thing["uri"] ?? thing["textDocument"]?["uri"] ?? thing["from"]?["uri"])?.GetValue<string>() ?? uri;
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
