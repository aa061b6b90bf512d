using StoryLsp.Index.Files;
using StoryLsp.Index.Storage;
using StoryLsp.Language.Settings;

namespace StoryLsp.Index;

public sealed partial class Workspace
{
    // Held here: a watcher that nobody holds is garbage, and ends its watching without a word.
    private readonly List<FileWatcher> _watchers = [];

    // Guarded by the gate of the background: looks at changed files that are under way.
    private readonly List<Task> _looks = [];

    /// <summary>
    /// Ends when the snapshot has all that was told before of files, and all that earlier changes called for. It is complete already where nothing is under
    /// way. It never fails.
    /// </summary>
    public async Task WhenReadAsync()
    {
        Task[] looks;
        lock (_backgroundGate)
        {
            looks = [.. _looks.Where(static look => !look.IsCompleted)];
        }

        await Task.WhenAll(looks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await WhenIdleAsync().ConfigureAwait(false);
    }

    /// <summary>Looks at files that changed on disk, as a watcher says. Ends when the snapshot has them.</summary>
    /// <param name="events">What happened; kinds are a hint, the disk decides. Folders are looked through.</param>
    /// <param name="cancellation">Ends the looking.</param>
    public Task<Snapshot> ApplyFileEventsAsync(IEnumerable<FileEvent> events, CancellationToken cancellation = default)
    {
        var paths = events.Where(MatterToIndex).Select(change => change.Path).Distinct(StringComparer.Ordinal).ToList();
        var look = Task.Run(
            async () =>
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closed.Token);
                await WithDisk(token => ApplyFileEvents(paths, token), either.Token).ConfigureAwait(false);
                return Current;
            },
            cancellation);
        lock (_backgroundGate)
        {
            _looks.RemoveAll(static other => other.IsCompleted);
            _looks.Add(look);
        }

        return look;
    }

    /// <summary>
    /// Watches the folder itself, for a client that does not, until what it returns is disposed or the workspace is. Begin before
    /// <see cref="IndexAsync"/>, so that nothing is missed between the two.
    /// </summary>
    public IDisposable WatchFiles()
    {
        var watcher = new FileWatcher(Root, events => events is null ? IndexAsync() : ApplyFileEventsAsync(events), _logger);
        lock (_gate)
        {
            if (!_closed.IsCancellationRequested)
            {
                _watchers.Add(watcher);
                return watcher;
            }
        }

        watcher.Dispose();
        return watcher;
    }

    private void EndWatching()
    {
        List<FileWatcher> watchers;
        lock (_gate)
        {
            watchers = [.. _watchers];
            _watchers.Clear();
        }

        watchers.ForEach(watcher => watcher.Dispose());
    }

    // A folder whose time changed had something happen inside it that is told by an event of its own.
    private bool MatterToIndex(FileEvent change) =>
        !IsOutsideRoot(change.Path) && (change.Kind != FileEventKind.Changed || !Directory.Exists(FullPathOf(change.Path)));

    // Called with the disk held.
    private void ApplyFileEvents(List<string> paths, CancellationToken cancellation)
    {
        if (!_current.IsComplete)
        {
            // The first look sees all of it.
            return;
        }

        if (paths.Exists(NeedsScan))
        {
            Scan(null, cancellation);
            return;
        }

        if (paths.Exists(IncludeRules.IsSettingsOrSchema) && _contextFiles.Refresh(Root))
        {
            lock (_gate)
            {
                Publish(TakeUpContext(_current), all: true);
            }
        }

        var inside = paths.FindAll(path => _folders.IsInside(path) && !IsLinked(path));
        WorkspaceContext context;
        lock (_gate)
        {
            context = _context;
        }

        var covered = inside.FindAll(Covers);
        var loaded = new LoadedFile?[covered.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        Parallel.For(0, covered.Count, parallel, i => loaded[i] = LoadChanged(covered[i], context));
        lock (_gate)
        {
            CommitChanged(inside, covered, loaded);
            if (_context != context)
            {
                ScheduleReread();
            }
        }

        StoreUnstored();
    }

    private LoadedFile? LoadChanged(string path, WorkspaceContext context)
    {
        string? known;
        lock (_gate)
        {
            known = _stamps.TryGetValue(path, out var stamp) && stamp.Fingerprint == context.Fingerprint ? stamp.Hash : null;
            if (known is null && _open.TryGetValue(path, out var buffer) && buffer.Fingerprint == context.Fingerprint)
            {
                known = Convert.ToHexStringLower(buffer.Document.Text.ContentHash);
            }
        }

        return _loader.Load(path, context, known);
    }

    // Called with the gate held.
    private void CommitChanged(List<string> paths, List<string> covered, LoadedFile?[] loaded)
    {
        var unchanged = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < loaded.Length; i++)
        {
            if (loaded[i] is { Document: null } && _stamps.GetValueOrDefault(covered[i])?.Hash == loaded[i]!.Stamp.Hash)
            {
                unchanged.Add(covered[i]);
            }
        }

        var added = new List<string>();
        var removed = new List<string>();
        foreach (var path in paths)
        {
            var isThere = File.Exists(FullPathOf(path)) || (_open.ContainsKey(path) && Covers(path));
            if (isThere != _current.Files.Contains(path))
            {
                (isThere ? added : removed).Add(path);
            }
        }

        var files = added.Count + removed.Count > 0 ? _current.Files.Change(added, removed) : null;
        PublishIfOther(WithLoaded(covered, loaded, unchanged, files));
    }

    // What decides about other files, and what is a folder, is left to a look through all of them.
    private bool NeedsScan(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (!_folders.IsInside(path))
        {
            return name == SettingsReader.FileName && _folders.IsInside(FileSet.FolderOf(path));
        }

        var isNested = name == SettingsReader.FileName && path != SettingsReader.FileName;
        if (name == ".gitignore" || isNested || Directory.Exists(FullPathOf(path)))
        {
            return !_folders.IsOutside(path) || name == ".gitignore" || isNested;
        }

        return !File.Exists(FullPathOf(path)) && !_current.Files.Contains(path) && HasFilesBelow(path);
    }

    private bool HasFilesBelow(string folder)
    {
        var prefix = folder + "/";
        lock (_gate)
        {
            return _current.Files.All.Any(path => path.StartsWith(prefix, StringComparison.Ordinal));
        }
    }

    private bool IsLinked(string path)
    {
        try
        {
            return new FileInfo(FullPathOf(path)).LinkTarget is not null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
