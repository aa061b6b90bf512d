using System.Collections.Concurrent;
using System.Globalization;

namespace StoryLsp.Server.Session;

/// <summary>The tokens that each open document was last answered with, so that the next answer may be what changed.</summary>
internal sealed class TokenResults(EditorSession session)
{
    // A client that asks for documents that it never opened keeps no more than these.
    private const int MostClosed = 16;

    private readonly ConcurrentDictionary<string, (string Id, int[] Data)> _last = new(StringComparer.Ordinal);
    private long _next;

    /// <summary>What a document was last answered with; null where that was another answer.</summary>
    public int[]? Find(string uri, string id) => _last.TryGetValue(uri, out var last) && last.Id == id ? last.Data : null;

    /// <summary>Keeps an answer in the place of the one before; gives its id.</summary>
    public string Put(string uri, string absolutePath, int[] data)
    {
        if (_last.Count >= MostClosed && session.OpenFileOf(absolutePath) is null)
        {
            Forget();
        }

        var id = Interlocked.Increment(ref _next).ToString(CultureInfo.InvariantCulture);
        _last[uri] = (id, data);
        return id;
    }

    /// <summary>Forgets a document that was closed.</summary>
    public void Remove(string uri) => _last.TryRemove(uri, out _);

    private void Forget()
    {
        var open = session.OpenFiles.Select(file => file.Uri).ToHashSet(StringComparer.Ordinal);
        foreach (var uri in _last.Keys.Where(uri => !open.Contains(uri)))
        {
            Remove(uri);
        }
    }
}
