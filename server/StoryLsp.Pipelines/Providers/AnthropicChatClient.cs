using System.Runtime.CompilerServices;
using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;

namespace StoryLsp.Pipelines.Providers;

/// <summary>The provider <c>anthropic</c>: the vendor's own library and its own adapter, with errors in words for the writer.</summary>
internal sealed class AnthropicChatClient : IChatClient
{
    /// <summary>The vendor wants a limit with each request; the oldest models that are still served take no higher one.</summary>
    private const int MostTokens = 4096;

    private readonly AnthropicClient _client;
    private readonly IChatClient _inner;
    private readonly string _model;

    /// <summary>Makes a client. Nothing is sent before the first request.</summary>
    /// <param name="endpoint">The base address, with or without <c>/v1</c>.</param>
    /// <param name="model">The model's name, where a request names none.</param>
    /// <param name="http">The way to the server, which knows the key.</param>
    public AnthropicChatClient(Uri endpoint, string model, HttpClient http)
    {
        _model = model;
        _client = new(new ClientOptions
        {
            BaseUrl = BaseOf(endpoint),
            HttpClient = http,
            // A key that is set keeps the library from looking for one by itself; the real one is put on by KeyHandler.
            ApiKey = "none",
            ExtraHeaders = new Dictionary<string, string>(),
            // Waiting and trying again is the business of one place: RetryingChatClient.
            MaxRetries = 0,
            // Silence is watched there too; this is only no end at all.
            Timeout = TimeSpan.FromHours(1),
        });
        _inner = _client.AsIChatClient(model, MostTokens);
    }

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var updates = _inner.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var _ = updates.ConfigureAwait(false);
        ChatFinishReason? finish = null;
        var any = false;
        var length = 0;
        while (await MoveAsync(updates, cancellationToken).ConfigureAwait(false))
        {
            any = true;
            var update = updates.Current;
            finish = update.FinishReason ?? finish;
            if ((length += update.Text.Length) > ProviderFaults.LongestAnswer)
            {
                throw ProviderFaults.Endless();
            }

            yield return new ChatResponseUpdate(ChatRole.Assistant, [.. update.Contents.Where(content => content is TextContent or UsageContent)])
            {
                ModelId = update.ModelId ?? options?.ModelId ?? _model,
                FinishReason = update.FinishReason,
            };
        }

        ProviderFaults.RequireEnd(finish, any);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        // The adapter owns nothing, and the way to the server is shared.
    }

    // The library adds the version to the path by itself.
    private static string BaseOf(Uri endpoint)
    {
        var address = endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return address.EndsWith("/v1", StringComparison.OrdinalIgnoreCase) ? address[..^3] : address;
    }

    private static async Task<bool> MoveAsync(IAsyncEnumerator<ChatResponseUpdate> updates, CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            throw ProviderFaults.Of(exception, cancellationToken);
        }
    }
}
