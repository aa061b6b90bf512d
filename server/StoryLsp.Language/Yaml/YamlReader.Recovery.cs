using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>How a node goes on where its text does not: text behind a value, and nodes that were broken off.</summary>
internal sealed partial class YamlReader
{
    /// <summary>
    /// Whether the list item that begins the root is a stray line above a mapping: keys follow at its column, and no further item.
    /// </summary>
    private bool KeysFollowItem(int column)
    {
        int keys = 0;
        bool valueFollows = false;
        int at = LineEnd(_pos);
        for (int i = 0; i < EntriesAhead && at < _end;)
        {
            int lineStart = AfterBreak(at);
            int content = SkipSpaces(lineStart);
            at = LineEnd(content);
            if (content == at || content - lineStart > column || _s[content] == '#')
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
                    return false;
                }

                continue;
            }

            bool key = LooksLikeKey(content);
            keys += key ? 1 : 0;
            ScanPlainLine(content, flow: false, out int colon);
            valueFollows = key && CharAt(colon) == ':' && SkipSpaces(colon + 1) >= at;
        }

        bool itemIsMapping = LooksLikeKey(SkipSpaces(_pos + 1));
        return keys > (itemIsMapping ? 1 : 0);
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
