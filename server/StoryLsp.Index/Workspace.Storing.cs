using StoryLsp.Index.Storage;
using StoryLsp.Language.Facts;

namespace StoryLsp.Index;

public sealed partial class Workspace
{
    private readonly Lock _storeGate = new();
    private IndexStore? _store;
    private bool _storeWasOpened;
    private volatile bool _wasStoredAgain;

    // What the index file holds; empty when there is none.
    private Dictionary<string, byte[]>? OpenStore()
    {
        lock (_storeGate)
        {
            // A root that is not there must not come to be by its cache.
            if (_storeWasOpened || !_options.UseIndexFile || !Directory.Exists(Root))
            {
                return null;
            }

            _storeWasOpened = true;
            _store = IndexStore.Open(Root, _options.ReadOnlyIndex, _loader.Text, _logger);
            if (_store is null)
            {
                return null;
            }

            _store.Emptied += StoreAll;
            return _store.Load();
        }
    }

    private void StartStore()
    {
        lock (_storeGate)
        {
            _store?.Start();
        }
    }

    private void CloseStores()
    {
        lock (_storeGate)
        {
            _store?.Dispose();
            _store = null;
        }
    }

    // False when the facts are not those that the files on disk give, as a schema is open and changed.
    private bool Store(string path, FileStamp stamp, DocumentFacts? facts, bool keepsRows)
    {
        if (stamp.Fingerprint != _diskContext.Fingerprint)
        {
            return false;
        }

        if (facts is not null && _store is { IsUsable: true } store)
        {
            store.Add(new StoreDocument(path, stamp, facts, keepsRows));
        }

        return true;
    }

    private void StoreUnstored()
    {
        var pending = new List<(string Path, FileStamp Stamp, DocumentFacts Facts)>();
        lock (_gate)
        {
            foreach (var path in _unstored.ToList())
            {
                if (_stamps.TryGetValue(path, out var stamp) && stamp.Fingerprint == _diskContext.Fingerprint && FactsOnDisk(path, stamp) is { } facts)
                {
                    pending.Add((path, stamp, facts));
                    _unstored.Remove(path);
                }
            }
        }

        foreach (var (path, stamp, facts) in pending)
        {
            Store(path, stamp, facts, keepsRows: false);
        }
    }

    // Called with the gate held. Facts of a buffer count only where it holds just what the file holds.
    private DocumentFacts? FactsOnDisk(string path, FileStamp stamp)
    {
        if (!_open.TryGetValue(path, out var buffer))
        {
            return _current.Facts(path);
        }

        return buffer.Fingerprint == stamp.Fingerprint && Convert.ToHexStringLower(buffer.Document.Text.ContentHash) == stamp.Hash ? buffer.Document.Facts : null;
    }

    // Hands everything to the store, which is empty.
    private void StoreAll()
    {
        lock (_gate)
        {
            _unstored.UnionWith(_stamps.Keys);
        }

        StoreUnstored();
    }
}
