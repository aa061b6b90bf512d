using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using StoryLsp.Language.Schemas;

namespace StoryLsp.Pipelines.Steps;

/// <summary>The fields of a JSON answer as JSON Schema, strict: every field is named, and no other is welcome.</summary>
internal static class AnswerSchema
{
    /// <summary>What a prompt says of the answer's form, so that a provider without structured answers knows it too.</summary>
    public static string Instruction(IReadOnlyList<FieldSchema> fields) =>
        "Answer with one JSON object and nothing else, without a code fence. It must fit this JSON Schema:\n" + Write(fields);

    /// <summary>What the provider is told of the answer's form.</summary>
    public static ChatResponseFormat Format(IReadOnlyList<FieldSchema> fields)
    {
        using var document = JsonDocument.Parse(Write(fields));
        return ChatResponseFormat.ForJsonSchema(document.RootElement.Clone(), "answer");
    }

    private static string Write(IReadOnlyList<FieldSchema> fields)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            WriteObject(writer, fields, null);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteObject(Utf8JsonWriter writer, IReadOnlyList<FieldSchema> fields, string? description)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "object");
        Describe(writer, description);
        if (fields.Count > 0)
        {
            writer.WriteStartObject("properties");
            foreach (var field in fields)
            {
                writer.WritePropertyName(field.Name);
                WriteField(writer, field);
            }

            writer.WriteEndObject();
            writer.WriteStartArray("required");
            foreach (var field in fields.Where(field => field.Required))
            {
                writer.WriteStringValue(field.Name);
            }

            writer.WriteEndArray();
            writer.WriteBoolean("additionalProperties", false);
        }

        writer.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter writer, FieldSchema field)
    {
        if (field.Type == FieldType.Object)
        {
            WriteObject(writer, field.Fields, field.Description);
            return;
        }

        writer.WriteStartObject();
        Describe(writer, field.Description);
        switch (field.Type)
        {
            case FieldType.Integer:
                writer.WriteString("type", "integer");
                break;
            case FieldType.Number:
                writer.WriteString("type", "number");
                break;
            case FieldType.Boolean:
                writer.WriteString("type", "boolean");
                break;
            case FieldType.Enum:
                writer.WriteString("type", "string");
                writer.WriteStartArray("enum");
                foreach (var option in field.Options)
                {
                    writer.WriteStringValue(option);
                }

                writer.WriteEndArray();
                break;
            case FieldType.List:
                writer.WriteString("type", "array");
                if (field.Of is { } of)
                {
                    writer.WritePropertyName("items");
                    WriteField(writer, of);
                }

                break;
            case FieldType.Any:
                break;
            default:
                writer.WriteString("type", "string");
                break;
        }

        writer.WriteEndObject();
    }

    private static void Describe(Utf8JsonWriter writer, string? description)
    {
        if (description is not null)
        {
            writer.WriteString("description", description);
        }
    }
}
