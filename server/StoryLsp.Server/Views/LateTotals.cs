using Microsoft.Extensions.Logging;
using StoryLsp.Features.Overviews;
using StoryLsp.Index;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Views;

/// <summary>
/// The counts of findings, which take seconds in a large story that was just opened. An editor that is told when views are others (see <see cref="ViewNews"/>) is
/// answered without them after a moment, and told when they are there; any other waits.
/// </summary>
internal sealed class LateTotals(EditorSession session)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);

    // What one count finds is kept for the next, so that they come one after the other.
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The counts; null where they will be told of later.</summary>
    public async Task<FindingTotals?> OfAsync(StoryFolder story, Snapshot snapshot, CancellationToken cancel)
    {
        if (FindingTotals.KnownOf(snapshot) is { } known)
        {
            return known;
        }

        if (!session.Client.Extensions.Views)
        {
            return await CountAsync(snapshot, cancel).ConfigureAwait(false);
        }

        var count = Task.Run(() => CountAsync(snapshot, session.Connection.Closing, () => ReferenceEquals(story.Workspace.Current, snapshot)), CancellationToken.None);
        if (await Task.WhenAny(count, Task.Delay(Moment, cancel)).ConfigureAwait(false) == count)
        {
            return await count.ConfigureAwait(false);
        }

        cancel.ThrowIfCancellationRequested();
        _ = TellAsync(story, count);
        return null;
    }

    private async Task TellAsync(StoryFolder story, Task<FindingTotals?> count)
    {
        try
        {
            if (await count.ConfigureAwait(false) is not null)
            {
                ViewNews.Tell(session, story);
            }
        }
        catch (OperationCanceledException)
        {
            // The session ends.
        }
        catch (Exception exception)
        {
            session.Log.LogError(exception, "The findings could not be counted");
        }
    }

    // Where nobody waits, a text that has changed meanwhile need not be counted: the editor is told of the change, and asks again.
    private async Task<FindingTotals?> CountAsync(Snapshot snapshot, CancellationToken cancel, Func<bool>? isWanted = null)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return isWanted?.Invoke() != false ? FindingTotals.Of(snapshot, session.Findings, cancel) : null;
        }
        finally
        {
            _turn.Release();
        }
    }
}
