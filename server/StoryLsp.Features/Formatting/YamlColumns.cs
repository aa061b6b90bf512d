using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Formatting;

/// <summary>What a line is to the layout.</summary>
internal enum LineRole : byte
{
    /// <summary>Blank, a comment, or something that stands alone.</summary>
    Free,

    /// <summary>It begins an entry or an item.</summary>
    Structure,

    /// <summary>It goes on with a value of several lines.</summary>
    Inside,

    /// <summary>A line of a block of text.</summary>
    BlockText,
}

/// <summary>Where a key or dash stood, and where it will stand.</summary>
internal readonly record struct MovedColumn(int Line, int Old, int New);

/// <summary>A walk over a tree that gives every line its new indentation. A list may stand at its key's column, as it was written.</summary>
internal sealed class YamlColumns
{
    private const int InItem = 2;

    private readonly YamlLines _lines;
    private readonly int _step;
    private readonly int[] _indents;
    private readonly LineRole[] _roles;
    private readonly bool[] _keepsEnd;

    public YamlColumns(YamlLines lines, YamlTree tree, int step, bool keepsRoot)
    {
        _lines = lines;
        _step = step;
        var count = lines.Last - lines.First + 1;
        _indents = new int[count];
        Array.Fill(_indents, -1);
        _roles = new LineRole[count];
        _keepsEnd = new bool[count];
        foreach (var document in tree.Documents)
        {
            if (document.Root is { } root)
            {
                Root(root, keepsRoot);
            }
        }
    }

    /// <summary>The keys and dashes in the order written.</summary>
    public List<MovedColumn> Moved { get; } = [];

    /// <summary>The block collections, outer before inner, with their old and new columns.</summary>
    public List<(YamlNode Node, int Old, int New)> Collections { get; } = [];

    /// <summary>The dashes of items: their offsets.</summary>
    public List<int> Dashes { get; } = [];

    /// <summary>Whether something is written in a way that is left as it is, as keys behind <c>?</c>.</summary>
    public bool IsUnsure { get; private set; }

    /// <summary>The new indentation of a line; -1 where none was found.</summary>
    public int IndentOf(int line) => _indents[line - _lines.First];

    public LineRole RoleOf(int line) => _roles[line - _lines.First];

    /// <summary>Whether the blanks at a line's end may belong to a value.</summary>
    public bool KeepsEnd(int line) => _keepsEnd[line - _lines.First];

    private void Root(YamlNode root, bool keeps)
    {
        if (root.IsBlockCollection())
        {
            var start = FirstOf(root);
            Collection(root, keeps ? _lines.Column(start) : 0);
        }
        else
        {
            Leaf(root, -1, -1, 0, _lines.LineOf(root.Span.Start));
        }
    }

    private void Collection(YamlNode node, int column)
    {
        var old = _lines.Column(FirstOf(node));
        Collections.Add((node, old, column));
        if (node is YamlMapping mapping)
        {
            Mapping(mapping, old, column);
        }
        else
        {
            Sequence((YamlSequence)node, old, column);
        }
    }

    private void Mapping(YamlMapping mapping, int old, int column)
    {
        foreach (var entry in mapping.Entries)
        {
            var start = OuterStart(entry.Key);
            if (_lines.Text[entry.Span.Start] == '?' && entry.Span.Start < start || _lines.Column(start) != old || entry.Key.Span.IsEmpty || entry.Key.IsBlockCollection())
            {
                IsUnsure = true;
                continue;
            }

            Begin(start, old, column);
            Value(entry.Value, old, column, _step, _lines.LineOf(entry.Key.Span.Start));
        }
    }

    private void Sequence(YamlSequence sequence, int old, int column)
    {
        var from = sequence.Span.Start;
        foreach (var item in sequence.Items)
        {
            var dash = NextDash(from);
            if (dash < 0 || _lines.Column(dash) != old)
            {
                IsUnsure = true;
                return;
            }

            Dashes.Add(dash);
            Begin(dash, old, column);
            from = Math.Max(dash + 1, item.Span.End);
            if (item.IsBlockCollection() && _lines.LineOf(FirstOf(item)) == _lines.LineOf(dash))
            {
                Collection(item, column + InItem);
            }
            else
            {
                Value(item, old, column, InItem, _lines.LineOf(dash));
            }
        }
    }

