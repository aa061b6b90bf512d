using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Index.Storage;

/// <summary>Writes YAML values as JSON for questions.</summary>
internal static class YamlJson
{
    // A file of aliases of aliases would grow without bound, and one that holds itself without end.
    private const int MostNodes = 20_000;
    private const int DeepestLevel = 60;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = DeepestLevel + 2 };

    /// <summary>The JSON of a value; what is too deep or too much is null there.</summary>
    public static string Of(YamlNode node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            var left = MostNodes;
            Write(writer, node, 0, ref left);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    private static void Write(Utf8JsonWriter writer, YamlNode? node, int level, ref int left)
    {
        node = node.Resolve();
        if (level >= DeepestLevel || --left < 0)
        {
            writer.WriteNullValue();
            return;
        }

        switch (node)
        {
            case YamlScalar scalar:
                WriteScalar(writer, scalar);
                break;
            case YamlSequence sequence:
                writer.WriteStartArray();
                foreach (var item in sequence.Items)
                {
                    if (left < 0)
                    {
                        break;
                    }

                    Write(writer, item, level + 1, ref left);
                }

                writer.WriteEndArray();
                break;
            case YamlMapping mapping:
                writer.WriteStartObject();
                foreach (var entry in mapping.Entries)
                {
                    if (left < 0)
                    {
                        break;
                    }

                    writer.WritePropertyName(entry.Key.AsText() ?? "");
                    Write(writer, entry.Value, level + 1, ref left);
                }

                writer.WriteEndObject();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static void WriteScalar(Utf8JsonWriter writer, YamlScalar scalar)
    {
        if (scalar.IsNull)
        {
            writer.WriteNullValue();
        }
        else if (scalar.Style == YamlScalarStyle.Plain && scalar.Value is "true" or "false")
        {
            writer.WriteBooleanValue(scalar.Value == "true");
        }
        else if (scalar.Style == YamlScalarStyle.Plain && IsJsonNumber(scalar.Value))
        {
            writer.WriteRawValue(scalar.Value);
        }
        else
        {
            writer.WriteStringValue(scalar.Value);
        }
    }

    private static bool IsJsonNumber(string text)
    {
        var digits = text.AsSpan(text.StartsWith('-') ? 1 : 0);
        var dot = digits.IndexOf('.');
        var whole = dot < 0 ? digits : digits[..dot];
        var fraction = dot < 0 ? "0" : digits[(dot + 1)..];
        return whole.Length is > 0 and < 16 && fraction.Length is > 0 and < 16 && !(whole.Length > 1 && whole[0] == '0') &&
            !whole.ContainsAnyExceptInRange('0', '9') && !fraction.ContainsAnyExceptInRange('0', '9');
    }
}
