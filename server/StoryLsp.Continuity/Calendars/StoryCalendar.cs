using System.Globalization;
using System.Runtime.CompilerServices;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Calendars;

/// <summary>A day of a calendar.</summary>
/// <param name="Year">The year; there is a year 0, and there are negative ones.</param>
/// <param name="Part">Index in the calendar's <see cref="StoryCalendar.Parts"/>.</param>
/// <param name="Day">The day in that part, from 1.</param>
public readonly record struct StoryDate(long Year, int Part, int Day);

/// <summary>
/// The calendar of a story. All its times are ticks: minutes since the beginning of the first day of its year 1, in 64 bits, before it
/// negative. The Gregorian calendar is proleptic.
/// </summary>
public sealed class StoryCalendar
{
    private static readonly ConditionalWeakTable<YamlNode, StoryCalendar> Known = [];

    private readonly LeapRule[] _leaps;
    private readonly long _daysInCommonYear;
    private readonly long _daysOutsideWeek;
    private readonly int[] _months;

    internal StoryCalendar(string name, IReadOnlyList<YearPart> parts, IReadOnlyList<LeapRule> leaps)
    {
        Name = name;
        Parts = parts;
        _leaps = [.. leaps];
        _daysInCommonYear = parts.Sum(part => (long)part.Days);
        _daysOutsideWeek = parts.Where(part => !part.IsInWeek).Sum(part => (long)part.Days);
        _months = [.. Enumerable.Range(0, parts.Count).Where(part => parts[part].Month > 0)];
        LongestYear = _daysInCommonYear + leaps.Sum(leap => (long)leap.Days);
        MinutesPerDay = 24 * 60;
    }

    /// <summary>The Gregorian calendar.</summary>
    public static StoryCalendar Gregorian { get; } = CalendarReader.Western("gregorian", new LeapRule(4, 100, 400, 0, 1, 1), firstWeekday: 0);

    /// <summary>The Julian calendar. Its ticks are its own: it is never mixed with another.</summary>
    public static StoryCalendar Julian { get; } = CalendarReader.Western("julian", new LeapRule(4, 0, 0, 0, 1, 1), firstWeekday: 5);

    /// <summary>The calendar that <c>story.yaml</c> writes; null is the Gregorian one. One that cannot be understood has <see cref="Faults"/>.</summary>
    public static StoryCalendar Of(YamlNode? written) => written is null ? Gregorian : Known.GetValue(written, CalendarReader.Read);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Whether it is the Gregorian calendar.</summary>
    public bool IsGregorian => ReferenceEquals(this, Gregorian);

    /// <summary>What of its description could not be understood, for a writer.</summary>
    public IReadOnlyList<CalendarFault> Faults { get; internal init; } = [];

    /// <summary>Whether its days can be counted. Of a calendar that is not known, no date is known either.</summary>
    public bool IsKnown { get; internal init; } = true;

    /// <summary>The parts of its year in their order: months and intercalary days.</summary>
    public IReadOnlyList<YearPart> Parts { get; }

    /// <summary>The number of its months.</summary>
    public int MonthCount => _months.Length;

    /// <summary>The names of its weekdays; empty when it has none.</summary>
    public IReadOnlyList<string> Weekdays { get; internal init; } = [];

    /// <summary>Its eras.</summary>
    public IReadOnlyList<Era> Eras { get; internal init; } = [];

    /// <summary>The minutes of a day.</summary>
    public int MinutesPerDay { get; internal init; }

    /// <summary>The days of a week; 7 when it has no weekdays.</summary>
    public int DaysPerWeek => Weekdays.Count == 0 ? 7 : Weekdays.Count;

    /// <summary>The most days that a year has.</summary>
    public long LongestYear { get; }

    /// <summary>The fewest days that a year has.</summary>
    public long ShortestYear => _daysInCommonYear;

    /// <summary>The largest year, and without its sign the smallest, that is understood.</summary>
    public long LastYear => Math.Min(1_000_000_000, 2_000_000_000_000_000 / (LongestYear * MinutesPerDay));

    internal int FirstWeekday { get; init; }

    /// <summary>The index in <see cref="Parts"/> of a month, from 1.</summary>
    public int PartOfMonth(int month) => _months[month - 1];

    /// <summary>The days of a part of the year.</summary>
    public int DaysIn(long year, int part)
    {
        var days = Parts[part].Days;
        foreach (var leap in _leaps)
        {
            days += leap.Part == part && leap.Holds(year) ? leap.Days : 0;
        }

        return days;
    }

    /// <summary>Whether a part of the year can have that many days in some year.</summary>
    internal int MostDaysIn(int part) => Parts[part].Days + _leaps.Where(leap => leap.Part == part).Sum(leap => leap.Days);

    /// <summary>The tick at which a year begins.</summary>
    public long StartOfYear(long year) => DayOfYearStart(year) * MinutesPerDay;

    /// <summary>The tick at which a day begins; null when the calendar has no such day.</summary>
    public long? StartOf(StoryDate date) =>
        date.Part >= 0 && date.Part < Parts.Count && date.Day >= 1 && Math.Abs(date.Year) <= LastYear && date.Day <= DaysIn(date.Year, date.Part)
            ? (StartOfPart(date.Year, date.Part) + date.Day - 1) * MinutesPerDay
            : null;

    /// <summary>The tick at which a part of a year begins.</summary>
    public long StartOfPartTick(long year, int part) => StartOfPart(year, part) * MinutesPerDay;

