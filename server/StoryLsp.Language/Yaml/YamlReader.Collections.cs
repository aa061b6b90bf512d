using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>Mappings and lists of the block style, and how they get over a broken line.</summary>
internal sealed partial class YamlReader
{
    /// <summary>Which lines at a broken line's own column are skipped with it, because they are broken in the same way.</summary>
    private enum SkippedLines
    {
        None,
        Items,
        Text,
        All,
    }

    private YamlSequence ReadBlockSequence(int column, int parent)
    {
        int start = _pos;
        int mark = _items.Count;
        int other = -1;
        _columns[_openColumns++] = column;
        do
        {
            _pos++;
            YamlNode item = ReadBlockNode(Column - 1, compact: true, sequenceAtParent: false, _pos);
            _items.Add(item);
        }
        while (MoveToNextEntry(column, parent, isSequence: true, ref other));

        _openColumns--;
        int end = Math.Max(_items[^1].Span.End, start + 1);
        return new YamlSequence(TextSpan.FromBounds(start, end), Take(_items, mark), isFlow: false);
    }

    /// <summary>Reads a mapping.</summary>
    /// <param name="column">The column of its keys.</param>
    /// <param name="parent">The column of the collection around it.</param>
    /// <param name="firstKey">The first key, when the reader stands at its colon already.</param>
    /// <param name="start">Where the first key begins, with its tag and anchor.</param>
    private YamlMapping ReadBlockMapping(int column, int parent, YamlNode? firstKey, int start)
    {
        int mark = _entries.Count;
        int other = -1;
        _columns[_openColumns++] = column;
        int entryColumn = column;
        YamlNode? key = firstKey;
        int entryStart = start;
        do
        {
            if (key is null)
            {
                entryStart = _pos;
                entryColumn = Column;
            }

            ReadEntry(entryColumn, entryStart, key);
            key = null;
        }
        while (MoveToNextEntry(column, parent, isSequence: false, ref other));

        _openColumns--;
        YamlEntry[] entries = Take(_entries, mark);
        return entries.Length == 0
            ? new YamlMapping(new TextSpan(start, 0), entries, isFlow: false)
            : new YamlMapping(TextSpan.FromBounds(entries[0].Span.Start, entries[^1].Span.End), entries, isFlow: false);
    }

    private void ReadEntry(int column, int start, YamlNode? key)
    {
        if (key is null && IsIndicator('?'))
        {
            ReadExplicitEntry(column, start);
            return;
        }

        key ??= ReadKey();
        if (key is null)
        {
            ReadBrokenEntry(column, start);
            return;
        }

        _pos++;
        YamlNode value = ReadBlockNode(column, compact: false, sequenceAtParent: true, _pos);
        _entries.Add(new YamlEntry(key, value, TextSpan.FromBounds(start, value.Span.End)));
    }

    private void ReadExplicitEntry(int column, int start)
    {
        _pos++;
        int keyEnd = _pos;
        YamlNode key = ReadBlockNode(column, compact: true, sequenceAtParent: true, _pos);
        keyEnd = Math.Max(keyEnd, key.Span.End);
        YamlNode value;
        SkipBlank();
        if (!AtEnd() && _pos == _first && Column == column && IsIndicator(':'))
        {
            _pos++;
            value = ReadBlockNode(column, compact: true, sequenceAtParent: true, _pos);
        }
        else
        {
            value = Empty(keyEnd);
        }

        _entries.Add(new YamlEntry(key, value, TextSpan.FromBounds(start, Math.Max(keyEnd, value.Span.End))));
    }

