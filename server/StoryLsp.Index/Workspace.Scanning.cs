using System.Diagnostics;
using StoryLsp.Index.Files;
using StoryLsp.Index.Storage;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;

namespace StoryLsp.Index;

public sealed partial class Workspace
{
    /// <summary>
    /// Reads all files that changed since the index was written, or all of them without one, and makes the first complete snapshot. Called
    /// again it looks for changes on disk.
    /// </summary>
    public Task IndexAsync(IProgress<IndexProgress>? progress = null, CancellationToken cancellation = default) => Task.Run(
        async () =>
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closed.Token);
            await _disk.WaitAsync(either.Token).ConfigureAwait(false);
            try
            {
                Scan(progress, either.Token);
            }
            finally
            {
                _disk.Release();
            }

            Announce();
        },
        cancellation);

    // Called with the disk held.
    private void Scan(IProgress<IndexProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var isFirst = !_current.IsComplete;
        var opening = isFirst ? Task.Run(OpenStore, CancellationToken.None) : null;
        var contextChanged = _contextFiles.Refresh(Root);
        WorkspaceContext context;
        FolderRules folders;
        IncludeRules rules;
        lock (_gate)
        {
            if (contextChanged)
            {
                Publish(TakeUpContext(_current), all: true);
            }

            context = _context;
            rules = _rules;
            _folders = folders = new FolderRules(Root);
        }

        var walked = new WorkspaceWalk(Root, folders, rules, _logger).Walk(cancellation);
        var indexed = walked.FindAll(file => file.IsIndexed);
        var stored = opening?.GetAwaiter().GetResult();
        var results = new ScannedFile?[indexed.Count];
        var pool = new StringPool();
        var done = 0;
        progress?.Report(new(0, indexed.Count));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        Parallel.For(0, indexed.Count, parallel, i =>
        {
            results[i] = ScanFile(indexed[i], stored, context, pool);
            var count = Interlocked.Increment(ref done);
            if (count % 64 == 0 || count == indexed.Count)
            {
                progress?.Report(new(count, indexed.Count));
            }
        });
        Commit(walked, results, stored, context);

        // Only now: while the files are being read, the processors have better things to do.
        StartStore();
        var read = results.Count(result => result is { WasRead: true });
        if (isFirst)
        {
            Log.Indexed(_logger, indexed.Count, clock.ElapsedMilliseconds, read, indexed.Count - read);
        }
    }

    // Null when the file is as it was.
    private ScannedFile? ScanFile(WalkedFile file, Dictionary<string, byte[]>? stored, WorkspaceContext context, StringPool pool)
    {
        FileStamp? known;
        lock (_gate)
        {
            known = _stamps.GetValueOrDefault(file.Path);
        }

        if (known is not null && known.Fingerprint == context.Fingerprint && known.IsSurely(file.Size, file.Modified))
        {
            return null;
        }

        (FileStamp Stamp, DocumentFacts Facts)? cached = null;
        if (known is null && stored is not null && stored.TryGetValue(file.Path, out var blob))
        {
            cached = StoredDocument.Read(file.Path, blob, pool);
            if (cached is null)
            {
                Log.StoredDocumentDamaged(_logger, file.Path);
            }
        }

        var last = cached?.Stamp ?? known;
        if (last is not null && last.Fingerprint != context.Fingerprint)
        {
            (last, cached) = (null, null);
        }

        if (cached is { } sure && sure.Stamp.IsSurely(file.Size, file.Modified))
        {
            return new(file.Path, sure.Stamp, sure.Facts, WasRead: false, ToStore: false);
        }

        if (_loader.Load(file.Path, context, last?.Hash, (file.Size, file.Modified)) is not { } loaded)
        {
            return new(file.Path, null, null, WasRead: false, ToStore: false);
        }

        if (loaded.Document is null)
        {
            Store(file.Path, loaded.Stamp, cached?.Facts, keepsRows: true);
            return new(file.Path, loaded.Stamp, cached?.Facts, WasRead: false, ToStore: false);
        }

        var isWritten = Store(file.Path, loaded.Stamp, loaded.Document.Facts, keepsRows: false);
        return new(file.Path, loaded.Stamp, loaded.Document.Facts, WasRead: true, ToStore: !isWritten);
    }

    private void Commit(List<WalkedFile> walked, ScannedFile?[] results, Dictionary<string, byte[]>? stored, WorkspaceContext context)
    {
        var changed = new List<DocumentFacts>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        lock (_gate)
        {
            foreach (var file in walked)
            {
                if (file.IsIndexed)
                {
                    seen.Add(file.Path);
                }
            }

            foreach (var result in results)
            {
                if (result is not null)
                {
                    TakeUp(result, changed, seen);
                }
            }

            var files = FileSet.Of(walked.Select(file => file.Path).Concat(_open.Keys.Where(Covers)));
            var removed = Forget(seen, stored);
            foreach (var (path, buffer) in _open)
            {
                // What the settings cover may have changed while the buffer was open.
                if (Covers(path) && _current.Facts(path) is null)
                {
                    changed.Add(buffer.Document.Facts);
                }
            }

            var isFirst = !_current.IsComplete;
            if (isFirst || changed.Count + removed.Count > 0 || !AreSame(files, _current.Files))
            {
                Publish(_current.With(changed, removed, files, isComplete: true), all: isFirst);
            }

            if (context.Fingerprint != _context.Fingerprint)
            {
                ScheduleReread();
            }
        }
    }

    private static bool AreSame(FileSet a, FileSet b) => a.All.ToHashSet(StringComparer.Ordinal).SetEquals(b.All);

    // Called with the gate held.
    private void TakeUp(ScannedFile result, List<DocumentFacts> changed, HashSet<string> seen)
    {
        if (result.Stamp is null)
        {
            // It vanished between the walk and the reading.
            seen.Remove(result.Path);
            return;
        }

        _stamps[result.Path] = result.Stamp;
        if (result.ToStore)
        {
            _unstored.Add(result.Path);
        }
        else if (result.Facts is not null)
        {
            // Just these facts are, or will be, in the index file; of others that were waiting nothing is known here.
            _unstored.Remove(result.Path);
        }

        if (result.Facts is not null && !_open.ContainsKey(result.Path))
        {
            changed.Add(result.Facts);
        }
    }

    // Called with the gate held: what is no longer there, or no longer indexed.
    private List<string> Forget(HashSet<string> seen, Dictionary<string, byte[]>? stored)
    {
        var gone = _stamps.Keys.Where(path => !seen.Contains(path)).ToList();
        foreach (var path in gone)
        {
            _stamps.Remove(path);
            _unstored.Remove(path);
        }

        foreach (var path in gone.Concat(stored?.Keys.Where(path => !seen.Contains(path)) ?? []))
        {
            _store?.Add(new StoreRemoval(path));
        }

        return [.. _current.Documents.Select(facts => facts.Path).Where(path => !seen.Contains(path) && !(_open.ContainsKey(path) && Covers(path)))];
    }

    private sealed record ScannedFile(string Path, FileStamp? Stamp, DocumentFacts? Facts, bool WasRead, bool ToStore);
}
