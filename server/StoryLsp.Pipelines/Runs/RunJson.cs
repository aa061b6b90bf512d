using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using StoryLsp.Pipelines.Proposals;

namespace StoryLsp.Pipelines.Runs;

/// <summary>What a run was asked, as the history keeps it.</summary>
internal sealed record RunArguments
{
    public string? Instruction { get; init; }

    public bool Auto { get; init; }

    public string? Model { get; init; }

    /// <summary>Free text, where the pipeline reads one.</summary>
    public string? Text { get; init; }

    /// <summary>The path of the container, or of what the findings are of.</summary>
    public string? Path { get; init; }

    /// <summary>SHA-256 of the container's id: an id may be a secret, and finds its container all the same.</summary>
    public string? Container { get; init; }
}

/// <summary>What an event says beside its kind; what does not apply is absent.</summary>
internal sealed record RunEventData
{
    public string? Message { get; init; }

    public string? Step { get; init; }

    public string? By { get; init; }

    /// <summary>The key of the command that it follows.</summary>
    public string? Key { get; init; }

    public string? Handle { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public string? Prompt { get; init; }

    public string? Model { get; init; }

    public string? Proposal { get; init; }

    /// <summary>The step that the run goes back to.</summary>
    public int? From { get; init; }

    /// <summary>The newest artifact at that moment: what later steps had made up to it no longer counts.</summary>
    public long? After { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public decimal? Cost { get; init; }

    public double? WaitSeconds { get; init; }
}

/// <summary>What a command to resume says.</summary>
internal sealed record ResumePayload
{
    public string? PromptText { get; init; }

    public string? Model { get; init; }

    public string? By { get; init; }

    /// <summary>The key of the command.</summary>
    public string? Key { get; init; }

    /// <summary>Whether it came while the run was under way: it is used at the next prompt.</summary>
    public bool IsEarly { get; init; }
}

/// <summary>The answer that a command got, for whoever asks again with its key.</summary>
internal sealed record CommandAnswer
{
    public required string Status { get; init; }

    public string? Message { get; init; }

    public bool Refused { get; init; }
}

/// <summary>What a model is told of the story, and what was left out.</summary>
internal sealed record ContextText
{
    public required string Text { get; init; }

    public IReadOnlyList<ContextLine> Items { get; init; } = [];

    public IReadOnlyList<string> LeftOut { get; init; } = [];

    public int Tokens { get; init; }
}

/// <summary>One line of the manifest.</summary>
internal sealed record ContextLine(string Container, string Why, int Tokens);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunArguments))]
[JsonSerializable(typeof(RunEventData))]
[JsonSerializable(typeof(ResumePayload))]
[JsonSerializable(typeof(CommandAnswer))]
[JsonSerializable(typeof(PromptText))]
[JsonSerializable(typeof(ContextText))]
[JsonSerializable(typeof(IReadOnlyList<CritiqueNote>))]
internal sealed partial class RunJsonContext : JsonSerializerContext;

/// <summary>JSON of the history; prose stays readable in it.</summary>
internal static class RunJson
{
    private static readonly RunJsonContext Context = new(new JsonSerializerOptions(RunJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Write(RunArguments value) => JsonSerializer.Serialize(value, Context.RunArguments);

    public static string Write(RunEventData value) => JsonSerializer.Serialize(value, Context.RunEventData);

    public static string Write(ResumePayload value) => JsonSerializer.Serialize(value, Context.ResumePayload);

    public static string Write(CommandAnswer value) => JsonSerializer.Serialize(value, Context.CommandAnswer);

    public static string Write(PromptText value) => JsonSerializer.Serialize(value, Context.PromptText);

    public static string Write(ContextText value) => JsonSerializer.Serialize(value, Context.ContextText);

    public static string Write(IReadOnlyList<CritiqueNote> value) => JsonSerializer.Serialize(value, Context.IReadOnlyListCritiqueNote);

    public static string Write(Proposal value) => JsonSerializer.Serialize(value, ReadableProposalJson.Proposal);

    public static RunArguments Arguments(string json) => Read(json, Context.RunArguments) ?? new();

    public static RunEventData Data(string json) => Read(json, Context.RunEventData) ?? new();

    public static ResumePayload Resume(string json) => Read(json, Context.ResumePayload) ?? new();

    public static CommandAnswer? Answer(string json) => Read(json, Context.CommandAnswer);

    public static PromptText? Prompt(string json) => Read(json, Context.PromptText);

    public static ContextText? ContextOf(string json) => Read(json, Context.ContextText);

    public static IReadOnlyList<CritiqueNote>? Notes(string json) => Read(json, Context.IReadOnlyListCritiqueNote);

    public static Proposal? ProposalOf(string json) => Read(json, ReadableProposalJson.Proposal);

    // The history is a file of the person's: what is damaged in it must not stop the rest.
    private static T? Read<T>(string json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
