using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Formatting;

/// <summary>
/// The blanks within lines: one behind a dash and a colon, none before a colon, one behind a comma where there is none. Values that a writer has put in a column of their own
/// stay in it.
/// </summary>
internal sealed class YamlGaps(YamlLines lines, YamlTree tree, YamlColumns columns)
{
    private readonly List<TextEdit> _edits = [];

    public void AddTo(List<TextEdit> edits)
    {
        foreach (var dash in columns.Dashes)
        {
            Single(dash + 1);
        }

        foreach (var (node, _, _) in columns.Collections)
        {
            if (node is YamlMapping mapping)
            {
                Colons(mapping);
            }
        }

        foreach (var document in tree.Documents)
        {
            Flow(document.Root);
        }

        edits.AddRange(_edits);
    }

    private void Colons(YamlMapping mapping)
    {
        var gaps = mapping.Entries.Select(GapOf).ToList();
        for (var first = 0; first < gaps.Count;)
        {
            var behind = first + 1;
            while (behind < gaps.Count && gaps[behind].IsInLine && gaps[first].IsInLine && gaps[behind].Line == gaps[behind - 1].Line + 1 && gaps[behind].ValueColumn == gaps[first].ValueColumn)
            {
                behind++;
            }

            var isColumn = behind - first > 1 && gaps[first..behind].Min(gap => gap.Width) == 1;
            foreach (var gap in gaps[first..behind].Where(gap => gap.Colon >= 0))
            {
                Delete(gap.KeyEnd, gap.Colon);
                if (!isColumn)
                {
                    Single(gap.Colon + 1);
                }
            }

            first = behind;
        }
    }

    private Gap GapOf(YamlEntry entry)
    {
        var keyEnd = entry.Key.Span.End;
        var line = lines.LineOf(keyEnd);
        var end = lines.End(line);
        var colon = lines.SkipBlanks(keyEnd, end);
        if (colon >= end || lines.Text[colon] != ':')
        {
            // A colon of another kind, or on another line: nothing is changed.
            return new(keyEnd, -1, line, 0, 0, false);
        }

        var value = lines.SkipBlanks(colon + 1, end);
        // A colon behind an alias needs the blank.
        var from = entry.Key is YamlAlias ? colon : keyEnd;
        var hasTab = lines.Text.AsSpan(colon + 1, value - colon - 1).Contains('\t');
        var isInLine = value < end && lines.Text[value] != '#' && !hasTab;
        return new(from, colon, line, lines.Column(value) - (colon - from), value - colon - 1, isInLine);
    }

    // One blank, unless the line ends there or a comment follows.
    private void Single(int at)
    {
        var end = lines.End(lines.LineOf(at));
        var content = lines.SkipBlanks(at, end);
        if (content > at && content < end && lines.Text[content] != '#' && lines.Text.AsSpan(at, content - at) is not " ")
        {
            var keeps = lines.Text[at] == ' ';
            _edits.Add(new(TextSpan.FromBounds(keeps ? at + 1 : at, content), keeps ? "" : " "));
        }
    }

    private void Delete(int from, int to)
    {
        if (from < to)
        {
            _edits.Add(new(TextSpan.FromBounds(from, to), ""));
        }
    }

    private void Flow(YamlNode? node)
    {
        switch (node)
        {
            case YamlMapping mapping:
                if (mapping.IsFlow)
                {
                    Commas(mapping.Entries.Select(entry => entry.Span));
                }

                foreach (var entry in mapping.Entries)
                {
                    Flow(entry.Key);
                    Flow(entry.Value);
                }

                break;
            case YamlSequence sequence when !IsWikilink(sequence):
                if (sequence.IsFlow)
                {
                    Commas(sequence.Items.Select(item => item.Span));
                }

                foreach (var item in sequence.Items)
                {
                    Flow(item);
                }

                break;
        }
    }

    // `[[Ada Vane]]` without quotes is read by its letters.
    private bool IsWikilink(YamlSequence sequence) => sequence.IsFlow && lines.Text.AsSpan(sequence.Span.Start).StartsWith("[[");

    private void Commas(IEnumerable<TextSpan> items)
    {
        var from = -1;
        foreach (var item in items)
        {
            if (from >= 0 && from < item.Start)
            {
                var comma = lines.SkipBlanks(from, item.Start);
                if (comma < item.Start && lines.Text[comma] == ',')
                {
                    Delete(from, comma);
                    if (comma + 1 < lines.Text.Length && lines.Text[comma + 1] is not (' ' or '\t' or '\r' or '\n'))
                    {
                        _edits.Add(new(new TextSpan(comma + 1, 0), " "));
                    }
                }
            }

            from = item.End;
        }
    }

    private readonly record struct Gap(int KeyEnd, int Colon, int Line, int ValueColumn, int Width, bool IsInLine);
}
