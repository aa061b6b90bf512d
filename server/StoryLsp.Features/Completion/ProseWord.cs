using System.Text;

namespace StoryLsp.Features.Completion;

/// <summary>Words on a line of prose, as far as typing them goes.</summary>
internal static class ProseWord
{
    /// <summary>Whether the character at an offset is a part of a word; both halves of a surrogate pair are.</summary>
    public static bool IsPart(string text, int at)
    {
        var unit = text[at];
        if (char.IsSurrogate(unit))
        {
            var first = char.IsLowSurrogate(unit) && at > 0 ? at - 1 : at;
            return Rune.TryGetRuneAt(text, first, out var rune) && Rune.IsLetterOrDigit(rune);
        }

        return char.IsLetterOrDigit(unit) || unit is '\'' or '\u2019' or '-' || char.GetUnicodeCategory(unit) is System.Globalization.UnicodeCategory.NonSpacingMark;
    }

    /// <summary>The beginnings of the words before a caret, the furthest first; words that follow each other with one space between.</summary>
    /// <param name="text">The text.</param>
    /// <param name="lineStart">Where the line begins.</param>
    /// <param name="caret">The caret, behind a part of a word.</param>
    /// <param name="most">How many words.</param>
    public static IEnumerable<int> StartsBefore(string text, int lineStart, int caret, int most)
    {
        var starts = new Stack<int>();
        var at = caret;
        while (starts.Count < most)
        {
            while (at > lineStart && IsPart(text, at - 1))
            {
                at--;
            }

            var start = at;
            while (start < caret && text[start] is '\'' or '\u2019' or '-')
            {
                start++;
            }

            starts.Push(start);
            if (at <= lineStart + 1 || text[at - 1] != ' ' || !(IsPart(text, at - 2) || text[at - 2] == '.'))
            {
                break;
            }

            at--;
            // `Mr. Reed`: the point belongs to the word.
            at -= text[at - 1] == '.' ? 1 : 0;
        }

        return starts.Where(start => start < caret);
    }

    /// <summary>Whether a word of prose may begin at an offset, and not a part of an address or a tag.</summary>
    public static bool MayBegin(string text, int lineStart, int at) => at == lineStart || char.IsWhiteSpace(text[at - 1]) || "\"'“”‘’«»„([*_—–-…>\uFEFF".Contains(text[at - 1]);

    /// <summary>Whether a sentence begins at an offset: at the beginning of a line, behind a mark that ends one, or in quotes.</summary>
    public static bool IsSentenceStart(string text, int lineStart, int at)
    {
        while (at > lineStart && (text[at - 1] is ' ' or '\t' or '*' or '_' or '>' or '#' or '\uFEFF'))
        {
            at--;
        }

        return at == lineStart || ".!?:…\"'“”‘’«»„-–—".Contains(text[at - 1]);
    }
}
