using System.Globalization;
using System.Text.RegularExpressions;

namespace StoryLsp.Continuity.Calendars;

/// <summary>Dates in numbers: EDTF level 1 without its intervals, and the same in the months of any other calendar.</summary>
internal static partial class EdtfReader
{
    /// <summary>Reads a date; null when the text has not the form of one.</summary>
    /// <param name="text">The text, without its clock.</param>
    /// <param name="calendar">The calendar.</param>
    /// <param name="clock">The clock that stood behind it.</param>
    /// <param name="era">The era that counts its year, or null.</param>
    public static ReadDate? Read(string text, StoryCalendar calendar, Clock? clock, Era? era)
    {
        var match = Form().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var isApproximate = text.AsSpan().IndexOfAny("~?%") >= 0;
        var yearText = match.Groups["y"].Value;
        var hasMonth = match.Groups["mo"].Success;
        var isMarked = match.Groups["mark"].Success;
        var digits = yearText.TrimStart('-').Length;
        if (calendar.IsGregorian && !hasMonth && !isMarked && era is null && !isApproximate)
        {
            if (digits == 8 && yearText[0] != '-')
            {
                return Read($"{yearText[..4]}-{yearText[4..6]}-{yearText[6..]}", calendar, clock, era);
            }

            if (digits < 3)
            {
                return null;
            }
        }

        if (yearText.AsSpan().IndexOfAny('X', 'x') >= 0)
        {
            return OpenYear(yearText, calendar, isApproximate);
        }

        if (!long.TryParse(yearText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var year) || Math.Abs(year) > calendar.LastYear)
        {
            return ReadDate.Bad("This year is too far away.");
        }

        year = era?.YearOf(year) ?? year;
        if (!hasMonth)
        {
            return clock is null ? new(DateRange.OfYears(calendar, year, year, TimePrecision.Year), isApproximate) : ReadDate.Bad("A clock wants a day before it.");
        }

        return Month(match, calendar, year, clock, isApproximate);
    }

    private static ReadDate Month(Match match, StoryCalendar calendar, long year, Clock? clock, bool isApproximate)
    {
        var monthText = match.Groups["mo"].Value;
        var dayText = match.Groups["d"].Value;
        var hasDay = match.Groups["d"].Success;
        if (clock is not null && (!hasDay || IsOpen(dayText) || IsOpen(monthText)))
        {
            return ReadDate.Bad("A clock wants a day before it.");
        }

        if (IsOpen(monthText))
        {
            return new(DateRange.OfYears(calendar, year, year, TimePrecision.Year), isApproximate);
        }

        var month = int.Parse(monthText, CultureInfo.InvariantCulture);
        if (!hasDay && month is >= 21 and <= 41 && month > calendar.MonthCount)
        {
            return new(Season(calendar, year, month), isApproximate);
        }

        var day = hasDay && !IsOpen(dayText) ? int.Parse(dayText, CultureInfo.InvariantCulture) : 0;
        if (month < 1 || month > calendar.MonthCount)
        {
            var isSwapped = day >= 1 && day <= calendar.MonthCount && calendar.StartOf(new(year, calendar.PartOfMonth(day), month)) is not null;
            return ReadDate.Bad($"A year has {calendar.MonthCount} months.", isSwapped ? Written(year, day, month) : null);
        }

        var part = calendar.PartOfMonth(month);
        if (!hasDay || IsOpen(dayText))
        {
            return new(DateRange.OfPart(calendar, year, part), isApproximate);
        }

        var days = calendar.DaysIn(year, part);
        if (day < 1 || day > days)
        {
            return ReadDate.Bad(NoSuchDay(calendar, year, part), Written(year, month, Math.Clamp(day, 1, days)));
        }

        return new(DateRange.OfDay(calendar, calendar.StartOf(new(year, part, day))!.Value, clock), isApproximate);
    }

    /// <summary>Why a day is none, as a sentence.</summary>
    public static string NoSuchDay(StoryCalendar calendar, long year, int part)
    {
        var name = calendar.Parts[part].Name;
        var days = calendar.DaysIn(year, part);
        var isLeap = calendar.MostDaysIn(part) != days || calendar.Parts[part].Days != days;
        var which = isLeap ? $"{name} {year.ToString(CultureInfo.InvariantCulture)}" : name;
        return days == 0 ? $"There is no {which}." : $"{which} has {days} day{(days == 1 ? "" : "s")}.";
    }

    // Which hemisphere is not known: any season may lie anywhere in its year, and winter goes on into the next.
    private static DateRange Season(StoryCalendar calendar, long year, int season)
    {
        long quarter = calendar.LongestYear * calendar.MinutesPerDay / 4;
        var whole = DateRange.OfYears(calendar, year, year, TimePrecision.Season);
        var nth = season <= 24 ? season - 21 : 0;
        return new(whole.First - (quarter / 2), whole.Last + quarter, whole.First + (quarter * nth) + (quarter * 2 / 3), TimePrecision.Season);
    }

    private static ReadDate OpenYear(string text, StoryCalendar calendar, bool isApproximate)
    {
        var isNegative = text[0] == '-';
        var digits = text.TrimStart('-');
        if (digits.TrimStart('X', 'x').Length == 0)
        {
            return new(new(long.MinValue, long.MaxValue, 0, TimePrecision.Span));
        }

        var open = digits.Length - digits.TrimEnd('X', 'x').Length;
        if (digits[..^open].AsSpan().IndexOfAny('X', 'x') >= 0)
        {
            return ReadDate.Bad("Only the last digits of a year may be left open, as in `19XX`.");
        }

        if (digits.Length > 9)
        {
            return ReadDate.Bad("This year is too far away.");
        }

        var scale = (long)Math.Pow(10, open);
        var first = long.Parse(digits[..^open], CultureInfo.InvariantCulture) * scale;
        var (from, to) = isNegative ? (-(first + scale - 1), -first) : (first, first + scale - 1);
        if (Math.Max(Math.Abs(from), Math.Abs(to)) > calendar.LastYear)
        {
            return ReadDate.Bad("This year is too far away.");
        }

        return new(DateRange.OfYears(calendar, from, to, open == 1 ? TimePrecision.Decade : TimePrecision.Century), isApproximate);
    }

    private static bool IsOpen(string digits) => digits.AsSpan().IndexOfAny('X', 'x') >= 0;

    private static string Written(long year, int month, int day) => string.Create(CultureInfo.InvariantCulture, $"{StoryCalendar.WriteYear(year)}-{month:00}-{day:00}");

    [GeneratedRegex(@"\A[~?%]?(?<mark>Y)?(?<y>[-\u2212]?[0-9Xx]{1,12})[~?%]?(?:-[~?%]?(?<mo>[0-9Xx]{1,2})[~?%]?(?:-[~?%]?(?<d>[0-9Xx]{1,3})[~?%]?)?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
