using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Navigation;

/// <summary>Where the type of something is written.</summary>
/// <param name="Origin">The text that leads there, in UTF-16 code units of the document that was asked about.</param>
/// <param name="Targets">The schemas, each once; several where the name is ambiguous.</param>
public sealed record TypeDefinitionResult(TextSpan Origin, IReadOnlyList<SchemaPlace> Targets);

/// <summary>Leads from a container to its schema, and from a key to the field's place in it. What ships with the product is shown as well.</summary>
public static class TypeDefinitions
{
    /// <summary>The schemas of what stands at an offset, or of the container that it stands in; null where there is none.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="offset">The offset, in UTF-16 code units.</param>
    /// <param name="cancel">Gives up.</param>
    public static TypeDefinitionResult? At(Snapshot snapshot, string path, int offset, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (snapshot.Document(path) is not { } document)
        {
            return null;
        }

        var place = PlaceReader.At(snapshot, document, offset);
        return OfWord(snapshot, place) ?? Result(place?.Span ?? new TextSpan(offset, 0), SchemasAt(snapshot, document, place, offset).Select(schema => SchemaPlaces.Of(snapshot, schema)));
    }

    /// <summary>Where the type or the key at an offset is written, in a schema of the workspace or a shipped one; null for anything else.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="offset">The offset, in UTF-16 code units.</param>
    public static TypeDefinitionResult? OfWordAt(Snapshot snapshot, string path, int offset) =>
        snapshot.Document(path) is { } document ? OfWord(snapshot, PlaceReader.At(snapshot, document, offset)) : null;

    /// <summary>The schemas of what stands at an offset, each once: a type itself, that of a key, those of containers; else that of the container around it.</summary>
    internal static IEnumerable<Schema> SchemasAt(Snapshot snapshot, Document document, Place? place, int offset)
    {
        switch (place)
        {
            case TypePlace type:
                return [type.Schema];
            case Places.FieldPlace { Schema: { } schema }:
                return [schema];
        }

        if (document.Facts.Kind == DocumentKind.Schema)
        {
            return snapshot.Schemas.All.Where(schema => schema.Path == document.Path && SchemaPlaces.Of(snapshot, schema)?.Span.Touches(offset) == true);
        }

        var things = Things.At(snapshot, document, place, offset);
        var containers = things.Count > 0 ? things : snapshot.ContainerAt(document.Path, offset) is { } around ? [around] : [];
        return containers.Select(container => snapshot.Schemas.Find(container.Type)).OfType<Schema>().Distinct();
    }

    private static TypeDefinitionResult? OfWord(Snapshot snapshot, Place? place) => place switch
    {
        TypePlace type => Result(place.Span, [SchemaPlaces.Of(snapshot, type.Schema)]),
        Places.FieldPlace { Schema: { } schema } field => Result(place.Span, [SchemaPlaces.OfField(snapshot, schema, field.Path)]),
        _ => null,
    };

    private static TypeDefinitionResult? Result(TextSpan origin, IEnumerable<SchemaPlace?> places) =>
        places.OfType<SchemaPlace>().ToList() is { Count: > 0 } found ? new(origin, found) : null;
}
