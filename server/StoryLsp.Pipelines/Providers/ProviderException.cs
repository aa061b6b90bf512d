namespace StoryLsp.Pipelines.Providers;

/// <summary>Why there is no answer.</summary>
public enum ProviderFailure
{
    /// <summary>The settings do not suffice to call the provider.</summary>
    NotConfigured,

    /// <summary>The step has nothing to work on; no provider was asked, or its answer has no place.</summary>
    NothingToDo,

    /// <summary>It does not accept the key (401, 403).</summary>
    NotAuthorized,

    /// <summary>Too many requests, and waiting did not help (429).</summary>
    RateLimited,

    /// <summary>It failed on its side (5xx), or refused the request (4xx).</summary>
    Refused,

    /// <summary>It cannot be reached.</summary>
    Unreachable,

    /// <summary>It did not answer in time.</summary>
    TimedOut,

    /// <summary>The answer broke off.</summary>
    BrokenOff,

    /// <summary>The answer is not what was asked for.</summary>
    Unreadable,

    /// <summary>The answer is empty.</summary>
    Empty,

    /// <summary>The prompt says a secret of the story; nothing was sent.</summary>
    SecretInPrompt,

    /// <summary>The run has used what its limits allow; nothing was sent.</summary>
    LimitReached,

    /// <summary>The step needs a model, and this provider has none.</summary>
    NeedsModel,
}

/// <summary>A provider gave no answer. The message is for the writer, and never holds a key.</summary>
public sealed class ProviderException(ProviderFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public ProviderFailure Failure { get; } = failure;

    /// <summary>How long the provider asked to wait; null when it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether trying again may help.</summary>
    public bool IsTransient => IsCut || Failure is ProviderFailure.RateLimited or ProviderFailure.Unreachable || (Failure == ProviderFailure.Refused && Status is >= 500 or 408);

    /// <summary>The connection was cut in the middle of the answer; it helps to ask again as long as nothing of the answer was handed on.</summary>
    public bool IsCut { get; init; }

    /// <summary>The HTTP status, or 0.</summary>
    public int Status { get; init; }
}
