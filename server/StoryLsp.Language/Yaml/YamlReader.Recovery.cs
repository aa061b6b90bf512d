using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>How a node goes on where its text does not: text behind a value, and nodes that were broken off.</summary>
internal sealed partial class YamlReader
{
    /// <summary>How many keys follow at a column from here on; none if list items are among them.</summary>
    private int CountKeysBelow(int column)
    {
        int keys = 0;
        bool valueFollows = false;
        int at = _lineStart;
        for (int i = 0; i < EntriesAhead && at < _end;)
        {
            int lineStart = at;
            int content = SkipSpaces(lineStart);
            int lineEnd = LineEnd(content);
            at = lineEnd < _end ? AfterBreak(lineEnd) : _end;
            if (content == lineEnd || content - lineStart > column || _s[content] == '#')
            {
                continue;
            }

            if (content - lineStart < column || IsDocumentMarker(lineStart))
            {
                break;
            }

            i++;
            if (IsDash(content))
            {
                // A list below a key without a value on its line may stand at the key's column.
                if (!valueFollows)
                {
                    return 0;
                }

                continue;
            }

            bool key = LooksLikeKey(content);
            keys += key ? 1 : 0;
            ScanPlainLine(content, flow: false, out int colon);
            valueFollows = key && CharAt(colon) == ':' && SkipSpaces(colon + 1) >= lineEnd;
        }

        return keys;
    }

    /// <summary>How many list items follow at a column from here on; none if something else is among them.</summary>
    private int CountItemsBelow(int column)
    {
        int items = 0;
        int line = _lineStart;
        for (int i = 0; i < EntriesAhead && line < _end; i++)
        {
            int content = SkipSpaces(line);
            int end = LineEnd(content);
            int found = content - line;
            if (content < end && found <= column && _s[content] != '#')
            {
                if (found < column || IsDocumentMarker(line))
                {
                    break;
                }

                if (!IsDash(content))
                {
                    return 0;
                }

                items++;
            }

            line = end < _end ? AfterBreak(end) : _end;
        }

        return items;
    }

    /// <summary>
    /// Reads a collection of the block style. Where its first line was the odd one out, that line is reported and the rest read as what it is.
    /// </summary>
    private YamlNode ReadBlockCollection(bool isSequence, int column, int parent, YamlNode? firstKey, int start)
    {
        int errors = _errors.Count;
        int line = _lineStart;
        YamlNode node = isSequence
            ? ReadBlockSequence(column, parent, mayTurn: true)
            : ReadBlockMapping(column, parent, firstKey, start, mayTurn: true);
        if (!_turned)
        {
            return node;
        }

        _turned = false;
        if (_errors.Count == errors)
        {
            ReportOn(
                line, YamlErrorKind.BrokenLine, start, TrimBack(start, LineEnd(start)),
                isSequence
                    ? "A list item stands among keys: indent it below the key to which it belongs, or write a key (key: value)."
                    : "A key stands among list items: begin it with a dash and a space, or indent it below the item to which it belongs.");
        }

        return isSequence
            ? ReadBlockMapping(column, parent, null, _pos, mayTurn: false)
            : ReadBlockSequence(column, parent, mayTurn: false);
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
            return Apply(ReadBlockCollection(isSequence: false, column, parent, null, _pos), outer);
        }

        ReportBrokenLine(LineEnd(_pos));
        SkipBrokenLines(column, SkippedLines.Text);
        SkipBlank();
        return IsDash(_pos) && !AtEnd() ? Apply(ReadBlockCollection(isSequence: true, Column, parent, null, _pos), outer) : Empty(mark.Pos);
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
        if (ReadWikilinks(start, end) is { } links)
        {
            _pos = stop;
            return links;
        }

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
        if (quote is '"' or '\'' && headColumn >= 0 && EntryBelow(out _) == headColumn)
        {
            int keyEnd = ScanPlainLine(start, flow: false, out int colon);
            if (CharAt(colon) == ':')
            {
                return OddKey(start, keyEnd);
            }
        }

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
            parent, headColumn, YamlErrorKind.TextAfterValue, "Text stands behind a value that is already closed: put all of it in quotes.");
    }
}
