using StoryLsp.Features.Folding;
using StoryLsp.Features.SelectionRanges;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary><c>textDocument/foldingRange</c> and <c>textDocument/selectionRange</c>.</summary>
internal static class StructureHandlers
{
    public static void Register(LanguageConnection connection, EditorSession session)
    {
        connection.OnRequest(LspMethods.TextDocumentFoldingRange, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, Folds));
        connection.OnRequest(LspMethods.TextDocumentSelectionRange, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => Selections(place, parameters.Positions, cancel)));
    }

    // Whole lines alone, so that it is the same for editors that fold nothing else.
    private static IReadOnlyList<FoldingRange>? Folds(Place place, CancellationToken cancel)
    {
        var client = place.Session.Client;
        return [.. Foldings.Of(place.Snapshot, place.Path, client.MostFolds, cancel).Select(fold => new FoldingRange
        {
            StartLine = fold.StartLine,
            EndLine = fold.EndLine,
            Kind = KindOf(fold.Sort) is { } kind && client.KnowsFoldKind(kind) ? kind : null,
        })];
    }

    private static FoldingRangeKind? KindOf(FoldSort sort) => sort switch
    {
        FoldSort.Comment => FoldingRangeKind.Comment,
        FoldSort.FrontMatter or FoldSort.Fence => FoldingRangeKind.Region,
        _ => null,
    };

    // One answer for each position, in their order, also where nothing stands.
    private static IReadOnlyList<SelectionRange> Selections(Place place, IReadOnlyList<Position> positions, CancellationToken cancel)
    {
        var result = new List<SelectionRange>(positions.Count);
        foreach (var position in positions)
        {
            SelectionRange? range = null;
            foreach (var span in SelectionSteps.At(place.Snapshot, place.Path, place.OffsetOf(position), cancel).Reverse())
            {
                range = new() { Range = place.RangeOf(span), Parent = range };
            }

            result.Add(range ?? new() { Range = new LspRange(position, position) });
        }

        return result;
    }
}
