namespace StoryLsp.Language.Text;

/// <summary>The unit that the character of a <see cref="LinePosition"/> counts.</summary>
public enum PositionEncoding
{
    /// <summary>UTF-16 code units, the default of the protocol.</summary>
    Utf16,

    /// <summary>UTF-8 bytes.</summary>
    Utf8,

    /// <summary>Unicode code points.</summary>
    Utf32,
}
