using System.Collections.Concurrent;
using System.Threading.Channels;
using StoryLsp.Server.Extensions;

namespace StoryLsp.Server.Chat;

/// <summary>The answers that the editor is writing, each a stream of parts by the id of its request.</summary>
internal sealed class ChatParts
{
    private readonly ConcurrentDictionary<string, Channel<string>> _open = new(StringComparer.Ordinal);
    private long _last;

    /// <summary>Begins an answer under an id of its own.</summary>
    public (string Id, Channel<string> Parts) Begin()
    {
        var id = "chat-" + Interlocked.Increment(ref _last).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var parts = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
        _open[id] = parts;
        return (id, parts);
    }

    /// <summary>Takes a part in, in the order of the wire; one that belongs to no open answer is dropped.</summary>
    public void Take(ChatPart part)
    {
        if (part is { Id: { } id, Text: { Length: > 0 } text } && _open.TryGetValue(id, out var parts))
        {
            parts.Writer.TryWrite(text);
        }
    }

    /// <summary>Ends an answer: what comes later is dropped.</summary>
    public void End(string id)
    {
        if (_open.TryRemove(id, out var parts))
        {
            parts.Writer.TryComplete();
        }
    }
}
