using StoryLsp.Index;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Navigation;

/// <summary>Where a schema, or a field of it, is written.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="Path">Workspace-relative path of its file; null for one that ships with the product, which is no file that a writer has.</param>
/// <param name="Text">The text of the file.</param>
/// <param name="Span">All of it, in UTF-16 code units.</param>
/// <param name="SelectionSpan">The name of the schema or of the field.</param>
public sealed record SchemaPlace(Schema Schema, string? Path, SourceText Text, TextSpan Span, TextSpan SelectionSpan);

/// <summary>Finds schemas and their fields in the files that define them.</summary>
internal static class SchemaPlaces
{
    /// <summary>Where a schema is written, or null.</summary>
    public static SchemaPlace? Of(Snapshot snapshot, Schema schema) =>
        RootOf(snapshot, schema) is var (root, text) && (root.Entry("schema") ?? root.Entry("name")) is { } entry
            ? new(schema, schema.Path, text, root.Span, entry.Value.Span)
            : null;

    /// <summary>Where a field is written: in the nearest schema of a lineage that defines it; null when none does.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="schema">The schema that has the field, its own or inherited.</param>
    /// <param name="path">The names of the fields that lead to it, itself last.</param>
    public static SchemaPlace? OfField(Snapshot snapshot, Schema schema, IReadOnlyList<string> path)
    {
        // Schemas may extend one another in a circle; a lineage ends before it.
        var current = schema;
        for (var step = 0; current is not null && step < schema.Lineage.Count; step++, current = SchemaKinship.ParentOf(snapshot, current))
        {
            if (RootOf(snapshot, current) is var (root, text) && FindField(root, path) is { } entry)
            {
                return new(current, current.Path, text, entry.Span, entry.Key.Span);
            }
        }

        return null;
    }

    private static YamlEntry? FindField(YamlNode root, IReadOnlyList<string> path)
    {
        YamlNode? node = root;
        YamlEntry? entry = null;
        foreach (var name in path)
        {
            // The fields of a list's items stand under `of`.
            var fields = node.Get("fields") ?? node.Get("of").Get("fields");
            entry = fields.Entry(name);
            node = entry?.Value;
        }

        return entry;
    }

    private static (YamlMapping Root, SourceText Text)? RootOf(Snapshot snapshot, Schema schema)
    {
        var (tree, text) = schema.Path is { } path ? (snapshot.Document(path)?.Yaml, snapshot.Document(path)?.Text)
            : SchemaSet.ShippedText(schema.Name) is { } shipped ? (YamlParser.Parse(shipped), shipped) : (null, null);
        var root = tree?.Documents.Select(document => document.Root).OfType<YamlMapping>()
            .FirstOrDefault(root => string.Equals((root.Get("schema") ?? root.Get("name")).AsText()?.Trim(), schema.Name, StringComparison.OrdinalIgnoreCase));
        return root is null ? null : (root, text!);
    }
}
