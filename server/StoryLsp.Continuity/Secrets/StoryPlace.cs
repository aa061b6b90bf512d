using StoryLsp.Continuity.State;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Secrets;

/// <summary>
/// How far the story has come, for who reads it up to a scene and sees it through somebody's eyes. What is nowhere in the order of reading stands
/// before everything: nothing has been revealed there.
/// </summary>
internal sealed class StoryPlace
{
    private const int DeepestNesting = 16;

    private readonly Snapshot _snapshot;
    private readonly NarrativeOrder _narrative;
    private readonly WorldAt? _now;

    private StoryPlace(Snapshot snapshot, Container? scene, Container? viewpoint)
    {
        _snapshot = snapshot;
        _narrative = snapshot.Narrative;
        Scene = scene;
        Position = scene is null ? -1 : PositionOf(scene);
        Viewpoint = viewpoint ?? (scene is null ? null : One(scene, "pov"));
        _now = scene is null ? null : StoryState.Of(snapshot).World.Before(new(scene.Key, MomentKind.Happens));
    }

    /// <summary>The scene; null for a place before all scenes.</summary>
    public Container? Scene { get; }

    /// <summary>Its place in the order of reading, from 0; -1 where that is unknown.</summary>
    public int Position { get; }

    /// <summary>Through whose eyes it is seen; null for nobody's.</summary>
    public Container? Viewpoint { get; }

    /// <summary>The place of a container: a scene's own, that of the scene of a shot or of what is written inside it, of the first scene of a chapter.</summary>
    public static StoryPlace Of(Snapshot snapshot, Container? container, Container? viewpoint) => new(snapshot, SceneOf(snapshot, container, 0), viewpoint);

    /// <summary>Whether the reader has come to a scene: it is this one, or one before it.</summary>
    public bool IsReached(Container scene) =>
        scene.IsSameAs(Scene) || (Position >= 0 && PositionOf(scene) is >= 0 and var other && other <= Position);

    /// <summary>Whether a container is a scene that the reader has yet to come to.</summary>
    public bool IsLater(Container container) => _snapshot.Schemas.IsKindOf(container.Type, "scene") && !IsReached(container);

    /// <summary>Whether the viewpoint character cannot know a fact here. Where nobody has written who knows it, nobody can say so.</summary>
    public bool IsBeyondViewpoint(Container fact)
    {
        if (Viewpoint is not { } who || Scene is not { } scene || IsLearnedHere(scene, who, fact))
        {
            return false;
        }

        var history = StoryState.Of(_snapshot).World.HistoryOf(fact.Key);
        if (history is null && fact.Fact.Field("known_by") is null)
        {
            return false;
        }

        return _now is { } now ? now.KnowledgeOf(who.Key, fact.Key).Knows == false : All(fact, "known_by").All(one => !one.IsSameAs(who));
    }

    /// <summary>The first container that a field of another names; null when it is none.</summary>
    public Container? One(Container container, string field) => All(container, field).FirstOrDefault();

    /// <summary>The containers that a field of another names.</summary>
    public IEnumerable<Container> All(Container container, string field) => Named(_snapshot, container, field);

    // What a scene reveals, and what its viewpoint character learns there, is what it is about.
    private bool IsLearnedHere(Container scene, Container who, Container fact) => All(scene, "reveals").Any(one => one.IsSameAs(fact)) ||
        StoryState.Of(_snapshot).World.SourceOf(scene.Key)?.Effects.Any(effect => effect.Effect is Learns learns && learns.Fact == fact.Key && learns.Who == who.Key) == true;

    // Beside a list of the manuscript, a scene that is not in it may stand anywhere.
    private int PositionOf(Container scene) => _narrative.PositionOf(scene) is var position && position >= _narrative.ManuscriptCount ? -1 : position;

    private static Container? SceneOf(Snapshot snapshot, Container? container, int depth)
    {
        if (container is null || depth > DeepestNesting || snapshot.Schemas.IsKindOf(container.Type, "scene"))
        {
            return depth > DeepestNesting ? null : container;
        }

        if (snapshot.Schemas.IsKindOf(container.Type, "chapter"))
        {
            return snapshot.Narrative.Scenes(snapshot).FirstOrDefault(scene => IsIn(snapshot, scene, container));
        }

        var above = Named(snapshot, container, "scene").Concat(Named(snapshot, container, "shot")).FirstOrDefault() ??
            (container.Fact.Parent >= 0 ? snapshot.ContainersIn(container.Path).ElementAtOrDefault(container.Fact.Parent) : null);
        return above is null || above.IsSameAs(container) ? null : SceneOf(snapshot, above, depth + 1);
    }

    private static bool IsIn(Snapshot snapshot, Container scene, Container chapter) =>
        scene.Fact.Field("chapter")?.Value is { } value && value.AsText() is { } text
            ? text.Trim() == (chapter.Fact.Field("number")?.Value.AsText()?.Trim() ?? "") || snapshot.Resolve(text.Trim('[', ']', ' '), "chapter", scene.Path).Container?.IsSameAs(chapter) == true
            : scene.Path == chapter.Path;

    private static IEnumerable<Container> Named(Snapshot snapshot, Container container, string field)
    {
        foreach (var reference in container.Document.References)
        {
            if (reference.Container == container.Fact.Index && reference.Field == field && snapshot.Resolve(reference, container.Path).Container is { } named)
            {
                yield return named;
            }
        }
    }
}
