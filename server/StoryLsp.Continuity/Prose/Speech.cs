using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Prose;

/// <summary>
/// Finds what is spoken in a paragraph: between quotation marks of any kind, or behind the dash that opens it. A quotation that is not closed
/// goes on to the end of the paragraph, as speech over several paragraphs is written. In doubt it is speech.
/// </summary>
internal static class Speech
{
    private static readonly WordSet Elisions = new("tis twas twere til till em cause bout cos round neath ere gainst");

    /// <summary>The spoken parts with their marks, in order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="paragraph">The paragraph.</param>
    public static IReadOnlyList<TextSpan> In(string text, TextSpan paragraph)
    {
        if (OpensWithDash(text, paragraph))
        {
            return [paragraph];
        }

        List<TextSpan>? result = null;
        for (var at = paragraph.Start; at < paragraph.End; at++)
        {
            if (End(text, at, paragraph) is var end and > 0)
            {
                (result ??= []).Add(TextSpan.FromBounds(at, end));
                at = end - 1;
            }
        }

        return (IReadOnlyList<TextSpan>?)result ?? [];
    }

    /// <summary>Where speech ends that begins here, or 0.</summary>
    private static int End(string text, int at, TextSpan paragraph) => text[at] switch
    {
        '"' => Closed(text, at, paragraph, "\""),
        '\u201C' or '\u201E' => Closed(text, at, paragraph, "\u201D\u201C"),
        '\u00AB' => Closed(text, at, paragraph, "\u00BB"),
        '\u00BB' => Closed(text, at, paragraph, "\u00AB"),
        '\u300C' => Closed(text, at, paragraph, "\u300D"),
        '\u300E' => Closed(text, at, paragraph, "\u300F"),
        '\u2018' or '\u201A' => Single(text, at, paragraph, '\u2019', isCertain: true),
        '\'' => Single(text, at, paragraph, '\'', isCertain: false),
        _ => 0,
    };

    private static int Closed(string text, int at, TextSpan paragraph, string closing)
    {
        var close = text.AsSpan(at + 1, paragraph.End - at - 1).IndexOfAny(closing);
        return close < 0 ? paragraph.End : at + 1 + close + 1;
    }

    /// <summary>Speech between single marks, which look like apostrophes: it is closed behind a mark of its own, or where no letter follows.</summary>
    private static int Single(string text, int at, TextSpan paragraph, char closing, bool isCertain)
    {
        if ((at > paragraph.Start && char.IsLetterOrDigit(text[at - 1])) || IsElision(text, at + 1, paragraph.End))
        {
            return 0;
        }

        var last = 0;
        for (var i = at + 2; i < paragraph.End; i++)
        {
            if (text[i] != closing || (i + 1 < paragraph.End && char.IsLetterOrDigit(text[i + 1])))
            {
                continue;
            }

            // Behind an s it may be the plural of a possessive.
            if (!char.IsLetter(text[i - 1]) || text[i - 1] is not ('s' or 'S'))
            {
                return i + 1;
            }

            last = i + 1;
        }

        return last > 0 ? last : isCertain ? paragraph.End : 0;
    }

    private static bool IsElision(string text, int at, int limit)
    {
        var end = at;
        while (end < limit && char.IsLetter(text[end]))
        {
            end++;
        }

        return end == at ? at >= limit || !char.IsPunctuation(text[at]) : Elisions.Contains(text.AsSpan(at, end - at));
    }

    private static bool OpensWithDash(string text, TextSpan paragraph)
    {
        var at = paragraph.Start;
        while (at < paragraph.End && (char.IsWhiteSpace(text[at]) || text[at] is '*' or '_'))
        {
            at++;
        }

        return at < paragraph.End && (text[at] is '\u2014' or '\u2013' or '\u2015' || (text[at] == '-' && at + 1 < paragraph.End && text[at + 1] == '-'));
    }
}
