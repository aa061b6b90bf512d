using System.Globalization;
using System.Text.Json;
using StoryLsp.Features.Links;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Session;
using DocumentLink = StoryLsp.Protocol.DocumentLink;

namespace StoryLsp.Server.Handlers;

/// <summary><c>textDocument/documentLink</c>, <c>documentLink/resolve</c> and <c>textDocument/linkedEditingRange</c>.</summary>
internal static class LinkHandlers
{
    public static void Register(LanguageConnection connection, EditorSession session)
    {
        connection.OnRequest(LspMethods.TextDocumentDocumentLink, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => Links(place, parameters.TextDocument.Uri, cancel)));
        connection.OnRequest(LspMethods.DocumentLinkResolve, (link, context) =>
            ServerData.Read(link.Data, ServerJson.Default.LinkData) is { Uri: not null, File: not null, Block: not null } data
                ? session.Answer(data.Uri, context, link, (place, _) => Resolve(place, link, data))
                : Task.FromResult(link));
        connection.OnRequest(LspMethods.TextDocumentLinkedEditingRange, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => Twins(place, parameters.Position, cancel)));
    }

    private static IReadOnlyList<DocumentLink> Links(Place place, string uri, CancellationToken cancel) =>
        [.. DocumentLinks.Of(place.Snapshot, place.Path, cancel).Select(link => new DocumentLink
        {
            Range = place.RangeOf(link.Span),
            Target = link.Block is null ? Target(place, link.File, link.Line) : null,
            Tooltip = place.Session.Client.TakesLinkTooltips ? link.Title : null,
            // A block's line is in a text that nobody has read yet.
            Data = link.Block is { } block ? JsonSerializer.SerializeToElement(new LinkData(uri, link.File, block), ServerJson.Default.LinkData) : null,
        })];

    private static DocumentLink Resolve(Place place, DocumentLink link, LinkData data) => place.Story.RelativePath(data.File) is { } path
        ? link with { Target = Target(place, data.File, DocumentLinks.LineOfBlock(place.Snapshot, path, data.Block)) }
        : link;

    // Editors take the line of a file as a fragment, as they do in hover.
    private static string Target(Place place, string file, int? line) =>
        place.Session.UriOf(file) + (line is { } known ? "#L" + (known + 1).ToString(CultureInfo.InvariantCulture) : "");

    private static LinkedEditingRanges? Twins(Place place, Position position, CancellationToken cancel) =>
        LinkedEdits.At(place.Snapshot, place.Path, place.OffsetOf(position), cancel) is { } found
            ? new() { Ranges = [.. found.Spans.Select(place.RangeOf)], WordPattern = found.WordPattern }
            : null;
}
