using StoryLsp.Language.Schemas;

namespace StoryLsp.Features.Fields;

/// <summary>The shapes of a schema file: the words that a schema is written in.</summary>
internal sealed class SchemaFileShapes(Shapes shapes)
{
    private static readonly Choice[] FieldTypes =
    [
        new("string", "Any scalar, such as a name or a number."), new("text", "A longer text."), new("integer", "A whole number."),
        new("number", "A number."), new("boolean", "true or false."), new("date", "A story date."), new("duration", "How long something lasts."),
        new("enum", "One of `options`."), new("reference", "Names a container of the type `target`."), new("list", "A list of what `of` says."),
        new("object", "A mapping with `fields` of its own."), new("container", "A container of the type `target`, written in place."), new("any", "Anything."),
    ];

    private static readonly Choice[] Booleans = [new("true"), new("false")];

    private static readonly Choice[] FieldKeys =
    [
        Key("type", "The type of the value."), Key("description", "One sentence for hover and completion."), Key("required", "Whether the field must be there."),
        Key("default", "The value that completion offers."), Key("secret", "Whether the value must never reach a model."),
        Key("deprecated", "true, or the field that replaces this one."), Key("synonyms", "Other keys that mean this field."),
        Key("target", "The type that a reference or container field takes."), Key("options", "The values of an enum."), Key("of", "What the items of a list are."),
        Key("fields", "The fields of an object."), Key("min", "The least number."), Key("max", "The greatest number."),
        Key("pattern", "A regular expression that the whole string matches."), Key("minLength", "The least length of a string."),
        Key("maxLength", "The greatest length of a string."), Key("minItems", "The least number of items."), Key("maxItems", "The greatest number of items."),
        Key("unique", "Whether the items of a list must differ."),
    ];

    /// <summary>The shape of the whole file.</summary>
    public Shape Root => new()
    {
        Keys =
        [
            Key("schema", "The type that this schema defines."), Key("extends", "The type whose fields it has as well."),
            Key("description", "What the type is, in a sentence or two."), Key("folders", "Folders whose files are of this type."),
            Key("additional", "What becomes of fields that the schema does not know."), Key("fields", "The fields of the type."),
        ],
        Under = key => key.ToLowerInvariant() switch
        {
            "schema" or "extends" => TypeName,
            "additional" => new Shape { Values = [new("allow", "They are welcome."), new("warn", "They are warnings."), new("deny", "They are errors.")] },
            "fields" => FieldList(),
            _ => null,
        },
    };

    private Shape TypeName => new() { Values = shapes.Types(null) };

    private Shape FieldList() => new() { Under = _ => Field() };

    private Shape Field() => new()
    {
        Keys = FieldKeys,
        Under = key => key.ToLowerInvariant() switch
        {
            "type" => new Shape { Values = FieldTypes },
            "required" or "secret" or "unique" or "deprecated" => new Shape { Values = Booleans },
            "target" => TypeName,
            "of" => Field(),
            "fields" => FieldList(),
            _ => null,
        },
    };

    private static Choice Key(string text, string description) => new(text, description, ChoiceKind.Key);
}
