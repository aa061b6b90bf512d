using System.Text;
using System.Text.Unicode;

namespace StoryLsp.Language.Text;

/// <summary>Turns the bytes of a file into characters.</summary>
internal static class TextDecoding
{
    public static SourceText Decode(ReadOnlySpan<byte> bytes, out DecodeResult result)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return DecodeUtf16(bytes[2..], TextEncoding.Utf16LittleEndian, Encoding.Unicode, out result);
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return DecodeUtf16(bytes[2..], TextEncoding.Utf16BigEndian, Encoding.BigEndianUnicode, out result);
        }

        bool marked = bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]);
        int markLength = marked ? 3 : 0;
        ReadOnlySpan<byte> content = bytes[markLength..];
        TextEncoding encoding = marked ? TextEncoding.Utf8WithMark : TextEncoding.Utf8;
        if (content.Contains((byte)0))
        {
            result = new DecodeResult(encoding, IsBinary: true, -1);
            return SourceText.Empty;
        }

        int invalid = Utf8.IsValid(content) ? -1 : markLength + FirstInvalid(content);
        result = new DecodeResult(encoding, IsBinary: false, invalid);
        return SourceText.From(Encoding.UTF8.GetString(content));
    }

    private static SourceText DecodeUtf16(ReadOnlySpan<byte> content, TextEncoding encoding, Encoding decoder, out DecodeResult result)
    {
        string text = decoder.GetString(content);
        if (text.Contains('\0'))
        {
            result = new DecodeResult(encoding, IsBinary: true, -1);
            return SourceText.Empty;
        }

        result = new DecodeResult(encoding, IsBinary: false, FirstInvalidUtf16(content, decoder));
        return SourceText.From(text);
    }

    private static int FirstInvalid(ReadOnlySpan<byte> content)
    {
        int at = 0;
        while (at < content.Length && Rune.DecodeFromUtf8(content[at..], out _, out int consumed) == System.Buffers.OperationStatus.Done)
        {
            at += consumed;
        }

        return at;
    }

    private static int FirstInvalidUtf16(ReadOnlySpan<byte> content, Encoding decoder)
    {
        bool little = ReferenceEquals(decoder, Encoding.Unicode);
        int pairs = content.Length / 2;
        for (int i = 0; i < pairs; i++)
        {
            char unit = Unit(content, i, little);
            if (char.IsHighSurrogate(unit) && i + 1 < pairs && char.IsLowSurrogate(Unit(content, i + 1, little)))
            {
                i++;
            }
            else if (char.IsSurrogate(unit))
            {
                return 2 + (i * 2);
            }
        }

        return content.Length % 2 == 0 ? -1 : 2 + content.Length - 1;
    }

    private static char Unit(ReadOnlySpan<byte> content, int index, bool little)
    {
        int first = content[index * 2];
        int second = content[(index * 2) + 1];
        return (char)(little ? first | (second << 8) : (first << 8) | second);
    }
}
