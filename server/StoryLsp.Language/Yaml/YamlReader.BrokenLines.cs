using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>Lines of a block collection that cannot be read: reported once, repaired where it is clear what was meant, else skipped.</summary>
internal sealed partial class YamlReader
{
    private const char WideColon = '\uFF1A';

    /// <summary>Reads a line that has no key: what a missing space broke is repaired, everything else is skipped.</summary>
    private void ReadBrokenEntry(int column, int start)
    {
        int colon = FindKeyWithoutSpace(start);
        if (colon >= 0)
        {
            ReadEntryWithoutSpace(column, start, colon);
            return;
        }

        bool item = IsDash(_pos);
        if (!item && CanBeginPlain(_pos, flow: false) && EntryBelow(out _) > column)
        {
            YamlScalar key = KeyWithoutColon();
            _pos++;
            YamlNode node = ReadBlockNode(column, compact: false, sequenceAtParent: false, _pos);
            _entries.Add(new YamlEntry(key, node, TextSpan.FromBounds(start, node.Span.End)));
            return;
        }

        ReportBrokenLine(TrimBack(start, LineEnd(start)));
        SkipBrokenLines(column, item ? SkippedLines.Items : SkippedLines.Text);
    }

    /// <summary>Reads <c>key:value</c> as if the space stood there, and <c>key：value</c> as if its colon were the plain one.</summary>
    private void ReadEntryWithoutSpace(int column, int start, int colon)
    {
        int keyEnd = TrimBack(start, colon);
        var keySpan = TextSpan.FromBounds(start, keyEnd);
        var key = new YamlScalar(keySpan, keySpan, Slice(start, keyEnd), YamlScalarStyle.Plain);
        if (_s[colon] == WideColon)
        {
            int content = SkipSpaces(colon + 1);
            Report(
                YamlErrorKind.WideColon, colon, colon + 1, "This is a full-width colon, which YAML does not know: write a plain colon and a space.",
                new YamlSlip("Write a plain colon", [new TextEdit(TextSpan.FromBounds(keyEnd, content), IsBreakOrEnd(content) ? ":" : ": ")]));
        }
        else
        {
            Report(
                YamlErrorKind.MissingSpace, colon, colon + 1, "A colon behind a key needs a space after it.",
                InsertSlip("Add a space", colon + 1, " "));
        }

        _pos = colon + 1;
        YamlNode value = ReadBlockNode(column, compact: false, sequenceAtParent: true, _pos);
        _entries.Add(new YamlEntry(key, value, TextSpan.FromBounds(start, value.Span.End)));
    }

    /// <summary>
    /// Whether a text at a line's beginning is nothing but keys without a space behind their colons. A lone line is one at the root only;
    /// further in it may well be a text.
    /// </summary>
    private bool IsKeysWithoutSpace(int parent, int column)
    {
        if (_pos != _first && parent < 0)
        {
            return false;
        }

        int lines = 0;
        int at = _pos;
        int line = _lineStart;
        while (lines < EntriesAhead)
        {
            int content = lines == 0 ? at : SkipSpaces(line);
            int end = LineEnd(content);
            if (content < end && (lines == 0 || content - line <= column))
            {
                if (lines > 0 && (content - line < column || IsDocumentMarker(line)))
                {
                    break;
                }

                if (_s[content] != '#')
                {
                    int colon = FindKeyWithoutSpace(content);
                    if ((!char.IsLetter(_s[content]) && _s[content] != '_') || colon < 0 || CharAt(colon + 1) == '#')
                    {
                        return false;
                    }

                    lines++;
                }
            }

            if (end >= _end)
            {
                break;
            }

            line = AfterBreak(end);
        }

        return lines > 1 || parent < 0;
    }

    /// <summary>
    /// Takes a line for a key whose colon is missing; the reader then stands on the key's last character, in the colon's place.
    /// </summary>
    private YamlScalar KeyWithoutColon()
    {
        int start = _pos;
        int end = ScanText(start, out _);
        Report(
            YamlErrorKind.MissingColon, start, end, "This line has no colon, though something is indented below it: write a colon behind the key.",
            InsertSlip("Add a colon", end, ":"));
        _pos = end - 1;
        var span = TextSpan.FromBounds(start, end);
        return new YamlScalar(span, span, Slice(start, end), YamlScalarStyle.Plain);
    }

