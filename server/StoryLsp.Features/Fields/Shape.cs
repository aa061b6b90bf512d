using StoryLsp.Language.Schemas;

namespace StoryLsp.Features.Fields;

/// <summary>What a choice stands for.</summary>
internal enum ChoiceKind
{
    /// <summary>A value of an enum, or <c>true</c>.</summary>
    Value,

    /// <summary>A type of containers.</summary>
    Type,

    /// <summary>A key that is no field of a schema.</summary>
    Key,
}

/// <summary>A text that may be written.</summary>
internal sealed record Choice(string Text, string? Description = null, ChoiceKind Kind = ChoiceKind.Value);

/// <summary>What may be written at a YAML node.</summary>
internal sealed class Shape
{
    /// <summary>Nothing is known of it.</summary>
    public static Shape Anything { get; } = new();

    /// <summary>What the schema says of the value; null where no field of a schema leads here.</summary>
    public FieldSchema? Field { get; init; }

    /// <summary>The schema that the field belongs to, or whose fields the mapping here has.</summary>
    public Schema? Schema { get; init; }

    /// <summary>Whether a mapping here is a container; its own <c>type</c> then decides.</summary>
    public bool IsContainer { get; init; }

    /// <summary>The type of the container unless it says another.</summary>
    public string? ContainerType { get; init; }

    /// <summary>The fields of a mapping here.</summary>
    public IReadOnlyList<FieldSchema> Fields { get; init; } = [];

    /// <summary>The values that are offered.</summary>
    public IReadOnlyList<Choice> Values { get; init; } = [];

    /// <summary>Keys that are offered beside the fields.</summary>
    public IReadOnlyList<Choice> Keys { get; init; } = [];

    /// <summary>What stands under a key that is no field.</summary>
    public Func<string, Shape?>? Under { get; init; }

    /// <summary>What an item of a list here is; null where it is the same as the node itself.</summary>
    public Func<Shape>? Items { get; init; }

    /// <summary>Whether a mapping is what belongs here.</summary>
    public bool IsMapping => IsContainer || Fields.Count > 0 || Keys.Count > 0 || Under is not null || Field?.Type == FieldType.Object;

    /// <summary>Whether a list is what belongs here.</summary>
    public bool IsList => Items is not null;
}
