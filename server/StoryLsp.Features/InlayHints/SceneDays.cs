using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Prose;
using StoryLsp.Continuity.Story;

namespace StoryLsp.Features.InlayHints;

/// <summary>On which days scenes and events are, where there is no doubt.</summary>
internal sealed class SceneDays(StoryWorld world)
{
    // A time that is measured from one that is measured from another is rarely longer.
    private const int LongestChain = 8;

    private readonly StoryCalendar _calendar = world.Calendar;

    /// <summary>The tick at which the day of a date field begins; null where the day is not certain.</summary>
    public long? Of(StoryContainer thing, string field) => Of(thing, field, 0);

    /// <summary>When a scene begins, as far as the rules know; a day that is counted from another is that day.</summary>
    public SceneTime? TimeOf(StoryContainer scene)
    {
        if (scene.Time("when", _calendar) is WrittenTime.Relative { Minute: null } && Of(scene, "when") is { } day)
        {
            var last = day + _calendar.MinutesPerDay - 1;
            var duration = scene.Fact.Field("duration") is { Known: true } field ? WrittenDuration.Of(field.Value, _calendar)?.Most : null;
            return new(day, last, last + duration, false);
        }

        return SceneTime.Of(new StoryReading(world), scene);
    }

    private long? Of(StoryContainer thing, string field, int depth) => thing.Time(field, _calendar) switch
    {
        WrittenTime.Absolute { IsDay: true, EarliestStart: { } tick } => _calendar.StartOfDay(tick),
        WrittenTime.Relative relative when field == "when" => Within(thing) ?? Counted(thing, relative, depth),
        _ => null,
    };

    private long? Within(StoryContainer thing) =>
        world.Timeline.IntervalOf(thing.Key) is { EarliestStart: { } first, LatestStart: { } last } && _calendar.StartOfDay(first) == _calendar.StartOfDay(last) ? _calendar.StartOfDay(first) : null;

    // Days are counted from midnight to midnight, so that three days after an afternoon is one day, though at any hour. The timeline knows no midnights.
    private long? Counted(StoryContainer thing, WrittenTime.Relative relative, int depth)
    {
        if (depth == LongestChain || relative.By is not { IsInDays: true, Most: { } most } by || by.Least != most || most % _calendar.MinutesPerDay != 0 ||
            relative.Relation is not (TimeRelation.After or TimeRelation.Before) ||
            StoryTimes.Anchor(world.Snapshot, thing, relative) is not { } key || world.Find(key) is not { } anchor || Of(anchor, "when", depth + 1) is not { } day ||
            !EndsOn(anchor, day))
        {
            return null;
        }

        var counted = relative.Relation == TimeRelation.After ? day + most : day - most;
        // Where dates contradict each other, the timeline says which one is believed.
        return world.Timeline.IntervalOf(thing.Key) is { } interval && interval.EarliestStart < counted + _calendar.MinutesPerDay && interval.LatestStart >= counted ? counted : null;
    }

    // What is measured from the end of something is not known where that may be another day.
    private bool EndsOn(StoryContainer anchor, long day)
    {
        var hasEnd = anchor.Field("duration") is not null || anchor.Field("until") is not null;
        return !hasEnd || (world.Timeline.IntervalOf(anchor.Key).LatestEnd is { } end && _calendar.StartOfDay(end) == day);
    }
}
