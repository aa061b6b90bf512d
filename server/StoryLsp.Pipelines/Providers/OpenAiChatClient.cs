using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatFinishReason = OpenAI.Chat.ChatFinishReason;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace StoryLsp.Pipelines.Providers;

/// <summary>
/// The provider <c>openai</c>: any endpoint that speaks the chat completions of OpenAI, over the vendor's own library. The vendor's
/// adapter to <see cref="IChatClient"/> cannot be restored here; it can take this class's place.
/// </summary>
public sealed class OpenAiChatClient : IChatClient
{
    /// <summary>A longer answer is a server that has gone astray; in UTF-16 code units.</summary>
    private const int LongestAnswer = 200_000;

    private readonly ChatClient _client;
    private readonly string _model;
    private readonly TimeProvider _time;

    /// <summary>Makes a client. Nothing is sent before the first request.</summary>
    /// <param name="endpoint">The base address, up to and with <c>/v1</c>.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="key">The key, of visible ASCII characters; servers on one's own machine take any, and none is needed there.</param>
    /// <param name="time">Reads the clock, for a server that names the date of the next try.</param>
    /// <param name="handler">What carries the requests; null: the system's sockets.</param>
    public OpenAiChatClient(Uri endpoint, string model, string? key, TimeProvider? time = null, HttpMessageHandler? handler = null)
    {
        _model = model;
        _time = time ?? TimeProvider.System;
        var options = new OpenAIClientOptions
        {
            Endpoint = endpoint,
            // Waiting and trying again is the business of one place: RetryingChatClient.
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
        if (handler is not null)
        {
            options.Transport = new HttpClientPipelineTransport(new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan });
        }

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
        ChatFinishReason? finish = null;
        var any = false;
        var length = 0;
        while (await MoveAsync(updates, cancellationToken).ConfigureAwait(false))
        {
            any = true;
            var (text, model, reason) = Read(updates.Current);
            finish = reason ?? finish;
            if ((length += text.Length) > LongestAnswer)
            {
                throw new ProviderException(ProviderFailure.Unreadable, "The model's answer does not end. Nothing was changed; try again, or set another `ai.model` in story.yaml.");
            }

            // An update without words, as of a model that still thinks, is a sign of life.
            var update = text.Length > 0 ? new ChatResponseUpdate(ChatRole.Assistant, text) : new ChatResponseUpdate { Role = ChatRole.Assistant };
            update.ModelId = string.IsNullOrEmpty(model) ? _model : model;
            yield return update;
        }

        RequireEnd(finish, any);
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

    private static ChatCompletionOptions Options(ChatOptions? options) => new()
    {
        Temperature = options?.Temperature,
        MaxOutputTokenCount = options?.MaxOutputTokens,
    };

    private static void RequireEnd(ChatFinishReason? finish, bool any)
    {
        switch (finish)
        {
            case ChatFinishReason.Stop:
                return;
            case ChatFinishReason.Length:
                throw new ProviderException(ProviderFailure.BrokenOff, "The model reached its limit of words before the end of its answer. Nothing was changed; set another `ai.model` in story.yaml.");
            case ChatFinishReason.ContentFilter:
                throw new ProviderException(ProviderFailure.Refused, "The model's server held the answer back by its content filter. Nothing was changed.");
            case null:
                throw any ? BrokenOff() : Unreadable();
            default:
                throw Unreadable();
        }
    }

    // The library parses some parts of an update only when they are asked for, and then throws what its parser throws.
    private static (string Text, string? Model, ChatFinishReason? Finish) Read(StreamingChatCompletionUpdate? update)
    {
        try
        {
            return update is null ? throw Unreadable() : (string.Concat(update.ContentUpdate.Select(part => part.Text)), update.Model, update.FinishReason);
        }
        catch (Exception exception) when (exception is not ProviderException)
        {
            throw Unreadable();
        }
    }

    private async Task<bool> MoveAsync(IAsyncEnumerator<StreamingChatCompletionUpdate> updates, CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // A stopped request shows itself in many ways, as a broken connection among them.
            throw new OperationCanceledException(cancellationToken);
        }
        catch (ClientResultException exception)
        {
            throw OfStatus(exception);
        }
        catch (Exception exception) when (exception is HttpRequestException { HttpRequestError: not HttpRequestError.ResponseEnded } or AggregateException)
        {
            throw Unreachable(exception);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            throw BrokenOff();
        }
        catch (Exception)
        {
            // The library reads an answer of another form by throwing what its parser throws.
            throw Unreadable();
        }
    }

    private static ProviderException BrokenOff() => new(ProviderFailure.BrokenOff, "The model's answer broke off before its end. Nothing was changed; try again.");

    private static ProviderException Unreadable() =>
        new(ProviderFailure.Unreadable, "The model's server answered with something else than a streamed chat completion. Check `ai.endpoint` in story.yaml; it mostly ends with `/v1`.");

    private static ProviderException Unreachable(Exception exception) =>
        new(ProviderFailure.Unreachable, "The model's server cannot be reached. Is it running, and is `ai.endpoint` in story.yaml right?", exception);

    // The library's own message may quote the request or the key; only the status is told on.
    private ProviderException OfStatus(ClientResultException exception)
    {
        if (exception.Status == 0)
        {
            return Unreachable(exception);
        }

        var status = exception.Status;
        var wait = RetryAfterOf(exception);
        var (failure, message) = status switch
        {
            401 or 403 => (ProviderFailure.NotAuthorized, $"The model's server does not accept the key ({status}). Check the environment variable that `ai.api_key_env` in story.yaml names."),
            404 => (ProviderFailure.Refused, "The model's server knows no such address or model (404). Check `ai.endpoint` and `ai.model` in story.yaml."),
            429 => (ProviderFailure.RateLimited, $"The model's server asks to wait (429). {Later(wait)}"),
            >= 500 => (ProviderFailure.Refused, $"The model's server failed ({status}). {Later(wait)}"),
            _ => (ProviderFailure.Refused, $"The model's server refused the request ({status})."),
        };
        return new ProviderException(failure, message) { Status = status, RetryAfter = wait };
    }

    private static string Later(TimeSpan? wait) => wait switch
    {
        { TotalSeconds: >= 120 } long_ => $"Try again in {Math.Ceiling(long_.TotalMinutes):0} minutes.",
        { TotalSeconds: >= 2 } some => $"Try again in {Math.Ceiling(some.TotalSeconds):0} seconds.",
        _ => "Try again in a while.",
    };

    private TimeSpan? RetryAfterOf(ClientResultException exception)
    {
        if (exception.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var value) != true || value is null)
        {
            return null;
        }

        if (double.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds >= 0 ? TimeSpan.FromSeconds(Math.Min(seconds, 86_400)) : null;
        }

        return DateTimeOffset.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var date) && date > _time.GetUtcNow() ? date - _time.GetUtcNow() : null;
    }
}
