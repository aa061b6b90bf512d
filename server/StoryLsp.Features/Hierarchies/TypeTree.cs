using StoryLsp.Features.Navigation;
using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Schemas;

namespace StoryLsp.Features.Hierarchies;

/// <summary>Which type extends which.</summary>
public static class TypeTree
{
    /// <summary>The types at an offset: the one that is named, that of a key, or that of the container that is named or stood in.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="offset">The offset, in UTF-16 code units.</param>
    /// <param name="cancel">Gives up.</param>
    public static IReadOnlyList<SchemaPlace> At(Snapshot snapshot, string path, int offset, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return snapshot.Document(path) is { } document
            // The schema of the settings defines no type.
            ? Places(snapshot, TypeDefinitions.SchemasAt(snapshot, document, PlaceReader.At(snapshot, document, offset), offset).Where(schema => schema != snapshot.Schemas.Settings))
            : [];
    }

    /// <summary>The type that another extends: none or one.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="schema">The type.</param>
    public static IReadOnlyList<SchemaPlace> Supertypes(Snapshot snapshot, Schema schema) => SchemaKinship.ParentOf(snapshot, schema) is { } parent ? Places(snapshot, [parent]) : [];

    /// <summary>The types that extend another, by name.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="schema">The type.</param>
    public static IReadOnlyList<SchemaPlace> Subtypes(Snapshot snapshot, Schema schema) => Places(snapshot, SchemaKinship.ChildrenOf(snapshot, schema));

    private static IReadOnlyList<SchemaPlace> Places(Snapshot snapshot, IEnumerable<Schema> schemas) => [.. schemas.Select(schema => SchemaPlaces.Of(snapshot, schema)).OfType<SchemaPlace>()];
}
