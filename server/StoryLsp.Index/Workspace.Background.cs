using StoryLsp.Index.Files;
using StoryLsp.Language.Facts;

namespace StoryLsp.Index;

public sealed partial class Workspace
{
    private const int FilesInOneStep = 256;
    private static readonly TimeSpan RereadDelay = TimeSpan.FromMilliseconds(100);

    private readonly Lock _backgroundGate = new();
    private Task _background = Task.CompletedTask;
    private int _rereadIsScheduled;
    private int _scanIsScheduled;
    private int _storingIsScheduled;

    /// <summary>Ends when all work that earlier changes called for is done: documents read with other schemas, folders looked through again.</summary>
    public async Task WhenIdleAsync()
    {
        Task last;
        do
        {
            last = Volatile.Read(ref _background);
            await last.ConfigureAwait(false);
        }
        while (last != Volatile.Read(ref _background));
    }

    private void Schedule(Func<CancellationToken, Task> work)
    {
        lock (_backgroundGate)
        {
            var before = _background;
            _background = Task.Run(async () =>
            {
                await before.ConfigureAwait(false);
                await Guard(work).ConfigureAwait(false);
            });
        }
    }

    private async Task Guard(Func<CancellationToken, Task> work)
    {
        try
        {
            if (!_closed.IsCancellationRequested)
            {
                await work(_closed.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The workspace is being closed.
        }
        catch (Exception exception)
        {
            Log.UpdateFailed(_logger, exception);
        }
    }

    private async Task WithDisk(Action<CancellationToken> work, CancellationToken cancellation)
    {
        await _disk.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            work(cancellation);
        }
        finally
        {
            _disk.Release();
        }

        Announce();
    }

    private void ScheduleReread()
    {
        if (Interlocked.Exchange(ref _rereadIsScheduled, 1) == 0)
        {
            Schedule(async cancellation =>
            {
                // Whoever types in a schema does so letter by letter.
                await Task.Delay(RereadDelay, cancellation).ConfigureAwait(false);
                Volatile.Write(ref _rereadIsScheduled, 0);
                await WithDisk(Reread, cancellation).ConfigureAwait(false);
            });
        }
    }

    private void ScheduleScan()
    {
        if (Interlocked.Exchange(ref _scanIsScheduled, 1) == 0)
        {
            Schedule(async cancellation =>
            {
                Volatile.Write(ref _scanIsScheduled, 0);
                await WithDisk(token => Scan(null, token), cancellation).ConfigureAwait(false);
            });
        }
    }

    private void ScheduleStoring()
    {
        if (Interlocked.Exchange(ref _storingIsScheduled, 1) == 0)
        {
            Schedule(_ =>
            {
                Volatile.Write(ref _storingIsScheduled, 0);
                StoreUnstored();
                return Task.CompletedTask;
            });
        }
    }

    // Called with the disk held: reads all documents whose facts were read with other settings or schemas, open ones first.
    private void Reread(CancellationToken cancellation)
    {
        WorkspaceContext context;
        List<string> files;
        lock (_gate)
        {
            context = _context;
            RereadBuffers();
            files = [.. _stamps.Where(stamp => stamp.Value.Fingerprint != context.Fingerprint && !_open.ContainsKey(stamp.Key)).Select(stamp => stamp.Key)];
        }

        Announce();
        for (var i = 0; i < files.Count; i += FilesInOneStep)
        {
            if (!RereadFiles(files.GetRange(i, Math.Min(FilesInOneStep, files.Count - i)), context, cancellation))
            {
                // The settings changed once more, and another round is on its way.
                return;
            }
        }

        StoreUnstored();
    }

    // Called with the gate held.
    private void RereadBuffers()
    {
        var changed = new List<DocumentFacts>();
        foreach (var (path, buffer) in _open.ToList())
        {
            if (buffer.Fingerprint == _context.Fingerprint)
            {
                continue;
            }

            var document = _loader.Read(path, buffer.Document.Text, _context);
            _open[path] = new(buffer.Version, document, _context.Fingerprint);
            _documents.AddOrUpdate(document.Facts, document);
            if (Covers(path))
            {
                changed.Add(document.Facts);
            }
        }

        if (changed.Count > 0)
        {
            Publish(_current.With(changed, []));
        }
    }

    private bool RereadFiles(List<string> paths, WorkspaceContext context, CancellationToken cancellation)
    {
        var loaded = new LoadedFile?[paths.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        Parallel.For(0, paths.Count, parallel, i => loaded[i] = _loader.Load(paths[i], context, knownHash: null));
        lock (_gate)
        {
            if (_context != context)
            {
                return false;
            }

            PublishIfOther(WithLoaded(paths, loaded, unchanged: [], files: null));
        }

        Announce();
        return true;
    }

    private void PublishIfOther(Snapshot next)
    {
        if (!ReferenceEquals(next, _current))
        {
            Publish(next);
        }
    }

    // Called with the gate held. A file that is gone loses its facts; one with an open buffer has its state noted alone.
    private Snapshot WithLoaded(List<string> paths, LoadedFile?[] loaded, HashSet<string> unchanged, FileSet? files)
    {
        var changed = new List<DocumentFacts>();
        var removed = new List<string>();
        for (var i = 0; i < loaded.Length; i++)
        {
            var path = paths[i];
            if (loaded[i] is not { } file)
            {
                _stamps.Remove(path);
                _store?.Add(new Storage.StoreRemoval(path));
                if (!_open.ContainsKey(path))
                {
                    removed.Add(path);
                }

                continue;
            }

            _stamps[path] = file.Stamp;
            if (unchanged.Contains(path))
            {
                continue;
            }

            _unstored.Add(path);
            if (file.Document is not null && !_open.ContainsKey(path))
            {
                changed.Add(file.Document.Facts);
            }
        }

        return changed.Count + removed.Count == 0 && files is null ? _current : _current.With(changed, removed, files);
    }
}
