using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using ChatResponseFormat = OpenAI.Chat.ChatResponseFormat;
using Finish = OpenAI.Chat.ChatFinishReason;

namespace StoryLsp.Pipelines.Providers;

/// <summary>
/// The provider <c>openai</c>: any endpoint that speaks the chat completions of OpenAI, over the vendor's own library. The vendor's
/// adapter to <see cref="IChatClient"/> cannot be restored here; it can take this class's place.
/// </summary>
internal sealed class OpenAiChatClient : IChatClient
{
    private readonly OpenAIClient _client;
    private readonly string _model;

    /// <summary>Makes a client. Nothing is sent before the first request.</summary>
    /// <param name="model">The model's name, where a request names none.</param>
    /// <param name="http">The way to the server, which knows its address and the key.</param>
    public OpenAiChatClient(string model, HttpClient http)
    {
        _model = model;
        _client = new(new ApiKeyCredential("none"), new OpenAIClientOptions
        {
            Transport = new HttpClientPipelineTransport(http),
            // Waiting and trying again is the business of one place: RetryingChatClient.
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        });
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
        var model = options?.ModelId ?? _model;
        var updates = _client.GetChatClient(model).CompleteChatStreamingAsync(messages.Select(ToOpenAi), Options(options), cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var _ = updates.ConfigureAwait(false);
        ChatFinishReason? finish = null;
        var any = false;
        var length = 0;
        while (await MoveAsync(updates, cancellationToken).ConfigureAwait(false))
        {
            any = true;
            var update = Read(updates.Current);
            finish = update.FinishReason ?? finish;
            if ((length += update.Text.Length) > ProviderFaults.LongestAnswer)
            {
                throw ProviderFaults.Endless();
            }

            // An update without words, as of a model that still thinks, is a sign of life.
            update.ModelId = string.IsNullOrEmpty(update.ModelId) ? model : update.ModelId;
            yield return update;
        }

        ProviderFaults.RequireEnd(finish, any);
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

    private static ChatCompletionOptions Options(ChatOptions? options)
    {
        var result = new ChatCompletionOptions
        {
            Temperature = options?.Temperature,
            TopP = options?.TopP,
            MaxOutputTokenCount = options?.MaxOutputTokens,
            ResponseFormat = options?.ResponseFormat switch
            {
                ChatResponseFormatJson { Schema: { } schema } json =>
                    ChatResponseFormat.CreateJsonSchemaFormat(json.SchemaName ?? "answer", BinaryData.FromString(schema.GetRawText()), json.SchemaDescription),
                ChatResponseFormatJson => ChatResponseFormat.CreateJsonObjectFormat(),
                _ => null,
            },
        };
        foreach (var stop in options?.StopSequences ?? [])
        {
            result.StopSequences.Add(stop);
        }

        return result;
    }

    // The library parses some parts of an update only when they are asked for, and then throws what its parser throws.
    private static ChatResponseUpdate Read(StreamingChatCompletionUpdate? update)
    {
        try
        {
            var text = string.Concat((update ?? throw ProviderFaults.Unreadable()).ContentUpdate.Select(part => part.Text));
            var result = text.Length > 0 ? new ChatResponseUpdate(ChatRole.Assistant, text) : new ChatResponseUpdate { Role = ChatRole.Assistant };
            result.ModelId = update.Model;
            result.FinishReason = update.FinishReason switch
            {
                null => null,
                Finish.Stop => ChatFinishReason.Stop,
                Finish.Length => ChatFinishReason.Length,
                Finish.ContentFilter => ChatFinishReason.ContentFilter,
                _ => ChatFinishReason.ToolCalls,
            };
            if (update.Usage is { } usage)
            {
                result.Contents.Add(new UsageContent(new() { InputTokenCount = usage.InputTokenCount, OutputTokenCount = usage.OutputTokenCount, TotalTokenCount = usage.TotalTokenCount }));
            }

            return result;
        }
        catch (Exception exception) when (exception is not ProviderException)
        {
            throw ProviderFaults.Unreadable();
        }
    }

    private static async Task<bool> MoveAsync(IAsyncEnumerator<StreamingChatCompletionUpdate> updates, CancellationToken cancellationToken)
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
