using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>Mappings and lists of the block style, and how they get over a broken line.</summary>
internal sealed partial class YamlReader
{
    // Further back than this no beginning of a line is looked for.
    private const int LongestIndent = 1000;

    /// <summary>Which lines at a broken line's own column are skipped with it, because they are broken in the same way.</summary>
    private enum SkippedLines
    {
        None,
        Items,
        Text,
        All,
    }

    private YamlSequence ReadBlockSequence(int column, int parent, bool mayTurn)
    {
        int start = _pos;
        int mark = _items.Count;
        int other = -1;
        int oddUpTo;
        _columns[_openColumns++] = column;
        do
        {
            _pos++;
            YamlNode item = ReadBlockNode(Column - 1, compact: true, sequenceAtParent: false, _pos);
            _items.Add(item);

            // At the root a lone text with a dash is the odd one among keys; below a key, or before a single key, it is rather a list.
            oddUpTo = !mayTurn || _items.Count > mark + 1 ? int.MaxValue : parent < 0 && item is not YamlMapping ? 0 : 1;
        }
        while (MoveToNextEntry(column, parent, isSequence: true, oddUpTo, ref other));

        _openColumns--;
        int end = Math.Max(_items[^1].Span.End, start + 1);
        return new YamlSequence(TextSpan.FromBounds(start, end), Take(_items, mark), isFlow: false);
    }

    /// <summary>Reads a mapping.</summary>
    /// <param name="column">The column of its keys.</param>
    /// <param name="parent">The column of the collection around it.</param>
    /// <param name="firstKey">The first key, when the reader stands at its colon already.</param>
    /// <param name="start">Where the first key begins, with its tag and anchor.</param>
    /// <param name="mayTurn">Whether a first entry that is followed by list items alone may be given up.</param>
    private YamlMapping ReadBlockMapping(int column, int parent, YamlNode? firstKey, int start, bool mayTurn)
    {
        int mark = _entries.Count;
        int other = -1;
        _columns[_openColumns++] = column;
        int entryColumn = column;
        YamlNode? key = firstKey;
        int entryStart = start;
        int errors = _errors.Count;
        int oddUpTo;
        do
        {
            if (key is null)
            {
                entryStart = _pos;
                entryColumn = Column;
            }

            ReadEntry(entryColumn, entryStart, key);
            key = null;
            oddUpTo = !mayTurn || _entries.Count > mark + 1 ? int.MaxValue : _errors.Count > errors ? 0 : 1;
        }
        while (MoveToNextEntry(column, parent, isSequence: false, oddUpTo, ref other));

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
        char c = CharAt(_pos);
        if (CanBeginPlain(_pos, flow: false))
        {
            int plainEnd = ScanPlainLine(_pos, flow: false, out int plainStop);
            if (CharAt(plainStop) != ':')
            {
                return null;
            }

            YamlScalar plainKey = PlainKey(_pos, plainEnd);
            _pos = plainStop;
            return plainKey;
        }

        Mark mark = Here();
        Properties properties = AtProperty() ? ReadProperties(flow: false) : default;
        if (IsIndicator(':'))
        {
            return Apply(Empty(_pos), properties);
        }

        c = CharAt(_pos);
        if (IsDash(_pos) || IsBreakOrEnd(_pos))
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

    /// <summary>
    /// Moves to the next entry of a collection; false when it is over. Lines that do not fit are reported once and read as what they
    /// most likely are, or skipped.
    /// </summary>
    /// <param name="column">The column of the collection's entries.</param>
    /// <param name="parent">The column of the collection around it.</param>
    /// <param name="isSequence">Whether entries begin with a dash.</param>
    /// <param name="oddUpTo">The first entry was the odd one out if more entries of the other kind follow than this.</param>
    /// <param name="other">A second column at which entries were found, against the rules, or -1.</param>
    private bool MoveToNextEntry(int column, int parent, bool isSequence, int oddUpTo, ref int other)
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
                return isSequence && at == column && (dash || (at == parent && IsItemBelowKey()));
            }

            if (at == column || at == other)
            {
                if (dash == isSequence)
                {
                    return true;
                }

                if (oddUpTo < int.MaxValue && at == column && (isSequence ? CountKeysBelow(column) : CountItemsBelow(column)) > oddUpTo)
                {
                    _turned = true;
                    return false;
                }

                if (isSequence && IsItemWithoutSpace())
                {
                    return true;
                }

                SkipStrayEntry(at, isSequence);
            }
            else if (isSequence ? dash : !dash && (LooksLikeKey(_pos) || IsIndicator('?')))
            {
                // Further out than the root's first line: a broken line above it, which was reported, mostly left it hanging.
                if (parent >= 0 || at > column || _errors.Count == _documentErrors)
                {
                    ReportIndentation(column, at, entry: true);
                }

                other = at;
                return true;
            }
            else if (parent < 0 && at < column && LooksLikeEntry(_pos))
            {
                return false;
            }
            else
            {
                ReportIndentation(column, at, entry: false);
                SkipBrokenLines(at, isSequence == dash ? SkippedLines.None : dash ? SkippedLines.Items : SkippedLines.Text);
            }
        }
    }
}