    private void Value(YamlNode value, int old, int column, int step, int ownerLine)
    {
        if (!value.IsBlockCollection())
        {
            Leaf(value, old, column, step, ownerLine);
            return;
        }

        var first = FirstOf(value);
        var isFlush = value is YamlSequence && step == _step && _lines.Column(first) == old;
        if (_lines.LineOf(first) == ownerLine)
        {
            IsUnsure = true;
            return;
        }

        Collection(value, isFlush ? column : column + step);
    }

    private void Leaf(YamlNode value, int old, int column, int step, int ownerLine)
    {
        if (value is YamlScalar { Style: YamlScalarStyle.Literal or YamlScalarStyle.Folded } block)
        {
            new BlockTextLines(_lines, block, old, column, step, _indents, _roles, _keepsEnd).Place();
            return;
        }

        if (value.Span.IsEmpty)
        {
            return;
        }

        var line = _lines.LineOf(value.Span.Start);
        var shift = column - old;
        if (line != ownerLine && old >= 0 && _lines.Content(line) is var content && content <= value.Span.Start)
        {
            shift = column + step - _lines.Column(content);
            Set(line, column + step, LineRole.Inside);
        }

        var last = _lines.LineOf(Math.Max(value.Span.Start, value.Span.End - 1));
        for (line++; line <= last; line++)
        {
            Set(line, Math.Max(0, _lines.Spaces(line) + shift), LineRole.Inside);
        }

        KeepQuotedEnds(value);
    }

    // Blanks at the end of a line inside quotes belong to what is read, or are next to it.
    private void KeepQuotedEnds(YamlNode node)
    {
        switch (node)
        {
            case YamlScalar scalar when scalar.Style != YamlScalarStyle.Plain:
                var last = _lines.LineOf(scalar.Span.End);
                for (var line = _lines.LineOf(scalar.Span.Start); line < last; line++)
                {
                    _keepsEnd[line - _lines.First] = true;
                }

                break;
            case YamlSequence sequence:
                foreach (var item in sequence.Items)
                {
                    KeepQuotedEnds(item);
                }

                break;
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    KeepQuotedEnds(entry.Key);
                    KeepQuotedEnds(entry.Value);
                }

                break;
        }
    }

    private void Begin(int offset, int old, int column)
    {
        var line = _lines.LineOf(offset);
        Moved.Add(new(line, old, column));
        if (_lines.BeginsLine(offset))
        {
            Set(line, column, LineRole.Structure);
        }
    }

    private void Set(int line, int indent, LineRole role)
    {
        _indents[line - _lines.First] = indent;
        _roles[line - _lines.First] = role;
    }

    // The next dash behind an item: only blanks, line ends and comments stand between.
    private int NextDash(int at)
    {
        var text = _lines.Text;
        while (at < _lines.Region.End)
        {
            if (text[at] == '-')
            {
                return at;
            }

            if (text[at] == '#')
            {
                at = _lines.End(_lines.LineOf(at));
            }
            else if (text[at] is ' ' or '\t' or '\r' or '\n')
            {
                at++;
            }
            else
            {
                return -1;
            }
        }

        return -1;
    }

    // Where a block collection begins: with the tag and anchor of its first key.
    private int FirstOf(YamlNode collection) =>
        collection is YamlMapping { Entries: [var first, ..] } ? Math.Min(first.Span.Start, OuterStart(first.Key)) : collection.Span.Start;

    private int OuterStart(YamlNode node)
    {
        var start = node.Span.Start;
        var lineStart = _lines.Start(_lines.LineOf(start));
        for (var left = (node.Tag is null ? 0 : 1) + (node.Anchor is null ? 0 : 1); left > 0; left--)
        {
            var end = _lines.SkipBlanksBack(start, lineStart);
            var at = end;
            while (at > lineStart && _lines.Text[at - 1] is not (' ' or '\t'))
            {
                at--;
            }

            if (at == end || end == start || _lines.Text[at] is not ('&' or '!'))
            {
                break;
            }

            start = at;
        }

        return start;
    }
}

/// <summary>What the layout asks of nodes.</summary>
internal static class YamlNodeLayout
{
    /// <summary>Whether a node is a mapping or list in lines, without brackets.</summary>
    public static bool IsBlockCollection(this YamlNode node) => node is YamlMapping { IsFlow: false, Entries.Count: > 0 } or YamlSequence { IsFlow: false, Items.Count: > 0 };
}
