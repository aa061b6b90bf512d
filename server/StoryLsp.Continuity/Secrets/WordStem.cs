namespace StoryLsp.Continuity.Secrets;

/// <summary>
/// What the forms of a word have in common: plurals, possessives, <c>-ed</c> and <c>-ing</c> of English (after step 1 of M. F. Porter, "An algorithm
/// for suffix stripping", 1980), and the cases of Russian and Greek, guessed from the ending. The same word always gives the same stem, and
/// no more is asked of it than that.
/// </summary>
internal static class WordStem
{
    private const int ShortestStem = 3;

    // Folded as words are: й is и, ё is е. The longest ending first.
    private static readonly string[] Russian =
    [
        "иями", "ами", "ями", "ого", "его", "ому", "ему", "ыми", "ими", "иях", "иям", "иеи", "ов", "ев", "еи", "ои", "ии", "ыи", "ом", "ем", "ам", "ям", "ах", "ях",
        "ою", "ею", "ую", "юю", "ая", "яя", "ое", "ее", "ые", "ие", "ым", "им", "ых", "их", "ью", "ия", "а", "я", "о", "е", "ы", "и", "у", "ю", "ь",
    ];

    private static readonly string[] Greek = ["ους", "ος", "ου", "ον", "οι", "ων", "ας", "ης", "ες", "εσ", "οσ", "ασ", "ησ", "ουσ", "α", "η", "ο", "ι", "ε", "ω", "υ"];

    /// <summary>The stem of a folded word.</summary>
    public static string Of(string word)
    {
        if (word.Length < ShortestStem)
        {
            return SecretLetters.Seen(word);
        }

        var hasLatin = false;
        var other = '\0';
        foreach (var unit in word)
        {
            hasLatin |= char.IsAsciiLetter(unit);
            other = unit is >= '\u0370' and <= '\u04FF' ? unit : other;
        }

        return other == '\0' ? English(word)
            : hasLatin ? English(SecretLetters.Seen(word))
            : SecretLetters.Seen(Without(word, other >= '\u0400' ? Russian : Greek));
    }

    private static string Without(string word, string[] endings)
    {
        foreach (var ending in endings)
        {
            if (word.Length - ending.Length >= ShortestStem && word.EndsWith(ending, StringComparison.Ordinal))
            {
                return word[..^ending.Length];
            }
        }

        return word;
    }

    private static string English(string word)
    {
        if (!char.IsAsciiLetter(word[^1]))
        {
            return word;
        }

        var stem = WithoutPast(WithoutPlural(word));
        if (stem.Length > ShortestStem && stem.EndsWith("men", StringComparison.Ordinal))
        {
            return stem[..^2] + "an";
        }

        if (stem.Length > ShortestStem && stem[^1] == 'e')
        {
            stem = stem[..^1];
        }

        if (stem.Length > ShortestStem && stem[^1] == stem[^2] && !IsVowel(stem[^1]))
        {
            stem = stem[..^1];
        }

        return stem.Length < ShortestStem ? stem : stem[^1] switch
        {
            'y' when !IsVowel(stem[^2]) => stem[..^1] + "i",
            'v' => stem[..^1] + "f",
            _ => stem,
        };
    }

    private static string WithoutPlural(string word)
    {
        if (word[^1] != 's' || word[^2] is 's' or 'u' or 'i')
        {
            return word;
        }

        return word.Length > 4 && word.EndsWith("ies", StringComparison.Ordinal) ? word[..^3] + "y" : word[..^1];
    }

    private static string WithoutPast(string word)
    {
        if (word.EndsWith("ied", StringComparison.Ordinal))
        {
            return word.Length > 4 ? word[..^3] + "y" : word[..^1];
        }

        if (word.Length > 5 && word.EndsWith("eed", StringComparison.Ordinal))
        {
            return word[..^1];
        }

        var ending = word.EndsWith("ed", StringComparison.Ordinal) ? 2 : word.EndsWith("ing", StringComparison.Ordinal) ? 3 : 0;
        return ending > 0 && word.Length - ending >= ShortestStem && word.AsSpan(0, word.Length - ending).IndexOfAny("aeiouy") >= 0 ? word[..^ending] : word;
    }

    private static bool IsVowel(char unit) => unit is 'a' or 'e' or 'i' or 'o' or 'u';
}
