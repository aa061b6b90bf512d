using System.Globalization;
using System.Text.RegularExpressions;

namespace StoryLsp.Continuity.Calendars;

/// <summary>Reads durations, in ISO 8601 and in words.</summary>
internal static partial class DurationReader
{
    private const double MostMinutes = 1e13;

    private static readonly string[] About = ["about", "around", "approximately", "roughly", "nearly", "almost", "some", "circa", "c.", "ca.", "ca", "~", "perhaps"];
    private static readonly string[] AtLeast = ["at least", "more than", "over", "longer than", "no less than", "not less than"];
    private static readonly string[] AtMost = ["at most", "less than", "under", "up to", "no more than", "not more than", "within"];

    // Said of a time without saying how long.
    private static readonly HashSet<string> Open = new(StringComparer.OrdinalIgnoreCase)
    {
        "unknown", "?", "tbd", "brief", "briefly", "short", "long", "a while", "a moment", "moments", "instantaneous", "instant", "overnight", "all day", "all night",
        "all morning", "all afternoon", "all evening", "the night", "a night", "the day", "some time", "sometime", "varies", "ongoing", "continuous", "n/a",
        "a long time", "a short time", "ages", "forever", "permanent",
    };

    public static WrittenDuration Read(string text, StoryCalendar calendar)
    {
        text = text.Trim();
        if (text.Length is 0 or > 200 || Open.Contains(text) || PartOfDay().IsMatch(text))
        {
            return WrittenDuration.Unknown;
        }

        return Iso(text, calendar) ?? Words(text, calendar) ?? Bad(text);
    }

    /// <summary>Reads words; null when they are no duration.</summary>
    public static WrittenDuration? Words(string text, StoryCalendar calendar)
    {
        text = text.Trim();
        if (Without(AtLeast, text) is { } least)
        {
            return Words(least, calendar) is { } known ? known with { Most = null } : null;
        }

        if (Without(AtMost, text) is { } most)
        {
            return Words(most, calendar) is { } known ? known with { Least = 0 } : null;
        }

        if (Without(About, text) is { } about)
        {
            // Half as long and half as long again is still about it.
            return Words(about, calendar) is { } known ? known with { Least = known.Least / 2, Most = known.Most * 3 / 2 } : null;
        }

        return Range(text, calendar) ?? Sum(text, calendar);
    }

    private static string? Without(string[] prefixes, string text)
    {
        foreach (var prefix in prefixes)
        {
            if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && text.Length > prefix.Length && (prefix == "~" || text[prefix.Length] == ' '))
            {
                return text[prefix.Length..].TrimStart();
            }
        }

