using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace StoryLsp.Pipelines.Providers;

/// <summary>
/// The provider <c>openai</c>: any endpoint that speaks the chat completions of OpenAI, over the vendor's own library. The vendor's
/// adapter to <see cref="IChatClient"/> cannot be restored here; it can take this class's place.
/// </summary>
public sealed class OpenAiChatClient : IChatClient
{
    private readonly OpenAI.Chat.ChatClient _client;
    private readonly string _model;

    /// <summary>Makes a client. Nothing is sent before the first request.</summary>
    /// <param name="endpoint">The base address, up to and with <c>/v1</c>.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="key">The key; servers on one's own machine take any.</param>
    public OpenAiChatClient(Uri endpoint, string model, string? key)
    {
        _model = model;
        var options = new OpenAIClientOptions
        {
            Endpoint = endpoint,
            // Waiting and trying again is the business of one place: RetryingChatClient.
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
        _client = new(model, new ApiKeyCredential(string.IsNullOrEmpty(key) ? "none" : key), options);
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
        var updates = _client.CompleteChatStreamingAsync(messages.Select(ToOpenAi), Options(options), cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var _ = updates.ConfigureAwait(false);
        var finished = false;
        while (await MoveAsync(updates, cancellationToken).ConfigureAwait(false))
        {
            var update = updates.Current;
            finished |= update.FinishReason is not null;
            foreach (var part in update.ContentUpdate)
            {
                if (!string.IsNullOrEmpty(part.Text))
                {
                    yield return new ChatResponseUpdate(ChatRole.Assistant, part.Text) { ModelId = update.Model ?? _model };
                }
            }
        }

        if (!finished)
        {
            throw new ProviderException(ProviderFailure.BrokenOff, "The model's answer broke off before its end. Nothing was changed; try again.");
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static OpenAI.Chat.ChatMessage ToOpenAi(ChatMessage message) =>
        message.Role == ChatRole.System ? OpenAI.Chat.ChatMessage.CreateSystemMessage(message.Text)
        : message.Role == ChatRole.Assistant ? OpenAI.Chat.ChatMessage.CreateAssistantMessage(message.Text)
        : OpenAI.Chat.ChatMessage.CreateUserMessage(message.Text);

    private static OpenAI.Chat.ChatCompletionOptions Options(ChatOptions? options) => new()
    {
        Temperature = options?.Temperature,
        MaxOutputTokenCount = options?.MaxOutputTokens,
    };

    private static async Task<bool> MoveAsync(IAsyncEnumerator<OpenAI.Chat.StreamingChatCompletionUpdate> updates, CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (ClientResultException exception)
        {
            throw OfStatus(exception);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or AggregateException or System.Text.Json.JsonException or OperationCanceledException)
        {
            throw exception is HttpRequestException or AggregateException
                ? new ProviderException(ProviderFailure.Unreachable, "The model's server cannot be reached. Is it running, and is `ai.endpoint` in story.yaml right?", exception)
                : new ProviderException(ProviderFailure.BrokenOff, "The model's answer broke off before its end. Nothing was changed; try again.", exception);
        }
    }

    // The library's own message may quote the request; only the status is told on.
    private static ProviderException OfStatus(ClientResultException exception)
    {
        var status = exception.Status;
        var (failure, message) = status switch
        {
            0 => (ProviderFailure.Unreachable, "The model's server cannot be reached. Is it running, and is `ai.endpoint` in story.yaml right?"),
            401 or 403 => (ProviderFailure.NotAuthorized, $"The model's server does not accept the key ({status}). Check the environment variable that `ai.api_key_env` in story.yaml names."),
            404 => (ProviderFailure.Refused, "The model's server knows no such address or model (404). Check `ai.endpoint` and `ai.model` in story.yaml."),
            429 => (ProviderFailure.RateLimited, "The model's server asks to wait (429). Try again in a while."),
            >= 500 => (ProviderFailure.Refused, $"The model's server failed ({status}). Try again in a while."),
            _ => (ProviderFailure.Refused, $"The model's server refused the request ({status})."),
        };
        return new ProviderException(failure, message) { Status = status, RetryAfter = RetryAfterOf(exception) };
    }

    private static TimeSpan? RetryAfterOf(ClientResultException exception)
    {
        if (exception.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var value) != true || value is null)
        {
            return null;
        }

        if (double.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds >= 0)
        {
            return TimeSpan.FromSeconds(Math.Min(seconds, 3600));
        }

        return DateTimeOffset.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var date) && date > DateTimeOffset.UtcNow ? date - DateTimeOffset.UtcNow : null;
    }
}
