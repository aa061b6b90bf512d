using System.Text.Json;
using System.Text.Json.Serialization;

namespace StoryLsp.Protocol;

/// <summary>Reads and writes a value that is a text in JSON.</summary>
internal abstract class TextValueConverter<T>(Func<string, T> make, Func<T, string?> text) : JsonConverter<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? make(reader.GetString()!)
            : throw new JsonException($"A value of {typeof(T).Name} must be a string.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(text(value) ?? "");

    /// <inheritdoc/>
    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => make(reader.GetString()!);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(text(value) ?? "");
}
