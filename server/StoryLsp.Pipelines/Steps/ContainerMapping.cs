using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Pipelines.Steps;

/// <summary>Finds the YAML mapping in which the attributes of a container are written.</summary>
internal static class ContainerMapping
{
    private const int DeepestNesting = 64;

    /// <summary>The mapping; null when the container has none.</summary>
    public static YamlMapping? Of(Document document, ContainerFact container)
    {
        foreach (var region in document.YamlRegions)
        {
            for (var i = 0; i < region.Containers.Count; i++)
            {
                if (region.Containers[i] == container.Index)
                {
                    return region.Tree.Documents[i].Root as YamlMapping;
                }
            }

            // An entry of a collection or an embedded container is a mapping somewhere inside; its first field tells which.
            foreach (var tree in region.Tree.Documents)
            {
                if (container.Fields is [var first, ..] && Holder(tree.Root, first, 0) is { } mapping)
                {
                    return mapping;
                }
            }
        }

        return null;
    }

    /// <summary>The mapping that holds a field: this one or, as Showrunner writes, one inside; null when none does.</summary>
    public static YamlMapping? With(YamlMapping? mapping, FieldFact field) => Holder(mapping, field, 0);

    /// <summary>Where a new field goes: Showrunner keeps the fields in <c>attributes</c>.</summary>
    public static YamlMapping ForNewFields(YamlMapping mapping, ContainerFact container) =>
        container.Field("attributes") is { Known: true, Value: YamlMapping { Entries.Count: > 0 } attributes } && mapping.Entry("container_type") is not null ? attributes : mapping;

    private static YamlMapping? Holder(YamlNode? node, FieldFact field, int depth)
    {
        if (node is null || depth > DeepestNesting || !node.Span.Contains(field.KeySpan.Start))
        {
            return null;
        }

        return node switch
        {
            YamlMapping mapping when mapping.Entries.Any(entry => entry.Key.Span == field.KeySpan) => mapping,
            YamlMapping mapping => mapping.Entries.Select(entry => Holder(entry.Value, field, depth + 1)).FirstOrDefault(found => found is not null),
            YamlSequence list => list.Items.Select(item => Holder(item, field, depth + 1)).FirstOrDefault(found => found is not null),
            _ => null,
        };
    }
}
