using Microsoft.Extensions.Logging;
using StoryLsp.Continuity;
using StoryLsp.Index;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Diagnostics;

namespace StoryLsp.Server.Session;

/// <summary>Makes the first index of a story, with progress that a person sees.</summary>
internal sealed class Indexing(EditorSession session, FindingsPublisher publisher)
{
    /// <summary>Begins in the background.</summary>
    public void Begin(StoryFolder story)
    {
        story.Workspace.Changed += change => publisher.Wake(story, change);
        if (!story.IsLoose)
        {
            story.Indexed = Task.Run(() => RunAsync(story));
        }
    }

    private async Task RunAsync(StoryFolder story)
    {
        var closing = session.Connection.Closing;
        var progress = new ProgressToEditor(session.Client.ShowsProgress ? session.Connection.StartProgress("Indexing the story") : null);
        try
        {
            // An editor watches what it has opened; a story may reach beyond that.
            if (!session.IsToldOfFiles || !session.IsOpenedByEditor(story.Root))
            {
                story.Workspace.WatchFiles();
            }

            await story.Workspace.IndexAsync(progress, closing).ConfigureAwait(false);
            _ = Findings.Prepare(story.Workspace.Current);
            session.Log.LogInformation("Indexed {Count} files in {Root}", story.Workspace.Current.DocumentCount, story.Root);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The session ends, or the folder was closed.
        }
        catch (Exception exception)
        {
            session.Log.LogError(exception, "The story in {Root} could not be indexed", story.Root);
        }
        finally
        {
            progress.End($"{story.Workspace.Current.DocumentCount} files");
        }
    }

    private sealed class ProgressToEditor(WorkDoneProgress? shown) : IProgress<IndexProgress>
    {
        private int _last = -1;

        public void Report(IndexProgress value)
        {
            var percentage = value.Total == 0 ? 0 : (int)(100L * value.Done / value.Total);
            if (percentage > Interlocked.Exchange(ref _last, percentage))
            {
                shown?.Report($"{value.Done} of {value.Total} files", percentage);
            }
        }

        public void End(string message) => shown?.End(message);
    }
}
