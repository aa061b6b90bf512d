using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace StoryLsp.Pipelines.Providers;

/// <summary>An answer that was recorded, with the request that it answers, for people to read. It holds neither keys nor headers.</summary>
internal sealed record Recording
{
    public required string Hash { get; init; }

    /// <summary>The how manieth of the same requests in a run, from 1.</summary>
    public int Occurrence { get; init; } = 1;

    public string? Provider { get; init; }

    public required RecordedRequest Request { get; init; }

    public required RecordedAnswer Answer { get; init; }

    /// <summary>What tells one request from another: the model, the messages, and what the options ask for.</summary>
    public static (string Hash, RecordedRequest Request) Of(IEnumerable<ChatMessage> messages, ChatOptions? options, string? model)
    {
        var format = options?.ResponseFormat as ChatResponseFormatJson;
        var request = new RecordedRequest
        {
            Model = options?.ModelId ?? model,
            Messages = [.. messages.Select(message => new RecordedMessage { Role = message.Role.Value, Text = Lines(message.Text) })],
            Temperature = options?.Temperature,
            MaxTokens = options?.MaxOutputTokens,
            Stop = options?.StopSequences is { Count: > 0 } stop ? [.. stop] : null,
            Format = format is null ? null : format.Schema is { } schema ? JsonSerializer.Serialize(schema, RecordingJson.Default.JsonElement) : "json",
        };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(request, RecordingJson.Default.RecordedRequest);
        return (Convert.ToHexStringLower(SHA256.HashData(bytes))[..32], request);
    }

    /// <summary>A text as people read it in JSON: line by line.</summary>
    public static IReadOnlyList<string> Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    public byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(this, RecordingJson.Readable.Recording), (byte)'\n'];

    /// <exception cref="JsonException">It is none.</exception>
    public static Recording Read(string json) => JsonSerializer.Deserialize(json, RecordingJson.Readable.Recording) is { Request: not null, Answer.Text: not null } recording
        ? recording
        : throw new JsonException();
}

internal sealed record RecordedRequest
{
    public string? Model { get; init; }

    public IReadOnlyList<RecordedMessage> Messages { get; init; } = [];

    public double? Temperature { get; init; }

    public int? MaxTokens { get; init; }

    public IReadOnlyList<string>? Stop { get; init; }

    /// <summary>The schema that the answer must have, or <c>json</c>; null: words.</summary>
    public string? Format { get; init; }
}

internal sealed record RecordedMessage
{
    public required string Role { get; init; }

    public required IReadOnlyList<string> Text { get; init; }
}

internal sealed record RecordedAnswer
{
    public string? Model { get; init; }

    public required IReadOnlyList<string> Text { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NewLine = "\n")]
[JsonSerializable(typeof(Recording))]
[JsonSerializable(typeof(RecordedRequest))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class RecordingJson : JsonSerializerContext
{
    /// <summary>Writes every letter as itself.</summary>
    public static RecordingJson Readable => Lazily.Readable;

    // The order in which the parts of this class are initialized is not given.
    private static class Lazily
    {
        public static readonly RecordingJson Readable = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
