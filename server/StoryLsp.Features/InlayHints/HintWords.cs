using System.Globalization;
using Humanizer;
using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Story;
using StoryLsp.Features.Hover;
using StoryLsp.Index;

namespace StoryLsp.Features.InlayHints;

/// <summary>The words of hints and lenses.</summary>
internal static class HintWords
{
    private const int LongestTitle = 40;

    // Nobody counts the days of years.
    private const int LongInYears = 2;

    /// <summary>A title that leaves room for others on the line.</summary>
    public static string Short(string title) => MarkdownText.Shorten(title.ReplaceLineEndings(" "), LongestTitle);

    /// <summary>A scene in Markdown by its title, with its number where the reader meets it: <c>*The Dinner* (scene 8)</c>.</summary>
    public static string Scene(StoryWorld world, StoryContainer scene)
    {
        var number = world.NarrativePosition(scene.Key) is { } position ? string.Create(CultureInfo.InvariantCulture, $" (scene {position + 1})") : "";
        return $"*{MarkdownText.Escape(scene.Name)}*{number}";
    }

    /// <summary>A day with its weekday, where it has one: <c>Friday, 5 November 1926</c>.</summary>
    public static string Day(StoryCalendar calendar, long tick) =>
        (calendar.WeekdayOf(tick) is { } weekday ? calendar.Weekdays[weekday] + ", " : "") + calendar.FormatDay(tick);

    /// <summary>How much later one day is than another: <c>the next day</c>, <c>3 days later</c>, <c>over 14 years later</c>.</summary>
    public static string Later(StoryCalendar calendar, long earlier, long later)
    {
        var (from, to) = (calendar.StartOfDay(earlier), calendar.StartOfDay(later));
        var days = (to - from) / calendar.MinutesPerDay;
        var years = calendar.YearsBetween(from, to);
        return days == 1 ? "the next day"
            : years < LongInYears ? $"{days.ToString("N0", CultureInfo.InvariantCulture)} days later"
            : $"{(calendar.YearsBetween(from, to - calendar.MinutesPerDay) == years ? "over " : "")}{"year".ToQuantity(years, "N0", CultureInfo.InvariantCulture)} later";
    }
}