        return null;
    }

    private static WrittenDuration? Iso(string text, StoryCalendar calendar)
    {
        if (Single(text, calendar) is { } single)
        {
            return single;
        }

        var match = IsoForm().Match(text);
        if (!match.Success || match.Length < 3)
        {
            return null;
        }

        var sum = new Total(calendar);
        foreach (var (group, unit) in (ReadOnlySpan<(string, string)>)[("y", "year"), ("mo", "month"), ("w", "week"), ("d", "day"), ("h", "hour"), ("mi", "minute"), ("s", "second")])
        {
            if (match.Groups[group].Success)
            {
                var amount = double.Parse(match.Groups[group].Value.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
                sum.Add(amount, amount, unit);
            }
        }

        return sum.Result();
    }

    // `PT2H` and `PT45M`, as nearly all scenes have it.
    private static WrittenDuration? Single(string text, StoryCalendar calendar)
    {
        if (text is not ['P', 'T', .. { Length: >= 1 and <= 4 } digits, 'H' or 'M'] || digits.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        var sum = new Total(calendar);
        var amount = (double)int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        sum.Add(amount, amount, text[^1] == 'H' ? "hour" : "minute");
        return sum.Result();
    }

    // "2 to 5 days", "2-5 days", "between 2 and 5 days", "3 hours to 2 days"
    private static WrittenDuration? Range(string text, StoryCalendar calendar)
    {
        var match = RangeForm().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var to = Sum(match.Groups["to"].Value, calendar);
        var from = Sum(match.Groups["from"].Value, calendar);
        if (from is null && to is not null && UnitAtEnd().Match(text) is { Success: true } unit)
        {
            from = Sum(match.Groups["from"].Value + " " + unit.Value, calendar);
        }

        return from is null || to is null || to.Most < from.Least ? null : new(from.Least, to.Most, (DurationUnit)Math.Min((int)from.Unit, (int)to.Unit));
    }

    private static WrittenDuration? Sum(string text, StoryCalendar calendar)
    {
        var words = Word().Matches(text).Select(match => match.Value.ToLowerInvariant()).ToList();
        if (words.Count == 0 || Word().Replace(text, "").AsSpan().IndexOfAnyExcept(" ,\t") >= 0)
        {
            return null;
        }

        var sum = new Total(calendar);
        var i = 0;
        while (i < words.Count)
        {
            if (words[i] is "and" && i > 0)
            {
                i++;
            }
            else if (!Term(words, ref i, sum))
            {
                return null;
            }
        }

        return sum.Result();
    }

    // One number and its unit; "and a half" may stand on either side of the unit.
    private static bool Term(List<string> words, ref int i, Total sum)
    {
        if (!Amount(words, ref i, out var least, out var most))
        {
            return false;
        }

        if (i < words.Count && words[i] == "of")
        {
            i++;
        }

        if (i >= words.Count || Total.Unit(words[i]) is not { } unit)
        {
            return false;
        }

        i++;
        if (i + 2 < words.Count && words[i] == "and" && words[i + 1] == "a" && words[i + 2] is "half" or "quarter" && (i + 3 >= words.Count || Total.Unit(words[i + 3]) is null))
        {
            var part = words[i + 2] == "half" ? 0.5 : 0.25;
            (least, most) = (least + part, most + part);
            i += 3;
        }

        sum.Add(least, most, unit);
        return true;
    }

    private static bool Amount(List<string> words, ref int i, out double least, out double most)
    {
        (least, most) = (1, 1);
        switch (words[i])
        {
            case "half" or "quarter":
                least = most = words[i] == "half" ? 0.5 : 0.25;
                i++;
                SkipArticle(words, ref i);
                return i < words.Count;
            case "three" when i + 1 < words.Count && words[i + 1] is "quarters":
                least = most = 0.75;
                i += 2;
                if (i < words.Count && words[i] == "of")
                {
                    i++;
                }

                SkipArticle(words, ref i);
                return i < words.Count;
            case "a" or "an" or "one" or "the" or "another" when i + 1 < words.Count:
                if (words[i + 1] is "few" or "couple" or "half" or "quarter" or "dozen" or "hundred")
                {
                    i++;
                    return Amount(words, ref i, out least, out most);
                }

                i++;
                return AndHalf(words, ref i, ref least, ref most);
            case "few" or "several" or "many":
                (least, most) = words[i] == "few" ? (2, 9) : (2, 30);
                i++;
                return true;
            case "couple":
                (least, most) = (2, 3);
                i++;
                return true;
        }

        if (NumberWords.Cardinal(words[i]) is not { } number)
        {
            return false;
        }

        least = most = number;
        i++;
        while (i < words.Count && NumberWords.Cardinal(words[i]) is { } next && !char.IsAsciiDigit(words[i][0]))
        {
            least = most = next >= 100 || words[i] == "dozen" ? least * next : least + next;
            i++;
        }

        return AndHalf(words, ref i, ref least, ref most);
    }

    private static void SkipArticle(List<string> words, ref int i)
    {
        while (i < words.Count && words[i] is "a" or "an" or "of")
        {
            i++;
        }
    }

    // "two and a half hours"
    private static bool AndHalf(List<string> words, ref int i, ref double least, ref double most)
    {
        if (i + 3 < words.Count && words[i] == "and" && words[i + 1] == "a" && words[i + 2] is "half" or "quarter" && Total.Unit(words[i + 3]) is not null)
        {
            var part = words[i + 2] == "half" ? 0.5 : 0.25;
            (least, most) = (least + part, most + part);
            i += 3;
        }

        return i < words.Count;
    }

    private static WrittenDuration Bad(string text)
    {
        var isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
        return WrittenDuration.Unknown with
        {
            Fault = isNumber ? "A number alone does not say whether it counts minutes, hours or days." : "This is no length of time.",
            Nearest = isNumber ? text + " minutes" : null,
        };
    }

    /// <summary>The sum of several amounts.</summary>
    private sealed class Total(StoryCalendar calendar)
    {
        private double _least;
        private double _most;
        private DurationUnit _unit = DurationUnit.Years;

        public static string? Unit(string word) => word switch
        {
            "s" or "sec" or "secs" or "second" or "seconds" => "second",
            "m" or "min" or "mins" or "minute" or "minutes" => "minute",
            "h" or "hr" or "hrs" or "hour" or "hours" => "hour",
            "d" or "day" or "days" => "day",
            "night" or "nights" => "day",
            "w" or "wk" or "wks" or "week" or "weeks" => "week",
            "fortnight" or "fortnights" => "fortnight",
            "month" or "months" or "mo" => "month",
            "y" or "yr" or "yrs" or "year" or "years" => "year",
            "decade" or "decades" => "decade",
            "century" or "centuries" => "century",
            _ => null,
        };

        public void Add(double least, double most, string unit)
        {
            double day = calendar.MinutesPerDay;
            var (short1, long1, size) = unit switch
            {
                "second" => (1 / 60.0, 1 / 60.0, DurationUnit.Minutes),
                "minute" => (1, 1, DurationUnit.Minutes),
                "hour" => (60, 60, DurationUnit.Hours),
                "day" => (day, day, DurationUnit.Days),
                "week" => (day * calendar.DaysPerWeek, day * calendar.DaysPerWeek, DurationUnit.Days),
                "fortnight" => (day * 14, day * 14, DurationUnit.Days),
                "month" => (day * calendar.Parts.Where(part => part.Month > 0).Min(part => part.Days), day * Enumerable.Range(1, calendar.MonthCount).Max(month => calendar.MostDaysIn(calendar.PartOfMonth(month))), DurationUnit.Months),
                "year" => (day * calendar.ShortestYear, day * calendar.LongestYear, DurationUnit.Years),
                "decade" => (day * calendar.ShortestYear * 10, day * calendar.LongestYear * 10, DurationUnit.Years),
                _ => (day * calendar.ShortestYear * 100, day * calendar.LongestYear * 100, DurationUnit.Years),
            };
            _least += least * short1;
            _most += most * long1;
            _unit = (DurationUnit)Math.Min((int)_unit, (int)(least % 1 != 0 && size >= DurationUnit.Days ? size == DurationUnit.Days ? DurationUnit.Hours : DurationUnit.Days : size));
        }

        public WrittenDuration Result() => new((long)Math.Min(Math.Floor(_least), MostMinutes), _most > MostMinutes ? null : (long)Math.Ceiling(_most), _unit);
    }

    [GeneratedRegex(@"\AP(?:(?<y>[0-9]{1,9}(?:[.,][0-9]{1,6})?)Y)?(?:(?<mo>[0-9]{1,9}(?:[.,][0-9]{1,6})?)M)?(?:(?<w>[0-9]{1,9}(?:[.,][0-9]{1,6})?)W)?(?:(?<d>[0-9]{1,9}(?:[.,][0-9]{1,6})?)D)?(?:T(?:(?<h>[0-9]{1,9}(?:[.,][0-9]{1,6})?)H)?(?:(?<mi>[0-9]{1,9}(?:[.,][0-9]{1,6})?)M)?(?:(?<s>[0-9]{1,9}(?:[.,][0-9]{1,6})?)S)?)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IsoForm();

    [GeneratedRegex(@"\A(?:between\s+(?<from>[^\s](?:.{0,60}?[^\s])?)\s+and|(?:from\s+)?(?<from>[^\s](?:.{0,60}?[^\s])?)(?:\s+(?:to|or)|\s*[-\u2013\u2014](?=\s*[0-9])))\s*(?<to>[^\s].{0,80})\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RangeForm();

    [GeneratedRegex(@"\A(?:all|the\s+whole|the\s+entire|the\s+rest\s+of|most\s+of|much\s+of|part\s+of|half\s+the|until|till)\s|\A[0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PartOfDay();

    [GeneratedRegex(@"[a-zA-Z]{1,10}\z", RegexOptions.CultureInvariant)]
    private static partial Regex UnitAtEnd();

    [GeneratedRegex(@"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?|[a-zA-Z]+(?:-[a-zA-Z]+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
