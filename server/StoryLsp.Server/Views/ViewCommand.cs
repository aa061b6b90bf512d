using StoryLsp.Index;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Views;

/// <summary>The command <c>storylsp.view</c>: opens a page about the story.</summary>
internal sealed class ViewCommand(EditorSession session, StoryViews views)
{
    private const string Shape = "{\"page\": \"timeline\" | \"state\" | \"fairness\"}, with `uri`, `container` or `position`";

    public void Register(CommandTable commands) => commands.Add(
        StoryCommands.View, ExtensionJson.Default.ViewArguments, ExtensionJson.Default.ViewAnswer, Shape,
        static arguments => arguments.Page is ViewPages.Timeline or ViewPages.State or ViewPages.Fairness, OpenAsync);

    private async Task<ViewAnswer> OpenAsync(ViewArguments arguments, RequestContext context)
    {
        var story = await session.StoryFor(arguments.Uri).ConfigureAwait(false);
        await story.Indexed.WaitAsync(context.CancellationToken).ConfigureAwait(false);
        var place = arguments.Uri is null ? null : await session.PlaceOf(arguments.Uri).ConfigureAwait(false);
        var snapshot = place?.Snapshot ?? await session.Queue.Ask(() => story.Workspace.Current).ConfigureAwait(false);
        var address = new ViewAddress(ViewAddress.NameOf(story.Root), arguments.Page!, Subject(snapshot, place, arguments));
        if (session.Client.OpensStoryDocuments)
        {
            return new(address.ToString(), await Windows.ShowAsync(session, address.ToString()).ConfigureAwait(false));
        }

        return await FileAsync(story, address).ConfigureAwait(false);
    }

    private async Task<ViewAnswer> FileAsync(StoryFolder story, ViewAddress address)
    {
        try
        {
            var uri = session.UriOf(await views.FileAsync(story, address).ConfigureAwait(false));
            var isShown = await Windows.ShowAsync(session, uri).ConfigureAwait(false);
            if (!isShown)
            {
                Windows.Say(session, MessageType.Info, $"The page is in {address.FilePath}.");
            }

            return new(uri, isShown);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ResponseErrorException(LSPErrorCodes.RequestFailed, "The page cannot be written: " + exception.Message);
        }
    }

    private static string Subject(Snapshot snapshot, Place? place, ViewArguments arguments)
    {
        if (arguments.Page == ViewPages.Timeline)
        {
            return "";
        }

        var offset = place is not null && arguments.Position is { } position ? place.OffsetOf(position) : 0;
        var isState = arguments.Page == ViewPages.State;
        var found = (isState, arguments.Container) switch
        {
            (true, { } name) => ViewSubjects.Scene(snapshot, name),
            (false, { } name) => ViewSubjects.Case(snapshot, name),
            (true, null) => place is null ? null : ViewSubjects.SceneAt(snapshot, place.Path, offset),
            (false, null) => ViewSubjects.CaseAt(snapshot, place?.Path, offset),
        };
        return found is not null ? snapshot.IdOf(found) : throw new ResponseErrorException(LSPErrorCodes.RequestFailed, (isState, arguments.Container) switch
        {
            (true, { } name) => $"There is no one scene or event that is called `{name}`.",
            (true, null) => "Put the cursor into a scene: the page says how things stand when it begins.",
            (false, { } name) => $"There is no one case that is called `{name}`.",
            (false, null) => "Say which case is meant: put the cursor into it. A case is a file with `type: case`.",
        });
    }
}
