using StoryLsp.Language.Prose;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.SelectionRanges;

/// <summary>The steps in a stretch of prose: word, what is said in quotes, sentence, paragraph.</summary>
internal static class ProseSteps
{
    private const string Opening = "“«„「『‹";

    /// <summary>Adds the steps around an offset.</summary>
    /// <param name="nesting">Takes them.</param>
    /// <param name="text">The text.</param>
    /// <param name="paragraph">The paragraph that the offset stands in.</param>
    public static void Add(Nesting nesting, string text, TextSpan paragraph)
    {
        Words.Add(nesting, text, paragraph);
        var quotes = Quotes(text, paragraph);
        AddSentence(nesting, text, paragraph, quotes);
        foreach (var quote in quotes)
        {
            if (quote.Touches(nesting.Offset))
            {
                var said = TextSpan.FromBounds(quote.Start + 1, quote.End - 1);
                AddSentence(nesting, text, said, []);
                nesting.Add(said);
                nesting.Add(quote);
            }
        }

        nesting.Add(Trimmed(text, paragraph));
    }

    /// <summary>A span without the white space at its ends.</summary>
    public static TextSpan Trimmed(string text, TextSpan span)
    {
        var (start, end) = (span.Start, span.End);
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return TextSpan.FromBounds(start, end);
    }

    // At the end of one sentence and the beginning of another, the one that begins is meant.
    private static void AddSentence(Nesting nesting, string text, TextSpan part, List<TextSpan> quotes)
    {
        TextSpan? found = null;
        foreach (var sentence in Sentences.Of(text, part))
        {
            found = sentence.Touches(nesting.Offset) ? sentence : found;
        }

        if (found is { } span)
        {
            // Half of what is said, with one of its quotes, is nothing that one would select.
            foreach (var quote in quotes.Where(quote => span.Contains(quote.Start) != span.Contains(quote.End - 1)))
            {
                span = TextSpan.FromBounds(Math.Min(span.Start, quote.Start), Math.Max(span.End, quote.End));
            }

            nesting.Add(span);
        }
    }

    private static List<TextSpan> Quotes(string text, TextSpan part)
    {
        var found = new List<TextSpan>();
        var open = new Stack<(char Close, int At)>();
        var straight = -1;
        for (var at = part.Start; at < part.End; at++)
        {
            var unit = text[at];
            if (open.Count > 0 && unit == open.Peek().Close)
            {
                found.Add(TextSpan.FromBounds(open.Pop().At, at + 1));
            }
            else if (Opening.Contains(unit))
            {
                open.Push((CloseOf(unit), at));
            }
            else if (unit == '"')
            {
                if (straight >= 0)
                {
                    found.Add(TextSpan.FromBounds(straight, at + 1));
                }

                straight = straight >= 0 ? -1 : at;
            }
        }

        return found;
    }

    private static char CloseOf(char open) => open switch
    {
        '“' => '”',
        '«' => '»',
        '„' => '“',
        '「' => '」',
        '『' => '』',
        _ => '›',
    };
}
