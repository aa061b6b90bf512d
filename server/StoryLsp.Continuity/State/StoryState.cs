using StoryLsp.Continuity.Story;
using StoryLsp.Continuity.Timeline;
using StoryLsp.Index;

namespace StoryLsp.Continuity.State;

/// <summary>The state of the world in the story of a snapshot. Immutable, and made from that of an earlier snapshot; rules ask it through <see cref="StoryReading"/>.</summary>
internal sealed class StoryState
{
    private static readonly string[] Types = ["scene", "event", "character", "location", "item", "fact"];

    private readonly LayeredMap<string, Source[]> _sources;
    private readonly NarrativeOrder _narrative;
    private readonly StoryTimeline _timeline;

    private StoryState(Snapshot snapshot, StoryState? before, IReadOnlyCollection<string> touched)
    {
        _narrative = snapshot.Narrative;
        var story = StoryWorld.Of(snapshot);
        var clock = new WorldClock(story);
        _timeline = story.Timeline;
        var changed = new Dictionary<ContainerKey, SourceEffects?>();
        var first = before is null ? new Dictionary<string, Source[]>(touched.Count, StringComparer.Ordinal) : null;
        var sources = before?._sources.ToBuilder();
        var isMoved = before is null || !ReferenceEquals(_narrative, before._narrative) || !ReferenceEquals(_timeline, before._timeline);
        foreach (var path in touched)
        {
            var old = before?._sources.GetValueOrDefault(path) ?? [];
            var now = Read(snapshot, story, path);
            foreach (var source in old)
            {
                changed[source.Key] = null;
            }

            foreach (var source in now)
            {
                changed[source.Key] = source.Effects;
            }

            isMoved |= !old.Select(source => source.Place).SequenceEqual(now.Select(source => source.Place));
            if (now.Length == 0)
            {
                sources?.Remove(path);
            }
            else if (first is not null)
            {
                first[path] = now;
            }
            else
            {
                sources![path] = now;
            }
        }

        _sources = first is null ? sources!.ToImmutable() : LayeredMap<string, Source[]>.Of(first);
        Order = isMoved ? OrderOf(snapshot, clock, before) : before!.Order.With(clock);
        World = (before?.World ?? WorldState.Empty).With(changed, Order.Moments);
    }

    /// <summary>The state of the world.</summary>
    public WorldState World { get; }

    /// <summary>The order of the story, and what of it is entailed.</summary>
    public StoryOrder Order { get; }

    /// <summary>The state in the story of a snapshot.</summary>
    public static StoryState Of(Snapshot snapshot) => snapshot.Derive(
        fresh => new StoryState(fresh, null, [.. fresh.Documents.Select(facts => facts.Path)]),
        (before, now, touched) => new StoryState(now, before, touched));

    private static SourceEffects? Read(Snapshot snapshot, Container container, string type) =>
        EffectResolution.Of(container.Fact, container.Key, type, Pov(snapshot, container), (text, wanted) => snapshot.Resolve(text, wanted, container.Path).Container?.Key);

    private static ContainerKey? Pov(Snapshot snapshot, Container container)
    {
        foreach (var reference in container.Document.References)
        {
            if (reference.Container == container.Fact.Index && reference.Field == "pov")
            {
                return snapshot.Resolve(reference, container.Path).Container?.Key;
            }
        }

        return null;
    }

    private static Source[] Read(Snapshot snapshot, StoryWorld story, string path)
    {
        var result = new List<Source>();
        foreach (var container in snapshot.ContainersIn(path))
        {
            var type = TypeOf(snapshot, container);
            var effects = Read(snapshot, container, type);
            if (effects is null && type is not ("scene" or "event"))
            {
                continue;
            }

            var told = story.Find(container.Key);
            var place = new Place(container.Key, type, told?.Timeline ?? SceneTimeline.Linear, told?.Strand ?? "",
                Date(MomentKind.Begins, "born", "built"), Date(MomentKind.Ends, "died", "destroyed"));
            result.Add(new(container.Key, effects, place));

            TickBounds? Date(MomentKind kind, string ofPerson, string ofThing) => effects?.Effects.Any(effect => effect.At.Kind == kind) == true && told is not null
                ? story.BoundsOf(told, type == "character" ? ofPerson : ofThing)
                : null;
        }

        return [.. result];
    }

    private static string TypeOf(Snapshot snapshot, Container container) =>
        Array.Find(Types, type => container.Type == type) ?? Array.Find(Types, type => snapshot.Schemas.IsKindOf(container.Type, type)) ??
        (snapshot.Schemas.Find(container.Type) is null ? "" : "entity");

    private StoryOrder OrderOf(Snapshot snapshot, WorldClock clock, StoryState? before)
    {
        var happenings = new List<Happening>();
        var facts = new List<Moment>();
        foreach (var source in _sources.Values.SelectMany(sources => sources))
        {
            var place = source.Place;
            if (place.Type is "scene" or "event")
            {
                var position = place.Type == "scene" ? PositionOf(snapshot, place.Key) : -1;
                happenings.Add(new(place.Key, position < 0 ? null : position, place.Timeline, place.Strand));
            }

            if (place.Begins is not null)
            {
                facts.Add(new(place.Key, MomentKind.Begins));
            }

            if (place.Ends is not null)
            {
                facts.Add(new(place.Key, MomentKind.Ends));
            }
        }

        return StoryOrder.Of(happenings, facts, clock, before?.Order);
    }

    private int PositionOf(Snapshot snapshot, ContainerKey key) =>
        snapshot.ContainersIn(key.Path).ElementAtOrDefault(key.Index) is { } scene ? _narrative.PositionOf(scene) : -1;

    /// <summary>What one container says, and what its place in the story depends on.</summary>
    private sealed record Source(ContainerKey Key, SourceEffects? Effects, Place Place);

    private sealed record Place(ContainerKey Key, string Type, SceneTimeline Timeline, string Strand, TickBounds? Begins, TickBounds? Ends);
}
