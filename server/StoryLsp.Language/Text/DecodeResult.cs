namespace StoryLsp.Language.Text;

/// <summary>How the bytes of a file were written.</summary>
public enum TextEncoding
{
    /// <summary>UTF-8 without a byte order mark.</summary>
    Utf8,

    /// <summary>UTF-8 that begins with a byte order mark.</summary>
    Utf8WithMark,

    /// <summary>UTF-16, little endian, with a byte order mark.</summary>
    Utf16LittleEndian,

    /// <summary>UTF-16, big endian, with a byte order mark.</summary>
    Utf16BigEndian,
}

/// <summary>What decoding the bytes of a file found.</summary>
/// <param name="Encoding">The encoding that was seen.</param>
/// <param name="IsBinary">Whether the bytes hold a NUL and are no text; the text is then empty.</param>
/// <param name="InvalidByteOffset">The offset of the first byte that is not valid in the encoding (the text has U+FFFD there), or -1.</param>
public readonly record struct DecodeResult(TextEncoding Encoding, bool IsBinary, int InvalidByteOffset)
{
    /// <summary>Whether every byte was understood.</summary>
    public bool IsValid => !IsBinary && InvalidByteOffset < 0;
}