    /// <summary>The day in which a tick lies.</summary>
    public StoryDate DateOf(long tick)
    {
        var day = FloorDivision.Of(tick, MinutesPerDay);
        var year = YearOfDay(day);
        var rest = day - DayOfYearStart(year);
        for (var part = 0; part < Parts.Count; part++)
        {
            var days = DaysIn(year, part);
            if (rest < days)
            {
                return new(year, part, (int)rest + 1);
            }

            rest -= days;
        }

        return new(year, Parts.Count - 1, 1);
    }

    /// <summary>The tick at which the day of a tick begins.</summary>
    public long StartOfDay(long tick) => FloorDivision.Of(tick, MinutesPerDay) * MinutesPerDay;

    /// <summary>The index of a tick's weekday in <see cref="Weekdays"/>; null outside of the week, or without weekdays.</summary>
    public int? WeekdayOf(long tick)
    {
        var date = DateOf(tick);
        if (Weekdays.Count == 0 || !Parts[date.Part].IsInWeek)
        {
            return null;
        }

        var outside = (_daysOutsideWeek * (date.Year - 1)) + _leaps.Where(leap => !Parts[leap.Part].IsInWeek).Sum(leap => leap.Days * LeapsBefore(leap, date.Year));
        for (var part = 0; part < date.Part; part++)
        {
            outside += Parts[part].IsInWeek ? 0 : DaysIn(date.Year, part);
        }

        return (int)FloorDivision.Rest(FirstWeekday + FloorDivision.Of(tick, MinutesPerDay) - outside, Weekdays.Count);
    }

    /// <summary>The full years between two ticks, as ages are counted.</summary>
    public long YearsBetween(long earlier, long later)
    {
        var (from, to) = (DateOf(earlier), DateOf(later));
        return to.Year - from.Year - ((to.Part, to.Day).CompareTo((from.Part, from.Day)) < 0 ? 1 : 0);
    }

    /// <summary>A day as a writer reads it: <c>5 November 1926</c>.</summary>
    public string FormatDay(long tick)
    {
        var date = DateOf(tick);
        var part = Parts[date.Part];
        var isOne = part.Month == 0 && MostDaysIn(date.Part) == 1;
        return isOne ? $"{part.Name} {FormatYear(date.Year)}" : $"{date.Day.ToString(CultureInfo.InvariantCulture)} {part.Name} {FormatYear(date.Year)}";
    }

    /// <summary>A time as a writer reads it: <c>5 November 1926, 21:30</c>.</summary>
    public string Format(long tick) => $"{FormatDay(tick)}, {FormatClock(tick)}";

    /// <summary>The clock of a tick: <c>21:30</c>.</summary>
    public string FormatClock(long tick)
    {
        var minute = FloorDivision.Rest(tick, MinutesPerDay);
        return string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");
    }

    /// <summary>A day as it is written in a file: <c>1926-11-05</c>.</summary>
    public string WriteDay(long tick)
    {
        var date = DateOf(tick);
        return Parts[date.Part].Month is > 0 and var month
            ? string.Create(CultureInfo.InvariantCulture, $"{WriteYear(date.Year)}-{month:00}-{date.Day:00}")
            : FormatDay(tick);
    }

    /// <summary>A time as it is written in a file: <c>1926-11-05T21:30</c>.</summary>
    public string Write(long tick) => Parts[DateOf(tick).Part].Month > 0 ? $"{WriteDay(tick)}T{FormatClock(tick)}" : $"{FormatDay(tick)}, {FormatClock(tick)}";

    internal static string WriteYear(long year) => year.ToString(year < 0 ? "0000" : "0000", CultureInfo.InvariantCulture);

    private string FormatYear(long year)
    {
        if (year <= 0 && Eras.FirstOrDefault(era => era.IsBackwards && era.CountOf(year) > 0) is { } era)
        {
            return $"{era.CountOf(year).ToString(CultureInfo.InvariantCulture)} {era.Short ?? era.Name}";
        }

        return year.ToString(CultureInfo.InvariantCulture);
    }

    private long DayOfYearStart(long year)
    {
        var day = _daysInCommonYear * (year - 1);
        foreach (var leap in _leaps)
        {
            day += leap.Days * LeapsBefore(leap, year);
        }

        return day;
    }

    // Counted from year 1, so that its first day is day 0.
    private static long LeapsBefore(LeapRule leap, long year) => leap.CountTo(year - 1) - leap.CountTo(0);

    private long StartOfPart(long year, int part)
    {
        var day = DayOfYearStart(year);
        for (var earlier = 0; earlier < part; earlier++)
        {
            day += DaysIn(year, earlier);
        }

        return day;
    }

    private long YearOfDay(long day)
    {
        // A guess that is off by the leap days, which shrink with every step.
        var year = FloorDivision.Of(day, LongestYear) + 1;
        while (true)
        {
            var start = DayOfYearStart(year);
            if (day < start)
            {
                year -= Math.Max(1, (start - day) / LongestYear);
            }
            else if (day >= DayOfYearStart(year + 1))
            {
                year += Math.Max(1, (day - start) / LongestYear);
            }
            else
            {
                return year;
            }
        }
    }
}

/// <summary>What of a calendar could not be understood.</summary>
/// <param name="Node">Where it is written.</param>
/// <param name="Reason">Why, and what to write, for a writer.</param>
public sealed record CalendarFault(YamlNode Node, string Reason);
