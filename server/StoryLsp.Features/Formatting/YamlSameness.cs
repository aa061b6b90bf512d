using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Formatting;

/// <summary>Whether two texts of YAML say the same: nodes, styles, tags, anchors, comments.</summary>
internal static class YamlSameness
{
    /// <summary>Whether they do; a text with a fault is like no other.</summary>
    public static bool AreSame(SourceText text, YamlTree tree, SourceText other, YamlTree otherTree)
    {
        if (tree.Errors.Count > 0 || otherTree.Errors.Count > 0 || tree.Documents.Count != otherTree.Documents.Count || tree.Comments.Count != otherTree.Comments.Count)
        {
            return false;
        }

        for (var i = 0; i < tree.Comments.Count; i++)
        {
            if (!Comment(text, tree.Comments[i]).SequenceEqual(Comment(other, otherTree.Comments[i])))
            {
                return false;
            }
        }

        return tree.Documents.Zip(otherTree.Documents).All(pair => AreSame(pair.First.Root, pair.Second.Root));
    }

    /// <summary>Whether two nodes say the same.</summary>
    public static bool AreSame(YamlNode? node, YamlNode? other) => (node, other) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        _ when node.Tag != other.Tag || node.Anchor != other.Anchor => false,
        (YamlScalar a, YamlScalar b) => a.Value == b.Value && a.Style == b.Style,
        (YamlAlias a, YamlAlias b) => a.Name == b.Name,
        (YamlSequence a, YamlSequence b) => a.IsFlow == b.IsFlow && a.Items.Count == b.Items.Count && a.Items.Zip(b.Items).All(pair => AreSame(pair.First, pair.Second)),
        (YamlMapping a, YamlMapping b) => a.IsFlow == b.IsFlow && a.Entries.Count == b.Entries.Count &&
            a.Entries.Zip(b.Entries).All(pair => AreSame(pair.First.Key, pair.Second.Key) && AreSame(pair.First.Value, pair.Second.Value)),
        _ => false,
    };

    private static ReadOnlySpan<char> Comment(SourceText text, YamlComment comment) => text.Text.AsSpan(comment.Span.Start, comment.Span.Length).TrimEnd();
}
