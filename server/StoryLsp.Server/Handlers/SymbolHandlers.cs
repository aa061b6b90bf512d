using StoryLsp.Features.Symbols;
using StoryLsp.Index;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Session;
using WorkspaceSymbol = StoryLsp.Protocol.WorkspaceSymbol;

namespace StoryLsp.Server.Handlers;

/// <summary><c>textDocument/documentSymbol</c> and <c>workspace/symbol</c>.</summary>
internal static class SymbolHandlers
{
    public static void Register(LanguageConnection connection, EditorSession session)
    {
        connection.OnRequest(LspMethods.TextDocumentDocumentSymbol, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, Outline));
        connection.OnRequest(LspMethods.WorkspaceSymbol, async (parameters, context) =>
        {
            var snapshots = session.Snapshots();
            return await Task.Run(async () => Find(session, await snapshots.ConfigureAwait(false), parameters.Query, context.CancellationToken), context.CancellationToken)
                .ConfigureAwait(false);
        });
    }

    private static DocumentSymbolResult? Outline(Place place, CancellationToken cancel)
    {
        var symbols = DocumentSymbols.Of(place.Snapshot, place.Path, cancel);
        return place.Session.Client.TakesHierarchicalSymbols
            ? DocumentSymbolResult.Of(symbols.Select(symbol => Nested(place, symbol)).ToArray())
            : DocumentSymbolResult.Of(symbols.SelectMany(symbol => Flat(place, symbol, null)).ToArray());
    }

    private static DocumentSymbol Nested(Place place, Symbol symbol) => new()
    {
        Name = symbol.Name,
        Detail = symbol.Detail,
        Kind = KindOf(symbol.Sort, symbol.Sort == SymbolSort.Container ? symbol.Detail : null),
        Range = place.RangeOf(symbol.Span),
        SelectionRange = place.RangeOf(symbol.SelectionSpan),
        Children = symbol.Children.Count == 0 ? null : [.. symbol.Children.Select(child => Nested(place, child))],
    };

    private static IEnumerable<SymbolInformation> Flat(Place place, Symbol symbol, string? owner) =>
        symbol.Children.SelectMany(child => Flat(place, child, symbol.Name)).Prepend(new SymbolInformation
        {
            Name = symbol.Name,
            Kind = KindOf(symbol.Sort, symbol.Sort == SymbolSort.Container ? symbol.Detail : null),
            Location = place.LocationOf(place.Path, symbol.SelectionSpan),
            ContainerName = owner,
        });

    private static WorkspaceSymbolResult? Find(EditorSession session, IReadOnlyList<(StoryFolder Story, Snapshot Snapshot)> snapshots, string query, CancellationToken cancel)
    {
        var found = new List<WorkspaceSymbol>();
        foreach (var (story, snapshot) in snapshots)
        {
            found.AddRange(WorkspaceSymbols.Find(snapshot, query, cancel).Select(symbol => new WorkspaceSymbol
            {
                Name = symbol.Name,
                Kind = KindOf(symbol.Sort, symbol.Type),
                ContainerName = symbol.Owner ?? symbol.Detail,
                Location = new Location(session.UriOf(story.AbsolutePath(symbol.Path)), Positions.Range(snapshot, symbol.Path, symbol.Span, session.Client.Encoding)),
            }));
        }

        return WorkspaceSymbolResult.Of(found.ToArray());
    }

    private static SymbolKind KindOf(SymbolSort sort, string? type) => sort switch
    {
        SymbolSort.Heading => SymbolKind.String,
        SymbolSort.Field => SymbolKind.Property,
        SymbolSort.Item => SymbolKind.Array,
        _ => type switch
        {
            "character" => SymbolKind.Class,
            "location" => SymbolKind.Namespace,
            "item" => SymbolKind.Object,
            "faction" => SymbolKind.Interface,
            "fact" or "clue" => SymbolKind.Constant,
            "event" => SymbolKind.Event,
            "scene" or "shot" or "panel" => SymbolKind.Method,
            "chapter" or "outline" or "bible" => SymbolKind.Module,
            _ => SymbolKind.Object,
        },
    };
}
