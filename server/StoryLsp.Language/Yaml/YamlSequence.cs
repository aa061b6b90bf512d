using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>A list.</summary>
public sealed class YamlSequence : YamlNode
{
    /// <summary>Makes a list.</summary>
    /// <param name="span">From its first dash (or bracket) to the end of its last item (or bracket).</param>
    /// <param name="items">The items in the order written.</param>
    /// <param name="isFlow">Whether it is written in brackets.</param>
    /// <param name="tag">The resolved tag, or null.</param>
    /// <param name="anchor">The anchor's name, or null.</param>
    public YamlSequence(
        TextSpan span, IReadOnlyList<YamlNode> items, bool isFlow, string? tag = null, string? anchor = null)
        : base(span, tag, anchor)
    {
        Items = items;
        IsFlow = isFlow;
    }

    /// <summary>The items in the order written.</summary>
    public IReadOnlyList<YamlNode> Items { get; }

    /// <summary>Whether it is written in brackets.</summary>
    public bool IsFlow { get; }
}
