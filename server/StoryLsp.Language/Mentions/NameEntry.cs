namespace StoryLsp.Language.Mentions;

/// <summary>What the writing of a name's word demands of the same word in a text.</summary>
internal enum CaseDemand : byte
{
    /// <summary>Nothing.</summary>
    Any,

    /// <summary>A capital at its beginning.</summary>
    Capital,

    /// <summary>Capitals throughout: NATO.</summary>
    AllCapitals,
}

/// <summary>A name that ends at a node of the tree of names.</summary>
internal sealed class NameEntry
{
    /// <summary>The most words that a name may have.</summary>
    public const int MostWords = 16;

    /// <summary>Whose name it is.</summary>
    public required int Owner { get; init; }

    /// <summary>What of the name it is.</summary>
    public required MentionForm Form { get; init; }

    /// <summary>The name as written, with straight apostrophes.</summary>
    public required string Written { get; init; }

    /// <summary>What each of its words demands.</summary>
    public required CaseDemand[] Demands { get; init; }

    /// <summary>The folded letters of its last word.</summary>
    public required string LastWord { get; init; }

    /// <summary>Whether only the exact spelling counts.</summary>
    public bool IsExact { get; init; }

    /// <summary>Whether several people have it, so that only a title can tell whom it means.</summary>
    public bool NeedsTitle { get; init; }

    /// <summary>Whether it is a common word of the language, which a capital makes a name only away from the beginning of a sentence.</summary>
    public bool IsCommonWord { get; init; }

    /// <summary>Whether it may stand behind an article: the Rabbit, the Captain.</summary>
    public bool TakesArticle { get; init; }

    /// <summary>Whether small letters throughout will do, though it is written with capitals.</summary>
    public bool MayBeSmall { get; init; }

    /// <summary>Whether the name is written by somebody, and no short form that was made of one.</summary>
    public bool IsWritten => Form is MentionForm.Name or MentionForm.Alias;

    /// <summary>Whether the words of a text are written as the name demands.</summary>
    public bool Fits(ReadOnlySpan<WordShape> shapes)
    {
        var fits = true;
        var small = MayBeSmall;
        for (var i = 0; i < Demands.Length; i++)
        {
            fits &= Demands[i] switch
            {
                CaseDemand.Capital => shapes[i] is WordShape.Capital or WordShape.AllCapitals,
                CaseDemand.AllCapitals => shapes[i] == WordShape.AllCapitals,
                _ => true,
            };
            small &= i == 0 || shapes[i] is WordShape.Lower or WordShape.Plain;
        }

        return fits || small;
    }

    /// <summary>The form in which texts are compared with <see cref="Written"/>.</summary>
    public static string Normalize(string text) => Text.Slug.Normalize(text).Replace('\u2019', '\'').Replace('\u02BC', '\'');

    /// <summary>What the words of a written name demand.</summary>
    public static CaseDemand[] DemandsOf(IReadOnlyList<(string Text, WordShape Shape)> words)
    {
        var shouts = words.Count > 1 && words.All(word => word.Shape is WordShape.AllCapitals or WordShape.Plain);
        var result = new CaseDemand[words.Count];
        for (var i = 0; i < words.Count; i++)
        {
            var (text, shape) = words[i];
            var isSmallWord = words.Count > 1 && i < words.Count - 1 && FunctionWords.IsOne(text);
            result[i] = shape switch
            {
                _ when isSmallWord => CaseDemand.Any,
                WordShape.AllCapitals when !shouts && text.Length <= 5 => CaseDemand.AllCapitals,
                WordShape.Capital or WordShape.AllCapitals => CaseDemand.Capital,
                _ => CaseDemand.Any,
            };
        }

        return result;
    }
}