    /// <summary>Reads a key that stands on one line, up to its colon; null (and nothing read) when there is none.</summary>
    private YamlNode? ReadKey()
    {
        Mark mark = Here();
        Properties properties = AtProperty() ? ReadProperties(flow: false) : default;
        if (IsIndicator(':'))
        {
            return Apply(Empty(_pos), properties);
        }

        char c = CharAt(_pos);
        if (IsDash(_pos) || IsBreakOrEnd(_pos) || c is '|' or '>')
        {
            Rewind(mark);
            return null;
        }

        int start = _pos;
        int column = Column;
        _retreat = -1;
        YamlNode? node = c switch
        {
            '*' => ReadAlias(flow: false),
            '"' or '\'' => ReadQuoted(column, headColumn: -1, singleLine: true),
            '[' or '{' => ReadFlow(column, headColumn: -1, singleLine: true),
            _ => null,
        };
        if (node is null || !AtColon())
        {
            bool plain = c is not ('[' or '{' or '"' or '\'');
            Rewind(mark with { Pos = start });
            int end = ScanPlainLine(start, flow: false, out int colon);
            if (CharAt(colon) != ':' || c is '[' or '{')
            {
                _pos = mark.Pos;
                return null;
            }

            node = plain ? PlainKey(start, end) : OddKey(start, end);
        }

        _pos = SkipSpaces(_pos);
        return ApplyToValue(node, default, properties);
    }

    private YamlScalar PlainKey(int start, int end)
    {
        if (!CanBeginPlain(start, flow: false))
        {
            ReportReserved(start, end, _s[start..end]);
        }

        _pos = end;
        var span = TextSpan.FromBounds(start, end);
        return new YamlScalar(span, span, Slice(start, end), YamlScalarStyle.Plain);
    }

    /// <summary>A key that begins with a quote and does not end with it.</summary>
    private YamlScalar OddKey(int start, int end)
    {
        string value = _s[start..end];
        Report(
            YamlErrorKind.UnclosedQuote, start, end, "This key begins with a quote and does not end with one: put all of it in quotes.",
            QuoteSlip(start, end, value));
        _pos = end;
        var span = TextSpan.FromBounds(start, end);
        return new YamlScalar(span, span, value, YamlScalarStyle.Plain);
    }

    /// <summary>Reads a line that has no key: what a missing space broke is repaired, everything else is skipped.</summary>
    private void ReadBrokenEntry(int column, int start)
    {
        int colon = FindKeyWithoutSpace(start);
        if (colon >= 0)
        {
            var keySpan = TextSpan.FromBounds(start, colon);
            var key = new YamlScalar(keySpan, keySpan, Slice(start, colon), YamlScalarStyle.Plain);
            int end = ScanText(colon + 1, out int stop);
            Report(
                YamlErrorKind.MissingSpace, colon, colon + 1, "A colon behind a key needs a space after it.",
                InsertSlip("Add a space", colon + 1, " "));
            _pos = stop;
            var valueSpan = TextSpan.FromBounds(colon + 1, end);
            var value = new YamlScalar(valueSpan, valueSpan, Slice(colon + 1, end), YamlScalarStyle.Plain);
            _entries.Add(new YamlEntry(key, value, TextSpan.FromBounds(start, end)));
            return;
        }

        bool item = IsDash(_pos);
        ReportBrokenLine(TrimBack(start, LineEnd(start)));
        SkipBrokenLines(column, item ? SkippedLines.Items : SkippedLines.Text);
    }

    private void ReportBrokenLine(int end)
    {
        int start = _pos;
        char c = CharAt(start);
        (YamlErrorKind kind, string message) = c switch
        {
            '-' when IsDash(start) => (YamlErrorKind.BrokenLine,
                "A list item stands among keys: indent it below the key to which it belongs, or write a key (key: value)."),
            '"' or '\'' when _s.AsSpan(start + 1, end - start - 1).IndexOf(c) < 0 => (YamlErrorKind.UnclosedQuote,
                $"This line begins with a quote ({c}) that is never closed, and it has no key: write key: value."),
            '[' or '{' => (YamlErrorKind.UnclosedBracket,
                $"This line begins with {c} and is no key with a value: write key: value, and close the bracket."),
            _ => (YamlErrorKind.BrokenLine,
                "This line has no key: write key: value. If it continues the text above, indent it more than the key."),
        };
        Report(kind, start, end, message);
    }

    /// <summary>The colon of <c>key:value</c>, or -1.</summary>
    private int FindKeyWithoutSpace(int start)
    {
        int at = start;
        while (at < _end && (char.IsLetterOrDigit(_s[at]) || _s[at] is '_' or '-'))
        {
            at++;
        }

        bool found = at > start && CharAt(at) == ':' && !IsBlankOrEnd(at + 1) && CharAt(at + 1) is not ('/' or ':');
        return found ? at : -1;
    }

