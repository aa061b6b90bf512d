using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;

namespace StoryLsp.Continuity.State;

/// <summary>The clock of a story: scenes and events by its timeline, births, deaths and the like by their dates.</summary>
internal sealed class WorldClock(StoryWorld world) : IStoryClock
{
    // A time that is measured from one that is measured from another is rarely longer.
    private const int LongestChain = 8;

    public long? EarliestOf(Moment moment) => moment.Kind == MomentKind.Happens ? world.Timeline.OrderKey(moment.Container) : BoundsOf(moment).Earliest;

    public long? LatestOf(Moment moment) => moment.Kind == MomentKind.Happens ? world.Timeline.OrderKey(moment.Container) : BoundsOf(moment).Latest;

    public IReadOnlyList<FieldPlace>? ProofOf(Moment first, Moment second)
    {
        if (first.Kind == MomentKind.Happens && second.Kind == MomentKind.Happens)
        {
            // What happens in a scene may happen at its end.
            return world.Timeline.BeginsBefore(first.Container, second.Container) && !world.Timeline.Overlaps(first.Container, second.Container)
                ? [.. world.Timeline.WhyBeginsBefore(first.Container, second.Container).Select(fact => new FieldPlace(fact.Key, Story.TimePlaces.FieldOf(fact.Part)))]
                : null;
        }

        // The whole of a day on which somebody dies is over before the death is certain.
        return LastOf(first) < FirstOf(second) ? [.. DatesOf(first), .. DatesOf(second)] : null;
    }

    private long? LastOf(Moment moment) => moment.Kind == MomentKind.Happens ? world.Timeline.IntervalOf(moment.Container).LatestStart : BoundsOf(moment).Latest;

    private long? FirstOf(Moment moment) => moment.Kind == MomentKind.Happens ? world.Timeline.IntervalOf(moment.Container).EarliestStart : BoundsOf(moment).Earliest;

    private TickBounds BoundsOf(Moment moment) => world.Find(moment.Container) is { } container ? world.BoundsOf(container, FieldOf(moment)) : default;

    private List<FieldPlace> DatesOf(Moment moment)
    {
        var result = new List<FieldPlace>();
        var place = new FieldPlace(moment.Container, FieldOf(moment));
        while (result.Count < LongestChain && !result.Contains(place) && world.Find(place.Container) is { } container)
        {
            result.Add(place);
            if (StoryTimes.Anchor(world.Snapshot, container, StoryTimes.Read(world.Calendar, container, place.Field)) is not { } anchor)
            {
                break;
            }

            place = new(anchor, "when");
        }

        return result;
    }

    private string FieldOf(Moment moment) => (moment.Kind, world.IsKindOf(moment.Container, "character")) switch
    {
        (MomentKind.Begins, true) => "born",
        (MomentKind.Begins, false) => "built",
        (MomentKind.Ends, true) => "died",
        (MomentKind.Ends, false) => "destroyed",
        _ => "when",
    };
}
