using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity.State;

/// <summary>Who is in a scene or event.</summary>
internal static class Cast
{
    private static readonly string[] Lists = ["characters", "participants"];

    /// <summary>The scenes and events of the document that a rule looks at, without the dreams.</summary>
    public static IEnumerable<StoryContainer> Waking(StoryReading story, DocumentFacts document) =>
        story.In(document.Path, "scene").Concat(story.In(document.Path, "event")).Where(scene => scene.Timeline != SceneTimeline.Dream);

    /// <summary>Who is listed, each once and where it is known who is meant; the names of a list come before the point of view.</summary>
    public static IEnumerable<StoryReference> Listed(StoryContainer scene) =>
        Lists.SelectMany(scene.To).Where(reference => reference.Target is not null).DistinctBy(reference => reference.Target);

    /// <summary>Who is present, each once: who is listed, and the point of view.</summary>
    public static IEnumerable<StoryReference> Present(StoryContainer scene) =>
        Lists.SelectMany(scene.To).Concat(scene.To("pov")).Where(reference => reference.Target is not null).DistinctBy(reference => reference.Target);

    /// <summary>Whether somebody may be present: they are, or a name in the scene's lists means nobody that is known.</summary>
    public static bool MayBePresent(StoryContainer scene, ContainerKey who) =>
        Lists.SelectMany(scene.To).Concat(scene.To("pov")).Any(reference => reference.Target is null || reference.Target == who);

    /// <summary>The moment of a scene or event.</summary>
    public static Moment At(StoryContainer scene) => new(scene.Key, MomentKind.Happens);
}
