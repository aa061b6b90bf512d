using System.Collections.Concurrent;

namespace StoryLsp.Protocol.JsonRpc;

/// <summary>Our own requests that the other side has not answered yet; each ends exactly once.</summary>
internal sealed class PendingRequests
{
    private readonly ConcurrentDictionary<RequestId, IPendingRequest> pending = new();
    private long lastId;
    private volatile bool isClosed;

    public RequestId NextId() => RequestId.Of(Interlocked.Increment(ref lastId));

    public void Add(RequestId id, IPendingRequest request)
    {
        pending[id] = request;
        if (isClosed && pending.TryRemove(id, out _))
        {
            request.Fail(new ConnectionClosedException());
        }
    }

    /// <summary>Takes a request out; null if it was answered, given up or never made.</summary>
    public IPendingRequest? Take(RequestId id) => pending.TryRemove(id, out var request) ? request : null;

    public void Close()
    {
        isClosed = true;
        foreach (var id in pending.Keys)
        {
            Take(id)?.Fail(new ConnectionClosedException());
        }
    }
}
