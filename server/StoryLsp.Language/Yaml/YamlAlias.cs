using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>
/// An alias (<c>*name</c>) for an anchored node. It is never expanded, so a file full of aliases costs no more than its characters, and
/// a node that contains an alias of itself is no danger to who walks entries and items only.
/// </summary>
public sealed class YamlAlias : YamlNode
{
    // An alias of an alias cannot be written; only a tree that was built by hand can be longer.
    private const int LongestChain = 16;

    /// <summary>Makes an alias.</summary>
    /// <param name="span">Where it is written, with the star.</param>
    /// <param name="name">The anchor's name.</param>
    /// <param name="target">The anchored node, or null when there is none (yet).</param>
    public YamlAlias(TextSpan span, string name, YamlNode? target = null)
        : base(span, null, null)
    {
        Name = name;
        Target = target;
    }

    /// <summary>The anchor's name.</summary>
    public string Name { get; }

    /// <summary>The anchored node; null when no anchor has the name. Set by who builds the tree: a node can hold an alias of itself.</summary>
    public YamlNode? Target { get; set; }

    /// <summary>The node that the alias stands for, or the alias itself when there is none.</summary>
    public YamlNode Resolved
    {
        get
        {
            YamlNode node = this;
            for (int i = 0; i < LongestChain && node is YamlAlias { Target: { } next }; i++)
            {
                node = next;
            }

            return node;
        }
    }
}
