namespace StoryLsp.Language.Mentions;

/// <summary>Tells where a sentence begins, so that a capital there proves nothing.</summary>
public static class SentenceStart
{
    /// <summary>Whether a word may be the first of a sentence, of a line of speech, of a heading or of an item of a list.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="at">Where the word begins, in UTF-16 code units.</param>
    public static bool IsAt(string text, int at)
    {
        var i = at - 1;
        while (i >= 0 && IsOpening(text[i]))
        {
            if (IsQuote(text[i]) && (i == 0 || !IsLetter(text[i - 1])))
            {
                return true;
            }

            i--;
        }

        var lineEnds = 0;
        while (i >= 0 && char.IsWhiteSpace(text[i]))
        {
            lineEnds += text[i] == '\n' ? 1 : 0;
            i--;
        }

        if (i < 0 || lineEnds > 1 || (lineEnds == 1 && IsHeadingBefore(text, i)))
        {
            return true;
        }

        // A dash that touches the word interrupts what somebody says.
        return text[i] switch
        {
            '.' => !IsAbbreviation(text, i),
            '!' or '?' or '\u2026' or ':' or '#' or '>' or '|' => true,
            '\u2014' or '\u2013' => i == at - 1 || IsFirstOfLine(text, i),
            '-' or '*' or '+' => IsFirstOfLine(text, i) || (text[i] == '-' && i == at - 1 && i > 0 && text[i - 1] == '-'),
            ')' or ']' or '"' or '\u201D' or '\u2019' or '\'' or '\u00BB' => EndsSentence(text, i),
            >= '0' and <= '9' => false,
            _ => false,
        };
    }

    private static bool IsOpening(char unit) => IsQuote(unit) || unit is '(' or '[' or '*' or '_' or '\u00BF' or '\u00A1';

    private static bool IsQuote(char unit) => unit is '"' or '\'' or '\u201C' or '\u2018' or '\u00AB' or '\u201E' or '\u201A' or '\u300C' or '\u300E' or '(' or '[' or '\u00BF' or '\u00A1';

    private static bool IsLetter(char unit) => (Letters.Kinds[unit] & Letters.Word) != 0;

    // The end of a quotation ends a sentence when what is quoted does.
    private static bool EndsSentence(string text, int i)
    {
        while (i >= 0 && text[i] is ')' or ']' or '"' or '\u201D' or '\u2019' or '\'' or '\u00BB' or '*' or '_')
        {
            i--;
        }

        return i < 0 || text[i] is '!' or '?' or '\u2026' or '\u2014' || (text[i] == '.' && !IsAbbreviation(text, i));
    }

    private static bool IsAbbreviation(string text, int dot)
    {
        var start = dot;
        while (start > 0 && IsLetter(text[start - 1]))
        {
            start--;
        }

        var word = text.AsSpan(start, dot - start);
        return (word.Length == 1 && char.IsUpper(word[0])) || (word.Length is > 0 and <= 6 && char.IsUpper(word[0]) && Honorific.IsAbbreviation(Word.Fold(word)));
    }

    private static bool IsFirstOfLine(string text, int i)
    {
        while (i > 0 && text[i - 1] is ' ' or '\t' or '>' or '-' or '*')
        {
            i--;
        }

        return i == 0 || text[i - 1] is '\n' or '\r';
    }

    private static bool IsHeadingBefore(string text, int last)
    {
        var start = text.LastIndexOf('\n', last) + 1;
        while (start < last && text[start] is ' ' or '\t')
        {
            start++;
        }

        return text[start] is '#' or '|' || (text[start] is '-' or '=' or '*' && text.AsSpan(start, last + 1 - start).IndexOfAnyExcept(text[start], ' ') < 0);
    }
}
