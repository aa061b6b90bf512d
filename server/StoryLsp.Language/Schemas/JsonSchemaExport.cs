using System.Text;
using System.Text.Json;

namespace StoryLsp.Language.Schemas;

/// <summary>Writes a schema as JSON Schema 2020-12, for any other tool that checks YAML.</summary>
public static class JsonSchemaExport
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The JSON Schema of a type, indented, with a line feed at its end.</summary>
    public static string Write(Schema schema)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", Dialect);
            writer.WriteString("title", schema.Name);
            WriteDescription(writer, schema.Description);
            writer.WriteString("type", "object");
            writer.WriteStartObject("properties");
            writer.WriteStartObject("type");
            writer.WriteString("type", "string");
            writer.WriteString("description", "The type of the container.");
            writer.WriteEndObject();
            writer.WriteStartObject("id");
            WriteTypes(writer, "string", "number");
            writer.WriteString("description", "The id by which others refer to it.");
            writer.WriteEndObject();
            WriteProperties(writer, schema.Fields, ["type", "id"]);
            writer.WriteEndObject();
            WriteRequired(writer, schema.Fields);
            if (schema.Additional != AdditionalFields.Allow)
            {
                writer.WriteBoolean("additionalProperties", false);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteProperties(Utf8JsonWriter writer, IReadOnlyList<FieldSchema> fields, HashSet<string> written)
    {
        foreach (var field in fields)
        {
            foreach (var key in field.Synonyms.Prepend(field.Name))
            {
                if (written.Add(key))
                {
                    writer.WriteStartObject(key);
                    WriteField(writer, field, key != field.Name);
                    writer.WriteEndObject();
                }
            }
        }
    }

    // A field with synonyms cannot be required under one key alone.
    private static void WriteRequired(Utf8JsonWriter writer, IReadOnlyList<FieldSchema> fields)
    {
        var required = fields.Where(field => field.Required && field.Synonyms.Count == 0).ToList();
        if (required.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("required");
        foreach (var field in required)
        {
            writer.WriteStringValue(field.Name);
        }

        writer.WriteEndArray();
    }

    private static void WriteField(Utf8JsonWriter writer, FieldSchema field, bool isSynonym)
    {
        WriteDescription(writer, isSynonym ? $"The same as {field.Name}." : field.Description);
        if (field.Deprecated is not null)
        {
            writer.WriteBoolean("deprecated", true);
        }

        if (field.Secret)
        {
            writer.WriteBoolean("x-secret", true);
        }

        if (field.Default is not null)
        {
            WriteDefault(writer, field);
        }

        WriteType(writer, field);
    }

    private static void WriteDefault(Utf8JsonWriter writer, FieldSchema field)
    {
        if (field.Type == FieldType.Boolean && bool.TryParse(field.Default, out var flag))
        {
            writer.WriteBoolean("default", flag);
        }
        else if (field.Type is FieldType.Integer or FieldType.Number &&
            double.TryParse(field.Default, System.Globalization.CultureInfo.InvariantCulture, out var number))
        {
            writer.WriteNumber("default", number);
        }
        else
        {
            writer.WriteString("default", field.Default);
        }
    }

    private static void WriteType(Utf8JsonWriter writer, FieldSchema field)
    {
        switch (field.Type)
        {
            case FieldType.String or FieldType.Text or FieldType.Date or FieldType.Duration:
                WriteText(writer, field);
                break;
            case FieldType.Integer or FieldType.Number:
                WriteNumber(writer, field);
                break;
            case FieldType.Boolean:
                writer.WriteString("type", "boolean");
                break;
            case FieldType.Enum:
                WriteOptions(writer, field);
                break;
            case FieldType.Reference:
                // An unquoted wikilink is a list in a list to every other tool.
                WriteTypes(writer, "string", "number", "array", "null");
                writer.WriteString("x-target", field.Target ?? "entity");
                break;
            case FieldType.List:
                WriteList(writer, field);
                break;
            case FieldType.Object or FieldType.Container:
                WriteTypes(writer, "object", "null");
                WriteNested(writer, field);
                break;
        }
    }

    private static void WriteText(Utf8JsonWriter writer, FieldSchema field)
    {
        WriteTypes(writer, "string", "number", "boolean", "null");
        if (field.Pattern is not null)
        {
            writer.WriteString("pattern", $"^(?:{field.Pattern})$");
        }

        WriteLimit(writer, "minLength", field.MinLength);
        WriteLimit(writer, "maxLength", field.MaxLength);
    }

    private static void WriteNumber(Utf8JsonWriter writer, FieldSchema field)
    {
        WriteTypes(writer, field.Type == FieldType.Integer ? "integer" : "number", "null");
        WriteLimit(writer, "minimum", field.Min);
        WriteLimit(writer, "maximum", field.Max);
    }

    private static void WriteOptions(Utf8JsonWriter writer, FieldSchema field)
    {
        writer.WriteStartArray("enum");
        foreach (var option in field.Options)
        {
            writer.WriteStringValue(option);
        }

        writer.WriteNullValue();
        writer.WriteEndArray();
    }

    private static void WriteList(Utf8JsonWriter writer, FieldSchema field)
    {
        writer.WriteStartArray("anyOf");
        writer.WriteStartObject();
        writer.WriteString("type", "array");
        if (field.Of is { } of)
        {
            writer.WriteStartObject("items");
            WriteField(writer, of, false);
            writer.WriteEndObject();
        }

        WriteLimit(writer, "minItems", field.MinItems);
        WriteLimit(writer, "maxItems", field.MaxItems);
        if (field.Unique)
        {
            writer.WriteBoolean("uniqueItems", true);
        }

        writer.WriteEndObject();
        if (field.Of is { } one && (field.MinItems ?? 0) <= 1)
        {
            writer.WriteStartObject();
            WriteType(writer, one);
            writer.WriteEndObject();
        }

        writer.WriteStartObject();
        writer.WriteString("type", "null");
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteNested(Utf8JsonWriter writer, FieldSchema field)
    {
        if (field.Fields.Count > 0)
        {
            writer.WriteStartObject("properties");
            WriteProperties(writer, field.Fields, []);
            writer.WriteEndObject();
            WriteRequired(writer, field.Fields);
        }
    }

    private static void WriteTypes(Utf8JsonWriter writer, params ReadOnlySpan<string> types)
    {
        writer.WriteStartArray("type");
        foreach (var type in types)
        {
            writer.WriteStringValue(type);
        }

        writer.WriteEndArray();
    }

    private static void WriteLimit(Utf8JsonWriter writer, string name, double? limit)
    {
        if (limit is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static void WriteDescription(Utf8JsonWriter writer, string? description)
    {
        if (description is not null)
        {
            writer.WriteString("description", description);
        }
    }
}
