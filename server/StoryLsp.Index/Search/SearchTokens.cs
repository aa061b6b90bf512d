using System.Globalization;
using System.Text;
using StoryLsp.Language.Text;

namespace StoryLsp.Index.Search;

/// <summary>A word of a text, in the form in which words are compared.</summary>
/// <param name="Folded">Lower case, without accents.</param>
/// <param name="Span">Where it stands, in UTF-16 code units.</param>
internal readonly record struct SearchToken(string Folded, TextSpan Span);

/// <summary>Cuts texts into words as SQLite's <c>unicode61 remove_diacritics 2</c> does; of scripts without spaces each sign is a word.</summary>
internal static class SearchTokens
{
    public static IEnumerable<SearchToken> Of(string text)
    {
        var start = -1;
        var at = 0;
        while (at < text.Length)
        {
            Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
            var isAlone = HasNoSpaces(rune);
            if (start >= 0 && (isAlone || !IsPartOfWord(rune)))
            {
                yield return Token(text, start, at);
                start = -1;
            }

            if (isAlone)
            {
                yield return Token(text, at, at + length);
            }
            else if (start < 0 && IsPartOfWord(rune) && !IsMark(rune))
            {
                start = at;
            }

            at += length;
        }

        if (start >= 0)
        {
            yield return Token(text, start, at);
        }
    }

    /// <summary>Whether the script writes no spaces, so that a word is no run of letters.</summary>
    public static bool HasNoSpaces(Rune rune) => rune.Value is
        (>= 0x2E80 and <= 0x2FDF) or (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or
        (>= 0x20000 and <= 0x3FFFF) or (>= 0x0E00 and <= 0x0E7F);

    /// <summary>Lower case and without accents.</summary>
    public static string Fold(ReadOnlySpan<char> word)
    {
        if (Ascii.IsValid(word))
        {
            return word.ToString().ToLowerInvariant();
        }

        var result = new StringBuilder(word.Length);
        foreach (var unit in word)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(unit) != UnicodeCategory.NonSpacingMark)
            {
                result.Append(char.ToLowerInvariant(CanonicalPairs.BaseOf(unit)));
            }
        }

        return result.ToString();
    }

    private static SearchToken Token(string text, int start, int end) => new(Fold(text.AsSpan(start, end - start)), TextSpan.FromBounds(start, end));

    private static bool IsPartOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || IsMark(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber or UnicodeCategory.PrivateUse;

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark;
}
