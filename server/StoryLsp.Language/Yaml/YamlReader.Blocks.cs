using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>What stands after a dash, a colon or at the root: a node of the block style.</summary>
internal sealed partial class YamlReader
{
    // Set by an inline node that was broken off and that a line looking like an entry of its own column follows: that line's content.
    private int _retreat = -1;

    // Set when the first line of a collection turned out to be the odd one out: the rest is to be read as the other kind.
    private bool _turned;

    // Set when a text over several lines turned out to be a key without its colon.
    private bool _missingColon;

    // How many lines decide whether they are a list or a mapping with a stray line above it.
    private const int EntriesAhead = 100;

    // One finding is enough for a file that nests too deeply.
    private bool _tooDeep;

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
        return column > parent || (sequenceAtParent && column == parent && (IsDash(_pos) || AtPropertyOfList() || AtItemsBelowKey()));
    }

    private bool AtItemsBelowKey() => CharAt(_pos) == '-' && IsItemsWithoutSpace(Column, Column);

    /// <summary>Whether a tag or anchor stands alone at the column of the list below it, where it is indented too little; reports it.</summary>
    private bool AtPropertyOfList()
    {
        int lineEnd = LineEnd(_pos);
        bool found = AtProperty() && lineEnd < _end && _pos == _lineStart + Column
            && IsDash(Math.Min(_end, AfterBreak(lineEnd) + Column)) && _s.AsSpan(_pos, lineEnd - _pos).IndexOfAny(' ', '\t') < 0;
        if (found)
        {
            Report(
                YamlErrorKind.Indentation, _pos, lineEnd, "A tag or an anchor of a list is indented more than the key of the list.",
                InsertSlip("Indent the line", _lineStart, "  "));
        }

        return found;
    }

    private YamlScalar SkipDeepBlock(int parent, int emptyAt)
    {
        ReportTooDeep(_pos);
        SkipBrokenLines(Math.Max(parent, 0), SkippedLines.None);
        return Empty(emptyAt);
    }

    private void ReportTooDeep(int at)
    {
        if (!_tooDeep)
        {
            _tooDeep = true;
            ReportOn(
                -1, YamlErrorKind.TooDeep, at, at + 1, $"This is nested more than {MaxDepth} levels deep; what stands inside was skipped.");
        }
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

        Mark mark = Here();
        _retreat = -1;
        int headColumn = head || parent < 0 ? column : -1;
        if (c == '-' && _pos == _first && IsItemsWithoutSpace(parent, Column))
        {
            IsItemWithoutSpace();
            return Apply(ReadBlockSequence(column, parent, mayTurn: false), Merge(outer, inner));
        }

        if (head && (char.IsLetter(c) || c == '_') && IsKeysWithoutSpace(parent, Column))
        {
            // The tag or anchor before it is most likely the mapping's: nobody gives one to a key.
            return Apply(ReadBlockCollection(isSequence: false, Column, parent, null, _pos), Merge(outer, inner));
        }

        YamlNode? node = c switch
        {
            '*' => ReadAlias(flow: false) ?? (YamlNode)ReadPlain(parent, headColumn),
            '"' or '\'' => ReadQuoted(parent, headColumn, singleLine: false),
            '[' or '{' => ReadFlow(parent, headColumn, singleLine: false),
            '|' or '>' => ReadBlockScalar(parent, headColumn),
            _ => ReadPlain(parent, headColumn),
        };
        if (_retreat >= 0)
        {
            return ReadFromRetreat(mark, parent, column, outer);
        }

        if (node is YamlScalar { Style: YamlScalarStyle.Literal or YamlScalarStyle.Folded })
        {
            return Apply(node, Merge(outer, inner));
        }

        if (_missingColon)
        {
            _missingColon = false;
            Rewind(mark);
            YamlScalar key = KeyWithoutColon();
            ApplyToValue(key, default, inner);
            return Apply(ReadBlockCollection(isSequence: false, column, parent, key, inner.Any ? inner.Start : key.Span.Start), outer);
        }

        if (!AtLineEnd() && !AtColon())
        {
            node = FinishLine(node, mark, parent, headColumn);
            if (_retreat >= 0)
            {
                return ReadFromRetreat(mark, parent, column, outer);
            }
        }

        if (headColumn >= 0 && c is '"' or '\'' or '[' or '{' or '*' && !AtColon() && EntryBelow(out int below) == headColumn)
        {
            _retreat = below;
            return ReadFromRetreat(mark, parent, column, outer);
        }

        if (!AtColon())
        {
            return ApplyToValue(node, outer, inner);
        }

        if (!head && parent < 0)
        {
            Report(
                YamlErrorKind.BrokenLine, node.Span.Start, SkipSpaces(_pos) + 1,
                "A key cannot stand on the line of the three dashes (---): begin it on the line below.");
        }
        else if (!head)
        {
            Rewind(mark);
            return Apply(
                ReadText(parent, -1, YamlErrorKind.ColonInValue, "A colon and a space cannot stand in a text without quotes: put the text in quotes."),
                Merge(outer, inner));
        }

        if (_lineStart != mark.LineStart)
        {
            Report(
                YamlErrorKind.MultilineKey, node.Span.Start, node.Span.End,
                "A key must stand on one line: join its lines, or put what follows the colon elsewhere.");
        }

        column = ReportTabBefore(tab, parent, column);
        int start = inner.Any ? inner.Start : node.Span.Start;
        ApplyToValue(node, default, inner);
        _pos = SkipSpaces(_pos);
        return Apply(ReadBlockCollection(isSequence: false, column, parent, node, start), outer);
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
            else if (!head)
            {
                return Apply(ReadItemBesideKey(parent), outer);
            }

            column = ReportTabBefore(tab, parent, Column);
            return Apply(ReadBlockCollection(isSequence: true, column, parent, null, _pos), Merge(outer, inner));
        }

        if (!head || (c == '?' && inner.Any))
        {
            return Apply(
                ReadText(parent, -1, YamlErrorKind.ReservedCharacter, $"A text cannot begin with {c} and a space: put it in quotes."),
                Merge(outer, inner));
        }

        column = ReportTabBefore(tab, parent, column);
        YamlNode? key = c == ':' ? Apply(Empty(_pos), inner) : null;
        return Apply(ReadBlockCollection(isSequence: false, column, parent, key, inner.Any ? inner.Start : _pos), outer);
    }

    /// <summary>Reports a tab between a dash and what begins behind it; the column is then as if one space stood there.</summary>
    private int ReportTabBefore(int tab, int parent, int column)
    {
        if (tab < 0)
        {
            return column;
        }

        int start = TrimBack(_lineStart, tab);
        int end = SkipSpaces(tab);
        Report(
            YamlErrorKind.TabIndentation, tab, end,
            "A tab stands before a key or a dash. YAML counts spaces only: replace the tab with a space.",
            new YamlSlip("Replace tabs with spaces", [new TextEdit(TextSpan.FromBounds(start, end), " ")]));
        return parent >= 0 ? parent + 2 : column;
    }
}
