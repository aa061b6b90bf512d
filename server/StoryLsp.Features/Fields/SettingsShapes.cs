using StoryLsp.Language.Schemas;

namespace StoryLsp.Features.Fields;

/// <summary>The shapes of <c>story.yaml</c>: its schema, and the places where that file speaks of types, fields and rules.</summary>
internal sealed class SettingsShapes(SchemaSet schemas, Shapes shapes)
{
    private static readonly Choice[] Severities =
    [
        new("off", "Never reported."), new("hint", "Shown faintly."), new("info", "Worth knowing."),
        new("warning", "Very likely a fault."), new("error", "A fault; the check fails."),
    ];

    /// <summary>The shape of the whole file.</summary>
    public Shape Root => new()
    {
        Schema = schemas.Settings,
        Fields = [.. schemas.Settings.Fields.Where(known => !IsOpen(known.Name))],
        Keys = [.. schemas.Settings.Fields.Where(known => IsOpen(known.Name)).Select(known => new Choice(known.Name, known.Description, ChoiceKind.Key))],
        Under = Under,
    };

    private Shape TypeName => new() { Values = shapes.Types(null) };

    // These have keys that no schema can name, or values that depend on the workspace.
    private static bool IsOpen(string key) => key is "rules" or "folders" or "fields" or "manuscript" or "calendar" or "collections";

    private Shape? Under(string key) => key.ToLowerInvariant() switch
    {
        "rules" => new Shape { Keys = RuleNames.All, Under = _ => new Shape { Values = Severities } },
        "folders" => new Shape { Under = _ => TypeName },
        "fields" => new Shape { Keys = shapes.Types(null), Under = FieldsOfType },
        "manuscript" => Manuscript(),
        "calendar" => new Shape { Values = [new("gregorian", "The calendar of everyday life.")], Under = _ => Shape.Anything },
        "collections" => new Shape { Items = Collection },
        _ => null,
    };

    private Shape? FieldsOfType(string type) => schemas.Find(type) is { } schema
        ? new Shape { Keys = [.. schema.Fields.Select(field => new Choice(field.Name, field.Description, ChoiceKind.Key))], Under = _ => Shape.Anything }
        : null;

    private static Shape Manuscript() => new()
    {
        Field = new FieldSchema { Name = "manuscript", Type = FieldType.Reference, Target = "scene" },
        Items = Manuscript,
    };

    private Shape Collection()
    {
        var field = schemas.Settings.FindField("collections")?.Of;
        return new Shape
        {
            Schema = schemas.Settings,
            Fields = [.. (field?.Fields ?? []).Where(inner => inner.Name != "type")],
            Keys = [new("type", "The type of the entries.", ChoiceKind.Key)],
            Under = key => key == "type" ? TypeName : null,
        };
    }
}