    /// <summary>The column of the next line when it is an entry, else -1.</summary>
    private int EntryBelow(out int content)
    {
        content = -1;
        int at = LineEnd(_pos);
        while (at < _end)
        {
            int line = AfterBreak(at);
            content = line;
            while (CharAt(content) == ' ')
            {
                content++;
            }

            at = LineEnd(content);
            if (content < at && _s[content] != '#')
            {
                return LooksLikeEntry(content) && !IsDocumentMarker(line) ? content - line : -1;
            }
        }

        return -1;
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

    /// <summary>The colon of <c>key:value</c> or <c>key：value</c>, or -1.</summary>
    private int FindKeyWithoutSpace(int start)
    {
        int at = start;
        while (at < _end && (char.IsLetterOrDigit(_s[at]) || _s[at] is '_' or '-'))
        {
            at++;
        }

        if (at == start)
        {
            return -1;
        }

        int wide = SkipSpaces(at);
        if (CharAt(wide) == WideColon)
        {
            return wide;
        }

        return CharAt(at) == ':' && !IsBlankOrEnd(at + 1) && CharAt(at + 1) is not ('/' or ':' or '\\') ? at : -1;
    }

    /// <summary>Whether a line is a list item without a space behind its dash; reported, and read as if the space stood there.</summary>
    private bool IsItemWithoutSpace()
    {
        if (CharAt(_pos) != '-' || CharAt(_pos + 1) == '-' || IsBlankOrEnd(_pos + 1)
            || !(CanBeginPlain(_pos + 1, flow: false) || CharAt(_pos + 1) is '"' or '\'' or '[' or '{'))
        {
            return false;
        }

        Report(
            YamlErrorKind.MissingSpace, _pos, _pos + 1, "A dash of a list needs a space after it.", InsertSlip("Add a space", _pos + 1, " "));
        _shift++;
        return true;
    }

    private void SkipStrayEntry(int column, bool isSequence)
    {
        if (isSequence && _items[^1] is YamlMapping { IsFlow: false, Entries.Count: > 0 } item && LooksLikeKey(_pos))
        {
            ReadStrayKeys(column, item);
            return;
        }

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

    /// <summary>Reads keys that stand at the column of the dashes: they belong to the item above, and are indented too little.</summary>
    private void ReadStrayKeys(int column, YamlMapping item)
    {
        int mark = _entries.Count;
        int start = item.Span.Start;
        int itemColumn = start - LineStartOf(start, Math.Max(0, start - LongestIndent));
        var edits = new List<TextEdit>();
        Report(
            YamlErrorKind.Indentation, _pos, TrimBack(_pos, LineEnd(_pos)),
            "This key stands below the dash of a list and belongs to the item above: indent it like the item's other keys.",
            new YamlSlip("Indent like the keys above", edits));
        _entries.AddRange(item.Entries);
        do
        {
            if (Column < itemColumn)
            {
                edits.Add(new TextEdit(TextSpan.FromBounds(_lineStart, _pos), new string(' ', itemColumn)));
            }

            ReadEntry(Column, _pos, null);
            SkipBlank();
        }
        while (!AtEnd() && _pos == _first && Column >= column && !IsDash(_pos) && LooksLikeKey(_pos));

        YamlEntry[] entries = Take(_entries, mark);
        var merged = new YamlMapping(TextSpan.FromBounds(start, entries[^1].Span.End), entries, isFlow: false);
        foreach (AnchorPlace place in _anchors?.Values ?? Enumerable.Empty<AnchorPlace>())
        {
            if (ReferenceEquals(place.Node, item))
            {
                place.Node = merged;
            }
        }

        merged.Tag = item.Tag;
        merged.Anchor = item.Anchor;
        _items[^1] = merged;
    }

    private void ReportIndentation(int column, int at, bool entry)
    {
        string where = at > column ? "deeper than" : "less than";
        Report(
            YamlErrorKind.Indentation, _pos, TrimBack(_pos, LineEnd(_pos)),
            entry
                ? $"This line is indented {where} the lines to which it belongs: begin it at column {column + 1}."
                : $"This line is indented {where} the lines around it and continues none of them: indent it like the text or the list to which it belongs.",
            entry
                ? new YamlSlip("Indent like the lines above", MoveLines(at, column))
                : null);
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
