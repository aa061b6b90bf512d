using System.Globalization;
using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.State;

namespace StoryLsp.Features.Pages;

/// <summary>How the time of a scene or event is said.</summary>
internal static class ChronicleWords
{
    /// <summary>What is said of something without any date.</summary>
    public const string NoDate = "No date";

    /// <summary>The clock time, where it is known to the minute; null otherwise.</summary>
    public static string? ClockOf(StoryCalendar calendar, ChronicleEntry entry) => entry.Interval switch
    {
        { EarliestStart: { } first, LatestStart: { } last } when first == last => calendar.FormatClock(first),
        _ => null,
    };

    /// <summary>The day, or what is known of it; null where nothing is.</summary>
    public static string? DayOf(StoryCalendar calendar, ChronicleEntry entry) => entry.Interval switch
    {
        { EarliestStart: { } first, LatestStart: { } last } when calendar.StartOfDay(first) == calendar.StartOfDay(last) => Weekday(calendar, first) + calendar.FormatDay(first),
        { EarliestStart: { } first, LatestStart: { } last } => $"Between {calendar.FormatDay(first)} and {calendar.FormatDay(last)}",
        { EarliestStart: { } first } => "After " + calendar.FormatDay(first),
        { LatestStart: { } last } => "Before " + calendar.FormatDay(last),
        _ when entry.FromDayOne is { } tick => "Day " + (Math.DivRem(tick, calendar.MinutesPerDay).Quotient + 1).ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string Weekday(StoryCalendar calendar, long tick) => calendar.WeekdayOf(tick) is { } day ? calendar.Weekdays[day] + ", " : "";
}
