using StoryLsp.Features.Navigation;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary><c>textDocument/declaration</c>, <c>definition</c>, <c>typeDefinition</c> and <c>implementation</c>, and <c>storylsp/appearances</c>.</summary>
internal static class DestinationHandlers
{
    public static void Register(LanguageConnection connection, EditorSession session)
    {
        connection.OnRequest(LspMethods.TextDocumentDeclaration, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => Declaration(place, parameters.Position, cancel)));
        connection.OnRequest(LspMethods.TextDocumentDefinition, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => Definition(place, parameters.Position, cancel)));
        connection.OnRequest(LspMethods.TextDocumentTypeDefinition, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => TypeDefinition(place, parameters.Position, cancel)));
        connection.OnRequest(LspMethods.TextDocumentImplementation, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => Implementation(place, parameters.Position, cancel)));
        connection.OnRequest(ExtensionMethods.Appearances, (parameters, context) =>
            parameters.Uri is not null
                ? session.Answer(parameters.Uri, context, AppearancesAnswer.None, (place, cancel) => Split(place, parameters.Position, cancel))
                : throw new ResponseErrorException(ErrorCodes.InvalidParams, "`storylsp/appearances` takes a `uri`, and a `position` in it."));
    }

    private static DeclarationResult? Declaration(Place place, Position position, CancellationToken cancel)
    {
        if (Declarations.At(place.Snapshot, place.Path, place.OffsetOf(position), cancel) is not { } found)
        {
            return null;
        }

        var targets = Destinations.Of(place, found);
        return place.Session.Client.TakesDeclarationLinks ? DeclarationResult.Of(targets.Links()) : DeclarationResult.Of(targets.Locations());
    }

    private static Protocol.DefinitionResult? Definition(Place place, Position position, CancellationToken cancel)
    {
        var offset = place.OffsetOf(position);
        var targets = Definitions.At(place.Snapshot, place.Path, offset, cancel) is { } found ? Destinations.Of(place, found)
            // A type or a key that ships with the product is written in no file of the story.
            : TypeDefinitions.OfWordAt(place.Snapshot, place.Path, offset) is { } shipped ? Destinations.Of(place, shipped)
            : null;
        if (targets is null or { IsEmpty: true })
        {
            return null;
        }

        return place.Session.Client.TakesLocationLinks ? Protocol.DefinitionResult.Of(targets.Links()) : Protocol.DefinitionResult.Of(targets.Locations());
    }

    private static Protocol.TypeDefinitionResult? TypeDefinition(Place place, Position position, CancellationToken cancel)
    {
        var targets = TypeDefinitions.At(place.Snapshot, place.Path, place.OffsetOf(position), cancel) is { } found ? Destinations.Of(place, found) : null;
        if (targets is null or { IsEmpty: true })
        {
            return null;
        }

        return place.Session.Client.TakesTypeDefinitionLinks ? Protocol.TypeDefinitionResult.Of(targets.Links()) : Protocol.TypeDefinitionResult.Of(targets.Locations());
    }

    private static ImplementationResult? Implementation(Place place, Position position, CancellationToken cancel)
    {
        if (Declarations.PresentAt(place.Snapshot, place.Path, place.OffsetOf(position), cancel) is not { } found)
        {
            return null;
        }

        var targets = Destinations.Of(place, found);
        return place.Session.Client.TakesImplementationLinks ? ImplementationResult.Of(targets.Links()) : ImplementationResult.Of(targets.Locations());
    }

    private static AppearancesAnswer Split(Place place, Position position, CancellationToken cancel)
    {
        if (Declarations.SplitAt(place.Snapshot, place.Path, place.OffsetOf(position), cancel) is not var (things, found))
        {
            return AppearancesAnswer.None;
        }

        IReadOnlyList<AppearanceJson> Json(IReadOnlyList<Appearance> places) => [.. places.Select(one => new AppearanceJson(
            place.UriOf(one.Path), place.RangeOf(one.Path, one.Span), one.In is { } owner ? new ThingJson(place.Snapshot.IdOf(owner), owner.Name, owner.Type) : null))];
        return new(
            [.. things.Select(thing => new ThingJson(place.Snapshot.IdOf(thing), thing.Name, thing.Type))], Json(found.Defined), Json(found.Present), Json(found.Mentioned));
    }
}
