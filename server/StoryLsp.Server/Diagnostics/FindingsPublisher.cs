using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using StoryLsp.Index;
using StoryLsp.Protocol;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Session;
using Diagnostic = StoryLsp.Protocol.Diagnostic;

namespace StoryLsp.Server.Diagnostics;

/// <summary>
/// Waits for a pause in the changes, says that it is there (see <see cref="QuietMoments"/>), and pushes findings to editors that do not pull them.
/// </summary>
internal sealed class FindingsPublisher : IAsyncDisposable
{
    private readonly EditorSession _session;
    private readonly TimeSpan _delay;
    private readonly ConcurrentDictionary<string, string> _published = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly Dictionary<StoryFolder, HashSet<string>?> _dirty = [];
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    public FindingsPublisher(EditorSession session, TimeSpan delay)
    {
        _session = session;
        _delay = delay;
    }

    /// <summary>Begins; before the editor is initialized nothing may be sent.</summary>
    public void Start() => _loop = Task.Run(RunAsync);

    /// <summary>Says that findings may have changed: those of some documents, or of all.</summary>
    public void Wake(StoryFolder story, SnapshotChange change)
    {
        lock (_gate)
        {
            if (change.Paths is null)
            {
                _dirty[story] = null;
            }
            else if (!_dirty.TryGetValue(story, out var paths))
            {
                _dirty[story] = [.. change.Paths];
            }
            else
            {
                paths?.UnionWith(change.Paths);
            }
        }

        Wake();
    }

    /// <summary>Says that an open document changed that is no part of the index.</summary>
    public void WakeBeside(StoryFolder story)
    {
        lock (_gate)
        {
            _dirty.TryAdd(story, []);
        }

        Wake();
    }

    /// <summary>Says that what is shown beside the findings of a workspace is other now.</summary>
    public void Wake(StoryFolder story)
    {
        lock (_gate)
        {
            _dirty[story] = null;
        }

        Wake();
    }

    /// <summary>Says that a workspace was closed, and its findings go with it.</summary>
    public void Withdraw(StoryFolder story) => Wake(story);

    private void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
        _wake.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _wake.WaitAsync(_stop.Token).ConfigureAwait(false);
                // A further change within the pause begins it anew.
                while (await _wake.WaitAsync(_delay, _stop.Token).ConfigureAwait(false))
                {
                }

                await PublishAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The session ends.
        }
    }

    private async Task PublishAsync()
    {
        try
        {
            List<KeyValuePair<StoryFolder, HashSet<string>?>> dirty;
            lock (_gate)
            {
                dirty = [.. _dirty];
                _dirty.Clear();
            }

            _session.Quiet.Come(dirty);
            if (_session.Client.PullsDiagnostics)
            {
                return;
            }

            foreach (var (story, paths) in dirty)
            {
                if (await _session.Queue.Ask(() => _session.Stories.Contains(story) ? story.Workspace.Current : null).ConfigureAwait(false) is { } snapshot)
                {
                    Publish(story, snapshot, paths);
                }
                else
                {
                    WithdrawAll(story);
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _session.Log.LogError(exception, "Findings could not be published");
        }
    }

    private void Publish(StoryFolder story, Snapshot snapshot, HashSet<string>? paths)
    {
        // A change in one document may be a fault of another, however far; a request may have found it already.
        paths?.UnionWith(_session.Findings.Outdated(snapshot));
        paths?.UnionWith(_session.Findings.TakeFoundAnew(snapshot.Root));
        foreach (var path in paths ?? snapshot.Documents.Select(facts => facts.Path))
        {
            _stop.Token.ThrowIfCancellationRequested();
            Send(story.AbsolutePath(path), FindingConversion.Diagnostics(_session, story, snapshot, path));
        }

        PublishBeside(story, snapshot);
    }

    // What is open and no part of the index, as the prompt of a run, has findings of its own as long as it is open; what is gone has none.
    private void PublishBeside(StoryFolder story, Snapshot snapshot)
    {
        foreach (var file in _session.OpenFiles)
        {
            if (_session.StoryOf(file.AbsolutePath) == story && story.RelativePath(file.AbsolutePath) is { } path && snapshot.Facts(path) is null)
            {
                Send(file.AbsolutePath, FindingConversion.Diagnostics(_session, story, snapshot, path));
            }
        }

        foreach (var absolute in _published.Keys)
        {
            if (story.RelativePath(absolute) is { } path && snapshot.Facts(path) is null && _session.OpenFileOf(absolute) is null)
            {
                Send(absolute, []);
            }
        }
    }

    private void WithdrawAll(StoryFolder closed)
    {
        foreach (var absolute in _published.Keys)
        {
            if (closed.RelativePath(absolute) is not null && _session.StoryOf(absolute) is null)
            {
                Send(absolute, []);
            }
        }
    }

    private void Send(string absolute, IReadOnlyList<Diagnostic> diagnostics)
    {
        var open = _session.OpenFileOf(absolute);
        var state = ResultId.Of(diagnostics) + (open is null ? "" : "@" + open.Uri);
        var isNews = _published.TryGetValue(absolute, out var before) ? before != state : diagnostics.Count > 0 || open is not null;
        if (!isNews)
        {
            return;
        }

        _published[absolute] = state;
        _session.Connection.Notify(LspMethods.TextDocumentPublishDiagnostics, new PublishDiagnosticsParams
        {
            Uri = _session.UriOf(absolute),
            Version = open?.Version,
            Diagnostics = diagnostics,
        });
    }
}
