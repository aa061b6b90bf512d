using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Timeline;
using StoryLsp.Index;

namespace StoryLsp.Continuity.Story;

internal sealed partial class StoryWorld
{
    private static readonly string[] TimedTypes = ["scene", "event", "case"];

    /// <summary>The calendar of the story.</summary>
    public StoryCalendar Calendar { get; }

    /// <summary>When scenes and events happen, as far as it is known.</summary>
    public StoryTimeline Timeline { get; }

    /// <summary>Between which ticks a date of a container lies, as <c>born</c>; nothing where it is unknown.</summary>
    public TickBounds BoundsOf(StoryContainer container, string field)
    {
        switch (StoryTimes.Read(Calendar, container, field))
        {
            case WrittenTime.Absolute time:
                return new(time.EarliestStart, time.LatestEnd ?? time.LatestStart);
            case WrittenTime.Relative { Relation: TimeRelation.After or TimeRelation.Before } relative
                when StoryTimes.Anchor(Snapshot, container, relative) is { } anchor:
                var interval = Timeline.IntervalOf(anchor);
                return relative.Relation == TimeRelation.After
                    ? new(interval.EarliestStart + (relative.By?.Least ?? 0), interval.LatestEnd + relative.By?.Most)
                    : new(interval.EarliestStart - relative.By?.Most, interval.LatestStart - (relative.By?.Least ?? 0));
            default:
                return default;
        }
    }

    private TimedThing? TimedThingOf(StoryContainer container) =>
        IsTimed(container) ? StoryTimes.Of(Snapshot, Calendar, container) : null;

    private bool IsTimed(StoryContainer container) => Array.Exists(TimedTypes, type => Snapshot.Schemas.IsKindOf(container.Type, type));
}
