using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.AI;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Extensions;

namespace StoryLsp.Server.Chat;

/// <summary>The provider <c>editor</c>: the models that the editor has, asked by <c>storylsp/chat</c>, streaming and cancellable.</summary>
internal sealed class EditorChatClient(LanguageConnection connection, ChatParts parts, bool hasChat, ChatPurpose purpose) : IChatClient
{
    /// <summary>A longer answer is a model that has gone astray; in UTF-16 code units.</summary>
    private const int LongestAnswer = 200_000;

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (!hasChat)
        {
            throw new ProviderException(ProviderFailure.NotConfigured,
                "This editor offers the story no models of its own, which `ai.provider: editor` asks for. Set `ai.provider` in story.yaml to `openai`, `anthropic` or `offline`, or use an editor whose StoryLsp extension answers for its models.");
        }

        var (id, stream) = parts.Begin();
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var asking = AskAsync(Request(id, messages, options), stream, stop.Token);
            var streamed = new StringBuilder();
            try
            {
                await foreach (var part in stream.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                {
                    if (streamed.Append(part).Length > LongestAnswer)
                    {
                        throw Endless();
                    }

                    yield return new ChatResponseUpdate(ChatRole.Assistant, part) { ModelId = options?.ModelId };
                }
            }
            finally
            {
                // Whoever stops reading stops the model as well.
                if (!asking.IsCompleted)
                {
                    await stop.CancelAsync().ConfigureAwait(false);
                }
            }

            yield return Last(await asking.ConfigureAwait(false), streamed.ToString());
        }
        finally
        {
            parts.End(id);
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private ChatParams Request(string id, IEnumerable<ChatMessage> messages, ChatOptions? options) => new()
    {
        Id = id,
        Model = string.IsNullOrWhiteSpace(options?.ModelId) ? null : options.ModelId,
        Messages = [.. messages.Select(message => new ChatMessageJson(message.Role.Value, message.Text))],
        Purpose = purpose.Title,
        Read = purpose.IsRead,
        MaxTokens = options?.MaxOutputTokens,
        Temperature = options?.Temperature,
        Schema = (options?.ResponseFormat as ChatResponseFormatJson)?.Schema,
    };

    /// <summary>Asks, and ends the stream of parts with the answer, so that who reads it sees the parts first.</summary>
    private async Task<ChatAnswer> AskAsync(ChatParams request, Channel<string> stream, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.SendRequestAsync(ExtensionMethods.Chat, request, cancellationToken).ConfigureAwait(false);
        }
        catch (ResponseErrorException error)
        {
            throw ChatFailures.Of(error);
        }
        catch (OperationCanceledException)
        {
            // An editor whose handlers are not told the ids of requests goes by the id of the chat.
            connection.Notify(ExtensionMethods.ChatCancel, new ChatReference(request.Id));
            throw;
        }
        catch (ConnectionClosedException)
        {
            throw new ProviderException(ProviderFailure.Unreachable, "The editor was closed before its model had answered.");
        }
        finally
        {
            stream.Writer.TryComplete();
        }
    }

    private static ChatResponseUpdate Last(ChatAnswer answer, string streamed)
    {
        switch (answer.Finish)
        {
            case "length":
                throw new ProviderException(ProviderFailure.BrokenOff, "The editor's model reached its limit of words before the end of its answer. Nothing was changed; choose another model.");
            case "filter":
                throw new ProviderException(ProviderFailure.Refused, "The editor's model held the answer back by its content filter. Nothing was changed.");
        }

        var text = answer.Text ?? streamed;
        if (text.Length > LongestAnswer)
        {
            throw Endless();
        }

        if (!text.StartsWith(streamed, StringComparison.Ordinal))
        {
            throw new ProviderException(ProviderFailure.Unreadable, "The editor's answer is another one than the words that it had streamed. Nothing was changed; try again.");
        }

        var last = new ChatResponseUpdate(ChatRole.Assistant, text[streamed.Length..]) { ModelId = answer.Model, FinishReason = ChatFinishReason.Stop };
        if (answer.Usage is { } usage)
        {
            last.Contents.Add(new UsageContent(new UsageDetails
            {
                InputTokenCount = usage.Input,
                OutputTokenCount = usage.Output,
                TotalTokenCount = (usage.Input ?? 0) + (usage.Output ?? 0),
            }));
        }

        return last;
    }

    private static ProviderException Endless() => new(ProviderFailure.Unreadable, "The model's answer does not end. Nothing was changed; try again, or choose another model.");
}

/// <summary>What an answer is wanted for, as the editor's dialog of consent says it.</summary>
/// <param name="Title">What the pipeline is called.</param>
/// <param name="IsRead">Whether the run has stopped for a person to read its prompt.</param>
internal sealed record ChatPurpose(string Title, bool IsRead);
