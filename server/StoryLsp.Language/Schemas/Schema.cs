using StoryLsp.Language.Text;

namespace StoryLsp.Language.Schemas;

/// <summary>The types of a field's value.</summary>
public enum FieldType
{
    /// <summary>Any scalar.</summary>
    String,

    /// <summary>Any scalar, usually long.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>, also <c>yes</c> and <c>no</c>.</summary>
    Boolean,

    /// <summary>A story date.</summary>
    Date,

    /// <summary>A duration.</summary>
    Duration,

    /// <summary>One of <see cref="FieldSchema.Options"/>.</summary>
    Enum,

    /// <summary>Names a container of the type <see cref="FieldSchema.Target"/>.</summary>
    Reference,

    /// <summary>A list of <see cref="FieldSchema.Of"/>.</summary>
    List,

    /// <summary>A mapping with <see cref="FieldSchema.Fields"/>.</summary>
    Object,

    /// <summary>A container of the type <see cref="FieldSchema.Target"/>, written in place.</summary>
    Container,

    /// <summary>Anything.</summary>
    Any,
}

/// <summary>What becomes of fields that a schema does not know.</summary>
public enum AdditionalFields
{
    /// <summary>They are welcome; near misses of known fields are reported.</summary>
    Allow,

    /// <summary>They are reported as warnings.</summary>
    Warn,

    /// <summary>They are reported as errors.</summary>
    Deny,
}

/// <summary>What a schema says of one field.</summary>
public sealed class FieldSchema
{
    /// <summary>The field's name; empty for the items of a list.</summary>
    public required string Name { get; init; }

    /// <summary>The type of the value.</summary>
    public required FieldType Type { get; init; }

    /// <summary>Whether it must be there.</summary>
    public bool Required { get; init; }

    /// <summary>The value that completion offers, as YAML text.</summary>
    public string? Default { get; init; }

    /// <summary>One sentence for hover and completion.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the value must never reach a model.</summary>
    public bool Secret { get; init; }

    /// <summary>Null when not deprecated, else the field that replaces it, or an empty string.</summary>
    public string? Deprecated { get; init; }

    /// <summary>Other keys that mean this field.</summary>
    public IReadOnlyList<string> Synonyms { get; init; } = [];

    /// <summary>A regular expression that the whole string matches.</summary>
    public string? Pattern { get; init; }

    /// <summary>Least length of a string, in UTF-16 code units.</summary>
    public int? MinLength { get; init; }

    /// <summary>Greatest length of a string, in UTF-16 code units.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Least number.</summary>
    public double? Min { get; init; }

    /// <summary>Greatest number.</summary>
    public double? Max { get; init; }

    /// <summary>Least number of items.</summary>
    public int? MinItems { get; init; }

    /// <summary>Greatest number of items.</summary>
    public int? MaxItems { get; init; }

    /// <summary>Whether the items of a list must differ.</summary>
    public bool Unique { get; init; }

    /// <summary>The values of an enum.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The type that a reference or container field takes; null takes any.</summary>
    public string? Target { get; init; }

    /// <summary>What the items of a list are; null: anything.</summary>
    public FieldSchema? Of { get; init; }

    /// <summary>The fields of an object; empty: any.</summary>
    public IReadOnlyList<FieldSchema> Fields { get; init; } = [];

    /// <summary>What a name alone stands for where an object is expected, as in <c>relations: ["[[Tom Weir]]"]</c>: the object's first reference; null when it has none.</summary>
    public FieldSchema? PlainForm => Type == FieldType.Object ? Fields.FirstOrDefault(inner => inner.Type == FieldType.Reference) : null;

    /// <summary>Whether a name alone may stand where the object is expected: always in what ships, and everywhere without a <c>story.yaml</c>.</summary>
    /// <param name="hasSettings">Whether there is a <c>story.yaml</c>.</param>
    public bool TakesPlainForm(bool hasSettings) => PlainForm is not null && (Path is null || !hasSettings);

    /// <summary>The workspace-relative path of the schema file that says so; null when shipped.</summary>
    public string? Path { get; init; }

    /// <summary>The field's name in that file, in UTF-16 code units.</summary>
    public TextSpan Span { get; init; }
}

/// <summary>What a type of container is.</summary>
public sealed class Schema
{
    /// <summary>The type that it defines.</summary>
    public required string Name { get; init; }

    /// <summary>The type that it extends, or null.</summary>
    public string? Extends { get; init; }

    /// <summary>One or two sentences for hover and completion.</summary>
    public string? Description { get; init; }

    /// <summary>Names of folders whose files are of this type, beside its own name and plural.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>What becomes of unknown fields.</summary>
    public AdditionalFields Additional { get; init; }

    /// <summary>Its own fields and then the inherited ones that it does not replace, in the order of the files.</summary>
    public IReadOnlyList<FieldSchema> Fields { get; init; } = [];

    /// <summary>Whether it ships with the product.</summary>
    public bool IsShipped { get; init; }

    /// <summary>The workspace-relative path of its file; null when shipped.</summary>
    public string? Path { get; init; }

    /// <summary>The chain of types from this one to the base, itself first.</summary>
    public IReadOnlyList<string> Lineage { get; init; } = [];

    private Dictionary<string, FieldSchema>? _byKey;

    /// <summary>The field that a key means: by name or synonym, whatever the case; null when unknown.</summary>
    public FieldSchema? FindField(string key)
    {
        var map = _byKey ??= BuildKeys(Fields);
        return map.GetValueOrDefault(key);
    }

    private static Dictionary<string, FieldSchema> BuildKeys(IReadOnlyList<FieldSchema> fields)
    {
        var map = new Dictionary<string, FieldSchema>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in fields)
        {
            map.TryAdd(field.Name, field);
        }

        foreach (var field in fields)
        {
            foreach (var synonym in field.Synonyms)
            {
                map.TryAdd(synonym, field);
            }
        }

        return map;
    }
}
