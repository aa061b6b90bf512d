using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace StoryLsp.Server.Chat;

/// <summary>A client that is made when it is first asked, as its key has to be fetched from the editor.</summary>
internal sealed class LateChatClient(Func<CancellationToken, Task<IChatClient>> make) : IChatClient
{
    private IChatClient? _inner;

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        _inner ??= await make(cancellationToken).ConfigureAwait(false);
        return await _inner.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        _inner ??= await make(cancellationToken).ConfigureAwait(false);
        await foreach (var update in _inner.GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
        {
            yield return update;
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : _inner?.GetService(serviceType, serviceKey);

    /// <inheritdoc/>
    public void Dispose() => _inner?.Dispose();
}
