using StoryLsp.Continuity.Calendars;

namespace StoryLsp.Continuity.Prose;

/// <summary>How far apart two scenes are: in minutes, and counted in days from midnight to midnight.</summary>
/// <param name="LeastMinutes">The fewest minutes.</param>
/// <param name="MostMinutes">The most minutes.</param>
/// <param name="LeastDays">The fewest days.</param>
/// <param name="MostDays">The most days.</param>
/// <param name="MayBeginByNight">Whether the first scene may begin in the small hours, of which one says "the next morning" of the same day.</param>
/// <param name="MayEndByNight">Whether the second scene may lie in the small hours, which still belong to the evening before.</param>
internal readonly record struct ElapsedTime(long LeastMinutes, long MostMinutes, long LeastDays, long MostDays, bool MayBeginByNight, bool MayEndByNight)
{
    // As far as this into the day a night lasts that began the evening before.
    private const int SmallHours = 6 * 60;

    // A scene of which nobody says how long it is may go on for so long before hours are counted from its end.
    private const int LongScene = 12 * 60;

    /// <summary>How far apart two scenes are.</summary>
    public static ElapsedTime Between(SceneTime first, SceneTime second, StoryCalendar calendar)
    {
        var day = calendar.MinutesPerDay;
        var end = Math.Max(first.Latest, first.End ?? first.Latest);
        return new(
            Math.Max(0, second.Earliest - (first.End is null ? first.Latest + LongScene : end)),
            second.Latest - first.Earliest,
            (calendar.StartOfDay(second.Earliest) - calendar.StartOfDay(end)) / day,
            (calendar.StartOfDay(second.Latest) - calendar.StartOfDay(first.Earliest)) / day,
            IsExact(first) && first.Earliest - calendar.StartOfDay(first.Earliest) < SmallHours,
            IsExact(second) && second.Earliest - calendar.StartOfDay(second.Earliest) < SmallHours);

        bool IsExact(SceneTime time) => time.Latest - time.Earliest < day - 1;
    }

    /// <summary>Whether a statement may be true of it, rounded as people round.</summary>
    public bool Allows(ElapsedStatement statement, StoryCalendar calendar)
    {
        var number = statement.Number;
        var year = calendar.LongestYear;
        var month = calendar.MonthCount > 0 ? (double)year / calendar.MonthCount : year / 12.0;
        return statement.Unit switch
        {
            ElapsedUnit.Minute => IsNear(number, Math.Max(15, number / 2.0)),
            ElapsedUnit.Hour => IsNear(number * 60.0, Math.Max(45, number * 20)),
            ElapsedUnit.Day when number == 0 => Days(0, 0) || (MayEndByNight && Days(1, 1)),
            ElapsedUnit.Day when number < 7 => Days(number, number) || (MayBeginByNight && Days(number - 1, number - 1)) || (MayEndByNight && Days(number + 1, number + 1)),
            ElapsedUnit.Day => Within(number, number < 14 ? 1 : number < 30 ? 2 : number / 10.0),
            ElapsedUnit.Week => Within(number * calendar.DaysPerWeek, Math.Max(1, Math.Min(number, number * calendar.DaysPerWeek / 5.0))),
            ElapsedUnit.Month => Within(number * month, Math.Max(month * 0.3, number * month / 5)),
            _ => Within((double)number * year, Math.Max(year * (number == 1 ? 0.2 : 0.5), (double)number * year / 10)),
        };
    }

    private bool IsNear(double minutes, double slack) => LeastMinutes <= minutes + slack && MostMinutes >= minutes - slack;

    private bool Within(double days, double slack) => LeastDays <= days + slack && MostDays >= days - slack;

    private bool Days(long from, long to) => LeastDays <= to && MostDays >= from;
}
