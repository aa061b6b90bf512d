using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>A node of a YAML tree, with the place where it is written.</summary>
public abstract class YamlNode
{
    private protected YamlNode(TextSpan span, string? tag, string? anchor)
    {
        Span = span;
        Tag = tag;
        Anchor = anchor;
    }

    /// <summary>
    /// Where the node is written, in UTF-16 code units of the whole text: with quotes or brackets, without its tag and anchor, without a
    /// comment behind it.
    /// </summary>
    public TextSpan Span { get; }

    /// <summary>The resolved tag (<c>tag:yaml.org,2002:str</c>, <c>!local</c>, <c>!</c>), or null when none is written.</summary>
    public string? Tag { get; internal set; }

    /// <summary>The name of the anchor, without <c>&amp;</c>, or null.</summary>
    public string? Anchor { get; internal set; }
}
