using System.Buffers.Text;
using System.Text;

namespace StoryLsp.Protocol.JsonRpc;

/// <summary>What the header part of a message says.</summary>
internal enum HeaderVerdict
{
    /// <summary>It names a length that can be read.</summary>
    Good,

    /// <summary>It names a length that is none, or one too long.</summary>
    BadLength,

    /// <summary>It is no header part.</summary>
    Noise,
}

/// <summary>Finds and reads the header part of a message: names in any case, other fields tolerated, lines that end by LF alone too.</summary>
internal static class HeaderBlock
{
    private const int LongestNumber = 18;

    private static ReadOnlySpan<byte> LengthName => "Content-Length"u8;

    private static ReadOnlySpan<byte> LengthStart => "Content-Length:"u8;

    /// <summary>As many bytes at the end of a buffer may be the beginning of a header.</summary>
    public static int Overlap => LengthStart.Length - 1;

    /// <summary>The end of the header part, behind its empty line; -1 if it is not there yet.</summary>
    public static int End(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var feed = bytes[at..].IndexOf((byte)'\n');
            if (feed < 0)
            {
                return -1;
            }

            at += feed + 1;
            var rest = bytes[at..];
            if (rest.StartsWith("\n"u8))
            {
                return at + 1;
            }

            if (rest.StartsWith("\r\n"u8))
            {
                return at + 2;
            }
        }

        return -1;
    }

    /// <summary>Reads the length, in bytes, from a whole header part.</summary>
    public static HeaderVerdict Read(ReadOnlySpan<byte> block, int longest, out int length)
    {
        length = 0;
        var verdict = HeaderVerdict.Noise;
        foreach (var line in block.Split((byte)'\n'))
        {
            var field = Trim(block[line]);
            if (field.IsEmpty)
            {
                continue;
            }

            var colon = field.IndexOf((byte)':');
            if (colon <= 0 || !IsName(Trim(field[..colon])))
            {
                return HeaderVerdict.Noise;
            }

            if (Ascii.EqualsIgnoreCase(Trim(field[..colon]), LengthName))
            {
                verdict = ReadLength(Trim(field[(colon + 1)..]), longest, out length) ? HeaderVerdict.Good : HeaderVerdict.BadLength;
            }
        }

        return verdict;
    }

    /// <summary>Where a header begins at or behind <paramref name="from"/>; -1 if nowhere.</summary>
    public static int IndexOfStart(ReadOnlySpan<byte> bytes, int from)
    {
        for (var at = from; at <= bytes.Length - LengthStart.Length; at++)
        {
            var next = bytes[at..].IndexOfAny((byte)'C', (byte)'c');
            if (next < 0 || at + next > bytes.Length - LengthStart.Length)
            {
                return -1;
            }

            at += next;
            if (Ascii.EqualsIgnoreCase(bytes.Slice(at, LengthStart.Length), LengthStart))
            {
                return at;
            }
        }

        return -1;
    }

    private static bool ReadLength(ReadOnlySpan<byte> digits, int longest, out int length)
    {
        length = 0;
        if (digits.IsEmpty || digits.Length > LongestNumber || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        var isNumber = Utf8Parser.TryParse(digits, out long number, out _);
        length = isNumber && number <= longest ? (int)number : 0;
        return isNumber && number <= longest;
    }

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        foreach (var b in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'-' or (byte)'_'))
            {
                return false;
            }
        }

        return !name.IsEmpty;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> bytes) => bytes.Trim(" \t\r\n"u8);
}
