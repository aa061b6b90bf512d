using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using StoryLsp.Pipelines.Steps;

namespace StoryLsp.Pipelines.Providers;

/// <summary>
/// The provider <c>offline</c>: no model and no network. It answers the synopsis step by quoting the sentences that carry most of
/// the scene, scored by the frequency of their words (H. P. Luhn, "The Automatic Creation of Literature Abstracts", 1958). The same
/// scene always gives the same answer. For anything else it says that a model is needed.
/// </summary>
public sealed class OfflineChatClient : IChatClient
{
    /// <summary>What it calls itself: extractive, and no model.</summary>
    public const string ModelId = "offline-extractive";

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var prompt = string.Concat(messages.Where(message => message.Role == ChatRole.User).Select(message => message.Text));
        var begin = prompt.IndexOf(SynopsisPrompt.ProseBegins, StringComparison.Ordinal);
        var end = prompt.IndexOf(SynopsisPrompt.ProseEnds, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            throw new ProviderException(ProviderFailure.NeedsModel, "This step needs a model; the provider `offline` has none. Set `ai.provider` in story.yaml.");
        }

        var summary = ExtractiveSummary.Of(prompt[(begin + SynopsisPrompt.ProseBegins.Length)..end], 60);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, summary)) { ModelId = ModelId });
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
}
