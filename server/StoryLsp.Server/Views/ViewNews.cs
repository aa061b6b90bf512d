using StoryLsp.Server.Extensions;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Views;

/// <summary>Tells an editor that shows views of a story when these may be others: in the quiet moments after changes, once the story is read.</summary>
internal static class ViewNews
{
    public static void Begin(EditorSession session) => session.Quiet.Came += changed =>
    {
        if (!session.Client.Extensions.Views)
        {
            return;
        }

        foreach (var (story, paths) in changed)
        {
            if (paths is not { Count: 0 } && session.Stories.Contains(story) && (story.IsLoose || story.Workspace.Current.IsComplete))
            {
                session.Connection.Notify(ExtensionMethods.Changed, new ChangedNews(session.UriOf(story.Root)));
            }
        }
    };
}
