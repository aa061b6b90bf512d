using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;

namespace StoryLsp.Server.Session;

/// <summary>
/// What answers with edits waits until the whole story is read: the first index, and every file that the editor said has changed. A place that is not
/// known yet would be left out, and lead nowhere afterwards without a word.
/// </summary>
internal static class WholeStory
{
    /// <summary>So long a request waits before it is refused.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Answers a request about a document in the background, once the story is read.</summary>
    /// <exception cref="ResponseErrorException">The document was changed meanwhile, or the story could not be read.</exception>
    public static Task<T> AnswerWhole<T>(this EditorSession session, string uri, RequestContext context, T otherwise, Func<Place, CancellationToken, T> answer)
    {
        // The queue is asked here, while the reading loop is still at this request, so that what came before it counts and nothing else.
        var place = session.WholePlaceOf(uri, context.CancellationToken);
        return Task.Run(async () => await place.ConfigureAwait(false) is { } found ? answer(found, context.CancellationToken) : otherwise, context.CancellationToken);
    }

    /// <summary>A document as the request sees it that is being read now, once the story is read; null when the address is none of ours.</summary>
    /// <exception cref="ResponseErrorException">The document was changed meanwhile, or the story could not be read.</exception>
    public static async Task<Place?> WholePlaceOf(this EditorSession session, string uri, CancellationToken cancel)
    {
        if (DocumentUri.ToPath(uri) is not { } path)
        {
            return null;
        }

        var began = session.Clock.GetTimestamp();
        var asked = session.Queue.Ask(() => (Text: session.OpenFileOf(path)?.Text, Found: Look(session, uri, path)));
        var text = (await asked.ConfigureAwait(false)).Text;
        for (var found = (await asked.ConfigureAwait(false)).Found; ; found = await session.Queue.Ask(() => Look(session, uri, path)).ConfigureAwait(false))
        {
            if (found.Read is { IsCompleted: false } read)
            {
                await Wait(session.Clock, read, began, cancel).ConfigureAwait(false);
            }
            else if (!ReferenceEquals(found.Text, text))
            {
                throw new ResponseErrorException(LSPErrorCodes.ContentModified, "The text was changed while the story was being read. Ask again.");
            }
            else
            {
                Require(found.Story, found.Place?.Snapshot);
                return found.Place;
            }
        }
    }

    /// <summary>The snapshots of all workspaces, once they are read, with the versions of that moment.</summary>
    /// <exception cref="ResponseErrorException">A story could not be read.</exception>
    public static async Task<IReadOnlyList<(StoryFolder Story, Snapshot Snapshot, OpenVersions Versions)>> WholeSnapshots(this EditorSession session, CancellationToken cancel)
    {
        var began = session.Clock.GetTimestamp();
        while (true)
        {
            var (read, found) = await session.Queue.Ask(() =>
                (Task.WhenAll(session.Stories.Select(story => story.WhenReadAsync())), session.Stories.Select(story => (Story: story, Snapshot: story.Workspace.Current, Versions: session.Versions())).ToList())).ConfigureAwait(false);
            if (read.IsCompleted)
            {
                found.ForEach(one => Require(one.Story, one.Snapshot));
                return found;
            }

            await Wait(session.Clock, read, began, cancel).ConfigureAwait(false);
        }
    }

    private static (StoryFolder? Story, Task? Read, SourceText? Text, Place? Place) Look(EditorSession session, string uri, string path)
    {
        var story = session.StoryOf(path);
        // Whether all is read is asked first: what is read after that is in the snapshot as well.
        var read = story?.WhenReadAsync();
        return (story, read, session.OpenFileOf(path)?.Text, session.Locate(uri));
    }

    private static async Task Wait(TimeProvider clock, Task read, long began, CancellationToken cancel)
    {
        var left = Patience - clock.GetElapsedTime(began);
        try
        {
            await read.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new ResponseErrorException(LSPErrorCodes.RequestFailed, "The story is still being read, and a change now would miss what is not read yet. Nothing was changed; try again in a moment.");
        }
    }

    private static void Require(StoryFolder? story, Snapshot? snapshot)
    {
        if (story is { IsLoose: false } && snapshot is { IsComplete: false })
        {
            throw new ResponseErrorException(LSPErrorCodes.RequestFailed, "The story is not read yet, and a change now would miss the rest of it. Nothing was changed; try again in a moment.");
        }
    }
}
