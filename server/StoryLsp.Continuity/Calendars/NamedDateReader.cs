using System.Globalization;

namespace StoryLsp.Continuity.Calendars;

/// <summary>Dates with the name of a month: <c>5 November 1926</c>, <c>Nov 5, 1926</c>, <c>17 Frostmoon 1203</c>, <c>Midwinter 1203</c>.</summary>
internal static class NamedDateReader
{
    private static readonly char[] Between = [' ', ',', '-', '\t'];

    private static readonly HashSet<string> Fillers = new(StringComparer.OrdinalIgnoreCase) { "the", "of", "on", "in", "year", "day", "month" };

    private static readonly Dictionary<string, int> Seasons = new(StringComparer.OrdinalIgnoreCase) { ["spring"] = 21, ["summer"] = 22, ["autumn"] = 23, ["fall"] = 23, ["winter"] = 24 };

    private static readonly Dictionary<string, (int Month, int Day)> Holidays = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Christmas"] = (12, 25), ["Christmas Day"] = (12, 25), ["Christmas Eve"] = (12, 24), ["Boxing Day"] = (12, 26),
        ["New Year's Eve"] = (12, 31), ["New Years Eve"] = (12, 31), ["New Year's Day"] = (1, 1), ["New Year's"] = (1, 1), ["Halloween"] = (10, 31),
        ["New Year\u2019s Eve"] = (12, 31), ["New Year\u2019s Day"] = (1, 1),
    };

    /// <summary>Reads a date; null when the text names no part of the calendar's year, or says something else beside it.</summary>
    public static ReadDate? Read(string text, StoryCalendar calendar, Clock? clock, Era? era)
    {
        var words = text.Replace(".", "", StringComparison.Ordinal).Split(Between, StringSplitOptions.RemoveEmptyEntries).ToList();
        if (words.Count is 0 or > 12)
        {
            return null;
        }

        if (FindPart(words, calendar) is not { } part)
        {
            return Season(words, calendar, clock, era) ?? Holiday(words, calendar, clock) ?? YearAlone(words, calendar, clock, era);
        }

        words.RemoveAll(word => Fillers.Contains(word) || IsWeekday(word, calendar));
        var numbers = new List<(long Value, bool IsOrdinal, int Digits)>();
        foreach (var word in words)
        {
            if (Number(word) is not { } number)
            {
                return null;
            }

            numbers.Add(number);
        }

        return numbers.Count switch
        {
            1 => OneNumber(numbers[0], calendar, part, clock, era),
            2 => TwoNumbers(numbers[0], numbers[1], calendar, part, clock, era),
            3 when clock is null => SeveralDays(numbers, calendar, part, era),
            _ => null,
        };
    }

    private static ReadDate? YearAlone(List<string> words, StoryCalendar calendar, Clock? clock, Era? era)
    {
        words.RemoveAll(word => word is "the" or "in");
        var isCalledYear = words.Count == 2 && words[0].Equals("year", StringComparison.OrdinalIgnoreCase);
        return (isCalledYear || (words.Count == 1 && era is not null)) && clock is null && Number(words[^1]) is { } number && Year(number.Value, calendar, era) is { } year
            ? new(DateRange.OfYears(calendar, year, year, TimePrecision.Year))
            : null;
    }

    private static ReadDate? OneNumber((long Value, bool IsOrdinal, int Digits) number, StoryCalendar calendar, int part, Clock? clock, Era? era)
    {
        var name = calendar.Parts[part].Name;
        if (Year(number.Value, calendar, era) is not { } year)
        {
            return ReadDate.Bad("This year is too far away.");
        }

        var isFestival = calendar.Parts[part].Month == 0;
        if (!isFestival && era is null && (number.IsOrdinal || (number.Value <= calendar.MostDaysIn(part) && number.Digits < 3)))
        {
            return ReadDate.Bad($"A day of {name} wants its year as well.");
        }

        if (isFestival && calendar.MostDaysIn(part) == 1)
        {
            return Day(calendar, year, part, 1, clock);
        }

        return clock is null ? new(DateRange.OfPart(calendar, year, part)) : ReadDate.Bad("A clock wants a day before it.");
    }

    private static ReadDate? TwoNumbers((long Value, bool IsOrdinal, int Digits) first, (long Value, bool IsOrdinal, int Digits) second, StoryCalendar calendar, int part, Clock? clock, Era? era)
    {
        // "1926 November 5" has the year in front.
        var isYearFirst = !first.IsOrdinal && (second.IsOrdinal || (first.Digits >= 3 && second.Digits < 3));
        var (day, count) = isYearFirst ? (second, first) : (first, second);
        return count.IsOrdinal ? null
            : Year(count.Value, calendar, era) is not { } year ? ReadDate.Bad("This year is too far away.")
            : Day(calendar, year, part, day.Value, clock);
    }

    // "5-7 November 1926"
    private static ReadDate? SeveralDays(List<(long Value, bool IsOrdinal, int Digits)> numbers, StoryCalendar calendar, int part, Era? era) =>
        TwoNumbers(numbers[0], numbers[2], calendar, part, null, era) is { Fault: null } first && TwoNumbers(numbers[1], numbers[2], calendar, part, null, era) is { Fault: null } last && first.Range.First < last.Range.First
            ? new(first.Range with { Last = last.Range.Last, Precision = TimePrecision.Span })
            : null;

    // "the winter of 1926"
    private static ReadDate? Season(List<string> words, StoryCalendar calendar, Clock? clock, Era? era)
    {
        var rest = words.Where(word => !Fillers.Contains(word)).ToList();
        return rest.Count == 2 && clock is null && Seasons.TryGetValue(rest[0], out var season) && Number(rest[1]) is { Digits: >= 3 } number && Year(number.Value, calendar, era) is { } year && calendar.MonthCount < 21
            ? EdtfReader.Read(string.Create(CultureInfo.InvariantCulture, $"{StoryCalendar.WriteYear(year)}-{season}"), calendar, null, null)
            : null;
    }

    // Days that have a name instead of a number.
    private static ReadDate? Holiday(List<string> words, StoryCalendar calendar, Clock? clock)
    {
        if (!calendar.IsGregorian || words.Count < 2 || Number(words[^1]) is not { Digits: 4 } number || !Holidays.TryGetValue(string.Join(' ', words.Take(words.Count - 1).Where(word => !Fillers.Contains(word) || word is "Day" or "day")), out var day))
        {
            return null;
        }

        return Day(calendar, number.Value, day.Month - 1, day.Day, clock);
    }

    private static ReadDate Day(StoryCalendar calendar, long year, int part, long day, Clock? clock)
    {
        var days = calendar.DaysIn(year, part);
        if (day < 1 || day > days)
        {
            var nearest = days == 0 ? null : calendar.WriteDay(calendar.StartOf(new(year, part, (int)Math.Clamp(day, 1, days)))!.Value);
            return ReadDate.Bad(EdtfReader.NoSuchDay(calendar, year, part), nearest);
        }

        return new(DateRange.OfDay(calendar, calendar.StartOf(new(year, part, (int)day))!.Value, clock));
    }

    private static long? Year(long number, StoryCalendar calendar, Era? era) =>
        number <= calendar.LastYear && (era?.YearOf(number) ?? number) is var year && Math.Abs(year) <= calendar.LastYear ? year : null;

    // The longest name wins; its words are taken away.
    private static int? FindPart(List<string> words, StoryCalendar calendar)
    {
        var (best, at, length) = (-1, 0, 0);
        for (var part = 0; part < calendar.Parts.Count; part++)
        {
            var names = calendar.Parts[part].Words;
            if (names.Length > length && IndexOf(words, names) is >= 0 and var index)
            {
                (best, at, length) = (part, index, names.Length);
            }
        }

        for (var part = 0; best < 0 && part < calendar.Parts.Count; part++)
        {
            if (calendar.Parts[part].Short is { } name && words.FindIndex(word => IsShort(word, name, calendar)) is >= 0 and var index)
            {
                (best, at, length) = (part, index, 1);
            }
        }

        if (best < 0)
        {
            return null;
        }

        words.RemoveRange(at, length);
        return best;
    }

    private static bool IsShort(string word, string name, StoryCalendar calendar) =>
        word.Equals(name, StringComparison.OrdinalIgnoreCase) ||
        (calendar.IsGregorian && name == "Sep" && word.Equals("Sept", StringComparison.OrdinalIgnoreCase));

    private static int IndexOf(List<string> words, string[] names)
    {
        for (var i = 0; i + names.Length <= words.Count; i++)
        {
            if (names.Select((name, k) => name.Equals(words[i + k], StringComparison.OrdinalIgnoreCase)).All(same => same))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsWeekday(string word, StoryCalendar calendar) =>
        calendar.Weekdays.Any(name => name.Equals(word, StringComparison.OrdinalIgnoreCase) ||
            (word.Length is 3 or 4 && name.Length > 5 && name.StartsWith(word, StringComparison.OrdinalIgnoreCase)));

    private static (long Value, bool IsOrdinal, int Digits)? Number(string word)
    {
        var digits = word.AsSpan().TrimEnd("stndrhSTNDRH");
        var suffix = word[digits.Length..].ToLowerInvariant();
        if (suffix is not ("" or "st" or "nd" or "rd" or "th") || digits.Length is 0 or > 12)
        {
            return NumberWords.Ordinal(word) is { } ordinal ? (ordinal, true, 1) : null;
        }

        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (number, suffix.Length > 0, digits.Length) : null;
    }
}
