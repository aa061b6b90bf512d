using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Runs;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Runs;

/// <summary>The runs, the history and the proposals of one story, opened when they are first asked for.</summary>
internal sealed class StoryRuns : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StoryFolder _story;
    private readonly Func<HistoryStore, PipelineRunner> _make;
    private readonly Action<string> _tell;
    private HistoryStore? _history;
    private PipelineRunner? _runner;
    private bool _isDisposed;

    public StoryRuns(StoryFolder story, Func<HistoryStore, PipelineRunner> make, Action<string> tell)
    {
        _story = story;
        _make = make;
        _tell = tell;
        Proposals = new ProposalStore(story.Root);
    }

    public ProposalStore Proposals { get; }

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
            var history = History;
            lock (_gate)
            {
                return _runner ??= _make(history);
            }
        }
    }

    /// <summary>Where a person decides about proposals.</summary>
    public ProposalDesk Desk => new(_story.Root, History);

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _history?.Dispose();
        }
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
