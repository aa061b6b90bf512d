namespace StoryLsp.Features.Symbols;

/// <summary>
/// Which ASCII letters and digits a text has, case aside, as the bits of a number: a name that lacks a letter of what was typed need not be compared with it. What a text has
/// of other scripts is not told apart; such a name has every letter, so that none is ever missed.
/// </summary>
internal static class LetterSet
{
    /// <summary>Has every letter.</summary>
    public const ulong All = ulong.MaxValue;

    /// <summary>The letters of a name.</summary>
    public static ulong OfName(ReadOnlySpan<char> name)
    {
        var set = 0UL;
        foreach (var unit in name)
        {
            if (unit > '\x7f')
            {
                return All;
            }

            set |= BitOf(unit);
        }

        return set;
    }

    /// <summary>The letters that a name must have to fit what was typed.</summary>
    public static ulong OfTyped(ReadOnlySpan<char> typed)
    {
        var set = 0UL;
        foreach (var unit in typed)
        {
            set |= unit > '\x7f' ? 0 : BitOf(unit);
        }

        return set;
    }

    /// <summary>Whether a name has all letters that were typed.</summary>
    public static bool Has(ulong name, ulong typed) => (name & typed) == typed;

    // Letters and digits have bits of their own; marks may share one.
    private static ulong BitOf(char unit) => 1UL << (char.ToUpperInvariant(unit) & 63);
}
