using System.Text.Json;
using System.Text.Json.Serialization;

namespace StoryLsp.Protocol;

/// <summary>
/// Reads integers. Clients mean the end of a line or of a text by numbers beyond the protocol's range, and some write <c>4.0</c>: what is too great or too
/// small is read as the greatest or the least, for a change that was dropped would leave two different texts on the two sides.
/// </summary>
internal sealed class IntegerConverter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            throw new JsonException("The value must be a number.");
        }

        if (reader.TryGetInt32(out var value))
        {
            return value;
        }

        // A conversion that saturates: 1e400 is infinite, and still the greatest.
        return reader.TryGetDouble(out var number) ? (int)Math.Clamp(number, int.MinValue, int.MaxValue) : throw new JsonException("The value must be an integer.");
    }

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
