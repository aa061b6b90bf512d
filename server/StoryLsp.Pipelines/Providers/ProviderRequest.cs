using StoryLsp.Continuity.Secrets;
using StoryLsp.Index;
using StoryLsp.Language.Settings;

namespace StoryLsp.Pipelines.Providers;

/// <summary>What a run asks a provider for.</summary>
/// <param name="Snapshot">The workspace.</param>
/// <param name="Ai">What it says of models.</param>
/// <param name="Model">The model; null: the one of the settings.</param>
/// <param name="Secrets">What must not be said at the place of the run; null: what must not be said before the first scene.</param>
/// <param name="Run">The run's id.</param>
/// <param name="OnUsage">Is told what each request has used.</param>
/// <param name="OnRetry">Is told of each pause, and of each request that is sent again.</param>
public sealed record ProviderRequest(
    Snapshot Snapshot, AiSettings Ai, string? Model, StorySecrets? Secrets, string Run, Action<UsageReport>? OnUsage, Action<RetryReport>? OnRetry)
{
    /// <summary>What the run has used before, in another process for instance; it counts against the limits.</summary>
    public RunUsage Before { get; init; }
}

/// <summary>What a run has used.</summary>
/// <param name="Tokens">The tokens that were sent and answered.</param>
/// <param name="Cost">What they cost, in the currency of <c>ai.prices</c>.</param>
public readonly record struct RunUsage(long Tokens, decimal Cost);

/// <summary>What one request has used.</summary>
/// <param name="Model">The model, as it calls itself.</param>
/// <param name="InputTokens">The tokens that were sent.</param>
/// <param name="OutputTokens">The tokens that were answered.</param>
/// <param name="Cost">What they cost, in the currency of <c>ai.prices</c>; null where no price is known.</param>
public sealed record UsageReport(string? Model, long InputTokens, long OutputTokens, decimal? Cost)
{
    /// <summary>The provider did not count, so the tokens are an estimate.</summary>
    public bool IsEstimated { get; init; }
}

/// <summary>A pause before a request, or a request that is sent again.</summary>
/// <param name="Attempt">How often it was sent before.</param>
/// <param name="Wait">How long is waited.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record RetryReport(int Attempt, TimeSpan Wait, string Reason);
