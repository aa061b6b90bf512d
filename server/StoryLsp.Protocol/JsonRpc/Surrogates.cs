namespace StoryLsp.Protocol.JsonRpc;

/// <summary>
/// An editor may send half of an astral character as an escape, while someone types or in a broken file. The JSON reader refuses it, and a refused
/// change would part the server's text from the editor's; so it becomes U+FFFD, which is as long in every count.
/// </summary>
internal static class Surrogates
{
    private const int EscapeLength = 6;

    /// <summary>Replaces each lone half in place.</summary>
    public static void Repair(Span<byte> json)
    {
        var at = 0;
        while (json[at..].IndexOf((byte)'\\') is >= 0 and var next)
        {
            at += next;
            var high = Half(json[at..]);
            if (high is null)
            {
                // Any other escape: skip its second character, which may be a backslash itself.
                at = Math.Min(at + 2, json.Length);
                continue;
            }

            var isPair = high is < 0xDC00 && Half(json[(at + EscapeLength)..]) is >= 0xDC00;
            if (!isPair)
            {
                "\\ufffd"u8.CopyTo(json[at..]);
            }

            at += isPair ? 2 * EscapeLength : EscapeLength;
        }
    }

    /// <summary>The half that is escaped at the beginning of the text; null if none is.</summary>
    private static int? Half(ReadOnlySpan<byte> json)
    {
        if (json.Length < EscapeLength || json[0] != '\\' || json[1] != 'u' || (json[2] | 0x20) != 'd')
        {
            return null;
        }

        var value = 0;
        foreach (var digit in json[2..EscapeLength])
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return null;
            }

            value = (value * 16) + Convert.ToInt32(((char)digit).ToString(), 16);
        }

        return value >= 0xD800 ? value : null;
    }
}
