using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>Lists whose dashes stand in the wrong place or have no space behind them.</summary>
internal sealed partial class YamlReader
{
    // A repair moves no more lines than this.
    private const int LinesMoved = 1000;

    /// <summary>
    /// Whether the lines from here on are list items of which the first has no space behind its dash. Keys may begin with a dash, so that
    /// one line at least must be none; and a lone text at the root is rather a text.
    /// </summary>
    /// <param name="parent">The column of the key above; where it is the items' own, another key ends them.</param>
    /// <param name="column">The column of the items.</param>
    private bool IsItemsWithoutSpace(int parent, int column)
    {
        int lines = 0;
        bool noKey = false;
        int line = _lineStart;
        while (lines < EntriesAhead)
        {
            int content = lines == 0 ? _pos : SkipSpaces(line);
            int end = LineEnd(content);
            int found = lines == 0 ? column : content - line;
            if (content < end && found <= column && _s[content] != '#')
            {
                if (found < column || IsDocumentMarker(line))
                {
                    break;
                }

                bool item = IsDashBeforeLetter(content);
                if (!item && (lines == 0 || !IsDash(content)))
                {
                    if (lines > 0 && parent == column)
                    {
                        break;
                    }

                    return false;
                }

                lines++;
                noKey |= !LooksLikeKey(content);
            }

            if (end >= _end)
            {
                break;
            }

            line = AfterBreak(end);
        }

        return noKey && (lines > 1 || parent >= 0);
    }

    private bool IsDashBeforeLetter(int at) => CharAt(at) == '-' && char.IsLetter(CharAt(at + 1));

    /// <summary>Whether the line goes on with a list at the column of its key, though there is no space behind the dash.</summary>
    private bool IsItemBelowKey() => IsDashBeforeLetter(_pos) && !LooksLikeKey(_pos) && IsItemWithoutSpace();

    /// <summary>Reads a list whose first item stands on the line of its key, as if it stood on the line below.</summary>
    private YamlSequence ReadItemBesideKey(int parent)
    {
        int lineEnd = LineEnd(_pos);
        int column = ColumnOfItem(lineEnd, parent);
        string lineBreak = lineEnd < _end ? _s[lineEnd..AfterBreak(lineEnd)] : "\n";
        Report(
            YamlErrorKind.BrokenLine, _pos, _pos + 1,
            "The first item of a list stands on a line of its own, below the key: move it there, or put the text in quotes if it is no list.",
            new YamlSlip(
                "Put the item on the next line",
                [new TextEdit(TextSpan.FromBounds(TrimBack(_lineStart, _pos), _pos), lineBreak + new string(' ', column))]));
        _shift = column - (_pos - _lineStart);
        return ReadBlockSequence(column, parent, mayTurn: false);
    }

    /// <summary>The column that the next line gives to an item which is moved above it.</summary>
    private int ColumnOfItem(int lineEnd, int parent)
    {
        int outside = Math.Max(parent, 0);
        while (lineEnd < _end)
        {
            int line = AfterBreak(lineEnd);
            int content = line;
            while (CharAt(content) == ' ')
            {
                content++;
            }

            lineEnd = LineEnd(content);
            if (content < lineEnd)
            {
                int found = content - line;
                return IsDash(content) && found >= outside ? found : found > outside ? Math.Min(found - 1, outside + 2) : outside + 2;
            }
        }

        return outside + 2;
    }

    /// <summary>
    /// Whether a line below the text of a list item is an item itself, indented too deep. YAML takes it for more of the text; in a list
    /// at the root it is left at that.
    /// </summary>
    private bool IsItemTooDeep(int start, int content)
    {
        int dash = TrimBack(_lineStart, start) - 1;
        return _openColumns > 1 && dash >= _lineStart && dash < start - 1 && IsDash(dash) && IsDash(content)
            && _columns[_openColumns - 1] == dash - _lineStart;
    }

    /// <summary>
    /// Moves an entry and those behind it that are indented alike to a column. What is below them is moved along where it would not be
    /// below them any more.
    /// </summary>
    private List<TextEdit> MoveLines(int found, int column)
    {
        var edits = new List<TextEdit>();
        bool carries = false;
        bool item = false;
        int head = -1;
        int line = _lineStart;
        int content = _pos;
        for (int i = 0; i < LinesMoved; i++)
        {
            int end = LineEnd(content);
            int indent = i == 0 ? found : content - line;
            if (content < end)
            {
                if (indent < found)
                {
                    break;
                }

                if (indent == found)
                {
                    head = content;
                    item = IsDash(content);
                }
                else if (head >= 0)
                {
                    carries = found > column || (indent <= column && OpensBlock(head)) || (item && !IsDash(content));
                    head = -1;
                }
                else if (item && found < column && indent == column && IsDash(content))
                {
                    // An item that stands in its place already.
                    carries = false;
                }

                if (indent == found || carries)
                {
                    edits.Add(new TextEdit(TextSpan.FromBounds(line, content), new string(' ', indent - found + column)));
                }
            }

            if (end >= _end)
            {
                break;
            }

            line = AfterBreak(end);
            content = line;
            while (CharAt(content) == ' ')
            {
                content++;
            }
        }

        return edits;
    }

    /// <summary>Whether a line ends with a key without a value, or with the sign of a block of text.</summary>
    private bool OpensBlock(int content)
    {
        int end = ScanText(content, out _);
        return end > content && _s[end - 1] is ':' or '|' or '>';
    }

    /// <summary>Reads wikilinks with commas between them, and nothing else, as the list that was meant; null for anything else.</summary>
    private YamlSequence? ReadWikilinks(int start, int end)
    {
        var links = new List<YamlNode>();
        int at = start;
        while (true)
        {
            if (CharAt(at) != '[' || CharAt(at + 1) != '[')
            {
                return null;
            }

            int close = _s.AsSpan(at, end - at).IndexOf("]]") + at;
            if (close < at + 3 || _s.AsSpan(at + 2, close - at - 2).IndexOfAny('[', ']') >= 0)
            {
                return null;
            }

            var span = TextSpan.FromBounds(at, close + 2);
            string value = Slice(at, close + 2);
            links.Add(new YamlScalar(span, span, value, YamlScalarStyle.Plain));
            at = SkipSpaces(close + 2);
            if (at >= end)
            {
                break;
            }

            if (_s[at] != ',')
            {
                return null;
            }

            at = SkipSpaces(at + 1);
        }

        string list = "[" + string.Join(", ", links.Select(static link => Quote(((YamlScalar)link).Value))) + "]";
        Report(
            YamlErrorKind.TextAfterValue, start, end, "These links are no list yet: put each of them in quotes, and brackets around all.",
            new YamlSlip("Make it a list", [new TextEdit(TextSpan.FromBounds(start, end), list)]));
        return new YamlSequence(TextSpan.FromBounds(start, end), links.ToArray(), isFlow: true);
    }
}
