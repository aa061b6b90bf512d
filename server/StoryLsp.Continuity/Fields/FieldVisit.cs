using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Fields;

/// <summary>A value and what a schema says of it.</summary>
/// <param name="Container">The container; null in <c>story.yaml</c>.</param>
/// <param name="Schema">The schema of the container.</param>
/// <param name="Field">What the schema says of the value.</param>
/// <param name="Name">The field's name for messages; that of the list for its items.</param>
/// <param name="KeySpan">The key; null for the items of a list.</param>
/// <param name="Value">The value, aliases resolved only where the anchor stands in the same text.</param>
/// <param name="IsBroken">Whether a part of a list or mapping was lost because its YAML is broken.</param>
/// <param name="IsStrict">Whether the writer asked for strictness: by a <c>story.yaml</c>, a schema or a written type.</param>
internal sealed record FieldVisit(
    ContainerFact? Container,
    Schema Schema,
    FieldSchema Field,
    string Name,
    TextSpan? KeySpan,
    YamlNode Value,
    bool IsBroken,
    bool IsStrict)
{
    /// <summary>Where the schema says so, when it is the workspace's own.</summary>
    public IReadOnlyList<RelatedPlace> SchemaPlace =>
        Field.Path is { } path ? [new(path, Field.Span, "What the schema says of this field.")] : [];

    /// <summary>Whether the faults of a container's values count in full.</summary>
    public static bool IsStrictFor(ContainerFact container, Schema schema, StorySettings settings) =>
        settings.Exists || !schema.IsShipped || container.TypeSpan is not null;
}
