using StoryLsp.Language.Facts;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Naming;

/// <summary>Where words stand in the prose of a document.</summary>
internal static class WordPlaces
{
    /// <summary>The places of a word in exactly this spelling, in order.</summary>
    public static IEnumerable<TextSpan> Of(string text, DocumentFacts document, string word)
    {
        foreach (var prose in document.Prose)
        {
            var end = Math.Min(prose.Span.End, text.Length);
            for (var at = prose.Span.Start; at < end && text.IndexOf(word, at, end - at, StringComparison.Ordinal) is >= 0 and var found; at = found + word.Length)
            {
                if ((found == 0 || !IsLetter(text[found - 1])) && (found + word.Length == text.Length || !IsLetter(text[found + word.Length])))
                {
                    yield return new TextSpan(found, word.Length);
                }
            }
        }
    }

    /// <summary>The words before and behind a word, where only white space parts them.</summary>
    public static IEnumerable<TextSpan> Neighbours(string text, DocumentFacts document, TextSpan place)
    {
        var before = place.Start;
        while (before > 0 && IsSpace(text[before - 1]))
        {
            before--;
        }

        var start = before;
        while (start > 0 && IsLetter(text[start - 1]))
        {
            start--;
        }

        if (start < before && before < place.Start)
        {
            yield return TextSpan.FromBounds(start, before);
        }

        var next = place.End;
        while (next < text.Length && IsSpace(text[next]))
        {
            next++;
        }

        var end = next;
        while (end < text.Length && IsLetter(text[end]))
        {
            end++;
        }

        if (end > next && next > place.End)
        {
            yield return TextSpan.FromBounds(next, end);
        }
    }

    /// <summary>Whether the sentence around a word is no quotation in another language: most of the small words near it are in the dictionary.</summary>
    public static bool IsEnglishAround(string text, DocumentFacts document, TextSpan place)
    {
        const int reach = 35;
        var prose = document.Prose.FirstOrDefault(prose => prose.Span.Contains(place)).Span;
        var (known, foreign) = (0, 0);
        foreach (var span in NameWords.In(text, TextSpan.FromBounds(Math.Max(prose.Start, place.Start - reach), Math.Min(prose.End, place.End + reach))))
        {
            var word = text.AsSpan(span.Start, span.Length);
            if (word.Length > 1 && char.IsLower(word[0]))
            {
                _ = WordList.IsEnglish(word) && !NameWords.IsParticle(word) ? known++ : foreign++;
            }
        }

        return foreign < 2 || foreign * 2 <= known;
    }

    private static bool IsLetter(char unit) => char.IsLetterOrDigit(unit) || char.GetUnicodeCategory(unit) == System.Globalization.UnicodeCategory.NonSpacingMark;

    private static bool IsSpace(char unit) => unit is ' ' or '\n' or '\r' or '\u00A0';
}
