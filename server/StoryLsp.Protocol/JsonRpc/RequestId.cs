using System.Text.Json;

namespace StoryLsp.Protocol.JsonRpc;

/// <summary>The id of a request, kept as it was given: the number 1 and the text "1" are two ids.</summary>
public readonly record struct RequestId
{
    private readonly string raw;
    private readonly bool isText;

    private RequestId(string raw, bool isText)
    {
        this.raw = raw;
        this.isText = isText;
    }

    /// <summary>An id that is a number in JSON.</summary>
    public static RequestId Of(long number) => new(number.ToString(System.Globalization.CultureInfo.InvariantCulture), false);

    /// <summary>An id that is a string in JSON.</summary>
    public static RequestId Of(string text) => new(text, true);

    /// <inheritdoc/>
    public override string ToString() => isText ? $"\"{raw}\"" : raw ?? "none";

    /// <summary>Reads the id at the reader; false if it is neither a string nor a number.</summary>
    internal static bool TryRead(ref Utf8JsonReader reader, out RequestId id)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                id = new(reader.GetString()!, true);
                return true;
            case JsonTokenType.Number:
                id = new(System.Text.Encoding.ASCII.GetString(reader.ValueSpan), false);
                return true;
            default:
                id = default;
                return false;
        }
    }

    internal void Write(Utf8JsonWriter writer, ReadOnlySpan<char> property)
    {
        writer.WritePropertyName(property);
        if (raw is null)
        {
            writer.WriteNullValue();
        }
        else if (isText)
        {
            writer.WriteStringValue(raw);
        }
        else
        {
            writer.WriteRawValue(raw, skipInputValidation: true);
        }
    }
}
