using System.Text.Json;
using StoryLsp.Features.Hierarchies;
using StoryLsp.Features.Navigation;
using StoryLsp.Language.Schemas;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary><c>textDocument/prepareTypeHierarchy</c>, <c>typeHierarchy/supertypes</c> and <c>subtypes</c>: which schema extends which.</summary>
internal static class TypeHierarchyHandlers
{
    public static void Register(LanguageConnection connection, EditorSession session)
    {
        connection.OnRequest(LspMethods.TextDocumentPrepareTypeHierarchy, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => Prepare(place, parameters, cancel)));
        connection.OnRequest(LspMethods.TypeHierarchySupertypes, (parameters, context) => Kin(session, parameters.Item, context, TypeTree.Supertypes));
        connection.OnRequest(LspMethods.TypeHierarchySubtypes, (parameters, context) => Kin(session, parameters.Item, context, TypeTree.Subtypes));
    }

    private static IReadOnlyList<TypeHierarchyItem>? Prepare(Place place, TypeHierarchyPrepareParams parameters, CancellationToken cancel)
    {
        var found = TypeTree.At(place.Snapshot, place.Path, place.OffsetOf(parameters.Position), cancel);
        return found.Count == 0 ? null : [.. found.Select(schema => Item(place, schema, parameters.TextDocument.Uri))];
    }

    private static Task<IReadOnlyList<TypeHierarchyItem>?> Kin(
        EditorSession session, TypeHierarchyItem item, RequestContext context, Func<Index.Snapshot, Schema, IReadOnlyList<SchemaPlace>> kin)
    {
        // A shipped schema is in no folder, so an item remembers from which document it was asked for.
        if (ServerData.Read(item.Data, ServerJson.Default.TypeData) is not { Uri: not null, Name: not null } data)
        {
            return Task.FromResult<IReadOnlyList<TypeHierarchyItem>?>(null);
        }

        return session.Answer(data.Uri, context, null, (place, _) => SchemaKinship.Find(place.Snapshot, data.Name, data.IsShipped) is not { } schema ? null :
            (IReadOnlyList<TypeHierarchyItem>?)[.. kin(place.Snapshot, schema).Select(one => Item(place, one, data.Uri))]);
    }

    private static TypeHierarchyItem Item(Place place, SchemaPlace schema, string uri) => new()
    {
        Name = schema.Schema.Name,
        Kind = SymbolKind.Class,
        Detail = schema.Path is null ? "shipped" : schema.Path,
        Uri = Destinations.UriOf(place, schema),
        Range = Destinations.RangeIn(place, schema, schema.Span),
        SelectionRange = Destinations.RangeIn(place, schema, schema.SelectionSpan),
        Data = JsonSerializer.SerializeToElement(new TypeData(uri, schema.Schema.Name, schema.Path is null), ServerJson.Default.TypeData),
    };
}
