using StoryLsp.Server.Extensions;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Views;

/// <summary>Tells an editor that shows views of a story when these may be others: in the quiet moments after changes, once the story is read.</summary>
internal static class ViewNews
{
    public static void Begin(EditorSession session) => session.Quiet.Came += changed =>
    {
        foreach (var (story, paths) in changed)
        {
            if (paths is not { Count: 0 } && (story.IsLoose || story.Workspace.Current.IsComplete))
            {
                Tell(session, story);
            }
        }
    };

    /// <summary>Tells of one story, as long as it is open.</summary>
    public static void Tell(EditorSession session, StoryFolder story)
    {
        if (session.Client.Extensions.Views && session.Stories.Contains(story))
        {
            session.Connection.Notify(ExtensionMethods.Changed, new ChangedNews(session.UriOf(story.Root)));
        }
    }
}
