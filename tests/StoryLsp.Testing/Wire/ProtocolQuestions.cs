using System.Text.Json.Nodes;

namespace StoryLsp.Testing.Wire;

/// <summary>
/// Parameters for any request of the protocol that an editor may send. All that a method can ask for stands in one object, of which each takes
/// what it knows, so that a method that is new is asked without a line here. What is resolved is taken from the answers heard before.
/// </summary>
public sealed class ProtocolQuestions
{
    // Whose items a method takes, and where they lie in that method's answer.
    private static readonly Dictionary<string, (string From, bool IsItem)> Resolved = new(StringComparer.Ordinal)
    {
        ["codeAction/resolve"] = ("textDocument/codeAction", false),
        ["codeLens/resolve"] = ("textDocument/codeLens", false),
        ["completionItem/resolve"] = ("textDocument/completion", false),
        ["documentLink/resolve"] = ("textDocument/documentLink", false),
        ["inlayHint/resolve"] = ("textDocument/inlayHint", false),
        ["workspaceSymbol/resolve"] = ("workspace/symbol", false),
        ["callHierarchy/incomingCalls"] = ("textDocument/prepareCallHierarchy", true),
        ["callHierarchy/outgoingCalls"] = ("textDocument/prepareCallHierarchy", true),
        ["typeHierarchy/subtypes"] = ("textDocument/prepareTypeHierarchy", true),
        ["typeHierarchy/supertypes"] = ("textDocument/prepareTypeHierarchy", true),
    };

    private static readonly string[] Refactorings = ["extract-container", "mention-to-link", "link-to-mention", "split-scene", "sort-list"];

    private readonly Dictionary<string, JsonNode[]> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Method, string Uri), string> _results = [];
    private readonly Lock _gate = new();

    /// <summary>The commands that the server offers.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];

    /// <summary>The method whose answers a method needs first; null where it needs none, or some were heard.</summary>
    public string? Before(string method)
    {
        lock (_gate)
        {
            return Resolved.TryGetValue(method, out var source) && !_items.ContainsKey(source.From) ? source.From : null;
        }
    }

    /// <summary>The method whose answers a method takes; null where it takes none.</summary>
    public static string? SourceOf(string method) => Resolved.TryGetValue(method, out var source) ? source.From : null;

    /// <summary>Parameters for a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="uri">The document.</param>
    /// <param name="line">The line of the place, from 0.</param>
    /// <param name="character">The character of the place, from 0.</param>
    /// <param name="pick">Any number that is not negative; it chooses among what may be said.</param>
    public JsonObject Of(string method, string uri, int line, int character, int pick)
    {
        if (Resolved.TryGetValue(method, out var source))
        {
            lock (_gate)
            {
                if (_items.TryGetValue(source.From, out var items) && items.Length > 0)
                {
                    var item = items[pick % items.Length].DeepClone();
                    return source.IsItem ? new JsonObject { ["item"] = item } : item.AsObject();
                }
            }
        }

        JsonObject Position() => new() { ["line"] = line, ["character"] = character };
        JsonObject Range() => new() { ["start"] = Position(), ["end"] = Position() };
        var result = new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri },
            ["position"] = Position(),
            ["positions"] = new JsonArray(Position()),
            ["range"] = method is "textDocument/inlayHint" or "textDocument/semanticTokens/range" ? new JsonObject { ["start"] = new JsonObject { ["line"] = Math.Max(0, line - 25), ["character"] = 0 }, ["end"] = Position() } : Range(),
            ["ranges"] = new JsonArray(Range()),
            ["context"] = new JsonObject { ["includeDeclaration"] = pick % 2 == 0, ["diagnostics"] = new JsonArray(), ["triggerKind"] = 1 },
            ["options"] = new JsonObject { ["tabSize"] = 2, ["insertSpaces"] = true },
            ["ch"] = pick % 2 == 0 ? "\n" : "]",
            ["newName"] = pick % 3 == 0 ? "Ada Weir" : "Mill House",
            ["query"] = (pick % 5) switch { 0 => "", 1 => "ad", 2 => "mill", 3 => "tw", _ => "e" },
            ["color"] = new JsonObject { ["red"] = 0.5, ["green"] = 0.25, ["blue"] = 0.125, ["alpha"] = 1 },
            ["files"] = new JsonArray(new JsonObject { ["uri"] = uri, ["oldUri"] = uri, ["newUri"] = uri.Insert(uri.LastIndexOf('/') + 1, "moved-") }),
            ["previousResultIds"] = new JsonArray(),
            ["uri"] = method == "workspace/textDocumentContent" ? "storylsp:/schema/scene.yaml" : uri,
            ["format"] = pick % 2 == 0 ? "graph" : "timeline",
        };
        if (Commands.Count > 0)
        {
            result["command"] = Commands[pick % Commands.Count];
            result["arguments"] = new JsonArray(new JsonObject { ["uri"] = uri, ["range"] = Range(), ["position"] = Position(), ["name"] = Refactorings[pick % Refactorings.Length], ["newName"] = "New" });
        }

        if (method is "textDocument/diagnostic" or "textDocument/semanticTokens/full/delta")
        {
            lock (_gate)
            {
                result["previousResultId"] = _results.GetValueOrDefault((SourceOfResults(method), uri), "none");
            }
        }

        return result;
    }

    /// <summary>Remembers an answer, for the methods that take its items.</summary>
    public void Hear(string method, string uri, JsonNode? answer)
    {
        var items = (answer as JsonArray ?? answer?["items"] as JsonArray)?.OfType<JsonObject>().Select(item => item.DeepClone()).Take(20).ToArray();
        lock (_gate)
        {
            if (items is { Length: > 0 } && Resolved.Values.Any(source => source.From == method))
            {
                _items[method] = items;
            }

            if (answer is JsonObject and { } node && node["resultId"] is JsonValue id)
            {
                _results[(SourceOfResults(method), uri)] = id.GetValue<string>();
            }
        }
    }

    private static string SourceOfResults(string method) => method.StartsWith("textDocument/semanticTokens", StringComparison.Ordinal) ? "textDocument/semanticTokens" : method;
}
