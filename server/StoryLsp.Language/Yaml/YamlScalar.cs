using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>How a scalar is written.</summary>
public enum YamlScalarStyle : byte
{
    /// <summary>Without quotes.</summary>
    Plain,

    /// <summary>In <c>'</c>.</summary>
    SingleQuoted,

    /// <summary>In <c>"</c>.</summary>
    DoubleQuoted,

    /// <summary>A block after <c>|</c>.</summary>
    Literal,

    /// <summary>A block after <c>&gt;</c>.</summary>
    Folded,
}

/// <summary>A scalar: a text, a number, nothing at all.</summary>
public sealed class YamlScalar : YamlNode
{
    /// <summary>Makes a scalar.</summary>
    /// <param name="span">Where it is written, with its quotes.</param>
    /// <param name="contentSpan">Its content, without quotes or the header of a block.</param>
    /// <param name="value">Its value, with escapes and folded lines resolved.</param>
    /// <param name="style">How it is written.</param>
    /// <param name="tag">The resolved tag, or null.</param>
    /// <param name="anchor">The anchor's name, or null.</param>
    public YamlScalar(
        TextSpan span, TextSpan contentSpan, string value, YamlScalarStyle style, string? tag = null, string? anchor = null)
        : base(span, tag, anchor)
    {
        ContentSpan = contentSpan;
        Value = value;
        Style = style;
    }

    /// <summary>The value, with escapes and folded lines resolved; line ends in it are LF.</summary>
    public string Value { get; }

    /// <summary>How it is written.</summary>
    public YamlScalarStyle Style { get; }

    /// <summary>The content without quotes or the header of a block, in UTF-16 code units of the whole text.</summary>
    public TextSpan ContentSpan { get; }

    /// <summary>Whether this is YAML's null: without quotes and a tag, empty or <c>null</c> or <c>~</c>; or tagged as null.</summary>
    public bool IsNull => Style == YamlScalarStyle.Plain
        && (Tag is null ? Value is "" or "~" or "null" or "Null" or "NULL" : Tag == "tag:yaml.org,2002:null");

    /// <inheritdoc/>
    public override string ToString() => Value;
}
