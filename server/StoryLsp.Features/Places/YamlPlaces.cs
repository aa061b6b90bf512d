using StoryLsp.Features.Fields;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Places;

/// <summary>Finds out what stands at an offset of YAML, by its tree.</summary>
internal static class YamlPlaces
{
    // Deeper nesting is no story, and a walk must end.
    private const int Deepest = 64;

    /// <summary>The key, value, type or name at an offset, or null.</summary>
    public static Place? At(Snapshot snapshot, Document document, int offset)
    {
        foreach (var region in document.YamlRegions)
        {
            if (!region.Span.Touches(offset))
            {
                continue;
            }

            for (var i = 0; i < region.Tree.Documents.Count; i++)
            {
                if (region.Tree.Documents[i].Root is { } root && Holds(root.Span, offset))
                {
                    return new Walk(snapshot, document, region, i, offset).At(root);
                }
            }
        }

        return null;
    }

    private static bool Holds(TextSpan span, int offset) => span.Touches(offset);

    private sealed class Walk(Snapshot snapshot, Document document, YamlRegion region, int number, int offset)
    {
        private readonly Shapes _shapes = new(snapshot.Schemas, snapshot.Settings);
        private readonly List<string> _path = [];

        public Place? At(YamlNode root)
        {
            var index = number < region.Containers.Count ? region.Containers[number] : -1;
            var container = index >= 0 && index < document.Facts.Containers.Count ? document.Facts.Containers[index] : null;
            var isWholeFile = document.Markdown is null;
            var isFence = !isWholeFile && document.Markdown?.FrontMatter?.Content.Start != region.Span.Start;
            return Node(root, _shapes.Root(document.Facts, container, isWholeFile, isFence), 0);
        }

        private Place? Node(YamlNode node, Shape shape, int depth)
        {
            if (depth > Deepest)
            {
                return null;
            }

            switch (node)
            {
                case YamlMapping mapping:
                    return Mapping(mapping, shape, depth);
                case YamlSequence sequence:
                    foreach (var item in sequence.Items)
                    {
                        if (Holds(item.Span, offset))
                        {
                            return Node(item, Shapes.Item(shape), depth + 1);
                        }
                    }

                    return null;
                case YamlScalar scalar:
                    return Scalar(scalar, shape.IsList ? Shapes.Item(shape) : shape);
                default:
                    return null;
            }
        }

        private Place? Mapping(YamlMapping mapping, Shape shape, int depth)
        {
            var written = (mapping.Entry("type") ?? mapping.Entry("container_type"))?.Value.AsText();
            var known = _shapes.Mapping(shape, written);
            foreach (var entry in mapping.Entries)
            {
                if (entry.Key is YamlScalar key && key.Span.Length > 0 && key.Span.Touches(offset))
                {
                    return Key(known, key);
                }

                if (Holds(entry.Value.Span, offset) && entry.Key is YamlScalar name)
                {
                    _path.Add(_shapes.FieldOf(known, name.Value)?.Name ?? name.Value);
                    return Node(entry.Value, _shapes.Under(known, name.Value), depth + 1);
                }
            }

            return null;
        }

        private Place? Key(Shape mapping, YamlScalar key)
        {
            if (_shapes.FieldOf(mapping, key.Value) is { } field)
            {
                return new FieldPlace(key.Span, key.Value, field, mapping.Schema, [.. _path, field.Name]);
            }

            if (mapping.IsContainer && Shapes.IsTypeKey(key.Value))
            {
                return new WordPlace(key.Span, key.Value, "What it is: the name of a schema, such as character or scene.", null, null);
            }

            if (mapping.IsContainer && key.Value.Equals("id", StringComparison.OrdinalIgnoreCase))
            {
                return new WordPlace(key.Span, key.Value, "The name by which references find it, whatever it is called in the story.", null, null);
            }

            foreach (var choice in mapping.Keys)
            {
                if (choice.Text.Equals(key.Value, StringComparison.OrdinalIgnoreCase))
                {
                    return choice.Kind == ChoiceKind.Type && snapshot.Schemas.Find(choice.Text) is { } schema
                        ? new TypePlace(key.Span, schema)
                        : new WordPlace(key.Span, choice.Text, choice.Description, null, null);
                }
            }

            return null;
        }

        private Place? Scalar(YamlScalar scalar, Shape shape)
        {
            var value = scalar.Value.Trim();
            foreach (var choice in shape.Values)
            {
                if (!choice.Text.Equals(value, StringComparison.OrdinalIgnoreCase))
                {
                    continue;
                }

                return choice.Kind == ChoiceKind.Type && snapshot.Schemas.Find(choice.Text) is { } schema
                    ? new TypePlace(scalar.ContentSpan, schema)
                    : new WordPlace(scalar.ContentSpan, choice.Text, choice.Description, shape.Field, shape.Schema);
            }

            if (shape.Field is { Type: FieldType.Date or FieldType.Duration } time && !scalar.IsNull)
            {
                // Inside of escapes nobody knows where the name stands; the whole time is no name.
                if (TimeAnchors.Of(snapshot, -1, time.Name, scalar) is { Target: not null } anchor && anchor.Span != scalar.ContentSpan && anchor.Span.Touches(offset))
                {
                    return new ReferencePlace(anchor);
                }

                return new TimePlace(scalar.ContentSpan, scalar, time, shape.Schema);
            }

            var isOwn = _path is ["id" or "name" or "title" or "aliases"];
            if (isOwn || !MayName(shape))
            {
                return null;
            }

            if (shape.Field?.Type == FieldType.Reference && snapshot.Resolve(value, shape.Field.Target) is { Kind: not ResolutionKind.Unresolved } found)
            {
                return new NamePlace(scalar.ContentSpan, value, found.Candidates);
            }

            return NameOccurrences.At(snapshot, document.Text.Text, scalar.ContentSpan, offset, alsoIds: shape.Field?.Type is not FieldType.Text);
        }

        // Texts hold names as prose does; a plain form such as `ada takes revolver` holds ids as well.
        private static bool MayName(Shape shape) => shape.Field is null || shape.Field.Type is FieldType.Text or FieldType.Any or FieldType.Reference;
    }
}
