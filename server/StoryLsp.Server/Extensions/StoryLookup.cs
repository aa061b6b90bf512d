using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Extensions;

/// <summary>Which of the opened stories a request is about.</summary>
internal static class StoryLookup
{
    /// <summary>The story of an address, or the only one that is open.</summary>
    /// <exception cref="ResponseErrorException">There is none.</exception>
    public static async Task<StoryFolder> StoryFor(this EditorSession session, string? uri)
    {
        var story = await session.Queue.Ask(() => Find(session, uri)).ConfigureAwait(false);
        return story ?? throw new ResponseErrorException(LSPErrorCodes.RequestFailed, uri is null
            ? "Several stories are open, or none. Say which one is meant, by the address of a file in it."
            : "The file is in no open story.");
    }

    /// <summary>The story that something is found in, of all that are open.</summary>
    /// <exception cref="ResponseErrorException">It is found in none; <paramref name="otherwise"/> says so.</exception>
    public static async Task<StoryFolder> StoryWith(this EditorSession session, Func<StoryFolder, bool> isIn, string otherwise)
    {
        var stories = await session.Queue.Ask(() => session.Stories.Where(story => !story.IsLoose).ToList()).ConfigureAwait(false);
        return stories.FirstOrDefault(isIn) ?? throw new ResponseErrorException(LSPErrorCodes.RequestFailed, otherwise);
    }

    /// <summary>The story, where it lets models be asked. What was recorded, and what a person decides, needs none.</summary>
    /// <exception cref="ResponseErrorException">Models are switched off in it.</exception>
    public static StoryFolder RequireAi(this StoryFolder story) => story.Workspace.Current.Settings.Ai.Enabled
        ? story
        : throw new ResponseErrorException(LSPErrorCodes.RequestFailed, "This story has `ai.enabled: false` in story.yaml, so no step that calls a model is run.");

    private static StoryFolder? Find(EditorSession session, string? uri)
    {
        if (uri is null)
        {
            var stories = session.Stories.Where(story => !story.IsLoose).ToList();
            return stories.Count == 1 ? stories[0] : null;
        }

        return DocumentUri.ToPath(uri) is { } path
            ? session.StoryOf(path) ?? session.Stories.FirstOrDefault(story => story.Root == Path.TrimEndingDirectorySeparator(path))
            : null;
    }
}
