using StoryLsp.Continuity.Calendars;

namespace StoryLsp.Continuity.Story;

/// <summary>How old somebody is, as far as the dates say so.</summary>
internal static class Ages
{
    /// <summary>The full years that may lie between a birth and a stretch of time; negative before the birth.</summary>
    /// <param name="calendar">The calendar of the story.</param>
    /// <param name="earliestBirth">The first tick of the birth.</param>
    /// <param name="latestBirth">The last tick of the birth.</param>
    /// <param name="from">The first tick of the stretch.</param>
    /// <param name="to">The last tick of the stretch.</param>
    public static (long Least, long Most) Between(StoryCalendar calendar, long earliestBirth, long latestBirth, long from, long to) =>
        (calendar.YearsBetween(latestBirth, from), calendar.YearsBetween(earliestBirth, to));

    /// <summary>The one age that somebody can have when a scene or event begins; null where the dates leave it open, and before the birth.</summary>
    public static long? At(StoryWorld world, StoryContainer who, StoryContainer scene) =>
        who.Field("born") is not null && world.BoundsOf(who, "born") is { Earliest: { } earliest, Latest: { } latest } &&
        world.Timeline.IntervalOf(scene.Key) is { EarliestStart: { } first, LatestStart: { } last } &&
        Between(world.Calendar, earliest, latest, first, last) is var (least, most) && least >= 0 && least == most ? least : null;
}
