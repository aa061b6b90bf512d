using System.Collections.Concurrent;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Runs;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Session;
using StoryLsp.Server.Views;

namespace StoryLsp.Server.Runs;

/// <summary>
/// Tells this editor of the runs of another editor or of the command line in the same folder. The history's files are looked at once a second, and read only
/// where they have changed.
/// </summary>
internal sealed class RunWatch(EditorSession session, RunDesk desk) : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<StoryFolder, (long Mark, long Event, Dictionary<string, RunStatus> Known)> _seen = [];
    private readonly ConcurrentDictionary<StoryFolder, DateTime> _proposals = new();
    private Task _loop = Task.CompletedTask;
    private int _isStarted;

    /// <summary>Begins with the first story that is opened.</summary>
    public void Start() => session.StoryOpened += opened =>
    {
        _proposals[opened] = ProposalsOf(opened);
        if (Interlocked.Exchange(ref _isStarted, 1) == 0)
        {
            _loop = Task.Run(RunAsync);
        }
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                foreach (var story in session.Stories)
                {
                    LookForProposals(story);
                    Look(story);
                }

                await Task.Delay(BetweenLooks, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The session ends.
        }
    }

    // One may come from the command line, or from an application that asks over MCP; a folder tells when a file comes or goes.
    private void LookForProposals(StoryFolder story)
    {
        var now = ProposalsOf(story);
        if (!story.IsLoose && _proposals.TryGetValue(story, out var seen) && seen != now)
        {
            _proposals[story] = now;
            ViewNews.Tell(session, story);
        }
    }

    private static DateTime ProposalsOf(StoryFolder story) => Directory.GetLastWriteTimeUtc(Path.Combine(story.Root, ".story", "proposals"));

    private void Look(StoryFolder story)
    {
        if (story.IsLoose || !story.Workspace.Current.Settings.Ai.Enabled)
        {
            return;
        }

        var mark = MarkOf(story);
        if (mark == 0)
        {
            // Whatever comes is news.
            _seen.TryAdd(story, (0, 0, new(StringComparer.Ordinal)));
            return;
        }

        if (_seen.TryGetValue(story, out var seen) && seen.Mark == mark)
        {
            return;
        }

        try
        {
            var runs = desk.Of(story);
            var isFirst = seen.Known is null;
            var known = seen.Known ?? new(StringComparer.Ordinal);
            var last = seen.Event;
            var touched = new HashSet<string>(StringComparer.Ordinal);
            while (runs.History.EventsAfter(last) is { Count: > 0 } events)
            {
                touched.UnionWith(events.Select(happened => happened.Run));
                last = events[^1].Id;
            }

            _seen[story] = (mark, last, known);
            if (touched.Any(run => !desk.IsOwn(run)))
            {
                Tell(story, touched.Select(runs.Runner.Run).OfType<RunSummary>(), known, isFirst);
            }
        }
        catch (Exception exception) when (exception is HistoryException or IOException or ObjectDisposedException)
        {
            // The next look may succeed; whoever asks for the runs is told why not.
        }
    }

    private void Tell(StoryFolder story, IEnumerable<RunSummary> runs, Dictionary<string, RunStatus> known, bool isFirst)
    {
        foreach (var run in runs)
        {
            var isNews = !known.TryGetValue(run.Id, out var before) || before != run.Status;
            known[run.Id] = run.Status;
            // What had happened before this editor came is for `storylsp/runs`.
            if (isNews && !isFirst && !desk.IsOwn(run.Id))
            {
                session.Connection.Notify(ExtensionMethods.Run, new RunNews
                {
                    Run = run.Id,
                    Pipeline = run.Pipeline,
                    Status = StatusNames.Of(run.Status),
                    Step = run.Step,
                    Prompt = run.Prompt is { } prompt ? session.UriOf(story.AbsolutePath(prompt)) : null,
                    Proposal = run.Proposal,
                    Tokens = run.Tokens,
                    Cost = run.Cost,
                });
            }
        }
    }

    private static long MarkOf(StoryFolder story)
    {
        var mark = 0L;
        foreach (var name in new[] { "history.db", "history.db-wal" })
        {
            var file = new FileInfo(Path.Combine(story.Root, ".story", name));
            mark = file.Exists ? HashCode.Combine(mark, file.LastWriteTimeUtc, file.Length) | 1L : mark;
        }

        return mark;
    }
}
