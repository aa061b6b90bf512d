using System.Runtime.CompilerServices;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Index.Storage;

/// <summary>Reads what <see cref="YamlNodeWriter"/> wrote.</summary>
internal sealed class YamlNodeReader
{
    // A node takes its number before its children do; until it is made, nothing can refer to it but aliases, which are resolved last.
    private readonly List<YamlNode?> _nodes = [];
    private readonly List<YamlAlias> _aliases = [];

    public YamlNode Read(ref BlobReader reader)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var head = reader.Unsigned();
        var tag = (NodeTag)(head & 7);
        if (tag == NodeTag.Seen)
        {
            var seen = reader.Unsigned();
            return seen < _nodes.Count && _nodes[(int)seen] is { } known ? known : throw new InvalidDataException("no such node");
        }

        var number = _nodes.Count;
        _nodes.Add(null);
        var span = reader.Span();
        var isNamed = (head & 8) != 0;
        var name = isNamed ? reader.OptionalText() : null;
        var anchor = isNamed ? reader.OptionalText() : null;
        var node = ReadBody(ref reader, tag, head >> 4, span, name, anchor);
        _nodes[number] = node;
        return node;
    }

    /// <summary>Reads the targets of all aliases; called once, after the last node.</summary>
    public void ReadAliasTargets(ref BlobReader reader)
    {
        for (var i = 0; i < _aliases.Count; i++)
        {
            if (reader.Flag())
            {
                _aliases[i].Target = Read(ref reader);
            }
        }
    }

    private YamlNode ReadBody(ref BlobReader reader, NodeTag tag, uint detail, TextSpan span, string? name, string? anchor)
    {
        switch (tag)
        {
            case NodeTag.Scalar:
                var start = reader.Number() + span.Start;
                return new YamlScalar(span, new TextSpan(start, reader.Number()), reader.Text(), (YamlScalarStyle)detail, name, anchor);
            case NodeTag.Sequence:
                var items = new YamlNode[reader.Count()];
                for (var i = 0; i < items.Length; i++)
                {
                    items[i] = Read(ref reader);
                }

                return new YamlSequence(span, items, detail != 0, name, anchor);
            case NodeTag.Mapping:
                var entries = new YamlEntry[reader.Count()];
                for (var i = 0; i < entries.Length; i++)
                {
                    var whole = reader.Span();
                    var key = Read(ref reader);
                    entries[i] = new YamlEntry(key, Read(ref reader), whole);
                }

                return new YamlMapping(span, entries, detail != 0, name, anchor);
            case NodeTag.Alias:
                var alias = new YamlAlias(span, reader.Text());
                _aliases.Add(alias);
                return alias;
            default:
                throw new InvalidDataException("no such kind of node");
        }
    }
}
