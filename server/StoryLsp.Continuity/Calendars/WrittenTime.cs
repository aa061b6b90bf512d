using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Calendars;

/// <summary>How exactly a time is written.</summary>
public enum TimePrecision
{
    /// <summary>To the minute.</summary>
    Minute,

    /// <summary>To the hour.</summary>
    Hour,

    /// <summary>To the day.</summary>
    Day,

    /// <summary>To the month.</summary>
    Month,

    /// <summary>To the season, of which hemisphere is not known.</summary>
    Season,

    /// <summary>To the year.</summary>
    Year,

    /// <summary>To ten years.</summary>
    Decade,

    /// <summary>To a hundred years.</summary>
    Century,

    /// <summary>Somewhere between two dates, or on one side of one.</summary>
    Span,
}

/// <summary>How a time lies to what it is measured from.</summary>
public enum TimeRelation
{
    /// <summary>After it.</summary>
    After,

    /// <summary>Before it.</summary>
    Before,

    /// <summary>Between its beginning and its end.</summary>
    During,

    /// <summary>On the same day.</summary>
    SameDay,
}

/// <summary>
/// A time as it is written in a <c>when</c>, <c>until</c>, <c>born</c> or any other date field: an EDTF date of level 1 (Library of Congress, 2019), a
/// named date of the calendar, a day of the story, or relative to something else. What it leaves open stays open.
/// </summary>
public abstract record WrittenTime
{
    private protected WrittenTime()
    {
    }

    /// <summary>Nothing is written, or nothing is known.</summary>
    public static WrittenTime None { get; } = new NoTime();

    /// <summary>Reads the value of a date field; never throws.</summary>
    public static WrittenTime Of(YamlNode? node, StoryCalendar calendar) => WrittenTimeReader.Read(node, calendar);

    /// <summary>Reads a text; never throws.</summary>
    /// <param name="text">The text.</param>
    /// <param name="calendar">The calendar of the story.</param>
    /// <param name="offset">Where the text stands, for the spans of the result.</param>
    public static WrittenTime Parse(string text, StoryCalendar calendar, int offset = 0) => WrittenTimeReader.Parse(text, calendar, offset);

    /// <summary>Nothing is written, or nothing is known.</summary>
    public sealed record NoTime : WrittenTime;

    /// <summary>A time on the calendar's axis.</summary>
    /// <param name="EarliestStart">The first tick at which it may begin; null when open.</param>
    /// <param name="LatestStart">The last tick at which it may begin; null when open.</param>
    /// <param name="EarliestEnd">The first tick at which it may end, where an interval says so; null when open.</param>
    /// <param name="LatestEnd">The last tick at which it may end, where an interval says so; null when open.</param>
    /// <param name="Precision">How exactly it is written.</param>
    /// <param name="IsApproximate">Whether it is written as approximate or uncertain. The ticks are widened by then, so that nothing near contradicts it.</param>
    /// <param name="HasClock">Whether it says a time of day.</param>
    /// <param name="Nominal">The tick by which it is put in order: the first that it names, before any widening.</param>
    public sealed record Absolute(
        long? EarliestStart, long? LatestStart, long? EarliestEnd, long? LatestEnd, TimePrecision Precision, bool IsApproximate, bool HasClock, long? Nominal) : WrittenTime
    {
        /// <summary>Whether it is one day, and no guess: day, month and year are known.</summary>
        public bool IsDay => Precision <= TimePrecision.Day && !IsApproximate && EarliestEnd is null && LatestEnd is null;
    }

    /// <summary>A day of a story without dates.</summary>
    /// <param name="Day">Its number; the first day is 1.</param>
    /// <param name="Minute">The minute of the day, where a clock is written.</param>
    /// <param name="LastDay">The last day, where several are written.</param>
    public sealed record StoryDay(long Day, int? Minute, long? LastDay = null) : WrittenTime;

    /// <summary>A time that is measured from something else.</summary>
    /// <param name="Anchor">What it is measured from: an id, a name, an alias or a wikilink's target.</param>
    /// <param name="AnchorSpan">Where that is written.</param>
    /// <param name="Relation">How it lies to that.</param>
    /// <param name="By">How far; null when that is open.</param>
    /// <param name="Minute">The minute of the day, where a clock is written.</param>
    public sealed record Relative(string Anchor, TextSpan AnchorSpan, TimeRelation Relation, WrittenDuration? By, int? Minute = null) : WrittenTime;

    /// <summary>Not a date of the calendar.</summary>
    /// <param name="Reason">Why not, as a sentence for a writer.</param>
    /// <param name="Nearest">What was probably meant, as it may be written; null when that is open.</param>
    public sealed record Invalid(string Reason, string? Nearest = null) : WrittenTime;
}
