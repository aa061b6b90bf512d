using System.Text;

namespace StoryLsp.Language.Mentions;

/// <summary>How a word is written.</summary>
internal enum WordShape : byte
{
    /// <summary>It has no case, or begins with a digit.</summary>
    Plain,

    /// <summary>It begins with a small letter.</summary>
    Lower,

    /// <summary>It begins with a capital.</summary>
    Capital,

    /// <summary>It has two letters or more, all of them capitals.</summary>
    AllCapitals,
}

/// <summary>A word of a text: letters and digits without a gap, or one sign of a script without spaces.</summary>
/// <param name="Start">Where it begins, in UTF-16 code units.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Hash">A hash of its letters without case and accents.</param>
/// <param name="Shape">How it is written.</param>
internal readonly record struct Word(int Start, int End, ulong Hash, WordShape Shape)
{
    /// <summary>What hashing begins with.</summary>
    public const ulong Seed = 0xCBF29CE484222325;

    /// <summary>Whether a word may begin with the character at an offset.</summary>
    public static bool BeginsAt(string text, int at)
    {
        var kind = Letters.Kinds[text[at]];
        return kind == Letters.Surrogate ? LetterAt(text, at, text.Length) is not null : (kind & Letters.Word) != 0;
    }

    /// <summary>Reads the word that begins at an offset, where <see cref="BeginsAt"/> is true.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where the word begins.</param>
    /// <param name="limit">Where the text ends that may be read.</param>
    public static Word Read(string text, int at, int limit)
    {
        var kinds = Letters.Kinds;
        var folded = Letters.Folded;
        var hash = Seed;
        var first = kinds[text[at]];
        if ((first & Letters.Solo) != 0)
        {
            return new(at, at + 1, Mix(hash, folded[text[at]]), WordShape.Plain);
        }

        var end = at;
        byte all = 0;
        var letters = 0;
        while (end < limit)
        {
            var unit = text[end];
            var kind = kinds[unit];
            if ((kind & (Letters.Word | Letters.Solo | Letters.Silent | Letters.Double)) == Letters.Word)
            {
                all |= kind;
                letters++;
                hash = Mix(hash, folded[unit]);
                end++;
            }
            else if ((kind & Letters.Word) != 0 && (kind & Letters.Solo) == 0)
            {
                hash = MixRare(hash, unit, kind);
                all |= kind;
                end++;
            }
            else if (kind == Letters.Surrogate && LetterAt(text, end, limit) is { } rune)
            {
                if (IsSolo(rune))
                {
                    return end > at ? new(at, end, hash, ShapeOf(first, all, letters)) : new(at, end + 2, Mix(hash, unit, text[end + 1]), WordShape.Plain);
                }

                hash = Mix(hash, unit, text[end + 1]);
                end += 2;
            }
            else
            {
                break;
            }
        }

        return new(at, end, hash, ShapeOf(first, all, letters));
    }

    /// <summary>The letters of a word without case and accents: two words are the same when these are.</summary>
    public static string Fold(ReadOnlySpan<char> word)
    {
        var result = new StringBuilder(word.Length);
        foreach (var unit in word)
        {
            var kind = Letters.Kinds[unit];
            if ((kind & Letters.Double) != 0)
            {
                result.Append(Letters.Expansion(unit));
            }
            else if ((kind & Letters.Silent) == 0)
            {
                result.Append(Letters.Folded[unit]);
            }
        }

        return result.ToString();
    }

    /// <summary>Whether a folded word is that of a text at a place.</summary>
    public static bool Matches(string folded, ReadOnlySpan<char> written)
    {
        var at = 0;
        foreach (var unit in written)
        {
            var kind = Letters.Kinds[unit];
            if ((kind & (Letters.Double | Letters.Silent)) != 0)
            {
                return folded == Fold(written);
            }

            if (at >= folded.Length || folded[at] != Letters.Folded[unit])
            {
                return false;
            }

            at++;
        }

        return at == folded.Length;
    }

    /// <summary>The hash with one more letter.</summary>
    public static ulong Mix(ulong hash, char unit) => (hash ^ unit) * 0x9E3779B97F4A7C15;

    private static ulong Mix(ulong hash, char low, char high) => Mix(Mix(hash, low), high);

    private static ulong MixRare(ulong hash, char unit, byte kind)
    {
        if ((kind & Letters.Double) != 0)
        {
            var letters = Letters.Expansion(unit);
            return Mix(hash, letters[0], letters[1]);
        }

        return hash;
    }

    private static WordShape ShapeOf(byte first, byte all, int letters) =>
        (first & Letters.Upper) == 0 ? (first & Letters.Lower) != 0 ? WordShape.Lower : WordShape.Plain
        : (all & Letters.Lower) == 0 && letters > 1 ? WordShape.AllCapitals : WordShape.Capital;

    private static Rune? LetterAt(string text, int at, int limit) =>
        at + 1 < limit && Rune.TryGetRuneAt(text, at, out var rune) && Rune.IsLetterOrDigit(rune) ? rune : null;

    // Han beyond the basic plane.
    private static bool IsSolo(Rune rune) => rune.Value is >= 0x20000 and <= 0x3FFFF;
}
