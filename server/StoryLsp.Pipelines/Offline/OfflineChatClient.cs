using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using StoryLsp.Pipelines.Providers;

namespace StoryLsp.Pipelines.Offline;

/// <summary>
/// The provider <c>offline</c>: no model and no network, but algorithms that say what they are. The same prompt always gives the same answer. For a step
/// that has no honest algorithm it says that a model is needed.
/// </summary>
public sealed class OfflineChatClient : IChatClient
{
    /// <summary>What the summary calls itself: extractive, and no model.</summary>
    public const string ModelId = "offline-extractive";

    private static readonly IReadOnlyList<IOfflineAlgorithm> Known = [new Summary(), new ShotList(), new Repairs()];

    /// <summary>The names of the algorithms.</summary>
    public static IReadOnlyList<string> Algorithms { get; } = [.. Known.Select(algorithm => algorithm.Name)];

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var all = messages.ToList();
        var task = options?.AdditionalProperties?.TryGetValue(OfflineTask.Key, out var value) == true ? value as OfflineTask : null;
        var (text, model) = task is null ? throw NeedsModel() : Answer(task, all);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, text)) { ModelId = model, FinishReason = ChatFinishReason.Stop });
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (var update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static (string Text, string Model) Answer(OfflineTask task, IReadOnlyList<ChatMessage> messages)
    {
        var algorithm = Known.FirstOrDefault(known => known.Name == task.Algorithm) ?? throw NeedsModel();

        // What is sent counts, not what was meant to be sent: somebody may have changed it in between.
        return (algorithm.Answer(task.Input with { Messages = messages }), algorithm.ModelId);
    }

    private static ProviderException NeedsModel() =>
        new(ProviderFailure.NeedsModel, "This step needs a model, and the provider `offline` has none, so nothing is proposed. Set `ai.provider` in story.yaml to `openai`, `anthropic` or `editor`.");
}
