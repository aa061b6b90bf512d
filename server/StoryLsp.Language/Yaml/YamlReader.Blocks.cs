using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>What stands after a dash, a colon or at the root: a node of the block style.</summary>
internal sealed partial class YamlReader
{
    // Set by an inline node that was broken off and that a line looking like an entry of its own column follows: that line's content.
    private int _retreat = -1;

    /// <summary>Reads a node, or an empty one when the text goes on further out.</summary>
    /// <param name="parent">The column of the collection around it; -1 at the root.</param>
    /// <param name="compact">Whether a collection may begin on the line on which the reader stands.</param>
    /// <param name="sequenceAtParent">Whether a list may stand at the parent's own column, as below a key.</param>
    /// <param name="emptyAt">Where an empty node stands.</param>
    private YamlNode ReadBlockNode(int parent, bool compact, bool sequenceAtParent, int emptyAt)
    {
        bool lineHead = SkipBlank();
        if (AtEnd() || (lineHead && !ReadsOn(parent, sequenceAtParent)))
        {
            return Empty(emptyAt);
        }

        if (_depth >= MaxDepth)
        {
            return SkipDeepBlock(parent, emptyAt);
        }

        _depth++;
        YamlNode node = AtProperty()
            ? ReadWithProperties(parent, lineHead || compact, lineHead ? -1 : _tab, sequenceAtParent)
            : ReadContent(parent, lineHead || compact, lineHead ? -1 : _tab, Column, default, default);
        _depth--;
        return node;
    }

    /// <summary>Whether the line that was just begun belongs to a node below a parent.</summary>
    private bool ReadsOn(int parent, bool sequenceAtParent)
    {
        if (_tab >= 0)
        {
            ReadTabs(parent, -1);
        }

        int column = Column;
        return column > parent || (sequenceAtParent && column == parent && IsDash(_pos));
    }

    private YamlScalar SkipDeepBlock(int parent, int emptyAt)
    {
        Report(
            YamlErrorKind.TooDeep, _pos, Math.Min(_pos + 1, _end),
            $"This is nested more than {MaxDepth} levels deep; what stands inside was skipped.");
        SkipBrokenLines(Math.Max(parent, 0), SkippedLines.None);
        return Empty(emptyAt);
    }

    /// <summary>Reads a node before which a tag or an anchor stands, on its own line or on the line above.</summary>
    private YamlNode ReadWithProperties(int parent, bool head, int tab, bool sequenceAtParent)
    {
        int column = Column;
        Properties outer = default;
        Properties inner = ReadProperties(flow: false);
        while (AtLineEnd())
        {
            outer = Merge(outer, inner);
            inner = default;
            if (!SkipBlank() || AtEnd() || !ReadsOn(parent, sequenceAtParent))
            {
                return Apply(Empty(outer.End), outer);
            }

            column = Column;
            head = true;
            tab = -1;
            if (!AtProperty())
            {
                break;
            }

            inner = ReadProperties(flow: false);
        }

        return ReadContent(parent, head, tab, column, outer, inner);
    }

    private Properties Merge(in Properties outer, in Properties inner)
    {
        if (outer.Collides(inner))
        {
            Report(
                YamlErrorKind.BadProperty, inner.Start, inner.End, "This value has two tags or two anchors: remove one of them.");
        }

        return outer.Any ? outer.Over(inner) : inner;
    }

