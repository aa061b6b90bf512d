using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity.Prose;

/// <summary>When a scene begins, as its own <c>when</c> says, in ticks of minutes.</summary>
/// <param name="Earliest">The first tick at which it may begin.</param>
/// <param name="Latest">The last tick at which it may begin.</param>
/// <param name="End">The last tick at which it may end; null where nothing is said of its end.</param>
/// <param name="IsCounted">Whether the ticks are counted from the first day of the story, and not on the calendar.</param>
internal readonly record struct SceneTime(long Earliest, long Latest, long? End, bool IsCounted)
{
    private const int LongestChain = 8;

    /// <summary>The time of a scene; null where it is not written, or open to one side.</summary>
    public static SceneTime? Of(StoryReading story, StoryContainer scene)
    {
        var calendar = story.Calendar;
        if (!calendar.IsKnown || StoryTimes.Of(story.Snapshot, calendar, scene) is not { } thing)
        {
            return null;
        }

        switch (thing.When)
        {
            case WrittenTime.Absolute { EarliestStart: { } earliest, LatestStart: { } latest } time:
                return new(earliest, latest, time.LatestEnd ?? (thing.Until as WrittenTime.Absolute)?.LatestStart ?? latest + thing.Duration?.Most, false);
            case WrittenTime.StoryDay day:
                var start = (day.Day - 1) * calendar.MinutesPerDay;
                return new(start + (day.Minute ?? 0), start + (day.Minute ?? (calendar.MinutesPerDay - 1)), start + (day.Minute ?? (calendar.MinutesPerDay - 1)) + thing.Duration?.Most, true);
            case WrittenTime.Relative when story.IntervalOf(scene.Key) is { EarliestStart: { } first, LatestStart: { } last }:
                return new(first, last, last + thing.Duration?.Most, false);
            default:
                return null;
        }
    }

    /// <summary>Where the time of a scene is written: its <c>when</c>, and that of whatever it is measured from.</summary>
    public static IEnumerable<RelatedPlace> PlacesOf(StoryReading story, StoryContainer scene)
    {
        var at = scene;
        for (var i = 0; i < LongestChain && at?.Field("when") is { } when; i++)
        {
            yield return at.Place(when.Value.Span, $"When *{at.Name}* is.");
            at = story.Find(StoryTimes.Anchor(story.Snapshot, at, StoryTimes.Read(story.Calendar, at, "when")));
        }
    }
}
