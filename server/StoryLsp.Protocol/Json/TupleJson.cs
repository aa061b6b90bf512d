using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace StoryLsp.Protocol;

/// <summary>Reads arrays of fixed length.</summary>
internal static class TupleJson
{
    public static void Start(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("The value must be an array.");
        }
    }

    public static T Item<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> type)
    {
        if (!reader.Read() || reader.TokenType == JsonTokenType.EndArray)
        {
            throw new JsonException("The array has too few places.");
        }

        return JsonSerializer.Deserialize(ref reader, type) ?? throw new JsonException("A place of the array may not be null.");
    }

    public static void End(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.EndArray)
        {
            throw new JsonException("The array has too many places.");
        }
    }
}
