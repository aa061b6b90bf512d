using System.Text;

namespace StoryLsp.Language.Text;

/// <summary>Counts characters of a line in the units of a position encoding.</summary>
internal static class EncodedUnits
{
    /// <summary>The length of a line's beginning, less one if it would end between the halves of a surrogate pair.</summary>
    /// <param name="before">The line's beginning.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="start">The line's offset in it.</param>
    public static int End(this ReadOnlySpan<char> before, string text, int start)
    {
        int end = start + before.Length;
        bool splits = before.Length > 0 && end < text.Length && char.IsHighSurrogate(text[end - 1]) && char.IsLowSurrogate(text[end]);
        return splits ? before.Length - 1 : before.Length;
    }

    /// <summary>The number of units of all characters.</summary>
    /// <param name="characters">Whole characters.</param>
    /// <param name="encoding">The unit.</param>
    public static int CountUnits(this ReadOnlySpan<char> characters, PositionEncoding encoding)
    {
        int units = 0;
        int at = 0;
        while (at < characters.Length)
        {
            at += Step(characters[at..], encoding, out int width);
            units += width;
        }

        return units;
    }

    /// <summary>The offset of a unit, not past the end and not inside a character.</summary>
    /// <param name="characters">The characters of a line.</param>
    /// <param name="unit">The number of units before the place.</param>
    /// <param name="encoding">The unit.</param>
    public static int OffsetOfUnit(this ReadOnlySpan<char> characters, int unit, PositionEncoding encoding)
    {
        if (encoding == PositionEncoding.Utf16)
        {
            int offset = Math.Min(unit, characters.Length);
            bool splits = offset > 0 && offset < characters.Length
                && char.IsHighSurrogate(characters[offset - 1]) && char.IsLowSurrogate(characters[offset]);
            return splits ? offset - 1 : offset;
        }

        int units = 0;
        int at = 0;
        while (at < characters.Length)
        {
            int length = Step(characters[at..], encoding, out int width);
            if (units + width > unit)
            {
                return at;
            }

            units += width;
            at += length;
        }

        return at;
    }

    private static int Step(ReadOnlySpan<char> rest, PositionEncoding encoding, out int width)
    {
        if (rest[0] < 0x80)
        {
            width = 1;
            return 1;
        }

        // A lone surrogate decodes to U+FFFD, which is what it becomes in UTF-8 as well.
        Rune.DecodeFromUtf16(rest, out Rune rune, out int consumed);
        width = encoding switch
        {
            PositionEncoding.Utf8 => rune.Utf8SequenceLength,
            PositionEncoding.Utf16 => consumed,
            _ => 1,
        };
        return consumed;
    }
}
