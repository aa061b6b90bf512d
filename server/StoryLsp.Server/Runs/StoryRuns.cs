using System.Collections.Concurrent;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Runs;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Runs;

/// <summary>The runs, the history and the proposals of one story, opened when they are first asked for.</summary>
internal sealed class StoryRuns : IAsyncDisposable
{
    /// <summary>How long a run that is interrupted is waited for.</summary>
    private static readonly TimeSpan LastSteps = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly StoryFolder _story;
    private readonly Func<StoryRuns, PipelineRunner> _make;
    private readonly Action<string> _tell;
    private readonly CancellationTokenSource _ending;
    private readonly ConcurrentDictionary<Task, byte> _underWay = new();
    private HistoryStore? _history;
    private PipelineRunner? _runner;
    private bool _isDisposed;

    public StoryRuns(StoryFolder story, CancellationToken closing, Func<StoryRuns, PipelineRunner> make, Action<string> tell)
    {
        _story = story;
        _ending = CancellationTokenSource.CreateLinkedTokenSource(closing);
        _make = make;
        _tell = tell;
        Proposals = new ProposalStore(story.Root);
    }

    /// <summary>The folder of the story.</summary>
    public string Root => _story.Root;

    public ProposalStore Proposals { get; }

    /// <summary>The edits of proposals that the editor is making.</summary>
    public Acceptances Acceptances { get; } = new();

    /// <summary>Cancelled when the story, or the editor, is closed: a run that is under way then is interrupted, and can be resumed.</summary>
    public CancellationToken Ending => _ending.Token;

    /// <summary>Whether something was ever recorded here; looking does not make the file.</summary>
    public bool HasHistory => HistoryStore.Exists(_story.Root);

    /// <summary>The history.</summary>
    /// <exception cref="HistoryException">It cannot be opened.</exception>
    public HistoryStore History
    {
        get
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                return _history ??= Opened();
            }
        }
    }

    /// <summary>Runs pipelines.</summary>
    /// <exception cref="HistoryException">The history cannot be opened.</exception>
    public PipelineRunner Runner
    {
        get
        {
            _ = History;
            lock (_gate)
            {
                return _runner ??= _make(this);
            }
        }
    }

    /// <summary>Where a person decides about proposals.</summary>
    public ProposalDesk Desk => new(_story.Root, History);

    /// <summary>The runs that wait for a person, found by their prompt files; looking does not open a history without them.</summary>
    public IReadOnlyList<RunSummary> Waiting()
    {
        var folder = Path.Combine(_story.Root, ".story", "runs");
        if (!HasHistory || !Directory.Exists(folder))
        {
            return [];
        }

        try
        {
            return
            [
                .. Directory.EnumerateDirectories(folder).Where(run => File.Exists(Path.Combine(run, "prompt.md")))
                    .Select(run => Runner.Run(Path.GetFileName(run))).OfType<RunSummary>().Where(run => run.Status == RunStatus.Paused).OrderBy(run => run.Started),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or HistoryException)
        {
            // What cannot be looked at is told to who asks for it.
            return [];
        }
    }

    /// <summary>How many runs are under way here, or wait for a person; looking does not open a history.</summary>
    public int Open => _underWay.Count + Waiting().Count;

    /// <summary>Waits for a stretch of a run; whoever closes the story interrupts it and lets it end before the history is closed.</summary>
    public async Task<RunOutcome> UnderWayAsync(Task<RunOutcome> stretch)
    {
        _underWay[stretch] = 0;
        try
        {
            return await stretch.ConfigureAwait(false);
        }
        finally
        {
            _underWay.TryRemove(stretch, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAny(Task.WhenAll(_underWay.Keys), Task.Delay(LastSteps)).ConfigureAwait(false);
        lock (_gate)
        {
            _isDisposed = true;
            _history?.Dispose();
        }

        _ending.Dispose();
    }

    private HistoryStore Opened()
    {
        var history = HistoryStore.Open(_story.Root);
        if (history.Notice is { } notice)
        {
            _tell(notice);
        }

        return history;
    }
}
