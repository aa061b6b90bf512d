using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Calendars;

/// <summary>A weekday that stands beside a date with day, month and year.</summary>
/// <param name="Weekday">Where the weekday stands.</param>
/// <param name="Date">Where the date stands.</param>
/// <param name="Tick">The date.</param>
/// <param name="WrittenName">The weekday that is written.</param>
/// <param name="RightName">The weekday of the date.</param>
/// <param name="Right">The same, written as the other is.</param>
internal sealed record DatedWeekday(TextSpan Weekday, TextSpan Date, long Tick, string WrittenName, string RightName, string Right)
{
    private static readonly ConditionalWeakTable<StoryCalendar, Regex> Forms = [];

    private static readonly ConditionalWeakTable<StoryCalendar, SearchValues<string>> Beginnings = [];

    /// <summary>Whether they disagree.</summary>
    public bool IsWrong => WrittenName != RightName;

    /// <summary>Whether a part of a text has a digit and something like a weekday at all; most parts of most texts do not, and this is quickly seen.</summary>
    public static bool MayBeIn(string text, TextSpan region, StoryCalendar calendar)
    {
        var part = text.AsSpan(region.Start, region.Length);
        return part.ContainsAnyInRange('0', '9') && part.ContainsAny(Beginnings.GetValue(calendar, BeginningsOf));
    }

    /// <summary>All of a part of a text, in order.</summary>
    public static IEnumerable<DatedWeekday> In(string text, TextSpan region, StoryCalendar calendar)
    {
        if (!MayBeIn(text, region, calendar))
        {
            yield break;
        }

        var part = text.AsSpan(region.Start, region.Length);

        var form = Forms.GetValue(calendar, Form);
        foreach (Match match in form.Matches(part.ToString()))
        {
            var (weekday, date) = match.Groups["w1"].Success ? (match.Groups["w1"], match.Groups["d1"]) : match.Groups["w2"].Success ? (match.Groups["w2"], match.Groups["d2"]) : (match.Groups["w3"], match.Groups["d3"]);
            if (WrittenTime.Parse(date.Value, calendar) is WrittenTime.Absolute { IsDay: true, HasClock: false, EarliestStart: { } tick } &&
                NameOf(weekday.Value, calendar) is { } written && calendar.WeekdayOf(tick) is { } right)
            {
                yield return new(
                    new(region.Start + weekday.Index, weekday.Length), new(region.Start + date.Index, date.Length), tick, written, calendar.Weekdays[right], Like(weekday.Value, written, calendar.Weekdays[right]));
            }
        }
    }

    // Short forms of western names begin with three letters of theirs; the names of other calendars are written out.
    private static SearchValues<string> BeginningsOf(StoryCalendar calendar) => SearchValues.Create(
        IsWestern(calendar) ? [.. calendar.Weekdays.Select(name => name[..Math.Min(3, name.Length)])] : [.. calendar.Weekdays], StringComparison.OrdinalIgnoreCase);

    private static bool IsWestern(StoryCalendar calendar) => calendar.IsGregorian || ReferenceEquals(calendar, StoryCalendar.Julian);

    private static string? NameOf(string written, StoryCalendar calendar) =>
        calendar.Weekdays.FirstOrDefault(name => name.Equals(written, StringComparison.OrdinalIgnoreCase)) ??
        (calendar.Weekdays.Count(name => name.StartsWith(written, StringComparison.OrdinalIgnoreCase)) == 1 ? calendar.Weekdays.First(name => name.StartsWith(written, StringComparison.OrdinalIgnoreCase)) : null);

    private static string Like(string written, string name, string right)
    {
        right = written.Length < name.Length ? right[..Math.Min(3, right.Length)] : right;
        return written.All(char.IsUpper) ? right.ToUpperInvariant() : written.All(char.IsLower) ? right.ToLowerInvariant() : right;
    }

    // The matcher takes time in proportion to the text, whatever stands there.
    private static Regex Form(StoryCalendar calendar)
    {
        var isWestern = IsWestern(calendar);
        var full = Names(calendar.Weekdays);
        const string Short = "(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun|MON|TUE|WED|THU|FRI|SAT|SUN)";
        var weekday = isWestern ? $"(?:{full}|{Short})" : full;
        var months = calendar.Parts.Where(part => part.Month > 0).ToList();
        var month = "(?:" + Names(months.Select(part => part.Name)) + "|" + string.Join('|', months.Select(part => part.Short).OfType<string>().Append(isWestern ? "Sept" : null).OfType<string>().Select(name => Regex.Escape(name) + @"\.?")).TrimEnd('|') + ")";
        month = month.Replace("|)", ")", StringComparison.Ordinal);
        var year = isWestern ? "[0-9]{4}" : "[0-9]{1,6}";
        const string Day = "[0-9]{1,2}(?:st|nd|rd|th)?";
        var named = $@"(?:{month}\s+{Day},?\s+{year}|{Day}\s+(?:of\s+)?{month},?\s+{year})";
        var iso = $"{year}-[0-9]{{2}}-[0-9]{{2}}";
        var pattern = new StringBuilder();
        pattern.Append(CultureInfo.InvariantCulture, $@"\b(?:(?<w1>{full})|(?<w1>{(isWestern ? Short : full)})\.?),?\s+(?:on\s+)?(?:the\s+)?(?<d1>{named}|{iso})\b");
        pattern.Append(CultureInfo.InvariantCulture, $@"|\b(?<d2>{named}|{iso})(?:,?\s+(?:was\s+|is\s+|fell\s+on\s+|falls\s+on\s+)?an?\s+|\s*\(\s*(?:an?\s+)?)(?<w2>{weekday})\b");
        pattern.Append(CultureInfo.InvariantCulture, $@"|\b(?<d3>{iso}),?\s+(?<w3>{weekday})\b");
        return new(pattern.ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }

    private static string Names(IEnumerable<string> names) => $"(?i:{string.Join('|', names.OrderByDescending(name => name.Length).Select(Regex.Escape))})";
}
