namespace StoryLsp.Language.Mentions;

/// <summary>
/// Puts a Russian name into the case that another one stands in, by the endings of the school grammar. It is a guess: an ending may be that of several
/// cases, and the gender of a name is not asked for.
/// </summary>
internal static class Declension
{
    private enum Case
    {
        Genitive,
        Dative,
        Accusative,
        Instrumental,
        Prepositional,
        Plural,
        PluralGenitive,
        PluralInstrumental,
    }

    private static readonly (string Ending, Case Case)[] HardFeminine =
        [("ы", Case.Genitive), ("и", Case.Genitive), ("е", Case.Dative), ("е", Case.Prepositional), ("у", Case.Accusative), ("ой", Case.Instrumental), ("ою", Case.Instrumental), ("ей", Case.Instrumental)];

    private static readonly (string Ending, Case Case)[] SoftFeminine =
        [("и", Case.Genitive), ("е", Case.Dative), ("и", Case.Prepositional), ("е", Case.Prepositional), ("ю", Case.Accusative), ("ей", Case.Instrumental), ("ею", Case.Instrumental), ("ёй", Case.Instrumental)];

    private static readonly (string Ending, Case Case)[] AdjectiveFeminine =
        [("ой", Case.Genitive), ("ой", Case.Dative), ("ой", Case.Instrumental), ("ой", Case.Prepositional), ("ей", Case.Genitive), ("ую", Case.Accusative), ("юю", Case.Accusative), ("ою", Case.Instrumental)];

    private static readonly (string Ending, Case Case)[] AdjectiveMasculine =
        [("ого", Case.Genitive), ("его", Case.Genitive), ("ому", Case.Dative), ("ему", Case.Dative), ("ым", Case.Instrumental), ("им", Case.Instrumental), ("ом", Case.Prepositional), ("ем", Case.Prepositional)];

    private static readonly (string Ending, Case Case)[] SoftMasculine =
        [("я", Case.Genitive), ("ю", Case.Dative), ("ем", Case.Instrumental), ("ём", Case.Instrumental), ("ью", Case.Instrumental), ("е", Case.Prepositional), ("и", Case.Prepositional)];

    private static readonly (string Ending, Case Case)[] HardMasculine =
    [
        ("а", Case.Genitive), ("у", Case.Dative), ("ом", Case.Instrumental), ("ем", Case.Instrumental), ("ым", Case.Instrumental), ("е", Case.Prepositional),
        ("ы", Case.Plural), ("ых", Case.PluralGenitive), ("ыми", Case.PluralInstrumental),
    ];

    /// <summary>A name in the case in which another stands; null where that is not known.</summary>
    /// <param name="word">The other name as it is called.</param>
    /// <param name="form">The other name as it stands.</param>
    /// <param name="name">The name.</param>
    public static string? Like(string word, string form, string name)
    {
        var (stem, endings) = Of(word);
        var folded = Word.Fold(form.ToLowerInvariant());
        foreach (var (ending, which) in endings)
        {
            if (Word.Fold((stem + ending).ToLowerInvariant()) == folded)
            {
                return In(name, which);
            }
        }

        return null;
    }

    private static string? In(string name, Case which)
    {
        var (stem, endings) = Of(name);
        if (stem.Length == 0)
        {
            return null;
        }

        // A living being's accusative is its genitive, where it has no other.
        var wanted = which == Case.Accusative && !Array.Exists(endings, ending => ending.Case == which) ? Case.Genitive : which;
        foreach (var (ending, found) in endings)
        {
            if (found == wanted)
            {
                return stem + Fitting(stem, ending, found);
            }
        }

        return endings.Length == 0 ? null : name;
    }

    private static string Fitting(string stem, string ending, Case which)
    {
        var last = char.ToLowerInvariant(stem[^1]);
        var isFamily = stem.EndsWith("ов", StringComparison.OrdinalIgnoreCase) || stem.EndsWith("ев", StringComparison.OrdinalIgnoreCase) || stem.EndsWith("ин", StringComparison.OrdinalIgnoreCase);
        return ending == "ы" && "гкхжшщч".Contains(last, StringComparison.Ordinal) ? "и"
            : ending == "ом" && which == Case.Instrumental && isFamily ? "ым"
            : ending;
    }

    private static (string Stem, (string Ending, Case Case)[] Endings) Of(string word)
    {
        if (word.Length < 3 || word[^1] is < '\u0400' or > '\u04FF')
        {
            return ("", []);
        }

        var before = char.ToLowerInvariant(word[^2]);
        return char.ToLowerInvariant(word[^1]) switch
        {
            'а' => (word[..^1], HardFeminine),
            'я' when before is 'а' or 'я' => (word[..^2], AdjectiveFeminine),
            'я' => (word[..^1], SoftFeminine),
            'й' when before is 'и' or 'ы' or 'о' => (word[..^2], AdjectiveMasculine),
            'й' or 'ь' => (word[..^1], SoftMasculine),
            'о' or 'е' or 'и' or 'у' or 'ю' or 'э' or 'ы' or 'ё' or 'і' or 'ї' or 'є' => (word, []),
            _ => (word, HardMasculine),
        };
    }
}
