using System.Text.Json;
using StoryLsp.Features.Hierarchies;
using StoryLsp.Features.Navigation;
using StoryLsp.Index;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary><c>textDocument/prepareCallHierarchy</c>, <c>callHierarchy/incomingCalls</c> and <c>outgoingCalls</c>: who shares scenes with whom.</summary>
internal static class CallHierarchyHandlers
{
    public static void Register(LanguageConnection connection, EditorSession session)
    {
        connection.OnRequest(LspMethods.TextDocumentPrepareCallHierarchy, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => Prepare(place, parameters.Position, cancel)));
        connection.OnRequest(LspMethods.CallHierarchyIncomingCalls, (parameters, context) =>
            session.Answer(parameters.Item.Uri, context, null, (place, cancel) => Incoming(place, parameters.Item, cancel)));
        connection.OnRequest(LspMethods.CallHierarchyOutgoingCalls, (parameters, context) =>
            session.Answer(parameters.Item.Uri, context, null, (place, cancel) => Outgoing(place, parameters.Item, cancel)));
    }

    private static IReadOnlyList<CallHierarchyItem>? Prepare(Place place, Position position, CancellationToken cancel)
    {
        var found = SharedScenes.At(place.Snapshot, place.Path, place.OffsetOf(position), cancel);
        return found.Count == 0 ? null : [.. found.Select(container => Item(place, container, container.Type))];
    }

    private static IReadOnlyList<CallHierarchyIncomingCall>? Incoming(Place place, CallHierarchyItem item, CancellationToken cancel) =>
        Find(place, item, cancel) is not { } container ? null :
        [
            .. SharedScenes.Incoming(place.Snapshot, container, cancel)
                .Select(step => new CallHierarchyIncomingCall(Item(place, step.Other, step.Detail), [.. step.Places.Select(span => place.RangeOf(step.Other.Path, span))])),
        ];

    private static IReadOnlyList<CallHierarchyOutgoingCall>? Outgoing(Place place, CallHierarchyItem item, CancellationToken cancel) =>
        Find(place, item, cancel) is not { } container ? null :
        [
            .. SharedScenes.Outgoing(place.Snapshot, container, cancel)
                .Select(step => new CallHierarchyOutgoingCall(Item(place, step.Other, step.Detail), [.. step.Places.Select(span => place.RangeOf(container.Path, span))])),
        ];

    private static CallHierarchyItem Item(Place place, Container container, string? detail)
    {
        var location = Definitions.LocationOf(container);
        return new()
        {
            Name = container.Name.Length > 0 ? container.Name : place.Snapshot.IdOf(container),
            Kind = SymbolKinds.OfType(container.Type),
            Detail = detail,
            Uri = place.UriOf(container.Path),
            Range = place.RangeOf(container.Path, location.Span),
            SelectionRange = place.RangeOf(container.Path, location.SelectionSpan),
            Data = JsonSerializer.SerializeToElement(new ContainerData(place.Snapshot.IdOf(container)), ServerJson.Default.ContainerData),
        };
    }

    // Between two requests the file may have changed; the id outlives that, and where it does not, nothing is told of another.
    private static Container? Find(Place place, CallHierarchyItem item, CancellationToken cancel) =>
        ServerData.Read(item.Data, ServerJson.Default.ContainerData) is { } data
            ? place.Snapshot.ContainersIn(place.Path).FirstOrDefault(container => place.Snapshot.IdOf(container) == data.Id)
            : SharedScenes.At(place.Snapshot, place.Path, place.OffsetOf(item.SelectionRange.Start), cancel).FirstOrDefault();
}
