using StoryLsp.Features.Fields;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Places;

/// <summary>A key and its value, with what the schema says of them.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
/// <param name="Mapping">The mapping in which it stands.</param>
/// <param name="Field">The field that the key means; null where it is none.</param>
internal readonly record struct YamlEntryPlace(YamlScalar Key, YamlNode Value, Shape Mapping, FieldSchema? Field)
{
    /// <summary>Whether the key is a word that the product knows: a field, a type, a key of the settings.</summary>
    public bool IsKnown
    {
        get
        {
            if (Field is not null || (Mapping.IsContainer && (Shapes.IsTypeKey(Key.Value) || Key.Value.Equals("id", StringComparison.OrdinalIgnoreCase))))
            {
                return true;
            }

            foreach (var choice in Mapping.Keys)
            {
                if (choice.Text.Equals(Key.Value, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }

            return false;
        }
    }
}

/// <summary>Goes through the keys of a document's YAML together with what the schemas say of them.</summary>
internal static class YamlEntries
{
    // Deeper nesting is no story, and a walk must end.
    private const int Deepest = 64;

    /// <summary>The keys in a stretch of a document, in order; what lies outside of it is not gone through.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="document">The document.</param>
    /// <param name="within">The stretch, in UTF-16 code units.</param>
    public static List<YamlEntryPlace> In(Snapshot snapshot, Document document, TextSpan within)
    {
        var walk = new Walk(new Shapes(snapshot.Schemas, snapshot.Settings), within);
        foreach (var region in document.YamlRegions)
        {
            if (!Holds(region.Span, within))
            {
                continue;
            }

            for (var i = 0; i < region.Tree.Documents.Count; i++)
            {
                if (region.Tree.Documents[i].Root is { } root && Holds(root.Span, within))
                {
                    walk.Root(document, region, i, root);
                }
            }
        }

        return walk.Found;
    }

    private static bool Holds(TextSpan span, TextSpan within) => span.Start <= within.End && span.End >= within.Start;

    private sealed class Walk(Shapes shapes, TextSpan within)
    {
        public List<YamlEntryPlace> Found { get; } = [];

        public void Root(Document document, YamlRegion region, int number, YamlNode root)
        {
            var index = number < region.Containers.Count ? region.Containers[number] : -1;
            var container = index >= 0 && index < document.Facts.Containers.Count ? document.Facts.Containers[index] : null;
            var isWholeFile = document.Markdown is null;
            var isFence = !isWholeFile && document.Markdown?.FrontMatter?.Content.Start != region.Span.Start;
            Node(root, shapes.Root(document.Facts, container, isWholeFile, isFence), 0);
        }

        private void Node(YamlNode node, Shape shape, int depth)
        {
            if (depth > Deepest)
            {
                return;
            }

            switch (node)
            {
                case YamlMapping mapping:
                    Mapping(mapping, shape, depth);
                    break;
                case YamlSequence sequence:
                    foreach (var item in sequence.Items)
                    {
                        if (item is YamlMapping or YamlSequence && Holds(item.Span, within))
                        {
                            Node(item, Shapes.Item(shape), depth + 1);
                        }
                    }

                    break;
            }
        }

        private void Mapping(YamlMapping mapping, Shape shape, int depth)
        {
            var known = shapes.Mapping(shape, (mapping.Entry("type") ?? mapping.Entry("container_type"))?.Value.AsText());
            foreach (var entry in mapping.Entries)
            {
                if (entry.Key is not YamlScalar key)
                {
                    continue;
                }

                if (Holds(key.Span, within) || Holds(entry.Value.Span, within))
                {
                    Found.Add(new(key, entry.Value, known, shapes.FieldOf(known, key.Value)));
                }

                if (entry.Value is YamlMapping or YamlSequence && Holds(entry.Value.Span, within))
                {
                    Node(entry.Value, shapes.Under(known, key.Value), depth + 1);
                }
            }
        }
    }
}
