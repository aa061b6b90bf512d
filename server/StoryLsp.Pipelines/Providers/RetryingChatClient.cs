using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Polly;
using Polly.Retry;

namespace StoryLsp.Pipelines.Providers;

/// <summary>How long to wait for a provider, and how often to ask again.</summary>
public sealed record PatienceOptions
{
    /// <summary>How often a request is sent again after a passing fault.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The first pause between tries; it doubles.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause that a server may ask for; beyond it the run gives up and says so.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the provider may be silent: before the first word, and between words.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>
/// Asks again after passing faults, waits as long as the server asks for, and gives up on one that is silent. An answer is handed on as it comes; from its first
/// word on it is not asked for again, as words that were handed on cannot be taken back.
/// </summary>
public sealed class RetryingChatClient : DelegatingChatClient
{
    private readonly PatienceOptions _patience;
    private readonly TimeProvider _time;
    private readonly Action<RetryReport>? _onRetry;
    private readonly ResiliencePipeline _pipeline;

    /// <summary>Wraps a client.</summary>
    /// <param name="inner">The client.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="time">The clock of all waiting; null: the system's.</param>
    /// <param name="onRetry">Is told of each pause.</param>
    public RetryingChatClient(IChatClient inner, PatienceOptions patience, TimeProvider? time = null, Action<RetryReport>? onRetry = null)
        : base(inner)
    {
        _patience = patience;
        _time = time ?? TimeProvider.System;
        _onRetry = onRetry;
        var builder = new ResiliencePipelineBuilder { TimeProvider = _time };
        _pipeline = patience.Retries == 0 ? builder.Build() : builder.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = patience.Retries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = patience.FirstPause,
            MaxDelay = patience.LongestPause,
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is ProviderException { IsTransient: true } failure &&
                !(failure.RetryAfter > patience.LongestPause)),
            DelayGenerator = static arguments => ValueTask.FromResult((arguments.Outcome.Exception as ProviderException)?.RetryAfter),
            OnRetry = arguments =>
            {
                onRetry?.Invoke(new(arguments.AttemptNumber + 1, arguments.RetryDelay, arguments.Outcome.Exception?.Message ?? ""));
                return ValueTask.CompletedTask;
            },
        }).Build();
    }

    /// <summary>Keeps the requests, those that are sent again among them, to a pace; null: none.</summary>
    internal RequestPace? Pace { get; init; }

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var all = messages.ToList();
        return await _pipeline.ExecuteAsync(
            async token =>
            {
                await PaceAsync(token).ConfigureAwait(false);
                return await base.GetStreamingResponseAsync(all, options, token).Watched(_patience.Silence, _time, token).ToChatResponseAsync(token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var all = messages.ToList();
        var (first, rest) = await _pipeline.ExecuteAsync(token => OpenAsync(all, options, token), cancellationToken).ConfigureAwait(false);
        await using var _ = rest.ConfigureAwait(false);
        foreach (var update in first)
        {
            yield return update;
        }

        while (await rest.MoveNextAsync().ConfigureAwait(false))
        {
            yield return rest.Current;
        }
    }

    // Up to the first word; what comes before it, as a count of tokens, is held back until then.
    private async ValueTask<(List<ChatResponseUpdate> First, IAsyncEnumerator<ChatResponseUpdate> Others)> OpenAsync(
        List<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        await PaceAsync(cancellationToken).ConfigureAwait(false);
        var updates = base.GetStreamingResponseAsync(messages, options, cancellationToken).Watched(_patience.Silence, _time, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var first = new List<ChatResponseUpdate>();
        try
        {
            while (await updates.MoveNextAsync().ConfigureAwait(false))
            {
                first.Add(updates.Current);
                if (updates.Current.Text.Length > 0)
                {
                    break;
                }
            }

            return (first, updates);
        }
        catch
        {
            await updates.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private Task PaceAsync(CancellationToken cancellationToken) =>
        Pace?.WaitAsync(wait => _onRetry?.Invoke(new(0, wait, "`ai.limits.requests_per_minute` in story.yaml asks to wait.")), cancellationToken) ?? Task.CompletedTask;
}

/// <summary>Watches a stream for silence.</summary>
internal static class SilenceWatch
{
    /// <summary>The same stream, without updates that have neither words nor an end; a pause longer than <paramref name="silence"/> ends it with <see cref="ProviderFailure.TimedOut"/>.</summary>
    public static async IAsyncEnumerable<ChatResponseUpdate> Watched(
        this IAsyncEnumerable<ChatResponseUpdate> updates,
        TimeSpan silence,
        TimeProvider time,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watch = new CancellationTokenSource(silence, time);
        using var stop = cancellationToken.Register(watch.Cancel);
        var enumerator = updates.GetAsyncEnumerator(watch.Token);
        await using var _ = enumerator.ConfigureAwait(false);
        while (await MoveAsync(enumerator, watch, cancellationToken).ConfigureAwait(false))
        {
            watch.CancelAfter(silence);
            if (enumerator.Current.Contents.Count > 0 || enumerator.Current.FinishReason is not null)
            {
                yield return enumerator.Current;
            }
        }
    }

    private static async Task<bool> MoveAsync(IAsyncEnumerator<ChatResponseUpdate> enumerator, CancellationTokenSource watch, CancellationToken cancellationToken)
    {
        try
        {
            return await enumerator.MoveNextAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (watch.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ProviderException(ProviderFailure.TimedOut, "The model's server fell silent. Nothing was changed; try again.");
        }
    }
}
