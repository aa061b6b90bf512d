using System.Globalization;
using System.Text.RegularExpressions;
using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Prose;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;

namespace StoryLsp.Features.Refactorings;

/// <summary>A date of birth and the one that takes its place.</summary>
internal sealed partial class BirthChange
{
    private BirthChange(StoryReading story, StoryContainer who, WrittenTime.Absolute old, WrittenTime.Absolute now, string oldText, string newText)
    {
        Story = story;
        Who = who;
        Old = old;
        New = now;
        OldText = oldText;
        NewText = newText;
        var (from, to) = (Calendar.DateOf(old.EarliestStart!.Value), Calendar.DateOf(now.EarliestStart!.Value));
        OldYear = from.Year;
        NewYear = to.Year;
        // A birthday that stays makes everybody's sums easy: every age changes by the same number of years.
        var isSameDay = (from.Part, from.Day) == (to.Part, to.Day) && old.Precision == now.Precision;
        Years = isSameDay ? OldYear - NewYear : null;
    }

    public StoryReading Story { get; }

    public StoryContainer Who { get; }

    public WrittenTime.Absolute Old { get; }

    public WrittenTime.Absolute New { get; }

    public string OldText { get; }

    public string NewText { get; }

    public long OldYear { get; }

    public long NewYear { get; }

    /// <summary>By how many years every age grows; null where the birthday is another.</summary>
    public long? Years { get; }

    public StoryCalendar Calendar => Story.Calendar;

    /// <summary>Why, for the reason of a hunk.</summary>
    public string Because => $"born {On(NewText)} instead of {On(OldText)}";

    /// <summary>Reads what a writer gives: a year alone keeps the day. The second is why it cannot be.</summary>
    public static (BirthChange? Change, string? Refusal) Of(StoryReading story, StoryContainer who, string born)
    {
        var calendar = story.Calendar;
        if (who.Text("born") is not { } oldText || StoryTimes.Read(calendar, who, "born") is not WrittenTime.Absolute { EarliestStart: not null, LatestStart: not null } old)
        {
            return (null, $"{who.Name} has no `born` that is a date, so nothing can be reckoned from it. Write one first.");
        }

        var text = born.Trim();
        if (Year().IsMatch(text) && YearIn(oldText) is var (start, length))
        {
            var moved = oldText[..start] + text.PadLeft(Math.Min(length, 4), '0') + oldText[(start + length)..];
            // There may be no 29 February in that year.
            text = WrittenTime.Parse(moved, calendar) is WrittenTime.Absolute ? moved : text;
        }

        if (WrittenTime.Parse(text, calendar) is not WrittenTime.Absolute { EarliestStart: not null, LatestStart: not null } now)
        {
            return (null, WrittenTime.Parse(text, calendar) is WrittenTime.Invalid invalid ? $"`{born}` is no date of birth: {invalid.Reason}" : $"`{born}` is no date of birth. Give a year, as 1972, or a date, as 1972-03-01.");
        }

        return text == oldText.Trim() ? (null, $"{who.Name} is born {On(oldText)} already.") : (new(story, who, old, now, oldText.Trim(), text), null);
    }

    /// <summary>The ages at a scene by the old date; null before it.</summary>
    public (long Least, long Most)? OldAges(SceneTime time) => Ages(Old, time);

    /// <summary>The ages at a scene by the new date; null before it.</summary>
    public (long Least, long Most)? NewAges(SceneTime time) => Ages(New, time);

    /// <summary>What becomes of an age that is written where a scene has that time; null where that is open.</summary>
    public long? NewAge(long written, SceneTime? time)
    {
        if (Years is { } years)
        {
            return written + years;
        }

        return time is { IsCounted: false } known && NewAges(known) is var (least, most) ? least == most || OldAges(known) is not var (oldLeast, _) ? least : Math.Min(most, least + Math.Max(0, written - oldLeast)) : null;
    }

    public static string On(string date) => (date.Length > 7 ? "on " : "in ") + date;

    private (long Least, long Most)? Ages(WrittenTime.Absolute born, SceneTime time)
    {
        // A scene of which nobody says how long it is may last past midnight.
        var until = time.End ?? time.Latest + Calendar.MinutesPerDay;
        var (least, most) = Continuity.Story.Ages.Between(Calendar, born.EarliestStart!.Value, born.LatestStart!.Value, time.Earliest, Math.Max(until, time.Latest));
        return most < 0 ? null : (Math.Max(0, least), most);
    }

    private static (int Start, int Length)? YearIn(string text) => Digits().Match(text) is { Success: true } match ? (match.Index, match.Length) : null;

    [GeneratedRegex(@"^\d{1,6}$", RegexOptions.CultureInvariant)]
    private static partial Regex Year();

    [GeneratedRegex(@"\d{3,6}", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
