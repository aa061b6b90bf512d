using Microsoft.Extensions.Logging;

namespace StoryLsp.Index;

/// <summary>Watches the folder of a workspace for editors that do not; many events in a short time become one look at the files.</summary>
internal sealed class FileWatcher : IDisposable
{
    private const int PollSeconds = 5;
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(150);

    private readonly Workspace _workspace;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, FileEventKind> _pending = new(StringComparer.Ordinal);
    private readonly Timer _timer;
    private FileSystemWatcher? _watcher;
    private bool _lostEvents;
    private bool _isPolling;
    private bool _isDisposed;
    private int _isApplying;

    public FileWatcher(Workspace workspace, ILogger logger)
    {
        _workspace = workspace;
        _logger = logger;
        _timer = new Timer(_ => Apply());
        try
        {
            Watch();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or PlatformNotSupportedException or OutOfMemoryException)
        {
            Poll(exception.Message);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        _watcher?.Dispose();
        _timer.Dispose();
    }

    private void Watch()
    {
        _watcher = new FileSystemWatcher(_workspace.Root)
        {
            IncludeSubdirectories = true,
            InternalBufferSize = 64 * 1024,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
        };
        _watcher.Created += (_, change) => Note(change.FullPath, FileEventKind.Created);
        _watcher.Changed += (_, change) => Note(change.FullPath, FileEventKind.Changed);
        _watcher.Deleted += (_, change) => Note(change.FullPath, FileEventKind.Deleted);
        _watcher.Renamed += (_, change) =>
        {
            // Editors write a file beside the old one and give it the old one's name.
            Note(change.OldFullPath, FileEventKind.Deleted);
            Note(change.FullPath, FileEventKind.Created);
        };
        _watcher.Error += (_, error) => NoteLoss(error.GetException());
        _watcher.EnableRaisingEvents = true;
    }

    private void Note(string fullPath, FileEventKind kind)
    {
        if (_workspace.RelativePathOf(fullPath) is not { } path || IsHidden(path))
        {
            return;
        }

        lock (_gate)
        {
            // Created, then changed: still something that may be a folder to look through.
            if (!(kind == FileEventKind.Changed && _pending.ContainsKey(path)))
            {
                _pending[path] = kind;
            }

            Restart(Quiet);
        }
    }

    private void NoteLoss(Exception exception)
    {
        if (exception is not InternalBufferOverflowException && !_isPolling)
        {
            Poll(exception.Message);
        }

        lock (_gate)
        {
            _lostEvents = true;
            Restart(Quiet);
        }
    }

    private void Poll(string reason)
    {
        _isPolling = true;
        Log.WatchingByPolling(_logger, reason, PollSeconds);
        lock (_gate)
        {
            _lostEvents = true;
            Restart(TimeSpan.FromSeconds(PollSeconds));
        }
    }

    // Called with the gate held.
    private void Restart(TimeSpan delay)
    {
        if (!_isDisposed)
        {
            _timer.Change(delay, Timeout.InfiniteTimeSpan);
        }
    }

    private void Apply()
    {
        if (Interlocked.Exchange(ref _isApplying, 1) == 0)
        {
            _ = ApplyAsync();
        }
        else
        {
            lock (_gate)
            {
                Restart(Quiet);
            }
        }
    }

    private async Task ApplyAsync()
    {
        List<FileEvent> events;
        bool all;
        lock (_gate)
        {
            events = [.. _pending.Select(change => new FileEvent(change.Key, change.Value))];
            _pending.Clear();
            all = _lostEvents;
            _lostEvents = _isPolling;
        }

        try
        {
            await (all ? _workspace.IndexAsync() : _workspace.ApplyFileEventsAsync(events)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The workspace is being closed.
        }
        catch (Exception exception)
        {
            Log.UpdateFailed(_logger, exception);
        }
        finally
        {
            Volatile.Write(ref _isApplying, 0);
            lock (_gate)
            {
                if (_isPolling)
                {
                    Restart(TimeSpan.FromSeconds(PollSeconds));
                }
            }
        }
    }

    // `.git` alone has more events than all files of a writer; a `.gitignore` is the only hidden file that matters.
    private static bool IsHidden(string path)
    {
        var slash = path.LastIndexOf('/');
        return path.StartsWith('.') && slash > 0 || path.Contains("/.", StringComparison.Ordinal) && !path.EndsWith("/.gitignore", StringComparison.Ordinal) ||
            path.StartsWith("node_modules/", StringComparison.Ordinal);
    }
}
