using System.Globalization;

namespace StoryLsp.Testing.Worlds;

/// <summary>
/// A calendar of a story's own, as <c>docs/calendar.md</c> has it: thirteen months of four weeks each, and a day outside of weeks and months at the
/// year's end. So every month begins on the first day of the week.
/// </summary>
public static class OwnCalendar
{
    /// <summary>The year in which stories begin.</summary>
    public const int Year = 1203;

    private static readonly string[] Months =
        ["Frostmoon", "Thawmoon", "Seedmoon", "Bloommoon", "Swarmmoon", "Haymoon", "Cornmoon", "Fruitmoon", "Harvestmoon", "Leafmoon", "Fogmoon", "Snowmoon", "Wolfmoon"];

    private static readonly string[] Weekdays = ["Moonday", "Fireday", "Wellday", "Woodday", "Starday", "Stoneday", "Restday"];

    /// <summary>The calendar as <c>story.yaml</c> describes it.</summary>
    public static string Settings =>
        "calendar:\n  name: Reckoning of the North\n  weekdays: [" + string.Join(", ", Weekdays) + "]\n  first_weekday: Moonday\n  months:\n" +
        string.Concat(Months.Select(month => $"    - {{name: {month}, days: 28}}\n")) + "  intercalary:\n    - {name: Yearsend, after: Wolfmoon, days: 1}";

    /// <summary>A day of the story as a date.</summary>
    /// <param name="day">The day, counted from <see cref="WorldBuilder.FirstDay"/>.</param>
    public static string Date(DateTime day)
    {
        var (month, number) = Split(day);
        return string.Create(CultureInfo.InvariantCulture, $"{Year}-{month + 1:00}-{number:00}");
    }

    /// <summary>A day of the story as prose gives it, with a weekday that may be so many days off.</summary>
    public static string Words(DateTime day, int shift)
    {
        var (month, number) = Split(day);
        return $"{Weekdays[(number - 1 + shift) % Weekdays.Length]}, {number} {Months[month]} {Year}";
    }

    private static (int Month, int Day) Split(DateTime day)
    {
        var days = (int)(day.Date - WorldBuilder.FirstDay).TotalDays;
        return days < 364 ? (days / 28, days % 28 + 1) : throw new UnfitException("a shorter story");
    }
}