    /// <summary>Reads a node's content.</summary>
    /// <param name="parent">The column of the collection around it; -1 at the root.</param>
    /// <param name="head">Whether a collection may begin here.</param>
    /// <param name="tab">A tab before the content on its line, or -1.</param>
    /// <param name="column">The column of the node with its tag and anchor.</param>
    /// <param name="outer">Tag and anchor on a line above, which belong to the whole.</param>
    /// <param name="inner">Tag and anchor on the same line, which belong to a key if one follows.</param>
    private YamlNode ReadContent(int parent, bool head, int tab, int column, in Properties outer, in Properties inner)
    {
        char c = CharAt(_pos);
        if (c is '-' or '?' or ':' && IsBlankOrEnd(_pos + 1))
        {
            return ReadAtIndicator(c, parent, head, tab, column, outer, inner);
        }

        if (c is '|' or '>')
        {
            return Apply(ReadBlockScalar(parent), Merge(outer, inner));
        }

        Mark mark = Here();
        _retreat = -1;
        int headColumn = head ? column : -1;
        YamlNode? node = c switch
        {
            '*' => ReadAlias(flow: false) ?? (YamlNode)ReadPlain(parent, headColumn),
            '"' or '\'' => ReadQuoted(parent, headColumn, singleLine: false),
            '[' or '{' => ReadFlow(parent, headColumn, singleLine: false),
            _ => ReadPlain(parent, headColumn),
        };
        if (_retreat >= 0)
        {
            return ReadFromRetreat(mark, parent, column, outer);
        }

        if (!AtLineEnd() && !AtColon())
        {
            node = FinishLine(node, mark, parent, headColumn);
            if (_retreat >= 0)
            {
                return ReadFromRetreat(mark, parent, column, outer);
            }
        }

        if (!AtColon())
        {
            return ApplyToValue(node, outer, inner);
        }

        if (!head)
        {
            Rewind(mark);
            return Apply(
                ReadText(parent, YamlErrorKind.ColonInValue, "A colon and a space cannot stand in a text without quotes: put the text in quotes."),
                Merge(outer, inner));
        }

        if (_lineStart != mark.LineStart)
        {
            Report(
                YamlErrorKind.MultilineKey, node.Span.Start, node.Span.End,
                "A key must stand on one line: join its lines, or put what follows the colon elsewhere.");
        }

        ReportTabBefore(tab);
        int start = inner.Any ? inner.Start : node.Span.Start;
        ApplyToValue(node, default, inner);
        _pos = SkipSpaces(_pos);
        return Apply(ReadBlockMapping(column, parent, node, start), outer);
    }

    private bool AtColon()
    {
        int at = SkipSpaces(_pos);
        return CharAt(at) == ':' && at < _end && IsBlankOrEnd(at + 1);
    }

    private YamlNode ApplyToValue(YamlNode node, in Properties outer, in Properties inner)
    {
        if (!outer.Any && !inner.Any)
        {
            return node;
        }

        Properties all = Merge(outer, inner);
        if (node is YamlAlias)
        {
            Report(
                YamlErrorKind.BadProperty, all.Start, all.End, "An alias (*…) cannot have a tag or an anchor of its own: remove it.");
            return node;
        }

        return Apply(node, all);
    }

    private YamlNode ReadAtIndicator(
        char c, int parent, bool head, int tab, int column, in Properties outer, in Properties inner)
    {
        if (c == '-')
        {
            if (inner.Any)
            {
                Report(
                    YamlErrorKind.BadProperty, inner.Start, inner.End,
                    "A tag or an anchor of a list stands on a line of its own, above the first dash.");
            }
            else if (!head && !DashStandsBelow())
            {
                return Apply(
                    ReadText(parent, YamlErrorKind.ReservedCharacter, "A text cannot begin with a dash and a space: put it in quotes."), outer);
            }
            else if (!head)
            {
                Report(
                    YamlErrorKind.BrokenLine, _pos, _pos + 1, "The first item of a list stands on a line of its own, below the key.");
            }

            ReportTabBefore(tab);
            return Apply(ReadBlockSequence(Column, parent), Merge(outer, inner));
        }

        if (!head || (c == '?' && inner.Any))
        {
            return Apply(
                ReadText(parent, YamlErrorKind.ReservedCharacter, $"A text cannot begin with {c} and a space: put it in quotes."),
                Merge(outer, inner));
        }

        ReportTabBefore(tab);
        YamlNode? key = c == ':' ? Apply(Empty(_pos), inner) : null;
        return Apply(ReadBlockMapping(column, parent, key, inner.Any ? inner.Start : _pos), outer);
    }

    /// <summary>Whether the next line goes on with a dash right below the one here.</summary>
    private bool DashStandsBelow()
    {
        int end = LineEnd(_pos);
        if (end >= _end)
        {
            return false;
        }

        int next = AfterBreak(end);
        int at = next;
        while (CharAt(at) == ' ')
        {
            at++;
        }

        return at - next == _pos - _lineStart && IsDash(at);
    }

    private void ReportTabBefore(int tab)
    {
        if (tab < 0)
        {
            return;
        }

        int end = SkipSpaces(tab);
        Report(
            YamlErrorKind.TabIndentation, tab, end,
            "A tab stands before a key or a dash. YAML counts spaces only: replace the tab with a space.",
            new YamlSlip("Replace tabs with spaces", [new TextEdit(TextSpan.FromBounds(tab, end), " ")]));
    }

