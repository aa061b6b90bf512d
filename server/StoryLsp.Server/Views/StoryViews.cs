using Microsoft.Extensions.Logging;
using StoryLsp.Features.Pages;
using StoryLsp.Index;
using StoryLsp.Pipelines.History;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Views;

/// <summary>
/// The pages about a story that an editor shows beside its text. Those that were asked for last are made again in each quiet moment, and the editor is told of
/// those that are others then.
/// </summary>
internal sealed class StoryViews
{
    /// <summary>Not every editor tells that a page is closed, so that only the last ones are kept up to date.</summary>
    private const int MostKept = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly EditorSession _session;
    private readonly Lock _gate = new();
    private readonly List<Shown> _shown = [];
    private readonly OneAtATime _renewal;

    public StoryViews(EditorSession session)
    {
        _session = session;
        _renewal = new OneAtATime(RenewAsync);
        session.Quiet.Came += _ =>
        {
            lock (_gate)
            {
                if (_shown.Count == 0)
                {
                    return;
                }
            }

            _renewal.Begin();
        };
        session.DocumentClosed += Forget;
    }

    /// <summary>The text of a page, which is kept up to date from now on.</summary>
    /// <param name="address">The page.</param>
    /// <param name="cancellationToken">Stops waiting for the index.</param>
    public async Task<string> TextAsync(ViewAddress address, CancellationToken cancellationToken)
    {
        if (await FindAsync(address).ConfigureAwait(false) is not { } story)
        {
            return "The story of this page is not open any more.\n";
        }

        await story.Indexed.WaitAsync(cancellationToken).ConfigureAwait(false);
        var text = await WriteAsync(story, address).ConfigureAwait(false);
        Keep(new Shown(address, text, File: null));
        return text;
    }

    /// <summary>Writes a page into its file, for an editor that opens nothing but files, and keeps it up to date; gives the file's absolute path.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task<string> FileAsync(StoryFolder story, ViewAddress address)
    {
        var text = await WriteAsync(story, address).ConfigureAwait(false);
        var file = story.AbsolutePath(address.FilePath);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        WholeFile.Write(file, text);
        Keep(new Shown(address, text, file));
        return file;
    }

    private async Task<StoryFolder?> FindAsync(ViewAddress address)
    {
        var stories = await _session.Queue.Ask(() => _session.Stories).ConfigureAwait(false);
        return stories.FirstOrDefault(story => ViewAddress.NameOf(story.Root) == address.Story);
    }

    private async Task<string> WriteAsync(StoryFolder story, ViewAddress address)
    {
        var snapshot = await _session.Queue.Ask(() => story.Workspace.Current).ConfigureAwait(false);
        return Write(snapshot, address);
    }

    private static string Write(Snapshot snapshot, ViewAddress address) => address.Page switch
    {
        ViewPages.Timeline => TimelinePage.Of(snapshot),
        ViewPages.State => ViewSubjects.Scene(snapshot, address.Container) is not { } scene
            ? $"There is no scene or event `{address.Container}` in this story any more.\n"
            : StatePage.Of(snapshot, scene) ?? $"Nothing says when `{scene.Name}` happens. Give it a `when`.\n",
        _ => ViewSubjects.Case(snapshot, address.Container) is { } mystery
            ? FairnessPage.Of(snapshot, mystery)
            : $"There is no case `{address.Container}` in this story any more.\n",
    };

    private void Keep(Shown shown)
    {
        lock (_gate)
        {
            _shown.RemoveAll(other => other.Address == shown.Address && other.File == shown.File);
            _shown.Add(shown);
            if (_shown.Count > MostKept)
            {
                _shown.RemoveAt(0);
            }
        }
    }

    private void Forget(string uri)
    {
        var file = DocumentUri.ToPath(uri);
        lock (_gate)
        {
            _shown.RemoveAll(shown => shown.File is null ? shown.Address.ToString() == uri : shown.File == file);
        }
    }

    private async Task RenewAsync()
    {
        Shown[] all;
        lock (_gate)
        {
            all = [.. _shown];
        }

        foreach (var shown in all)
        {
            try
            {
                if (await FindAsync(shown.Address).ConfigureAwait(false) is { } story && await WriteAsync(story, shown.Address).ConfigureAwait(false) is var text && text != shown.Text)
                {
                    await TellAsync(shown with { Text = text }).ConfigureAwait(false);
                }
            }
            catch (Exception exception) when (exception is ResponseErrorException or ConnectionClosedException or TimeoutException or OperationCanceledException or IOException or UnauthorizedAccessException)
            {
                _session.Log.LogDebug("A page could not be renewed: {Message}", exception.Message);
            }
            catch (Exception exception)
            {
                _session.Log.LogError(exception, "A page could not be renewed");
            }
        }
    }

    private async Task TellAsync(Shown shown)
    {
        lock (_gate)
        {
            var at = _shown.FindIndex(other => other.Address == shown.Address && other.File == shown.File);
            if (at < 0)
            {
                // It was closed meanwhile.
                return;
            }

            if (shown.File is null)
            {
                // An editor that still shows it fetches it again, and it is kept again then; of one that it has closed nobody is told twice.
                _shown.RemoveAt(at);
            }
            else
            {
                _shown[at] = shown;
            }
        }

        if (shown.File is { } file)
        {
            WholeFile.Write(file, shown.Text);
        }
        else
        {
            await _session.Connection.SendRequestAsync(
                LspMethods.WorkspaceTextDocumentContentRefresh, new TextDocumentContentRefreshParams(shown.Address.ToString()), _session.Connection.Closing, Patience).ConfigureAwait(false);
        }
    }

    /// <summary>A page that is kept up to date.</summary>
    /// <param name="Address">The page.</param>
    /// <param name="Text">What it said last.</param>
    /// <param name="File">Absolute path of the file that it is written into; null where the editor fetches its text.</param>
    private sealed record Shown(ViewAddress Address, string Text, string? File);
}
