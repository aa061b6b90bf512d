namespace StoryLsp.Continuity.Calendars;

/// <summary>
/// Dates in the one form in which nearly all of them are written: <c>1926-11-05</c>, with or without <c>T21:30</c>. What is read here is what
/// the readers of all forms would read; every other text is theirs.
/// </summary>
internal static class PlainDate
{
    private const int DayLength = 10;
    private const int MinuteLength = 16;

    /// <summary>Reads a day of the Gregorian calendar; null where the text is of another form, or the day does not exist.</summary>
    /// <param name="text">The text, trimmed.</param>
    /// <param name="calendar">The calendar.</param>
    public static ReadDate? Read(ReadOnlySpan<char> text, StoryCalendar calendar)
    {
        if (!calendar.IsGregorian || text.Length is not (DayLength or MinuteLength) || text[4] != '-' || text[7] != '-' ||
            Number(text[..4]) is not { } year || Number(text[5..7]) is not { } month || Number(text[8..10]) is not { } day ||
            month < 1 || month > calendar.MonthCount)
        {
            return null;
        }

        Clock? clock = null;
        if (text.Length == MinuteLength)
        {
            if (text[10] is not ('T' or ' ') || text[13] != ':' || Number(text[11..13]) is not (< 24 and var hour) || Number(text[14..]) is not (< 60 and var minute))
            {
                return null;
            }

            clock = new(((int)hour * 60) + (int)minute, false);
        }

        var part = calendar.PartOfMonth((int)month);
        return day >= 1 && day <= calendar.DaysIn(year, part) && calendar.StartOf(new(year, part, (int)day)) is { } start ? new(DateRange.OfDay(calendar, start, clock)) : null;
    }

    private static long? Number(ReadOnlySpan<char> digits)
    {
        long number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return null;
            }

            number = (number * 10) + (digit - '0');
        }

        return number;
    }
}
