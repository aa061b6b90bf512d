using System.Globalization;
using System.Text.RegularExpressions;

namespace StoryLsp.Continuity.Calendars;

/// <summary>Times of day as they stand behind a date: <c>T21:30:00Z</c>, <c>, 21:30</c>, <c> at 9:30 pm</c>.</summary>
internal static partial class ClockText
{
    private static readonly char[] Between = [' ', ',', ':', '@', '-', '\u2013', '\u2014'];

    /// <summary>Splits a clock from the end of a text.</summary>
    /// <param name="text">The text; the clock is taken away, with what stands between.</param>
    /// <param name="calendar">The calendar, for the hours of its day.</param>
    /// <param name="fault">Why the clock is none of this calendar.</param>
    public static Clock? Split(ref string text, StoryCalendar calendar, out string? fault)
    {
        fault = null;
        var match = AtEnd().Match(text);
        if (!match.Success || match.Index == 0)
        {
            return null;
        }

        var hour = int.Parse(match.Groups["h"].Value, CultureInfo.InvariantCulture);
        var hasMinutes = match.Groups["m"].Success;
        var minute = hasMinutes ? int.Parse(match.Groups["m"].Value, CultureInfo.InvariantCulture) : 0;
        var half = match.Groups["half"].Value;
        if (half.Length > 0)
        {
            if (hour is < 1 or > 12)
            {
                fault = $"There is no {hour} o'clock before or after noon.";
            }

            hour = (hour % 12) + (half[0] is 'p' or 'P' ? 12 : 0);
        }

        var hours = calendar.MinutesPerDay / 60;
        if (minute > 59 || hour > hours || (hour == hours && minute > 0))
        {
            fault ??= minute > 59 ? "An hour has 60 minutes." : $"A day has {hours} hours.";
        }

        text = text[..match.Index].TrimEnd(Between);
        return new((hour * 60) + minute, !hasMinutes);
    }

    /// <summary>Takes a word for a part of the day from the end of a text; noon alone says a clock.</summary>
    public static string WithoutDaypart(string text) => Daypart().Match(text) is { Success: true } part ? text[..part.Index].TrimEnd(Between) : text;

    // A bare hour only behind a T or before am and pm: "Day 3, 21" says nothing.
    [GeneratedRegex(@"(?:(?<=[0-9Xx~?%])T(?<h>[0-9]{1,2})(?::(?<m>[0-9]{2})(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)?|[\s,]\s{0,4}(?:at\s{1,4})?(?<h>[0-9]{1,2})[:.](?<m>[0-9]{2})(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?(?:\s?(?<half>[ap]\.?m\.?))?|[\s,]\s{0,4}(?:at\s{1,4})?(?<h>[0-9]{1,2})\s?(?<half>[ap]\.?m\.?))\s?(?:Z|UTC|[+-][0-9]{1,2}(?::?[0-9]{2})?)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AtEnd();

    [GeneratedRegex(@"[\s,:@\u2013\u2014-]{1,4}(?:in\s(?:the\s)?|at\s)?(?:early\s|late\s)?(?:dawn|sunrise|morning|midday|afternoon|dusk|sunset|evening|night|midnight|noon|day)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Daypart();
}
