using System.Text.RegularExpressions;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Calendars;

/// <summary>Times that are measured from something else: <c>3 days after arrival</c>, <c>the day before the ball, 21:30</c>.</summary>
internal static partial class RelativeTimeReader
{
    // How far is open: "shortly after the dinner".
    private static readonly HashSet<string> OpenLeads = new(StringComparer.OrdinalIgnoreCase)
    {
        "", "shortly", "soon", "just", "right", "immediately", "long", "some time", "sometime", "a while", "a little", "a little while", "a bit", "a short time", "a long time",
        "minutes", "hours", "days", "weeks", "months", "years", "well", "moments", "a moment", "a short while", "some days", "some weeks", "some hours", "not long", "anytime", "any time",
    };

    /// <summary>Reads a text; null when it is no such time.</summary>
    public static WrittenTime? Read(string text, StoryCalendar calendar, int offset)
    {
        var match = Form().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var anchor = match.Groups["anchor"];
        var (start, length) = (anchor.Index, anchor.Length);
        var rest = anchor.Value;
        int? minute = null;
        if (!rest.EndsWith("]]", StringComparison.Ordinal))
        {
            var clock = ClockText.Split(ref rest, calendar, out var fault);
            if (fault is not null)
            {
                return new WrittenTime.Invalid(fault);
            }

            minute = clock?.Minute;
            length = rest.Length;
        }

        if (match.Groups["same"].Success)
        {
            return Anchored(text, start, length, offset, TimeRelation.SameDay, null, minute);
        }

        if (match.Groups["during"].Success)
        {
            return Anchored(text, start, length, offset, TimeRelation.During, null, null);
        }

        var relation = match.Groups["after"].Success ? TimeRelation.After : TimeRelation.Before;
        var lead = match.Groups["lead"].Value.Trim();
        if (OpenLeads.Contains(lead))
        {
            return Anchored(text, start, length, offset, relation, null, minute);
        }

        var isMorning = lead.Length > 0 && Daypart().IsMatch(lead);
        var by = isMorning ? new WrittenDuration(calendar.MinutesPerDay, calendar.MinutesPerDay, DurationUnit.Days) : Amount(lead, calendar);
        return by is null ? null : Anchored(text, start, length, offset, relation, by, minute);
    }

    /// <summary>An anchor as written, without the brackets of a wikilink.</summary>
    public static WrittenTime.Relative Anchored(string text, int start, int length, int offset, TimeRelation relation, WrittenDuration? by, int? minute)
    {
        var written = text.AsSpan(start, length);
        if (written.StartsWith("[[") && written.EndsWith("]]") && written.Length > 4)
        {
            var inner = written[2..^2];
            var end = inner.IndexOfAny('|', '#');
            inner = end < 0 ? inner : inner[..end];
            (start, length) = (start + 2, inner.Length);
        }

        while (length > 0 && char.IsWhiteSpace(text[start + length - 1]))
        {
            length--;
        }

        return new(text.Substring(start, length), new TextSpan(offset + start, length), relation, by, minute);
    }

    private static WrittenDuration? Amount(string lead, StoryCalendar calendar) =>
        lead.StartsWith('P') && WrittenDuration.Parse(lead, calendar) is { Fault: null } iso ? iso : DurationReader.Words(lead, calendar);

    [GeneratedRegex(@"\A(?:(?<same>(?:on\s+)?the\s+(?:same\s+)?(?:day|morning|afternoon|evening|night|date)\s+(?:of|as)|same\s+day\s+as|on\s+the\s+day\s+of)|(?<during>during|while|throughout|in\s+the\s+middle\s+of|at\s+the\s+(?:same\s+)?time\s+(?:of|as))|(?<lead>.{0,80}?)(?<=\A|\s)(?:(?<after>after|following|since|later\s+than|past)|(?<before>before|prior\s+to|earlier\s+than|until|till|ahead\s+of)))\s+(?<anchor>\S.{0,300})\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"\A(?:the|on\s+the|that|in\s+the)\s+(?:next\s+|very\s+)?(?:morning|afternoon|evening|night|noon|dawn)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Daypart();
}
