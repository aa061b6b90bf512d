namespace StoryLsp.Language.Settings;

/// <summary>What the workspace says of models. Nothing in it is a secret: keys and values of headers are named, and stand in the environment.</summary>
public sealed record AiSettings
{
    /// <summary>False: no step that calls a model is offered at all.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary><c>offline</c>, <c>openai</c>, <c>anthropic</c>, <c>editor</c> or <c>replay</c>.</summary>
    public string Provider { get; init; } = "offline";

    /// <summary>The base address of the provider.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The model's name.</summary>
    public string? Model { get; init; }

    /// <summary>The models that the person chooses among; <see cref="Model"/> need not be one of them.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>The environment variable that holds the key.</summary>
    public string? ApiKeyEnvironmentVariable { get; init; }

    /// <summary>The version of the interface that a deployment on Azure asks for, as <c>2024-10-21</c>.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Further headers: the name, and the environment variable that holds the value; null where the file has something else than <c>{env: VARIABLE}</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Headers { get; init; } = [];

    /// <summary>For the provider <c>replay</c>: the provider that answers, and is recorded, where there is no recording yet; null: nobody is asked.</summary>
    public string? Record { get; init; }

    /// <summary>For the provider <c>replay</c>: the workspace-relative folder of the recordings; null: <c>.story/replays</c>.</summary>
    public string? Replays { get; init; }

    /// <summary>How much may be used.</summary>
    public AiLimits Limits { get; init; } = new();

    /// <summary>What the model costs; null where the file says nothing of it.</summary>
    public AiPrices? Prices { get; init; }
}

/// <summary>How much of a model may be used; null: as much as is asked for.</summary>
public sealed record AiLimits
{
    /// <summary>Requests in any minute, over all runs of the workspace.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Tokens of one run, those that are sent and those that are answered.</summary>
    public long? TokensPerRun { get; init; }

    /// <summary>The cost of one run, in the currency of the prices.</summary>
    public decimal? CostPerRun { get; init; }

    /// <summary>How long a provider may be silent: before its first word, and between words.</summary>
    public TimeSpan? Timeout { get; init; }
}

/// <summary>What a model costs, in any currency.</summary>
/// <param name="Input">The price of a million tokens that are sent.</param>
/// <param name="Output">The price of a million tokens that are answered.</param>
public sealed record AiPrices(decimal Input, decimal Output);
