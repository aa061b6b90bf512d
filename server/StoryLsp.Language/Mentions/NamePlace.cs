namespace StoryLsp.Language.Mentions;

/// <summary>A stretch of text in which a name is looked for.</summary>
/// <param name="Text">The whole text.</param>
/// <param name="Start">Where the stretch begins.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct NamePlace(string Text, int Start, int End)
{
    /// <summary>Whether a name may begin at a word: not behind a hyphen in Anne-Marie, an O', an address.</summary>
    public bool IsBoundary(int at)
    {
        if (at == 0)
        {
            return true;
        }

        var before = Text[at - 1];
        if (Letters.IsHyphen(before))
        {
            return !IsCapitalized(WordBefore(at - 1));
        }

        if (Letters.IsApostrophe(before))
        {
            var word = WordBefore(at - 1);
            return word.Length == 0 || (word.Length <= 2 && char.IsLower(word[0]));
        }

        return before switch
        {
            '_' => at < 2 || (Letters.Kinds[Text[at - 2]] & Letters.Word) == 0,
            '.' or '@' or '/' or '\\' or '#' or '=' => at < 2 || (Letters.Kinds[Text[at - 2]] & Letters.Word) == 0 || before == '.' && char.IsUpper(Text[at - 2]),
            _ => true,
        };
    }

    /// <summary>The word that ends at an offset; empty when none does.</summary>
    public ReadOnlySpan<char> WordBefore(int end)
    {
        var start = end;
        while (start > 0 && (Letters.Kinds[Text[start - 1]] & (Letters.Word | Letters.Solo)) == Letters.Word)
        {
            start--;
        }

        return Text.AsSpan(start, end - start);
    }

    /// <summary>Whether a line with an offset in it is a heading.</summary>
    public bool IsInHeading(int at)
    {
        var start = at == 0 ? 0 : Text.LastIndexOf('\n', at - 1) + 1;
        while (start < at && Text[start] == ' ')
        {
            start++;
        }

        return start < at && Text[start] == '#';
    }

    /// <summary>Whether a word is written with a capital.</summary>
    public static bool IsCapitalized(ReadOnlySpan<char> word) => word.Length > 0 && (Letters.Kinds[word[0]] & Letters.Upper) != 0;
}
