using System.Globalization;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Mentions;

/// <summary>What the characters of the basic plane are to the search for names, and the form in which they are compared.</summary>
internal static class Letters
{
    /// <summary>It is part of a word.</summary>
    public const byte Word = 1;

    /// <summary>It is a capital.</summary>
    public const byte Upper = 2;

    /// <summary>It is a small letter.</summary>
    public const byte Lower = 4;

    /// <summary>It is a word by itself: its script writes no spaces between words.</summary>
    public const byte Solo = 8;

    /// <summary>It changes nothing when names are compared: an accent of its own, a soft hyphen.</summary>
    public const byte Silent = 16;

    /// <summary>It is compared as two letters.</summary>
    public const byte Double = 32;

    /// <summary>Half of a character of another plane.</summary>
    public const byte Surrogate = 64;

    /// <summary>What each character is.</summary>
    public static readonly byte[] Kinds = ReadKinds();

    /// <summary>Each character without case and accents.</summary>
    public static readonly char[] Folded = ReadFolded();

    /// <summary>The two letters as which a character is compared whose kind is <see cref="Double"/>.</summary>
    public static string Expansion(char unit) => unit switch
    {
        'ß' or 'ẞ' => "ss",
        'æ' or 'Æ' or 'ǽ' or 'Ǽ' => "ae",
        'œ' or 'Œ' => "oe",
        'þ' or 'Þ' => "th",
        'ĳ' or 'Ĳ' => "ij",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        _ => "??",
    };

    /// <summary>Whether a character may stand between the letters of a word: straight, curly or a letter of its own.</summary>
    public static bool IsApostrophe(char unit) => unit is '\'' or '\u2019' or '\u02BC' or '\uFF07';

    /// <summary>Whether a character joins two words without a space.</summary>
    public static bool IsHyphen(char unit) => unit is '-' or '\u2010' or '\u2011';

    /// <summary>Whether a character is Markdown's mark of emphasis.</summary>
    public static bool IsEmphasis(char unit) => unit is '*' or '_';

    // Han, kana, hangul; Thai, Lao, Myanmar and Khmer.
    private static bool IsSolo(char unit) =>
        unit is (>= '\u3040' and <= '\u30FA') or (>= '\u30FC' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7AF')
            or (>= '\uF900' and <= '\uFAFF') or (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF')
            or '\u3005' or '\u3007';

    private static bool IsSilent(char unit) =>
        unit is (>= '\u0300' and <= '\u036F') or (>= '\u0591' and <= '\u05BD') or '\u05BF' or '\u05C1' or '\u05C2' or '\u05C4' or '\u05C5' or '\u05C7'
            or (>= '\u064B' and <= '\u065F') or '\u0670' or '\u00AD' or '\u200C' or '\u200D';

    private static byte[] ReadKinds()
    {
        var kinds = new byte[char.MaxValue + 1];
        for (var i = 0; i <= char.MaxValue; i++)
        {
            kinds[i] = KindOf((char)i);
        }

        return kinds;
    }

    private static byte KindOf(char unit)
    {
        if (char.IsSurrogate(unit))
        {
            return Surrogate;
        }

        if (IsSilent(unit))
        {
            return Word | Silent;
        }

        var category = char.GetUnicodeCategory(unit);
        var kind = category switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => (byte)(Word | Upper),
            UnicodeCategory.LowercaseLetter => (byte)(Word | Lower),
            UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber
                or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => Word,
            _ => (byte)0,
        };
        if (IsApostrophe(unit))
        {
            return 0;
        }

        if (kind != 0 && IsSolo(unit))
        {
            kind |= Solo;
        }

        return kind != 0 && Expansion(unit) != "??" ? (byte)(kind | Double) : kind;
    }

    private static char[] ReadFolded()
    {
        var folded = new char[char.MaxValue + 1];
        for (var i = 0; i <= char.MaxValue; i++)
        {
            folded[i] = FoldedOf((char)i);
        }

        return folded;
    }

    private static char FoldedOf(char unit)
    {
        // Marks of kana change what is said; so do the points of other scripts that compose.
        var lower = char.ToLowerInvariant(unit is < '\u0900' or (>= '\u1E00' and <= '\u1FFF') ? CanonicalPairs.BaseOf(unit) : unit);
        return lower switch
        {
            'ς' => 'σ',
            'ı' => 'i',
            'ł' => 'l',
            'ø' => 'o',
            'đ' or 'ð' => 'd',
            'ħ' => 'h',
            'ŧ' => 't',
            _ => lower,
        };
    }
}
