using Microsoft.Extensions.AI;

namespace StoryLsp.Pipelines.Providers;

/// <summary>What a provider is told beside the messages: the model by its name, and nothing of the product's own.</summary>
internal sealed class PlainOptionsChatClient(IChatClient inner, string? model) : DelegatingChatClient(inner)
{
    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetResponseAsync(messages, Plain(options), cancellationToken);

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetStreamingResponseAsync(messages, Plain(options), cancellationToken);

    private ChatOptions Plain(ChatOptions? options) => new()
    {
        ModelId = string.IsNullOrWhiteSpace(options?.ModelId) ? model : options.ModelId,
        Temperature = options?.Temperature,
        TopP = options?.TopP,
        MaxOutputTokens = options?.MaxOutputTokens,
        StopSequences = options?.StopSequences,
        Seed = options?.Seed,
        ResponseFormat = options?.ResponseFormat,
    };
}
