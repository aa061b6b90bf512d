using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace StoryLsp.Index;

/// <summary>
/// Watches a folder for editors that do not; many events in a short time become one look at the files. Whoever makes one has to hold it: the
/// system's watcher ends when it is garbage. Whatever may have been missed is made good by a look at all files.
/// </summary>
internal sealed class FileWatcher : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(150);

    // A program that writes all the time must not put off the look for ever.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

    private readonly string _root;
    private readonly Func<IReadOnlyList<FileEvent>?, Task> _look;
    private readonly ILogger _logger;
    private readonly TimeSpan _interval;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, FileEventKind> _pending = new(StringComparer.Ordinal);
    private readonly Timer _timer;
    private FileSystemWatcher? _watcher;
    private long? _waitingSince;
    private bool _lostEvents;
    private bool _isPolling;
    private bool _isFailing;
    private bool _isDisposed;
    private int _isApplying;

    /// <summary>Begins to watch; a folder that cannot be watched is looked through at an interval, and the log says so.</summary>
    /// <param name="root">Absolute path of the folder.</param>
    /// <param name="look">Looks at what these events name, or at all files when it is given none.</param>
    /// <param name="logger">Where the trouble is said.</param>
    /// <param name="interval">Time between two looks where the system does not tell of changes, and before another try of a look that failed.</param>
    public FileWatcher(string root, Func<IReadOnlyList<FileEvent>?, Task> look, ILogger logger, TimeSpan? interval = null)
    {
        _root = root;
        _look = look;
        _logger = logger;
        _interval = interval ?? PollInterval;
        _timer = new Timer(_ => Apply());
        Watch();
    }

    public void Dispose()
    {
        FileSystemWatcher? watcher;
        lock (_gate)
        {
            _isDisposed = true;
            watcher = _watcher;
            _watcher = null;
        }

        watcher?.Dispose();
        _timer.Dispose();
    }

    // Begins, or begins anew: after a loss folders may have come that the system's watcher does not know.
    private void Watch()
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(_root)
            {
                IncludeSubdirectories = true,
                InternalBufferSize = 64 * 1024,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            watcher.Created += (_, change) => Note(change.FullPath, FileEventKind.Created);
            watcher.Changed += (_, change) => Note(change.FullPath, FileEventKind.Changed);
            watcher.Deleted += (_, change) => Note(change.FullPath, FileEventKind.Deleted);
            watcher.Renamed += (_, change) =>
            {
                // Editors write a file beside the old one and give it the old one's name.
                Note(change.OldFullPath, FileEventKind.Deleted);
                Note(change.FullPath, FileEventKind.Created);
            };
            watcher.Error += (_, error) => NoteLoss(error.GetException());
            watcher.EnableRaisingEvents = true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or PlatformNotSupportedException or OutOfMemoryException)
        {
            watcher?.Dispose();
            watcher = null;
            Poll(exception.Message);
        }

        FileSystemWatcher? superfluous;
        lock (_gate)
        {
            superfluous = _isDisposed ? watcher : _watcher;
            _watcher = _isDisposed ? null : watcher;
        }

        superfluous?.Dispose();
    }

    private void Note(string fullPath, FileEventKind kind)
    {
        if (WorkspaceRoot.RelativeTo(_root, fullPath) is not { } path || IsHidden(path))
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

            ApplySoon();
        }
    }

    private void NoteLoss(Exception exception)
    {
        if (exception is not InternalBufferOverflowException)
        {
            Poll(exception.Message);
        }

        lock (_gate)
        {
            _lostEvents = true;
            ApplySoon();
        }
    }

    private void Poll(string reason)
    {
        lock (_gate)
        {
            if (_isPolling)
            {
                return;
            }

            _isPolling = true;
            _lostEvents = true;
            Restart(_interval);
        }

        Log.WatchingByPolling(_logger, reason, _interval.TotalSeconds);
    }

    // Called with the gate held: after a pause in the events, but not too late.
    private void ApplySoon()
    {
        _waitingSince ??= Stopwatch.GetTimestamp();
        var left = LongestWait - Stopwatch.GetElapsedTime(_waitingSince.Value);
        Restart(left > Quiet ? Quiet : left > TimeSpan.Zero ? left : TimeSpan.Zero);
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
        bool all, isPolling;
        lock (_gate)
        {
            events = [.. _pending.Select(change => new FileEvent(change.Key, change.Value))];
            _pending.Clear();
            _waitingSince = null;
            all = _lostEvents;
            isPolling = _isPolling;
            _lostEvents = isPolling;
        }

        // Before the look, as another folder may soon stand in its place.
        var isGone = !Directory.Exists(_root);
        try
        {
            if (all && !isPolling)
            {
                // Before the look, so that nothing falls between.
                Watch();
            }

            if (all || events.Count > 0)
            {
                await _look(all ? null : events).ConfigureAwait(false);
                _isFailing = false;
            }
        }
        catch (OperationCanceledException)
        {
            // The workspace is being closed.
        }
        catch (Exception exception)
        {
            NoteFailure(exception);
        }
        finally
        {
            Volatile.Write(ref _isApplying, 0);
            RestartWhereNothingTells(isGone, hadEvents: events.Count > 0);
        }
    }

    private void NoteFailure(Exception exception)
    {
        if (!_isFailing)
        {
            Log.LookFailed(_logger, _interval.TotalSeconds, exception);
        }

        _isFailing = true;
        lock (_gate)
        {
            // The events are used up; a look at all files has what they told.
            _lostEvents = true;
        }
    }

    // A folder that is gone takes its watch along without a word, a moment after the last of its files, and nobody tells when another one comes in
    // its place. So after the last events its being there is looked at once more.
    private void RestartWhereNothingTells(bool isGone, bool hadEvents)
    {
        lock (_gate)
        {
            _lostEvents |= isGone;

            // Events that came meanwhile have set the timer already.
            if (_waitingSince is null && (hadEvents || isGone || _isPolling || _isFailing))
            {
                Restart(_interval);
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
