using StoryLsp.Continuity.Story;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Plot;

/// <summary>That the writer says the story is complete; only then is something missing from it.</summary>
internal static class CompleteStory
{
    /// <summary>The place where it is said; nothing where it cannot be pointed at.</summary>
    public static IEnumerable<RelatedPlace> Status(StoryReading story)
    {
        if (story.Snapshot.Document(SettingsReader.FileName)?.Yaml?.Documents is [var root, ..] && root.Root.Entry("status") is { } status)
        {
            yield return new(SettingsReader.FileName, status.Value.Span, "The story is complete.");
        }
    }
}
