namespace StoryLsp.Continuity.Calendars;

/// <summary>The ticks that one written date covers.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last, itself included.</param>
/// <param name="Nominal">The tick by which it is put in order.</param>
/// <param name="Precision">How exactly it is written.</param>
internal readonly record struct DateRange(long First, long Last, long Nominal, TimePrecision Precision)
{
    public bool HasClock => Precision <= TimePrecision.Hour;

    /// <summary>The range of a date that is only about right: widened by more than a reader would call a contradiction.</summary>
    public DateRange Widened(StoryCalendar calendar)
    {
        long day = calendar.MinutesPerDay;
        var year = calendar.LongestYear * day;
        var by = Precision switch
        {
            TimePrecision.Minute or TimePrecision.Hour => day / 2,
            TimePrecision.Day => 7 * day,
            TimePrecision.Month => year / 4,
            TimePrecision.Season => year,
            TimePrecision.Year => 5 * year,
            TimePrecision.Decade => 20 * year,
            _ => 100 * year,
        };
        return this with { First = First - by, Last = Last + by };
    }

    /// <summary>All of one day, or what a clock leaves of it.</summary>
    public static DateRange OfDay(StoryCalendar calendar, long start, Clock? clock) => clock is not { } time
        ? new(start, start + calendar.MinutesPerDay - 1, start, TimePrecision.Day)
        : new(start + time.Minute, start + time.Minute + (time.IsHour ? 59 : 0), start + time.Minute, time.IsHour ? TimePrecision.Hour : TimePrecision.Minute);

    public static DateRange OfYears(StoryCalendar calendar, long first, long last, TimePrecision precision) =>
        new(calendar.StartOfYear(first), calendar.StartOfYear(last + 1) - 1, calendar.StartOfYear(first), precision);

    public static DateRange OfPart(StoryCalendar calendar, long year, int part) =>
        new(calendar.StartOfPartTick(year, part), calendar.StartOfPartTick(year, part) + ((long)calendar.DaysIn(year, part) * calendar.MinutesPerDay) - 1, calendar.StartOfPartTick(year, part), TimePrecision.Month);
}

/// <summary>A time of day.</summary>
/// <param name="Minute">The minute of the day.</param>
/// <param name="IsHour">Whether only the hour is written.</param>
internal readonly record struct Clock(int Minute, bool IsHour);

/// <summary>One written date, or why it is none.</summary>
/// <param name="Range">The ticks.</param>
/// <param name="IsApproximate">Whether it carries a mark of doubt.</param>
/// <param name="Fault">Why it is no date of the calendar.</param>
/// <param name="Nearest">What was probably meant.</param>
internal sealed record ReadDate(DateRange Range, bool IsApproximate = false, string? Fault = null, string? Nearest = null)
{
    public static ReadDate Bad(string fault, string? nearest = null) => new(default, false, fault, nearest);
}
