using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using StoryLsp.Index.Files;
using StoryLsp.Index.Storage;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;

namespace StoryLsp.Index;

/// <summary>
/// A folder of story files with its index: reads the files, keeps the buffers that are open in an editor over them, and gives the
/// snapshots that everybody else reads. All members may be used by any thread; readers of <see cref="Current"/> never wait.
/// </summary>
public sealed partial class Workspace : IDocumentSource, IDisposable, IAsyncDisposable
{
    private readonly WorkspaceOptions _options;
    private readonly ILogger _logger;
    private readonly DocumentLoader _loader;
    private readonly ContextFiles _contextFiles;
    private readonly CancellationTokenSource _closed = new();

    // Guards the fields below and the order of snapshots. It is held for the reading of one buffer at most, never for a file or the index.
    private readonly Lock _gate = new();
    private readonly Dictionary<string, OpenBuffer> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileStamp> _stamps = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unstored = new(StringComparer.Ordinal);
    private readonly Queue<SnapshotChange> _announcements = new();
    private volatile Snapshot _current;
    private WorkspaceContext _context;
    private WorkspaceContext _diskContext;
    private IncludeRules _rules;
    private FolderRules _folders;
    private bool _isAnnouncing;

    // Who looks at files holds this, so that two looks never overtake each other.
    private readonly SemaphoreSlim _disk = new(1, 1);

    private Workspace(WorkspaceOptions options)
    {
        _options = options;
        _logger = options.Logger;
        _loader = new DocumentLoader(options.Root, options.Logger);
        _contextFiles = new ContextFiles(_loader, options.DocumentRules);
        _contextFiles.Refresh(options.Root);
        _context = _diskContext = _contextFiles.Context([]);
        _rules = new IncludeRules(_context.Reading.Settings);
        _folders = new FolderRules(options.Root);
        _current = Snapshot.Empty(options.Root, _context.Reading.Settings, _context.Reading.Schemas, this);
    }

    /// <summary>Raised after each change, in the order of the snapshots and outside of any lock, on the thread that made the change.</summary>
    public event Action<SnapshotChange>? Changed;

    /// <summary>Absolute path of the root.</summary>
    public string Root => _options.Root;

    /// <summary>The newest snapshot.</summary>
    public Snapshot Current => _current;

    /// <summary>How many documents were parsed since the workspace was opened; a warm start parses none.</summary>
    public int DocumentsRead => _loader.DocumentsRead;

    /// <summary>Opens a workspace. Nothing but its settings and schemas is read before <see cref="IndexAsync"/>.</summary>
    public static Workspace Open(WorkspaceOptions options) =>
        new(options with { Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Root)) });

    /// <summary>The workspace-relative path of an absolute one; null when it lies outside of the root.</summary>
    public string? RelativePathOf(string fullPath) => WorkspaceRoot.RelativeTo(Root, fullPath);

    /// <summary>The absolute path of a workspace-relative one.</summary>
    public string FullPathOf(string path) => Path.Combine(Root, path);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Task.Run(Dispose).ConfigureAwait(false);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_closed.IsCancellationRequested)
        {
            return;
        }

        _closed.Cancel();
        EndWatching();
        try
        {
            // Work under way notices the closing within one file.
            Volatile.Read(ref _background).Wait(TimeSpan.FromSeconds(10));
        }
        catch (AggregateException)
        {
            // It was said in the log.
        }

        CloseStores();
    }

    // Called with the gate held. Paths: those that the snapshot does not know itself to have touched; null: all.
    private void Publish(Snapshot next, bool all = false)
    {
        _current = next;
        _announcements.Enqueue(new(next, all ? null : next.Touched));
    }

    // Called without the gate. One thread at a time announces, so that nobody hears of an older snapshot after a newer one.
    private void Announce()
    {
        while (true)
        {
            SnapshotChange? change;
            lock (_gate)
            {
                if (_isAnnouncing || !_announcements.TryDequeue(out change))
                {
                    return;
                }

                _isAnnouncing = true;
            }

            try
            {
                Changed?.Invoke(change);
            }
            catch (Exception exception)
            {
                Log.UpdateFailed(_logger, exception);
            }
            finally
            {
                lock (_gate)
                {
                    _isAnnouncing = false;
                }
            }
        }
    }

    // Called with the gate held.
    private IEnumerable<KeyValuePair<string, SourceText>> OpenContextTexts() =>
        _open.Where(open => IncludeRules.IsSettingsOrSchema(open.Key) && _folders.IsInside(open.Key))
            .Select(open => KeyValuePair.Create(open.Key, open.Value.Document.Text));

    // Called with the gate held: takes up other settings and schemas, and gives the snapshot that has them.
    private Snapshot TakeUpContext(Snapshot snapshot)
    {
        var next = _contextFiles.Context(OpenContextTexts());
        var differs = next.Fingerprint != _context.Fingerprint;
        var rules = new IncludeRules(next.Reading.Settings);
        var otherFiles = !IncludeRules.AreSame(next.Reading.Settings, _context.Reading.Settings);
        _diskContext = _open.Keys.Any(IncludeRules.IsSettingsOrSchema) ? _contextFiles.Context([]) : next;
        _context = next;
        _rules = rules;
        if (differs || _diskContext.Fingerprint == next.Fingerprint)
        {
            ScheduleReread();
        }

        if (otherFiles && snapshot.IsComplete)
        {
            ScheduleScan();
        }

        return snapshot.With(next.Reading.Settings, next.Reading.Schemas);
    }

    private bool Covers(string path) => !IsOutsideRoot(path) && _rules.Covers(path) && _folders.IsInside(path) && (IncludeRules.IsSettingsOrSchema(path) || !_folders.IsIgnored(path));

    private static bool IsOutsideRoot(string path) => path.Length == 0 || path.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(path);
}
