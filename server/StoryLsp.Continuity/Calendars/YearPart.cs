namespace StoryLsp.Continuity.Calendars;

/// <summary>A part of a calendar's year: a month, or intercalary days between two months.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Short">Its short name, or null.</param>
/// <param name="Days">Its days in a year that is no leap year; may be zero for a leap festival.</param>
/// <param name="Month">The number of the month, from 1; 0 for intercalary days.</param>
/// <param name="IsInWeek">Whether its days have a weekday.</param>
public sealed record YearPart(string Name, string? Short, int Days, int Month, bool IsInWeek = true)
{
    /// <summary>The words of the name, for finding it in a date.</summary>
    internal string[] Words { get; } = Name.Split([' ', '-', '.'], StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>An era: a way to count years.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Short">Its short name, or null.</param>
/// <param name="Start">The calendar's year that is the era's year 1; of an era that counts backwards, the year after its year 1.</param>
/// <param name="IsBackwards">Whether its years count backwards, as BC does.</param>
public sealed record Era(string Name, string? Short, long Start, bool IsBackwards)
{
    /// <summary>The calendar's year of a year of the era.</summary>
    public long YearOf(long year) => IsBackwards ? Start - year : Start + year - 1;

    /// <summary>The era's year of a year of the calendar.</summary>
    public long CountOf(long year) => IsBackwards ? Start - year : year - Start + 1;
}

/// <summary>Which years have more days, and where.</summary>
/// <param name="Every">Every so many years.</param>
/// <param name="Except">But not every so many years; 0: no exception.</param>
/// <param name="Unless">Though again every so many years; 0: never.</param>
/// <param name="Offset">A year that the rule counts from.</param>
/// <param name="Part">Index of the part of the year that is longer.</param>
/// <param name="Days">By how many days.</param>
internal sealed record LeapRule(long Every, long Except, long Unless, long Offset, int Part, int Days)
{
    private readonly long _both = Except > 0 ? Lcm(Every, Except) : 0;
    private readonly long _all = Except > 0 && Unless > 0 ? Lcm(Lcm(Every, Except), Unless) : 0;

    /// <summary>Whether a year is longer by this rule.</summary>
    public bool Holds(long year)
    {
        var y = year - Offset;
        return y % Every == 0 && (_both == 0 || y % _both != 0 || (_all != 0 && y % _all == 0));
    }

    /// <summary>The number of longer years up to a year, itself included; only differences of it mean something.</summary>
    public long CountTo(long year)
    {
        var y = year - Offset;
        return FloorDivision.Of(y, Every) - (_both == 0 ? 0 : FloorDivision.Of(y, _both)) + (_all == 0 ? 0 : FloorDivision.Of(y, _all));
    }

    private static long Lcm(long a, long b)
    {
        long x = a, y = b;
        while (y != 0)
        {
            (x, y) = (y, x % y);
        }

        return a / x * b;
    }
}

/// <summary>Division towards minus infinity, as years before year 0 want it.</summary>
internal static class FloorDivision
{
    public static long Of(long a, long b) => (a / b) - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);

    public static long Rest(long a, long b) => a - (Of(a, b) * b);
}
