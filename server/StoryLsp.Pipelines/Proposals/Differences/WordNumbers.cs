using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.Proposals.Differences;

/// <summary>Gives words numbers, so that texts are compared fast.</summary>
internal sealed class WordNumbers
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>The numbers of a text's words, sorted; a word that stands there twice is there twice. Case does not count.</summary>
    public int[] Of(string text)
    {
        var result = Words.Of(text).Select(word => NumberOf(text.Substring(word.Start, word.Length).ToLowerInvariant())).ToArray();
        Array.Sort(result);
        return result;
    }

    /// <summary>The coefficient of Dice of two bags of words (L. R. Dice, “Measures of the Amount of Ecologic Association Between Species”, 1945): 1 for the same, 0 for nothing in common.</summary>
    public static float Likeness(int[] a, int[] b)
    {
        var (i, j, common) = (0, 0, 0);
        while (i < a.Length && j < b.Length)
        {
            if (a[i] == b[j])
            {
                common++;
                i++;
                j++;
            }
            else if (a[i] < b[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return a.Length + b.Length == 0 ? 0 : 2f * common / (a.Length + b.Length);
    }

    private int NumberOf(string word)
    {
        if (!_numbers.TryGetValue(word, out var number))
        {
            _numbers.Add(word, number = _numbers.Count);
        }

        return number;
    }
}

/// <summary>The words of a text: letters and digits, with the apostrophes and hyphens inside them; each ideograph is one.</summary>
internal static class Words
{
    public static IEnumerable<TextSpan> Of(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (!IsPart(text[i]))
            {
                i++;
                continue;
            }

            var start = i++;
            while (!IsWhole(text[start]) && i < text.Length && ((IsPart(text[i]) && !IsWhole(text[i])) || (text[i] is '\'' or '’' or '-' && i + 1 < text.Length && IsPart(text[i + 1]))))
            {
                i++;
            }

            yield return TextSpan.FromBounds(start, i);
        }
    }

    private static bool IsPart(char unit) => char.IsLetterOrDigit(unit) || char.IsSurrogate(unit) || char.GetUnicodeCategory(unit) == System.Globalization.UnicodeCategory.NonSpacingMark;

    // Chinese and Japanese write no spaces; a sign is as near to a word as can be had.
    private static bool IsWhole(char unit) => unit is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF';
}
