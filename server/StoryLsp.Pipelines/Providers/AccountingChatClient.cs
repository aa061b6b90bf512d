using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;
using StoryLsp.Language.Settings;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Pipelines.Providers;

/// <summary>Counts the tokens and the cost of a run, tells them, and stops the run before a request that would go beyond its limits.</summary>
internal sealed class AccountingChatClient : DelegatingChatClient
{
    private readonly AiLimits _limits;
    private readonly AiPrices? _prices;
    private readonly Action<UsageReport>? _onUsage;
    private readonly Lock _lock = new();
    private RunUsage _used;

    /// <summary>Wraps a client.</summary>
    /// <param name="inner">The client.</param>
    /// <param name="settings">The limits, and the prices.</param>
    /// <param name="before">What the run has used before.</param>
    /// <param name="onUsage">Is told what each request has used.</param>
    public AccountingChatClient(IChatClient inner, AiSettings settings, RunUsage before, Action<UsageReport>? onUsage)
        : base(inner)
    {
        _limits = settings.Limits;
        _prices = settings.Prices;
        _used = before;
        _onUsage = onUsage;
    }

    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var all = messages.ToList();
        var sent = Tokens.Estimate(string.Join('\n', all.Select(message => message.Text)));
        RequireRoom(sent);
        var count = new Count();
        try
        {
            await foreach (var update in base.GetStreamingResponseAsync(all, options, cancellationToken).ConfigureAwait(false))
            {
                count.Add(update);
                yield return update;
            }

            count.IsWhole = true;
        }
        finally
        {
            // An answer that somebody stopped has been paid for as far as it went.
            if (count.IsWhole || count.HasBegun)
            {
                Report(count, sent);
            }
        }
    }

    private void RequireRoom(int sent)
    {
        RunUsage used;
        lock (_lock)
        {
            used = _used;
        }

        if (_limits.TokensPerRun is { } tokens && used.Tokens + sent > tokens)
        {
            throw new ProviderException(ProviderFailure.LimitReached,
                $"This run has used {Number(used.Tokens)} tokens, and its next request has about {Number(sent)}: together more than the {Number(tokens)} of `ai.limits.tokens_per_run` in story.yaml. " +
                "Nothing more was sent. Raise the limit and resume the run, or make its prompt shorter.");
        }

        if (_limits.CostPerRun is { } cost && CostOf(sent, 0) is { } next && used.Cost + next > cost)
        {
            throw new ProviderException(ProviderFailure.LimitReached,
                $"This run has cost {Money(used.Cost)}, and its next request costs at least {Money(next)}: together more than the {Money(cost)} of `ai.limits.cost_per_run` in story.yaml. " +
                "Nothing more was sent. Raise the limit and resume the run.");
        }
    }

    private void Report(Count count, int sent)
    {
        var input = count.Usage?.InputTokenCount ?? (count.IsReplayed ? 0 : sent);
        var output = count.Usage?.OutputTokenCount ?? (count.IsReplayed ? 0 : Tokens.Estimate(count.Text.ToString()));
        var cost = count.IsReplayed ? 0 : CostOf(input, output);
        lock (_lock)
        {
            _used = new(_used.Tokens + input + output, _used.Cost + (cost ?? 0));
        }

        _onUsage?.Invoke(new(count.Model, input, output, cost) { IsEstimated = !count.IsReplayed && count.Usage is not { InputTokenCount: not null, OutputTokenCount: not null } });
    }

    private decimal? CostOf(long input, long output) => _prices is { } prices ? (input * prices.Input + output * prices.Output) / 1_000_000m : null;

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Money(decimal amount) => amount.ToString("0.####", CultureInfo.InvariantCulture);

    private sealed class Count
    {
        public StringBuilder Text { get; } = new();

        public UsageDetails? Usage { get; private set; }

        public string? Model { get; private set; }

        public bool HasBegun { get; private set; }

        public bool IsWhole { get; set; }

        public bool IsReplayed { get; private set; }

        public void Add(ChatResponseUpdate update)
        {
            HasBegun |= update.Contents.Count > 0;
            Model = update.ModelId ?? Model;
            IsReplayed |= update.AdditionalProperties?.ContainsKey(ReplayedKey) == true;
            Text.Append(update.Text);
            foreach (var usage in update.Contents.OfType<UsageContent>())
            {
                Add(usage.Details);
            }
        }

        // A vendor tells the sent tokens first and the answered ones last, and may tell some of them twice: each number only grows.
        private void Add(UsageDetails details)
        {
            Usage ??= new();
            Usage.InputTokenCount = Larger(Usage.InputTokenCount, details.InputTokenCount);
            Usage.OutputTokenCount = Larger(Usage.OutputTokenCount, details.OutputTokenCount);
        }

        private static long? Larger(long? first, long? second) => first is null ? second : second is null ? first : Math.Max(first.Value, second.Value);
    }

    /// <summary>The key of <see cref="ChatResponseUpdate.AdditionalProperties"/> that marks an answer for which nobody was asked.</summary>
    public const string ReplayedKey = "storylsp.replayed";
}
