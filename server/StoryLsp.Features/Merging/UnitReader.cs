using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Merging;

/// <summary>Cuts the lines of a list or mapping into its entries, so that every character belongs to one of them or to what stands above it.</summary>
/// <param name="side">The text.</param>
internal sealed class UnitReader(MergeSide side)
{
    private readonly SourceText _text = side.Text;

    /// <summary>The units of a list or mapping of lines; null where it is written in a way that cannot be cut.</summary>
    /// <param name="node">The list or mapping.</param>
    /// <param name="keys">By what its entries are known.</param>
    /// <param name="from">Where what surrounds it begins: its key, its dash, the text.</param>
    /// <param name="end">Where what belongs to it ends.</param>
    public UnitList? Read(YamlNode node, IReadOnlyList<string> keys, int from, int end)
    {
        if (Starts(node) is not { Count: > 0 } starts || keys.Distinct(StringComparer.Ordinal).Count() != keys.Count)
        {
            return null;
        }

        var column = _text.GetPosition(starts[0]).Character;
        var isCompact = LineOf(starts[0]) == LineOf(from) && starts[0] != from;
        var (ends, units) = (Ends(node, starts, column, end), new List<MergeUnit>());
        var start = isCompact ? starts[0] : LineOf(starts[0]) == LineOf(from) ? _text.LineStarts[LineOf(from)] : StartOfContent(from);
        var at = start;
        for (var i = 0; i < starts.Count; i++)
        {
            var line = _text.LineStarts[LineOf(starts[i])];
            if (!(i == 0 && isCompact) && (_text.Slice(TextSpan.FromBounds(line, starts[i])) is var indent && (indent.Length != column || indent.Any(unit => unit != ' '))))
            {
                return null;
            }

            var lead = i == 0 && isCompact ? "" : _text.Slice(TextSpan.FromBounds(Math.Min(at, line), line));
            if (!Lines.AreTrivia(lead) || ends[i] < starts[i])
            {
                return null;
            }

            units.Add(new(side, keys[i], lead, _text.Slice(TextSpan.FromBounds(starts[i], ends[i])), column, starts[i], ValueAt(node, i)));
            at = AfterBreak(ends[i]);
        }

        var tail = ends[^1] >= end ? "" : _text.Slice(TextSpan.FromBounds(ends[^1], end));
        return Lines.AreTrivia(tail.Replace("...", "", StringComparison.Ordinal)) ? new(units, column, start, isCompact, tail) : null;
    }

    /// <summary>The entries of a list or mapping in brackets, as lines; null where comments stand among them, or texts over several lines.</summary>
    public UnitList? ReadFlow(YamlNode node, IReadOnlyList<string> keys)
    {
        var written = _text.Slice(node.Span);
        if (written.AsSpan().ContainsAny('\n', '#') || keys.Distinct(StringComparer.Ordinal).Count() != keys.Count)
        {
            return null;
        }

        var dash = node is YamlSequence ? "- " : "";
        var units = SpansOf(node).Select((span, i) => new MergeUnit(side, keys[i], "", dash + _text.Slice(span), 0, -1, ValueAt(node, i)));
        return new([.. units], 0, node.Span.Start, false, "");
    }

    /// <summary>The spans of the entries of a list or mapping.</summary>
    public static IEnumerable<TextSpan> SpansOf(YamlNode node) =>
        node is YamlMapping mapping ? mapping.Entries.Select(entry => entry.Span) : ((YamlSequence)node).Items.Select(item => item.Span);

    private static YamlNode ValueAt(YamlNode node, int index) => node is YamlMapping mapping ? mapping.Entries[index].Value : ((YamlSequence)node).Items[index];

    private List<int>? Starts(YamlNode node)
    {
        if (node is YamlMapping mapping)
        {
            return mapping.Entries.All(entry => entry.Key is YamlScalar { Tag: null, Anchor: null } key && entry.Span.Start == key.Span.Start) ? [.. mapping.Entries.Select(entry => entry.Span.Start)] : null;
        }

        // A dash stands in the column of the first one, on the line of its item or above it.
        var list = (YamlSequence)node;
        var column = _text.GetPosition(list.Span.Start).Character;
        var result = new List<int> { list.Span.Start };
        for (var i = 1; i < list.Items.Count; i++)
        {
            var line = LineOf(EndOf(list.Items[i - 1].Span, result[^1])) + 1;
            while (line < _text.LineCount && !IsDash(_text.LineStarts[line], column))
            {
                line++;
            }

            if (line >= _text.LineCount || _text.LineStarts[line] + column > list.Items[i].Span.Start)
            {
                return null;
            }

            result.Add(_text.LineStarts[line] + column);
        }

        return result;
    }

    private bool IsDash(int line, int column) => line + column < _text.Length && _text.Text[line + column] == '-' && _text.Text.AsSpan(line, column).Trim(' ').IsEmpty;

    // Comments that are indented more than the entries belong to the one above.
    private List<int> Ends(YamlNode node, List<int> starts, int column, int end)
    {
        var spans = SpansOf(node).ToList();
        var result = new List<int>();
        for (var i = 0; i < starts.Count; i++)
        {
            var last = LineOf(EndOf(spans[i], starts[i]));
            var limit = i + 1 < starts.Count ? LineOf(starts[i + 1]) : LineOf(end) + 1;
            for (var line = last + 1; line < limit; line++)
            {
                var written = _text.Slice(_text.GetLineSpan(line));
                if (written.TrimStart(' ') is { Length: > 0 } rest && (rest[0] != '#' || written.Length - rest.Length <= column))
                {
                    break;
                }

                last = written.AsSpan().Trim().IsEmpty ? last : line;
            }

            result.Add(Math.Min(Math.Max(end, starts[i]), _text.GetLineSpan(last).End));
        }

        return result;
    }

    // The end of a block of text may be the beginning of the next line already.
    private static int EndOf(TextSpan span, int start) => Math.Max(start, span.IsEmpty ? span.Start : span.End - 1);

    private int LineOf(int offset) => _text.GetPosition(offset).Line;

    // Behind the line of the key or dash; at the beginning of a text, there.
    private int StartOfContent(int from)
    {
        var line = LineOf(from);
        return _text.LineStarts[line] == from && IsTriviaOrBlank(line) ? from : line + 1 < _text.LineCount ? _text.LineStarts[line + 1] : from;
    }

    private bool IsTriviaOrBlank(int line) => Lines.AreTrivia(_text.Slice(_text.GetLineSpan(line)));

    private int AfterBreak(int offset) => LineOf(offset) + 1 < _text.LineCount ? _text.LineStarts[LineOf(offset) + 1] : offset;
}
