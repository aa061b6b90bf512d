using System.Text.Json;
using System.Text.Json.Serialization;

namespace StoryLsp.Protocol;

/// <summary>Where a method takes no parameters or answers nothing: null in JSON. <c>default</c> is its value.</summary>
[JsonConverter(typeof(NoValueConverter))]
public readonly record struct NoValue;

/// <summary>Writes null; reads anything, since some clients send an empty object.</summary>
internal sealed class NoValueConverter : JsonConverter<NoValue>
{
    public override bool HandleNull => true;

    public override NoValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.TrySkip();
        return default;
    }

    public override void Write(Utf8JsonWriter writer, NoValue value, JsonSerializerOptions options) => writer.WriteNullValue();
}
