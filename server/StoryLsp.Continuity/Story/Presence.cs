using StoryLsp.Index;

namespace StoryLsp.Continuity.Story;

/// <summary>Who is present in a scene or event, and where.</summary>
internal static class Presence
{
    /// <summary>Who is there: the point of view, the characters, the participants. Some may be named twice.</summary>
    public static IEnumerable<StoryReference> In(StoryContainer scene) => scene.To("characters").Concat(scene.To("participants")).Concat(scene.To("pov")).Where(one => one.Target is not null);

    /// <summary>Where a scene or event is set; null for a dream, for what is neither, and where the place is not known.</summary>
    public static StoryReference? IsAt(StoryReading story, StoryContainer scene) =>
        scene.Timeline != SceneTimeline.Dream && (story.Snapshot.Schemas.IsKindOf(scene.Type, "scene") || story.Snapshot.Schemas.IsKindOf(scene.Type, "event")) ? scene.One("location") : null;

    /// <summary>Whether the reader meets one scene after another; an event is met before any scene.</summary>
    public static bool IsLater(StoryReading story, StoryContainer scene, StoryContainer other)
    {
        if (story.IsReadBefore(other.Key, scene.Key))
        {
            return true;
        }

        if (story.IsReadBefore(scene.Key, other.Key))
        {
            return false;
        }

        var (isScene, isOtherScene) = (story.Snapshot.Schemas.IsKindOf(scene.Type, "scene"), story.Snapshot.Schemas.IsKindOf(other.Type, "scene"));
        return isScene != isOtherScene ? isScene : Timeline.KeyOrder.Instance.Compare(scene.Key, other.Key) > 0;
    }
}
