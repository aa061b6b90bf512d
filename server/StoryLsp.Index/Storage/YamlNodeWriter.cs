using System.Runtime.CompilerServices;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Index.Storage;

/// <summary>
/// Writes YAML trees. A node that several fields share is written once, and an alias as the number of its target, so a tree that
/// holds itself is written like any other.
/// </summary>
internal sealed class YamlNodeWriter(BlobWriter writer)
{
    private readonly Dictionary<YamlNode, int> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly List<YamlAlias> _aliases = [];

    /// <summary>Writes a node, or where it was written before.</summary>
    public void Write(YamlNode node)
    {
        if (_numbers.TryGetValue(node, out var number))
        {
            writer.Number((uint)NodeTag.Seen);
            writer.Number((uint)number);
            return;
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        _numbers.Add(node, _numbers.Count);
        switch (node)
        {
            case YamlScalar scalar:
                WriteHead(scalar, NodeTag.Scalar, (uint)scalar.Style);
                writer.Number(scalar.ContentSpan.Start - scalar.Span.Start);
                writer.Number(scalar.ContentSpan.Length);
                writer.Text(scalar.Value);
                break;
            case YamlSequence sequence:
                WriteHead(sequence, NodeTag.Sequence, sequence.IsFlow ? 1u : 0u);
                writer.List(sequence.Items, Write);
                break;
            case YamlMapping mapping:
                WriteHead(mapping, NodeTag.Mapping, mapping.IsFlow ? 1u : 0u);
                writer.List(mapping.Entries, WriteEntry);
                break;
            case YamlAlias alias:
                WriteHead(alias, NodeTag.Alias, 0);
                writer.Text(alias.Name);
                _aliases.Add(alias);
                break;
            default:
                throw new NotSupportedException("A kind of node that the index does not know.");
        }
    }

    /// <summary>Writes the targets of all aliases; called once, after the last node.</summary>
    public void WriteAliasTargets()
    {
        // A target may bring further aliases.
        for (var i = 0; i < _aliases.Count; i++)
        {
            var target = _aliases[i].Target;
            writer.Flag(target is not null);
            if (target is not null)
            {
                Write(target);
            }
        }
    }

    private void WriteEntry(YamlEntry entry)
    {
        writer.Span(entry.Span);
        Write(entry.Key);
        Write(entry.Value);
    }

    // Tag and anchor are rare, so a bit says whether they follow.
    private void WriteHead(YamlNode node, NodeTag tag, uint detail)
    {
        var isNamed = node.Tag is not null || node.Anchor is not null;
        writer.Number((uint)tag | (isNamed ? 8u : 0u) | (detail << 4));
        writer.Span(node.Span);
        if (isNamed)
        {
            writer.Text(node.Tag);
            writer.Text(node.Anchor);
        }
    }
}

/// <summary>What a written node is.</summary>
internal enum NodeTag : uint
{
    Seen = 0,
    Scalar = 1,
    Sequence = 2,
    Mapping = 3,
    Alias = 4,
}
