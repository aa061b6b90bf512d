using System.Text.Json;
using StoryLsp.Features.Symbols;
using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Session;
using WorkspaceSymbol = StoryLsp.Protocol.WorkspaceSymbol;

namespace StoryLsp.Server.Handlers;

/// <summary><c>textDocument/documentSymbol</c>, and <c>workspace/symbol</c> with <c>workspaceSymbol/resolve</c>.</summary>
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
        connection.OnRequest(LspMethods.WorkspaceSymbolResolve, (symbol, context) =>
            ServerData.Read(symbol.Data, ServerJson.Default.SymbolData) is { Start: >= 0, Length: >= 0 } data && symbol.Location.LocationUriOnly is { } only
                ? session.Answer(only.Uri, context, symbol, (place, _) => Resolve(place, symbol, data, only.Uri))
                : Task.FromResult(symbol));
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
        Kind = SymbolKinds.Of(symbol.Sort, symbol.Sort == SymbolSort.Container ? symbol.Detail : null),
        Range = place.RangeOf(symbol.Span),
        SelectionRange = place.RangeOf(symbol.SelectionSpan),
        Children = symbol.Children.Count == 0 ? null : [.. symbol.Children.Select(child => Nested(place, child))],
    };

    private static IEnumerable<SymbolInformation> Flat(Place place, Symbol symbol, string? owner) =>
        symbol.Children.SelectMany(child => Flat(place, child, symbol.Name)).Prepend(new SymbolInformation
        {
            Name = symbol.Name,
            Kind = SymbolKinds.Of(symbol.Sort, symbol.Sort == SymbolSort.Container ? symbol.Detail : null),
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
                Kind = SymbolKinds.Of(symbol.Sort, symbol.Type),
                ContainerName = symbol.Owner ?? symbol.Detail,
                Location = LocationOf(session, story, snapshot, symbol),
                Data = IsLate(session) ? JsonSerializer.SerializeToElement(new SymbolData(symbol.Span.Start, symbol.Span.Length), ServerJson.Default.SymbolData) : null,
            }));
        }

        return WorkspaceSymbolResult.Of(found.ToArray());
    }

    // Characters are counted in UTF-16 by the lines of the facts; for any other unit the text of each file must be read, which can wait until a symbol is chosen.
    private static bool IsLate(EditorSession session) => session.Client.ResolvesSymbolRanges && session.Client.Encoding != PositionEncoding.Utf16;

    private static LocationOrLocationUriOnly LocationOf(EditorSession session, StoryFolder story, Snapshot snapshot, Features.Symbols.WorkspaceSymbol symbol)
    {
        var uri = session.UriOf(story.AbsolutePath(symbol.Path));
        return IsLate(session) ? new LocationUriOnly(uri) : new Location(uri, Positions.Range(snapshot, symbol.Path, symbol.Span, session.Client.Encoding));
    }

    private static WorkspaceSymbol Resolve(Place place, WorkspaceSymbol symbol, SymbolData data, string uri) =>
        symbol with { Location = new Location(uri, place.RangeOf(TextSpan.FromBounds(Math.Clamp(data.Start, 0, place.Text.Length), Math.Clamp(data.Start + data.Length, 0, place.Text.Length)))) };
}
