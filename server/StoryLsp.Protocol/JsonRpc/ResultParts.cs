using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace StoryLsp.Protocol.JsonRpc;

/// <summary>Cuts a long list into parts, for a client that takes results in parts, so that it can show the first while it reads the last.</summary>
internal static class ResultParts
{
    /// <summary>The most elements of a part; a list that is no longer is sent whole.</summary>
    public const int MostElements = 100;

    /// <summary>A result as JSON.</summary>
    public static ReadOnlyMemory<byte> Write<T>(T result, JsonTypeInfo<T> type)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, MessageJson.WriterOptions))
        {
            JsonSerializer.Serialize(writer, result, type);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The parts of a result, each a JSON array, made one after the other; none where it is no list, or a short one.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Cut(ReadOnlyMemory<byte> json) => Places(json).Select(place => Array(json[place.From..place.To]));

    private static List<(int From, int To)> Places(ReadOnlyMemory<byte> json)
    {
        var parts = new List<(int From, int To)>();
        var reader = new Utf8JsonReader(json.Span, MessageJson.ReaderOptions);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return parts;
        }

        var count = 0;
        var (from, to) = (0, 0);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            from = count % MostElements == 0 ? (int)reader.TokenStartIndex : from;
            reader.Skip();
            to = (int)reader.BytesConsumed;
            if (++count % MostElements == 0)
            {
                parts.Add((from, to));
            }
        }

        if (parts.Count > 0 && count % MostElements > 0)
        {
            parts.Add((from, to));
        }

        return count > MostElements ? parts : [];
    }

    private static ReadOnlyMemory<byte> Array(ReadOnlyMemory<byte> elements)
    {
        var array = new byte[elements.Length + 2];
        array[0] = (byte)'[';
        elements.CopyTo(array.AsMemory(1));
        array[^1] = (byte)']';
        return array;
    }
}
