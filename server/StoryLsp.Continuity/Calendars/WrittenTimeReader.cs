using System.Globalization;
using System.Text.RegularExpressions;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Calendars;

/// <summary>Decides what kind of time is written, and puts its parts together.</summary>
internal static partial class WrittenTimeReader
{
    private const string Forms = "Write a date such as `1926-11-05`, a day such as `Day 3`, or `3 days after` another scene.";

    private static readonly HashSet<string> Unknown = new(StringComparer.OrdinalIgnoreCase)
    {
        "", "?", "??", "???", "-", "–", "—", "~", "..", "/", "../..", "unknown", "tbd", "tba", "tbc", "undated", "n/a", "none", "not known", "unclear", "todo", "null",
    };

    public static WrittenTime Read(YamlNode? node, StoryCalendar calendar)
    {
        switch (node.Resolve())
        {
            case YamlScalar { IsNull: false } scalar:
                var isExact = scalar.ContentSpan.Length == scalar.Value.Length;
                var read = Parse(scalar.Value, calendar, scalar.ContentSpan.Start);
                return !isExact && read is WrittenTime.Relative relative ? relative with { AnchorSpan = scalar.ContentSpan } : read;
            case YamlMapping mapping:
                return Structured(mapping, calendar);
            default:
                return WrittenTime.None;
        }
    }

    public static WrittenTime Parse(string text, StoryCalendar calendar, int offset)
    {
        var start = text.Length - text.TrimStart().Length;
        text = text.Trim();
        if (Unknown.Contains(text) || text.Length > 500)
        {
            return WrittenTime.None;
        }

        if (PlainDate.Read(text, calendar) is { } plainDate)
        {
            return OfDate(plainDate, calendar);
        }

        if (StoryDay(text, calendar) is { } day)
        {
            return day;
        }

        var read = Absolute(text, calendar) ?? RelativeTimeReader.Read(text, calendar, offset + start) ?? Bad(text, calendar);

        // A remark in brackets behind a date is no part of it: "1926-11-05 (the dinner)".
        return read is WrittenTime.Invalid && Remark().Match(text) is { Success: true, Index: > 0 } remark && Parse(text[..remark.Index], calendar, offset + start) is var plain and not WrittenTime.Invalid
            ? remark.Value.Contains('?') ? WrittenTime.None : plain
            : read;
    }

