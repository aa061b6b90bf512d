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

/// <summary>Asks again after passing faults, waits as long as the server asks for, and gives up on one that is silent.</summary>
public sealed class RetryingChatClient : DelegatingChatClient
{
    private readonly PatienceOptions _patience;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<ChatResponse> _pipeline;

    /// <summary>Wraps a client.</summary>
    /// <param name="inner">The client.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="time">The clock of all waiting; null: the system's.</param>
    public RetryingChatClient(IChatClient inner, PatienceOptions patience, TimeProvider? time = null)
        : base(inner)
    {
        _patience = patience;
        _time = time ?? TimeProvider.System;
        var builder = new ResiliencePipelineBuilder<ChatResponse> { TimeProvider = _time };
        _pipeline = patience.Retries == 0 ? builder.Build() : builder.AddRetry(new RetryStrategyOptions<ChatResponse>
        {
            MaxRetryAttempts = patience.Retries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = patience.FirstPause,
            MaxDelay = patience.LongestPause,
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is ProviderException { IsTransient: true } failure &&
                !(failure.RetryAfter > patience.LongestPause)),
            DelayGenerator = static arguments => ValueTask.FromResult((arguments.Outcome.Exception as ProviderException)?.RetryAfter),
        }).Build();
    }

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var all = messages.ToList();
        return await _pipeline.ExecuteAsync(
            async token => await base.GetStreamingResponseAsync(all, options, token).Watched(_patience.Silence, _time, token).ToChatResponseAsync(token).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Words that were streamed cannot be taken back, so a whole answer is awaited before the first is given on.
        var response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (var update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }
}

/// <summary>Watches a stream for silence.</summary>
internal static class SilenceWatch
{
    /// <summary>The same stream, without updates that have no words; a pause longer than <paramref name="silence"/> ends it with <see cref="ProviderFailure.TimedOut"/>.</summary>
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
            if (enumerator.Current.Contents.Count > 0)
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
