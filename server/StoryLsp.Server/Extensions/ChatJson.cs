using System.Text.Json;

namespace StoryLsp.Server.Extensions;

/// <summary>The params of <c>storylsp/chat</c>.</summary>
internal sealed record ChatParams
{
    public required string Id { get; init; }

    public string? Model { get; init; }

    public required IReadOnlyList<ChatMessageJson> Messages { get; init; }

    public string? Purpose { get; init; }

    public bool Read { get; init; }

    public int? MaxTokens { get; init; }

    public float? Temperature { get; init; }

    public JsonElement? Schema { get; init; }
}

/// <summary>One message of a prompt.</summary>
internal sealed record ChatMessageJson(string Role, string Text);

/// <summary>What the editor answers to <c>storylsp/chat</c>.</summary>
internal sealed record ChatAnswer
{
    public string? Text { get; init; }

    public string? Model { get; init; }

    public string? Finish { get; init; }

    public ChatUsage? Usage { get; init; }
}

/// <summary>Tokens that an answer took.</summary>
internal sealed record ChatUsage
{
    public long? Input { get; init; }

    public long? Output { get; init; }
}

/// <summary>The notification <c>storylsp/chatPart</c>.</summary>
internal sealed record ChatPart
{
    public string? Id { get; init; }

    public string? Text { get; init; }
}

/// <summary>The notification <c>storylsp/chatCancel</c>.</summary>
internal sealed record ChatReference(string Id);

/// <summary>The params of <c>storylsp/chatModels</c>: none.</summary>
internal sealed record ChatModelsParams;

/// <summary>What the editor answers to <c>storylsp/chatModels</c>.</summary>
internal sealed record ChatModelsAnswer
{
    public IReadOnlyList<ModelJson>? Models { get; init; }
}

/// <summary>The params of <c>storylsp/secret</c>.</summary>
internal sealed record SecretParams(string Name);

/// <summary>What the editor answers to <c>storylsp/secret</c>.</summary>
internal sealed record SecretAnswer
{
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)]
    public string? Value { get; init; }

    // A key must not come into a log, whoever writes the answer there.
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("Value = ").Append(Value is null ? "none" : "given");
        return true;
    }
}
