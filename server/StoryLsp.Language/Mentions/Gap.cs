namespace StoryLsp.Language.Mentions;

/// <summary>What stands between two words.</summary>
internal enum GapKind : byte
{
    /// <summary>Something over which no name reaches: the end of a sentence, a blank line.</summary>
    Break,

    /// <summary>Nothing: both are signs of a script without spaces.</summary>
    Joined,

    /// <summary>White space, at most one line end, marks of emphasis.</summary>
    Space,

    /// <summary>A hyphen, and perhaps a line end behind it.</summary>
    Hyphen,

    /// <summary>An apostrophe.</summary>
    Apostrophe,

    /// <summary>A full stop, and perhaps white space.</summary>
    Dot,

    /// <summary>A comma and white space.</summary>
    Comma,

    /// <summary>A dot in the middle, as between the parts of a foreign name in Chinese and Japanese.</summary>
    MiddleDot,

    /// <summary>An ampersand with its spaces.</summary>
    Ampersand,
}

/// <summary>What stands between a word and the next one.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Next">Where the next word begins; meaningless for <see cref="GapKind.Break"/>.</param>
/// <param name="HasLineEnd">Whether a line ends in it.</param>
internal readonly record struct Gap(GapKind Kind, int Next, bool HasLineEnd)
{
    private static readonly Gap None = new(GapKind.Break, -1, false);

    /// <summary>Reads what follows a word.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The end of the word.</param>
    /// <param name="limit">Where the text ends that may be read.</param>
    public static Gap Read(string text, int at, int limit)
    {
        if (at >= limit)
        {
            return None;
        }

        if (Word.BeginsAt(text, at))
        {
            return new(GapKind.Joined, at, false);
        }

        var kind = GapKind.Space;
        var lineEnds = 0;
        var spaces = 0;
        for (var i = at; i < limit; i++)
        {
            var unit = text[i];
            if (unit is ' ' or '\t' or '\u00A0' or '\u3000' or '\u202F' or '\u2009')
            {
                spaces++;
            }
            else if (unit == '\n')
            {
                lineEnds++;
            }
            else if (unit != '\r' && !Letters.IsEmphasis(unit))
            {
                if (Word.BeginsAt(text, i))
                {
                    return Finish(kind, text, at, i, spaces, lineEnds);
                }

                // A gap has one mark only, and nothing but an ampersand or a mark of emphasis before it.
                if (kind != GapKind.Space || (spaces + lineEnds > 0 && unit != '&') || KindOf(unit) is not { } mark)
                {
                    return None;
                }

                kind = mark;
            }

            if (lineEnds > 1)
            {
                return None;
            }
        }

        return None;
    }

    private static Gap Finish(GapKind kind, string text, int at, int next, int spaces, int lineEnds)
    {
        var fits = kind switch
        {
            GapKind.Space => spaces + lineEnds > 0,
            GapKind.Hyphen => spaces == 0 || lineEnds > 0,
            GapKind.Apostrophe => spaces + lineEnds == 0,
            GapKind.Comma or GapKind.Ampersand => spaces + lineEnds > 0,
            _ => true,
        };
        if (kind == GapKind.Space && lineEnds == 1 && spaces == 0 && IsSolo(text[at - 1]) && IsSolo(text[next]))
        {
            return new(GapKind.Joined, next, true);
        }

        // Emphasis alone parts no words: *Ada*s is one.
        return fits ? new(kind, next, lineEnds > 0) : None;
    }

    private static GapKind? KindOf(char unit) => unit switch
    {
        '.' => GapKind.Dot,
        ',' => GapKind.Comma,
        '&' => GapKind.Ampersand,
        '\u00B7' or '\u30FB' or '\uFF65' or '\u2022' or '\u2027' => GapKind.MiddleDot,
        _ => Letters.IsApostrophe(unit) ? GapKind.Apostrophe : Letters.IsHyphen(unit) ? GapKind.Hyphen : null,
    };

    private static bool IsSolo(char unit) => (Letters.Kinds[unit] & Letters.Solo) != 0;
}