    /// <summary>
    /// Moves to the next entry of a collection; false when it is over. Lines that do not fit are reported once and read as what they
    /// most likely are, or skipped.
    /// </summary>
    /// <param name="column">The column of the collection's entries.</param>
    /// <param name="parent">The column of the collection around it.</param>
    /// <param name="isSequence">Whether entries begin with a dash.</param>
    /// <param name="other">A second column at which entries were found, against the rules, or -1.</param>
    private bool MoveToNextEntry(int column, int parent, bool isSequence, ref int other)
    {
        while (true)
        {
            bool head = SkipBlank();
            if (AtEnd())
            {
                return false;
            }

            if (_pos != _first)
            {
                SkipLeftover();
                continue;
            }

            if (head && _tab >= 0)
            {
                ReadTabs(parent, column);
            }

            int at = Column;
            bool dash = IsDash(_pos);
            if (at <= parent)
            {
                // A list may stand at the column of the key above it; there the next key ends it.
                return isSequence && dash && at == column;
            }

            if (at == column || at == other)
            {
                if (dash == isSequence)
                {
                    return true;
                }

                SkipStrayEntry(at, isSequence);
            }
            else if (isSequence ? dash : !dash && (LooksLikeKey(_pos) || IsIndicator('?')))
            {
                ReportIndentation(column, at);
                other = at;
                return true;
            }
            else
            {
                ReportIndentation(column, at);
                SkipBrokenLines(at, isSequence == dash ? SkippedLines.None : dash ? SkippedLines.Items : SkippedLines.Text);
            }
        }
    }

    private void SkipStrayEntry(int column, bool isSequence)
    {
        if (isSequence)
        {
            Report(
                YamlErrorKind.BrokenLine, _pos, TrimBack(_pos, LineEnd(_pos)),
                "A line of a list begins with a dash and a space. If this belongs to the item above, indent it below the item's text.");
        }
        else
        {
            ReportBrokenLine(TrimBack(_pos, LineEnd(_pos)));
        }

        SkipBrokenLines(column, isSequence ? SkippedLines.All : SkippedLines.Items);
    }

    private void ReportIndentation(int column, int at)
    {
        string where = at > column ? "deeper than" : "less than";
        Report(
            YamlErrorKind.Indentation, _pos, TrimBack(_pos, LineEnd(_pos)),
            $"This line is indented {where} the lines to which it belongs: begin it at column {column + 1}.",
            new YamlSlip(
                "Indent like the lines above",
                [new TextEdit(TextSpan.FromBounds(_lineStart, _pos), new string(' ', column))]));
    }

    private void SkipLeftover()
    {
        int end = ScanText(_pos, out int stop);
        Report(
            YamlErrorKind.TextAfterValue, _pos, Math.Max(end, _pos + 1), "This text stands behind a value that is already complete: remove it, or put all of it in quotes.");
        _pos = Math.Max(stop, _pos + 1);
    }

    /// <summary>Skips the line on which the reader stands, all that is indented below it, and lines that are broken in the same way.</summary>
    private void SkipBrokenLines(int column, SkippedLines also)
    {
        int at = LineEnd(_pos);
        int lineStart = _lineStart;
        while (at < _end)
        {
            int next = AfterBreak(at);
            int content = next;
            while (CharAt(content) == ' ')
            {
                content++;
            }

            int end = LineEnd(content);
            if (content < end)
            {
                int found = content - next;
                if ((found == 0 && IsDocumentMarker(next)) || _s[content] == '\t' || found < column
                    || (found == column && (_s[content] == '#' || !Includes(also, content))))
                {
                    break;
                }
            }

            at = end;
            lineStart = next;
        }

        MoveTo(lineStart, at);
    }

    private bool Includes(SkippedLines also, int content) => also switch
    {
        SkippedLines.Items => IsDash(content),
        SkippedLines.Text => !LooksLikeEntry(content) && FindKeyWithoutSpace(content) < 0 && !(CharAt(content) is '?' or ':' && IsBlankOrEnd(content + 1)),
        SkippedLines.All => !IsDash(content),
        _ => false,
    };
}
