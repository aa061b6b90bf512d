using StoryLsp.Language.Schemas;

namespace StoryLsp.Features.Fields;

/// <summary>Fields whose schema says <c>any</c> because they take a plain form and a structured one: what the structured one holds.</summary>
internal static class KnownShapes
{
    private static readonly FieldSchema Who = Reference("who", "character", "Who it is; the point of view when left out.");

    private static readonly Dictionary<string, (string? Target, FieldSchema[] Fields)> Lists = new(StringComparer.Ordinal)
    {
        ["uses"] = ("item", [Who, Reference("item", "item", "What is used.")]),
        ["relies_on"] = ("fact", [Who, Reference("fact", "fact", "The fact that they show that they know.")]),
        ["effects"] = (null,
        [
            Reference("dies", "character", "Who dies here."),
            Reference("revives", "character", "Who comes back to life here."),
            Object("learns", "Who gets to know a fact.", Who, Reference("fact", "fact", "What they learn.")),
            Object("takes", "Who comes to have an item.", Who, Reference("item", "item", "What they take.")),
            Object("gives", "Who hands an item to someone.", Who, Reference("item", "item", "What changes hands."), Reference("to", "character", "Who has it from now on.")),
            Object("loses", "Who no longer has an item.", Who, Reference("item", "item", "What is lost.")),
            Reference("destroys", null, "The place or item that is gone from now on."),
            Object("sets", "A field that has another value from now on.", Reference("who", null, "Whose field it is."), Plain("field", "The field."), Plain("to", "Its new value.")),
            Object("injures", "An injury and what it rules out.", Who, Plain("what", "The injury."), Plain("prevents", "Fields or items that it rules out.")),
            Object("heals", "An injury that is over.", Who, Plain("what", "The injury.")),
        ]),
    };

    /// <summary>The shape of such a field, or null where its schema says it all.</summary>
    public static Shape? Of(Schema? schema, FieldSchema field, Shapes shapes)
    {
        if (schema is null || field.Type != FieldType.List || field.Of?.Type != FieldType.Any || !Lists.TryGetValue(field.Name, out var known))
        {
            return field is { Name: "chapter", Type: FieldType.Any } && schema?.Name == "scene"
                ? new Shape { Field = Reference("chapter", "chapter", field.Description), Schema = schema }
                : null;
        }

        var item = new Shape
        {
            Field = known.Target is null ? null : Reference(field.Name, known.Target, field.Description),
            Schema = schema,
            Fields = known.Fields,
        };
        return new Shape { Field = field, Schema = schema, Items = () => item };
    }

    private static FieldSchema Reference(string name, string? target, string? description) =>
        new() { Name = name, Type = FieldType.Reference, Target = target, Description = description };

    private static FieldSchema Plain(string name, string description) => new() { Name = name, Type = FieldType.Any, Description = description };

    private static FieldSchema Object(string name, string description, params FieldSchema[] fields) =>
        new() { Name = name, Type = FieldType.Object, Description = description, Fields = fields };
}
