using StoryLsp.Features.Hover;
using StoryLsp.Features.Navigation;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Session;
using Location = StoryLsp.Protocol.Location;

namespace StoryLsp.Server.Handlers;

/// <summary><c>textDocument/hover</c>, <c>references</c> and <c>documentHighlight</c>.</summary>
internal static class NavigationHandlers
{
    public static void Register(LanguageConnection connection, EditorSession session)
    {
        connection.OnRequest(LspMethods.TextDocumentHover, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => Hover(place, parameters.Position, cancel)));
        connection.OnRequest(LspMethods.TextDocumentReferences, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => References(place, parameters, cancel)));
        connection.OnRequest(LspMethods.TextDocumentDocumentHighlight, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => Highlight(place, parameters.Position, cancel)));
    }

    private static Hover? Hover(Place place, Position position, CancellationToken cancel)
    {
        if (Hovers.At(place.Snapshot, place.Path, place.OffsetOf(position), place.Links, cancel) is not { } card)
        {
            return null;
        }

        return new Hover
        {
            Contents = new MarkupContent(place.Session.Client.TakesMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText, card.Markdown),
            Range = place.RangeOf(card.Span),
        };
    }

    private static IReadOnlyList<Location> References(Place place, ReferenceParams parameters, CancellationToken cancel) =>
        [.. AllReferences.At(place.Snapshot, place.Path, place.OffsetOf(parameters.Position), parameters.Context.IncludeDeclaration, cancel)
            .Select(found => place.LocationOf(found.Path, found.SelectionSpan))];

    private static IReadOnlyList<DocumentHighlight> Highlight(Place place, Position position, CancellationToken cancel) =>
        [.. Highlights.At(place.Snapshot, place.Path, place.OffsetOf(position), cancel).Select(highlight => new DocumentHighlight
        {
            Range = place.RangeOf(highlight.Span),
            Kind = highlight.IsDefinition ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
        })];
}
