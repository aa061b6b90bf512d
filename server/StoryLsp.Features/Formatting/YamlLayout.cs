using StoryLsp.Language.Documents;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Formatting;

/// <summary>The edits that lay out a stretch of YAML. They are small and apart, so that cursors, folds and marks stay.</summary>
internal sealed class YamlLayout
{
    private readonly FormatOptions _options;
    private readonly YamlLines _lines;
    private readonly YamlColumns _columns;
    private readonly YamlTree _tree;
    private readonly bool _isFile;

    public YamlLayout(SourceText text, YamlRegion region, FormatOptions options)
    {
        _options = options;
        _tree = region.Tree;
        _lines = new YamlLines(text, region.Span);
        _isFile = region.Span.Start == 0;
        // A fence may stand in a list of the prose, indented as a whole.
        var isFrontMatterOrFile = _lines.First <= 1;
        _columns = new YamlColumns(_lines, region.Tree, options.IndentSize, keepsRoot: !isFrontMatterOrFile);
    }

    /// <summary>All edits, ascending and apart.</summary>
    public IReadOnlyList<TextEdit> Edits()
    {
        if (_columns.IsUnsure)
        {
            return LineEndEdits();
        }

        var edits = new List<TextEdit>(LineEndEdits());
        AddIndents(edits);
        new YamlGaps(_lines, _tree, _columns).AddTo(edits);
        edits.Sort((a, b) => a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start) : a.Span.End.CompareTo(b.Span.End));
        return edits;
    }

    /// <summary>The edits that move nothing: blanks at the ends of lines, blank lines.</summary>
    public IReadOnlyList<TextEdit> LineEndEdits()
    {
        var edits = new List<TextEdit>();
        for (var line = _lines.First; line <= _lines.Last; line++)
        {
            if (IsFreeBlank(line))
            {
                line = AddBlankLines(edits, line);
                continue;
            }

            var end = _lines.End(line);
            var trimmed = _lines.SkipBlanksBack(end, _lines.Start(line));
            if (_options.TrimsLineEnds && trimmed < end && !_columns.KeepsEnd(line))
            {
                edits.Add(new(TextSpan.FromBounds(trimmed, end), ""));
            }
        }

        if (_options.EndsLastLine && _isFile && _lines.Region.End == _lines.Text.Length && !_lines.IsBlank(_lines.Last))
        {
            edits.Add(new(new TextSpan(_lines.Region.End, 0), LineEnding()));
        }

        return edits;
    }

    /// <summary>The entries that a span touches, of the innermost mapping or list around it that stays where it is.</summary>
    public TextSpan EntriesAround(TextSpan span)
    {
        var around = _lines.Region;
        foreach (var (node, old, column) in _columns.Collections)
        {
            if (old != column || node.Span.Start > span.Start || node.Span.End < span.End)
            {
                continue;
            }

            var entries = EntriesOf(node);
            var first = entries.LastOrDefault(entry => entry <= span.Start, node.Span.Start);
            var last = entries.FirstOrDefault(entry => entry > span.End, node.Span.End);
            around = TextSpan.FromBounds(first, Math.Max(span.End, last == node.Span.End ? last : _lines.End(_lines.LineOf(last) - 1)));
        }

        return around;
    }

    private IEnumerable<int> EntriesOf(YamlNode node) => node is YamlMapping mapping
        ? mapping.Entries.Select(entry => entry.Span.Start)
        : _columns.Dashes.Where(dash => dash >= node.Span.Start && dash < node.Span.End && _lines.Column(dash) == _lines.Column(node.Span.Start)).Order();

    private bool IsFreeBlank(int line) => _columns.RoleOf(line) == LineRole.Free && _lines.IsBlank(line);

    // One blank line between groups stays; at the beginning and the end there is none. Gives the last of the run.
    private int AddBlankLines(List<TextEdit> edits, int first)
    {
        var last = first;
        while (last < _lines.Last && IsFreeBlank(last + 1))
        {
            last++;
        }

        var atStart = first == _lines.First;
        var atEnd = last == _lines.Last;
        if (atStart && atEnd)
        {
            return last;
        }

        if (atEnd && !_options.TrimsEnd)
        {
            return last;
        }

        var keptEnd = _lines.End(first);
        var from = atStart || atEnd ? _lines.Start(first) : NextStart(first);
        var to = atEnd ? _lines.Region.End : _lines.Start(last + 1);
        if (!atStart && !atEnd && _options.TrimsLineEnds && keptEnd > _lines.Start(first))
        {
            edits.Add(new(TextSpan.FromBounds(_lines.Start(first), keptEnd), ""));
        }

        if (from < to)
        {
            edits.Add(new(TextSpan.FromBounds(from, to), ""));
        }

        return last;
    }

    private int NextStart(int line) => line < _lines.Last ? _lines.Start(line + 1) : _lines.Region.End;

    private void AddIndents(List<TextEdit> edits)
    {
        var comments = new CommentColumns(_lines, _columns);
        for (var line = _lines.First; line <= _lines.Last; line++)
        {
            var role = _columns.RoleOf(line);
            var isFree = role == LineRole.Free;
            if ((_lines.IsBlank(line) && role != LineRole.BlockText) || (isFree && _lines.IsMarker(line)))
            {
                continue;
            }

            var indent = isFree ? comments.Of(line) : _columns.IndentOf(line);
            if (indent >= 0)
            {
                Indent(edits, line, indent);
            }
        }
    }

    private void Indent(List<TextEdit> edits, int line, int indent)
    {
        var start = _lines.Start(line);
        var spaces = _lines.Spaces(line);
        if (_columns.RoleOf(line) is LineRole.Free or LineRole.Structure && _lines.Content(line) is var content && content > start + spaces)
        {
            edits.Add(new(TextSpan.FromBounds(start, content), new string(' ', indent)));
        }
        else if (indent > spaces)
        {
            edits.Add(new(new TextSpan(start, 0), new string(' ', indent - spaces)));
        }
        else if (indent < spaces)
        {
            edits.Add(new(new TextSpan(start, spaces - indent), ""));
        }
    }

    private string LineEnding()
    {
        var at = _lines.Text.IndexOf('\n');
        return at > 0 && _lines.Text[at - 1] == '\r' ? "\r\n" : "\n";
    }
}
