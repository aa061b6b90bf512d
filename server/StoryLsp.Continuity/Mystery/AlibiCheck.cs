using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Story;
using StoryLsp.Continuity.Timeline;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Mystery;

/// <summary>Finds the scenes and events that show a suspect elsewhere at a time for which there is an alibi, and what that rests on.</summary>
internal sealed class AlibiCheck
{
    private const int DeepestNesting = 64;

    private static readonly string[] Showing = ["pov", "characters", "participants"];

    private readonly StoryWorld _world;
    private readonly Alibi _alibi;
    private readonly List<StoryContainer> _elsewhere;

    /// <summary>Prepares the check of an alibi.</summary>
    public AlibiCheck(StoryWorld world, Alibi alibi)
    {
        _world = world;
        _alibi = alibi;
        _elsewhere = alibi.From is null && alibi.Until is null ? [] : [.. world.ReferrersOf(alibi.Who.Target!.Value)
            .Where(referrer => Showing.Contains(referrer.Field))
            .Select(referrer => referrer.Source)
            .Distinct()
            .Select(world.Find)
            .OfType<StoryContainer>()
            .Where(IsElsewhere)];
    }

    /// <summary>The scenes and events that are certain to contradict the alibi, by path and then by place.</summary>
    public IReadOnlyList<StoryContainer> Contradictions() => Contradictions([], _alibi.Time(_world));

    /// <summary>The facts of time without each of which nothing would contradict the alibi.</summary>
    public IEnumerable<RelatedPlace> Times()
    {
        foreach (var entry in new[] { _alibi.From, _alibi.Until }.OfType<YamlEntry>())
        {
            if (Contradictions([], _alibi.Time(_world, entry)).Count == 0)
            {
                yield return _alibi.Case.Place(entry.Value.Span, "When the alibi is for.");
            }
        }

        foreach (var key in Involved())
        {
            foreach (var (field, without) in Parts(key))
            {
                if (_world.Find(key) is { } container && container.Field(field) is { } written && Contradictions([KeyValuePair.Create(key, without)], _alibi.Time(_world)).Count == 0)
                {
                    var span = written.Value is YamlMapping { IsFlow: false } or YamlSequence { IsFlow: false } ? written.KeySpan : written.Value.Span;
                    yield return container.Place(span, $"The time of *{container.Name}*.");
                }
            }
        }
    }

    private List<StoryContainer> Contradictions(IEnumerable<KeyValuePair<ContainerKey, TimedThing?>> changes, TimedThing? claim)
    {
        if (_elsewhere.Count == 0 || claim is null)
        {
            return [];
        }

        var timeline = _world.Timeline.With([.. changes, KeyValuePair.Create(_alibi.Key, (TimedThing?)claim)]);
        var time = timeline.IntervalOf(_alibi.Key);
        // An alibi that ends before it begins says nothing.
        return timeline.Contradictions.Count > _world.Timeline.Contradictions.Count
            ? []
            : _elsewhere.FindAll(scene => MayMeet(time, timeline.IntervalOf(scene.Key)) && timeline.Overlaps(_alibi.Key, scene.Key));
    }

    // Most scenes are far from the time of the alibi, which is cheap to see.
    private static bool MayMeet(StoryInterval a, StoryInterval b) => !(a.LatestEnd < b.EarliestStart) && !(b.LatestEnd < a.EarliestStart);

    /// <summary>The scenes and events that contradict the alibi, and all that its time and theirs are measured from.</summary>
    public IReadOnlyCollection<ContainerKey> Involved()
    {
        var result = new HashSet<ContainerKey>();
        var open = new Stack<ContainerKey>(Contradictions().Select(scene => scene.Key));
        var claim = _alibi.Time(_world);
        foreach (var anchor in new[] { claim?.Anchor, claim?.UntilAnchor }.OfType<ContainerKey>())
        {
            open.Push(anchor);
        }

        while (open.TryPop(out var key))
        {
            if (result.Add(key) && ThingOf(key) is { } thing)
            {
                foreach (var anchor in new[] { thing.Anchor, thing.UntilAnchor }.OfType<ContainerKey>())
                {
                    open.Push(anchor);
                }
            }
        }

        return result;
    }

    private IEnumerable<(string Field, TimedThing? Without)> Parts(ContainerKey key)
    {
        if (ThingOf(key) is { } thing)
        {
            yield return ("when", thing with { When = WrittenTime.None, Anchor = null });
            yield return ("duration", thing with { Duration = null });
            yield return ("until", thing with { Until = null, UntilAnchor = null });
        }
    }

    private TimedThing? ThingOf(ContainerKey key) => _world.Find(key) is { } container ? StoryTimes.Of(_world.Snapshot, _world.Calendar, container) : null;

    private bool IsElsewhere(StoryContainer scene) =>
        (_world.IsKindOf(scene.Key, "scene") || _world.IsKindOf(scene.Key, "event")) && scene.Timeline != SceneTimeline.Dream &&
        scene.One("location") is { Target: { } place } && _alibi.Where.Target is { } claimed &&
        !Reaches(place, claimed) && !Reaches(claimed, place);

    // Whether a place is another or lies within it; a place that lies somewhere unknown may.
    private bool Reaches(ContainerKey place, ContainerKey outer)
    {
        for (var depth = 0; depth < DeepestNesting; depth++)
        {
            if (place == outer || _world.Find(place) is not { } known)
            {
                return true;
            }

            if (known.Field("within") is null)
            {
                return false;
            }

            if (known.One("within")?.Target is not { } around)
            {
                return true;
            }

            place = around;
        }

        return true;
    }
}