    /// <summary>
    /// Begins again at a node that was broken off before a line that is an entry at the same column: the node was a broken line.
    /// </summary>
    private YamlNode ReadFromRetreat(in Mark mark, int parent, int column, in Properties outer)
    {
        bool dash = IsDash(_retreat);
        Rewind(mark);
        if (!dash)
        {
            return Apply(ReadBlockMapping(column, parent, null, _pos), outer);
        }

        ReportBrokenLine(LineEnd(_pos));
        SkipBrokenLines(column, SkippedLines.Text);
        SkipBlank();
        return IsDash(_pos) && !AtEnd() ? Apply(ReadBlockSequence(Column, parent), outer) : Empty(mark.Pos);
    }

    /// <summary>Deals with text behind a value in quotes or brackets.</summary>
    private YamlNode FinishLine(YamlNode node, in Mark mark, int parent, int headColumn)
    {
        int at = SkipSpaces(_pos);
        int lineEnd = LineEnd(at);
        if (_s[at] == '#')
        {
            Report(
                YamlErrorKind.TextAfterValue, at, lineEnd, "A comment needs a space before its #.", InsertSlip("Add a space", at, " "));
            _comments.Add(new YamlComment(TextSpan.FromBounds(at, lineEnd)));
            _pos = lineEnd;
            return node;
        }

        if (_lineStart == mark.LineStart)
        {
            Rewind(mark);
            return ReadTextBehind(node, parent, headColumn);
        }

        if (headColumn >= 0 && FindEntryBelow(mark, headColumn, at) is int entry and >= 0)
        {
            _retreat = entry;
            return node;
        }

        int end = ScanText(at, out int stop);
        Report(
            YamlErrorKind.TextAfterValue, at, end, "This text stands behind a value that is already closed: put all of it in quotes, or remove it.");
        _pos = stop;
        return node;
    }

    /// <summary>The first line after a mark and before an offset that is an entry at a column, or -1.</summary>
    private int FindEntryBelow(in Mark mark, int column, int before)
    {
        int at = LineEnd(mark.Pos);
        while (at < before)
        {
            int lineStart = AfterBreak(at);
            int content = lineStart;
            while (CharAt(content) == ' ')
            {
                content++;
            }

            if (content < before && content - lineStart == column && LooksLikeEntry(content))
            {
                return content;
            }

            at = LineEnd(content);
        }

        return -1;
    }

    private YamlNode ReadTextBehind(YamlNode node, int parent, int headColumn)
    {
        int start = _pos;
        int end = ScanText(start, out int stop);
        if (headColumn >= 0)
        {
            int keyEnd = ScanPlainLine(node.Span.End, flow: false, out int colon);
            if (CharAt(colon) == ':')
            {
                string key = _s[start..keyEnd];
                Report(
                    YamlErrorKind.TextAfterValue, start, keyEnd, "This key goes on behind its closing quote or bracket: put all of it in quotes.",
                    QuoteSlip(start, keyEnd, key));
                _pos = keyEnd;
                var span = TextSpan.FromBounds(start, keyEnd);
                return new YamlScalar(span, span, key, YamlScalarStyle.Plain);
            }
        }

        char quote = _s[start];
        if (quote is '"' or '\'' && end - start > 2 && _s[end - 1] == quote)
        {
            // A quote inside of quotes, mostly speech or an apostrophe: the outermost two were meant.
            string value = _s[(start + 1)..(end - 1)];
            Report(
                YamlErrorKind.TextAfterValue, start, end, "The text in quotes holds the same quote again: use the other kind of quotes around it.",
                new YamlSlip("Use the other quotes", [new TextEdit(TextSpan.FromBounds(start, end), Quote(value))]));
            _pos = stop;
            return new YamlScalar(
                TextSpan.FromBounds(start, end), TextSpan.FromBounds(start + 1, end - 1), value,
                quote == '"' ? YamlScalarStyle.DoubleQuoted : YamlScalarStyle.SingleQuoted);
        }

        return ReadText(
            parent, YamlErrorKind.TextAfterValue, "Text stands behind a value that is already closed: put all of it in quotes.");
    }
}
