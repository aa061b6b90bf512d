using StoryLsp.Language.Text;

namespace StoryLsp.Language.Prose;

/// <summary>Cuts prose into sentences. Abbreviations and initials do not end one; closing quotes and brackets belong to it.</summary>
public static class Sentences
{
    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Sr", "Jr", "Capt", "Col", "Gen", "Lt", "Sgt", "Rev", "Hon", "No", "vs", "etc", "e.g", "i.e", "cf", "Mt", "Messrs", "Mme", "Mlle",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> AbbreviationsBySpan = Abbreviations.GetAlternateLookup<ReadOnlySpan<char>>();

    private const int LongestAbbreviation = 8;

    /// <summary>The sentences of a text, in order, without white space around them. Spans are UTF-16 code units of the text.</summary>
    public static IReadOnlyList<TextSpan> Of(string text) => Of(text, new(0, text.Length));

    /// <summary>The sentences of a part of a text, as if nothing stood before and after it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="part">The part, in UTF-16 code units of the text; so are the sentences.</param>
    public static IReadOnlyList<TextSpan> Of(string text, TextSpan part)
    {
        var result = new List<TextSpan>();
        var units = text.AsSpan(part.Start, part.Length);
        var start = 0;
        for (var i = 0; i < units.Length; i++)
        {
            if (EndAt(units, i) is var end and > 0)
            {
                Add(result, units, part.Start, start, end);
                start = end;
                i = end - 1;
            }
        }

        Add(result, units, part.Start, start, units.Length);
        return result;
    }

    /// <summary>The end of a sentence that ends with the unit at <paramref name="at"/>, or 0.</summary>
    private static int EndAt(ReadOnlySpan<char> text, int at)
    {
        if (text[at] is '\n' or '\r')
        {
            return EndOfParagraphBreak(text, at);
        }

        if (text[at] is '。' or '！' or '？')
        {
            return SkipClosing(text, at + 1);
        }

        if (text[at] is not ('.' or '!' or '?' or '…'))
        {
            return 0;
        }

        var end = at + 1;
        while (end < text.Length && text[end] is '.' or '!' or '?' or '…')
        {
            end++;
        }

        end = SkipClosing(text, end);
        if (end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            return 0;
        }

        return (text[at] == '.' && IsAbbreviation(text, at)) || !NextBeginsSentence(text, end) ? 0 : end;
    }

    /// <summary>The end of the white space at a line end, where it holds a blank line; else 0.</summary>
    private static int EndOfParagraphBreak(ReadOnlySpan<char> text, int at)
    {
        var breaks = 0;
        var end = at;
        for (; end < text.Length && char.IsWhiteSpace(text[end]); end++)
        {
            breaks += text[end] == '\n' || (text[end] == '\r' && (end + 1 == text.Length || text[end + 1] != '\n')) ? 1 : 0;
        }

        return breaks > 1 ? end : 0;
    }

    private static int SkipClosing(ReadOnlySpan<char> text, int end)
    {
        while (end < text.Length && text[end] is '"' or '\'' or '”' or '’' or '»' or ')' or ']' or '*' or '_' or '」' or '』')
        {
            end++;
        }

        return end;
    }

    private static bool IsAbbreviation(ReadOnlySpan<char> text, int dot)
    {
        var start = dot;
        while (start > 0 && dot - start <= LongestAbbreviation && (char.IsLetter(text[start - 1]) || text[start - 1] == '.'))
        {
            start--;
        }

        var word = text[start..dot];
        return AbbreviationsBySpan.Contains(word) || (word.Length == 1 && char.IsUpper(word[0]) && word[0] != 'I');
    }

    private static bool NextBeginsSentence(ReadOnlySpan<char> text, int end)
    {
        while (end < text.Length && (char.IsWhiteSpace(text[end]) || text[end] is '"' or '\'' or '“' or '‘' or '«' or '(' or '*' or '_' or '—' or '-'))
        {
            end++;
        }

        return end >= text.Length || !char.IsLower(text[end]);
    }

    private static void Add(List<TextSpan> result, ReadOnlySpan<char> text, int offset, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        if (end > start)
        {
            result.Add(TextSpan.FromBounds(offset + start, offset + end));
        }
    }
}