    private static WrittenTime? StoryDay(string text, StoryCalendar calendar)
    {
        var rest = text;
        var clock = ClockText.Split(ref rest, calendar, out var fault);
        rest = ClockText.WithoutDaypart(rest);
        var match = DayForm().Match(rest);
        if (!match.Success)
        {
            return null;
        }

        var word = match.Groups["n"].Value;
        var number = long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var digits) ? digits
            : NumberWords.Cardinal(word) is { } cardinal ? (long)cardinal : (long?)null;
        return number is not { } day ? null
            : fault is not null ? new WrittenTime.Invalid(fault)
            : !calendar.IsKnown ? WrittenTime.None
            : match.Groups["last"].Success && long.Parse(match.Groups["last"].Value, CultureInfo.InvariantCulture) is var last && last > day ? new WrittenTime.StoryDay(day, null, last)
            : new WrittenTime.StoryDay(day, clock is { IsHour: false } ? clock.Value.Minute : null);
    }

    private static WrittenTime? Absolute(string text, StoryCalendar calendar)
    {
        // "1914-1918" and "21:30-22:30" are intervals in the hand of a writer.
        text = YearsForm().Replace(text, "$1/$2");
        text = ClocksForm().Replace(text, "$1$2/$1$3");
        text = DaysForm().Replace(text, "$1-$2");
        if (Interval(text, calendar) is { } interval)
        {
            return interval;
        }

        if (Date(text, calendar) is { } date)
        {
            return OfDate(date, calendar);
        }

        // "before 1930" and "after 1926" are open intervals, where a date stands behind; else they are relative.
        var match = OpenForm().Match(text);
        if (!match.Success || Date(match.Groups["rest"].Value, calendar) is not { } bound)
        {
            return null;
        }

        return bound.Fault is not null ? OfDate(bound, calendar)
            : !calendar.IsKnown ? WrittenTime.None
            : match.Groups["before"].Success ? Between(null, bound, calendar)
            : match.Groups["after"].Success ? After(bound, calendar)
            : Between(bound, null, calendar);
    }

    private static WrittenTime? Interval(string text, StoryCalendar calendar)
    {
        var match = IntervalForm().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var (fromText, toText) = (match.Groups["from"].Value.Trim(), match.Groups["to"].Value.Trim());
        var from = IsOpen(fromText) ? null : Date(fromText, calendar);
        var to = IsOpen(toText) ? null : Date(toText, calendar);
        if ((from is null && !IsOpen(fromText)) || (to is null && !IsOpen(toText)) || (from is null && to is null))
        {
            return null;
        }

        if (from?.Fault is not null)
        {
            return new WrittenTime.Invalid(from.Fault, from.Nearest is null ? null : $"{from.Nearest}/{toText}");
        }

        if (to?.Fault is not null)
        {
            return new WrittenTime.Invalid(to.Fault, to.Nearest is null ? null : $"{fromText}/{to.Nearest}");
        }

        if (from is not null && to is not null && !from.IsApproximate && !to.IsApproximate && to.Range.Last < from.Range.First)
        {
            return calendar.IsKnown ? new WrittenTime.Invalid("It ends before it begins.", match.Groups["slash"].Success ? $"{toText}/{fromText}" : null) : WrittenTime.None;
        }

        return calendar.IsKnown ? Between(from, to, calendar) : WrittenTime.None;
    }

    /// <summary>
    /// Two clocks say when a thing begins and ends. Two days say it less surely: "some time between" is meant as often as "all of it", so
    /// such a thing begins and ends somewhere between them.
    /// </summary>
    private static WrittenTime.Absolute Between(ReadDate? from, ReadDate? to, StoryCalendar calendar)
    {
        var first = Bounds(from, calendar);
        var last = Bounds(to, calendar);
        var isApproximate = from?.IsApproximate == true || to?.IsApproximate == true;
        var nominal = from?.Range.Nominal ?? to?.Range.Nominal;
        if (first is { HasClock: true } && last is { HasClock: true })
        {
            return new(Finite(first.Value.First), Finite(first.Value.Last), Finite(last.Value.First), Finite(last.Value.Last), TimePrecision.Minute, isApproximate, true, nominal);
        }

        var precision = from is null || to is null ? TimePrecision.Span : (TimePrecision)Math.Max((int)from.Range.Precision, (int)to.Range.Precision);
        return new(Finite(first?.First), Finite(last?.Last), Finite(first?.First), Finite(last?.Last), precision == TimePrecision.Day ? TimePrecision.Span : precision, isApproximate, false, nominal);
    }

    private static WrittenTime.Absolute After(ReadDate bound, StoryCalendar calendar)
    {
        var range = bound.IsApproximate ? bound.Range.Widened(calendar) : bound.Range;
        // "after 1926" may still be meant to begin in it.
        return new(Finite(range.First), null, null, null, TimePrecision.Span, bound.IsApproximate, false, Finite(range.Last));
    }

    private static WrittenTime OfDate(ReadDate date, StoryCalendar calendar)
    {
        if (date.Fault is not null)
        {
            return calendar.IsKnown ? new WrittenTime.Invalid(date.Fault, date.Nearest) : WrittenTime.None;
        }

        if (!calendar.IsKnown || date.Range.First == long.MinValue)
        {
            return WrittenTime.None;
        }

        var range = Bounds(date, calendar)!.Value;
        return new WrittenTime.Absolute(Finite(range.First), Finite(range.Last), null, null, range.Precision, date.IsApproximate, range.HasClock, date.Range.Nominal);
    }

    private static DateRange? Bounds(ReadDate? date, StoryCalendar calendar) =>
        date is null ? null : date.IsApproximate && date.Range.First != long.MinValue ? date.Range.Widened(calendar) : date.Range;

    private static long? Finite(long? tick) => tick is long.MinValue or long.MaxValue ? null : tick;

    private static bool IsOpen(string text) => text is "" or ".." or "..." or "?" || text.Equals("unknown", StringComparison.OrdinalIgnoreCase) || text.Equals("open", StringComparison.OrdinalIgnoreCase) || text.Equals("now", StringComparison.OrdinalIgnoreCase);

    /// <summary>One date of any form, with its clock and its marks of doubt; null when the text is no date at all.</summary>
    private static ReadDate? Date(string text, StoryCalendar calendar)
    {
        text = text.Trim().Replace('\u2212', '-');
        var about = About().Match(text);
        if (about.Success)
        {
            return Date(text[about.Length..], calendar) is { } known ? known with { IsApproximate = true } : null;
        }

        var rest = text.TrimEnd('~', '?', '%', ' ');
        var isMarked = rest.Length < text.Length && text.AsSpan(rest.Length).IndexOfAny("~?%") >= 0;
        rest = Weekdayless(rest, calendar);
        var unmarked = rest;
        var clock = ClockText.Split(ref rest, calendar, out var clockFault);
        rest = ClockText.WithoutDaypart(rest.TrimEnd('~', '?', '%', ' '));
        if (clock is not null && Nearly().Match(rest) is { Success: true } nearly)
        {
            (rest, isMarked) = (rest[..nearly.Index], true);
        }

        if (rest.Length == 0)
        {
            return null;
        }

        rest = PartForm().Replace(rest, "");
        var era = SplitEra(ref rest, calendar);
        var read = EdtfReader.Read(rest, calendar, clock, era) ?? Decade(rest, calendar, clock) ?? NamedDateReader.Read(rest, calendar, clock, era);
        if (read is null)
        {
            return null;
        }

        var clockText = clock is null ? "" : unmarked.Length > rest.Length && unmarked.StartsWith(rest, StringComparison.Ordinal) ? unmarked[rest.Length..] : "";
        return read.Fault is null && clockFault is not null ? ReadDate.Bad(clockFault)
            : read with { IsApproximate = read.IsApproximate || isMarked, Nearest = read.Nearest is null ? null : read.Nearest + (clockFault is null ? clockText : "") };
    }

    // "Friday 1926-11-05"; whether it was one is another rule's question.
    private static string Weekdayless(string text, StoryCalendar calendar)
    {
        var space = text.IndexOfAny([' ', ',']);
        var word = space < 0 ? "" : text[..space].TrimEnd('.');
        return word.Length >= 3 && calendar.Weekdays.Any(name => name.Equals(word, StringComparison.OrdinalIgnoreCase) || (word.Length == 3 && calendar.IsGregorian && name.StartsWith(word, StringComparison.OrdinalIgnoreCase)))
            ? text[space..].TrimStart(' ', ',')
            : text;
    }

    // "the 1920s"
    private static ReadDate? Decade(string text, StoryCalendar calendar, Clock? clock)
    {
        var match = DecadeForm().Match(text);
        if (!match.Success || clock is not null || !long.TryParse(match.Groups["y"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var year))
        {
            return null;
        }

        var precision = match.Groups["early"].Success || year % 100 != 0 ? TimePrecision.Decade : TimePrecision.Century;
        return new(DateRange.OfYears(calendar, year, year + (year % 100 == 0 ? 99 : 9), precision));
    }

    // An era stands before or behind: "AD 926", "44 BC", "1203-04-17 of the Third Age".
    private static Era? SplitEra(ref string text, StoryCalendar calendar)
    {
        foreach (var era in calendar.Eras)
        {
            foreach (var name in (string?[])[era.Name, era.Short])
            {
                if (name is null || !text.Replace(".", "", StringComparison.Ordinal).Contains(name.Replace(".", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase))
                {
                    continue;
                }

                var plain = EndsWithDots().IsMatch(text) ? text.Replace(".", "", StringComparison.Ordinal) : text;
                var bare = EndsWithDots().IsMatch(text) ? name.Replace(".", "", StringComparison.Ordinal) : name;
                if (plain.Length > bare.Length + 1 && plain.EndsWith(bare, StringComparison.OrdinalIgnoreCase) && !char.IsLetter(plain[^(bare.Length + 1)]))
                {
                    text = OfThe().Replace(plain[..^bare.Length].TrimEnd(' ', ','), "");
                    return era;
                }

                if (plain.Length > bare.Length + 1 && plain.StartsWith(bare, StringComparison.OrdinalIgnoreCase) && !char.IsLetter(plain[bare.Length]))
                {
                    text = plain[bare.Length..].TrimStart(' ', ',');
                    return era;
                }
            }
        }

        return null;
    }

    private static WrittenTime Structured(YamlMapping mapping, StoryCalendar calendar)
    {
        var clockText = (mapping.Get("at") ?? mapping.Get("time") ?? mapping.Get("clock")).AsText();
        int? minute = null;
        if (clockText is not null)
        {
            var text = "x " + clockText.Trim();
            minute = ClockText.Split(ref text, calendar, out var fault)?.Minute;
            if (fault is not null)
            {
                return new WrittenTime.Invalid(fault);
            }
        }

        foreach (var (key, relation) in (ReadOnlySpan<(string, TimeRelation)>)[("after", TimeRelation.After), ("before", TimeRelation.Before), ("during", TimeRelation.During), ("same_day", TimeRelation.SameDay)])
        {
            if (mapping.Get(key) is { } anchor)
            {
                return Structured(mapping, anchor, relation, calendar, minute);
            }
        }

        if ((mapping.Get("date") ?? mapping.Get("when")).AsText() is { } date)
        {
            return Parse(clockText is null ? date : $"{date.Trim()}, {clockText.Trim()}", calendar, 0);
        }

        if ((mapping.Get("from") ?? mapping.Get("start")).AsText() is { } from)
        {
            return Parse($"{from.Trim()}/{(mapping.Get("to") ?? mapping.Get("until") ?? mapping.Get("end")).AsText()?.Trim() ?? ".."}", calendar, 0);
        }

        return mapping.Get("day").AsText() is { } day && long.TryParse(day, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? calendar.IsKnown ? new WrittenTime.StoryDay(number, minute) : WrittenTime.None
            : new WrittenTime.Invalid("It says neither `after` nor `before` what.");
    }

    private static WrittenTime Structured(YamlMapping mapping, YamlNode anchor, TimeRelation relation, StoryCalendar calendar, int? minute)
    {
        var text = anchor.AsText();
        var span = anchor is YamlScalar scalar ? scalar.ContentSpan : anchor.Span;
        if (text is null && anchor.Resolve() is YamlSequence { Items: [YamlSequence { Items: [YamlScalar inner] }] })
        {
            (text, span) = (inner.Value, inner.ContentSpan);
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return WrittenTime.None;
        }

        var by = WrittenDuration.Of(mapping.Get("by") ?? mapping.Get("for"), calendar);
        if (by?.Fault is not null)
        {
            return new WrittenTime.Invalid(by.Fault, null);
        }

        var read = RelativeTimeReader.Anchored(text, 0, text.Length, span.Start, relation, by is { Least: 0, Most: null } ? null : by, minute);
        return text.Length == span.Length ? read : read with { AnchorSpan = span };
    }

    private static WrittenTime Bad(string text, StoryCalendar calendar)
    {
        if (!calendar.IsKnown)
        {
            return WrittenTime.None;
        }

        if (BareClock().IsMatch(text))
        {
            return new WrittenTime.Invalid("A time of day wants its date before it, as in `1926-11-05T21:30`.");
        }

        if (Slashes().Match(text) is { Success: true } slashes && calendar.IsGregorian)
        {
            return new WrittenTime.Invalid("Written so, nobody can tell the day from the month.", OneWay(slashes));
        }

        return new WrittenTime.Invalid(Forms);
    }

    // "25/12/1926" can be meant in one way only.
    private static string? OneWay(Match slashes)
    {
        var (a, b) = (int.Parse(slashes.Groups["a"].Value, CultureInfo.InvariantCulture), int.Parse(slashes.Groups["b"].Value, CultureInfo.InvariantCulture));
        var (month, day) = a > 12 ? (b, a) : b > 12 ? (a, b) : a == b ? (a, b) : (0, 0);
        var written = string.Create(CultureInfo.InvariantCulture, $"{slashes.Groups["y"].Value}-{month:00}-{day:00}");
        return month is >= 1 and <= 12 && EdtfReader.Read(written, StoryCalendar.Gregorian, null, null) is { Fault: null } ? written : null;
    }

    [GeneratedRegex(@"\ADays?\s{0,3}#?(?<n>-?[0-9]{1,7}|[a-z]{3,9}(?:-[a-z]{3,5})?)(?:\s?(?:-|\u2013|to|/)\s?(?<last>[0-9]{1,7}))?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DayForm();

    [GeneratedRegex(@"\A(?:(?<from>[^/]{0,60})(?<slash>/)(?<to>[^/]{0,60})|(?:from\s+)?(?<from>[^/]{4,60}?)\s+(?:to|until|till|through)\s+(?<to>[^/]{4,60})|between\s+(?<from>[^/]{4,60}?)\s+and\s+(?<to>[^/]{4,60})|(?<from>[^/\u2013]{4,60})\s?\u2013\s?(?<to>[^/\u2013]{4,60}))\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IntervalForm();

    [GeneratedRegex(@"\A(?:(?<before>before|until|till|by|no\s+later\s+than|prior\s+to)|(?<after>after)|(?<since>since|from|no\s+earlier\s+than))\s+(?<rest>\S.{0,80})\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OpenForm();

    [GeneratedRegex(@"\A(?:c\.\s?|ca\.?\s|c\s|circa\s|about\s|around\s|approximately\s|approx\.?\s|roughly\s|maybe\s|perhaps\s|probably\s|~\s?)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex About();

    [GeneratedRegex(@"\A([0-9]{4})\s?[-\u2013]\s?([0-9]{4})\z", RegexOptions.CultureInvariant)]
    private static partial Regex YearsForm();

    [GeneratedRegex(@"\A(.{4,40}?(?:T|,?\s(?:at\s|from\s)?))([0-9]{1,2}:[0-9]{2})\s?(?:\s-|\u2013|/|to)\s?T?([0-9]{1,2}:[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex ClocksForm();

    [GeneratedRegex(@"(?<![0-9:-])([0-9]{1,2})\u2013([0-9]{1,2})(?![0-9:-])", RegexOptions.CultureInvariant)]
    private static partial Regex DaysForm();

    [GeneratedRegex(@"\s*\([^()]{0,80}\)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Remark();

    [GeneratedRegex(@"[\s,]+(?:at\s)?(?:about|around|approximately|approx\.?|roughly|nearly|circa|ca?\.|just\s(?:after|before)|shortly\s(?:after|before)|past)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Nearly();

    [GeneratedRegex(@"\A(?:the\s)?(?<early>(?:early|mid|late)[\s-])?(?<y>[0-9]{2,3}0)'?s\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DecadeForm();

    [GeneratedRegex(@"[a-z]\.[a-z]\.?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EndsWithDots();

    [GeneratedRegex(@"\A(?:in\s|on\s)?(?:the\s)?(?:(?:very\s)?(?:early|late|mid|middle|beginning|start|end|first\shalf|second\shalf)(?:\sin|\sof)?(?:\sthe)?[\s-])(?![0-9]{2,3}0'?s)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PartForm();

    [GeneratedRegex(@"\s+of(?:\s+the)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OfThe();

    [GeneratedRegex(@"\A[0-9]{1,2}(?::[0-9]{2}){1,2}(?:\s?[ap]\.?m\.?)?\z|\A[0-9]{1,2}\s?[ap]\.?m\.?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BareClock();

    [GeneratedRegex(@"\A(?<a>[0-9]{1,2})[/.](?<b>[0-9]{1,2})[/.](?<y>[0-9]{4})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Slashes();
}
