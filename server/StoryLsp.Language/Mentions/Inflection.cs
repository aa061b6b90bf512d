namespace StoryLsp.Language.Mentions;

/// <summary>
/// The forms that a word of a name takes in a sentence: plurals in scripts of Latin letters, cases in Cyrillic and Greek. They are guessed from the
/// ending alone, as dictionaries of declensions do for words that they do not have.
/// </summary>
internal static class Inflection
{
    private static readonly string[] HardFeminine = ["ы", "и", "е", "у", "ой", "ою", "ей"];
    private static readonly string[] SoftFeminine = ["и", "е", "ю", "ей", "ею", "ёй"];
    private static readonly string[] AdjectiveFeminine = ["ой", "ую", "ою", "ей", "юю"];
    private static readonly string[] AdjectiveMasculine = ["ого", "ому", "ым", "им", "ом", "его", "ему", "ем"];
    private static readonly string[] SoftMasculine = ["я", "ю", "ем", "ём", "е", "и"];
    private static readonly string[] SoftSign = ["я", "ю", "ем", "ём", "е", "и", "ью"];
    private static readonly string[] HardMasculine = ["а", "у", "ом", "ем", "е", "ы", "ым", "ых", "ыми"];

    /// <summary>The other forms of a word, folded; the word itself is not among them.</summary>
    /// <param name="word">The word as written.</param>
    /// <param name="takesPlural">Whether it may stand in the plural.</param>
    public static IEnumerable<string> FormsOf(string word, bool takesPlural)
    {
        var lower = word.ToLowerInvariant();
        var forms = lower[^1] switch
        {
            >= '\u0400' and <= '\u04FF' => Cyrillic(lower),
            >= '\u0370' and <= '\u03FF' => Greek(lower),
            _ when takesPlural && lower.Length > 2 && IsLatin(lower[^1]) => [PluralOf(lower)],
            _ => [],
        };
        return forms.Select(form => Word.Fold(form)).Where(form => form.Length > 0);
    }

    /// <summary>The plural of a name: the Vanes, the Joneses.</summary>
    public static string PluralOf(string word) =>
        word.EndsWith('s') || word.EndsWith('x') || word.EndsWith('z') || word.EndsWith("ch", StringComparison.Ordinal) || word.EndsWith("sh", StringComparison.Ordinal)
            ? word + "es"
            : word + "s";

    private static bool IsLatin(char unit) => unit < '\u0250' && char.IsLetter(unit);

    private static IEnumerable<string> Cyrillic(string word)
    {
        if (word.Length < 3)
        {
            return [];
        }

        var stem = word[..^1];
        var before = word[^2];
        return word[^1] switch
        {
            'а' => With(stem, HardFeminine),
            'я' when before is 'а' or 'я' => With(word[..^2], AdjectiveFeminine),
            'я' => With(stem, SoftFeminine),
            'й' when before is 'и' or 'ы' or 'о' => With(word[..^2], AdjectiveMasculine).Concat(With(stem, SoftMasculine)),
            'й' => With(stem, SoftMasculine),
            'ь' => With(stem, SoftSign),
            'о' or 'е' or 'и' or 'у' or 'ю' or 'э' or 'ы' or 'ё' or 'і' or 'ї' or 'є' => [],
            var last when before is 'е' or 'о' && last is 'л' or 'ц' or 'к' => With(word, HardMasculine).Concat(With(word[..^2] + last, HardMasculine)),
            _ => With(word, HardMasculine),
        };
    }

    private static IEnumerable<string> Greek(string word)
    {
        var stem = word.Length > 3 ? word[..^2] : "";
        return stem.Length == 0 ? []
            : word.EndsWith("ος", StringComparison.Ordinal) || word.EndsWith("ός", StringComparison.Ordinal) ? With(stem, ["ου", "ο", "ε", "ον"])
            : word[^1] == 'ς' ? [word[..^1]]
            : word[^1] is 'α' or 'η' or 'ά' or 'ή' or 'ω' or 'ώ' ? [word + "ς", word + "ν"]
            : [];
    }

    private static IEnumerable<string> With(string stem, string[] endings) => endings.Select(ending => stem + ending);
}
