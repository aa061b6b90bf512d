using System.Text;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>Blocks of text after <c>|</c> and <c>&gt;</c>.</summary>
internal sealed partial class YamlReader
{
    private YamlScalar ReadBlockScalar(int parent, int headColumn)
    {
        int start = _pos;
        char style = _s[start];
        int at = start + 1;
        int digit = 0;
        char chomp = ' ';
        bool valid = true;
        while (at < _end && (_s[at] is '+' or '-' || char.IsAsciiDigit(_s[at])))
        {
            if (char.IsAsciiDigit(_s[at]))
            {
                valid &= digit == 0 && _s[at] != '0';
                digit = _s[at] - '0';
            }
            else
            {
                valid &= chomp == ' ';
                chomp = _s[at];
            }

            at++;
        }

        int rest = SkipSpaces(at);
        bool comment = rest > at && CharAt(rest) == '#';
        if (!valid || (!IsBreakOrEnd(rest) && !comment))
        {
            return ReadBadHeader(parent, headColumn, start, rest);
        }

        int headerEnd = LineEnd(rest);
        if (comment)
        {
            _comments.Add(new YamlComment(TextSpan.FromBounds(rest, headerEnd)));
        }

        _pos = at;
        if (headerEnd >= _end)
        {
            _pos = headerEnd;
            return BlockText(start, at, at, at, string.Empty, style);
        }

        int body = AfterBreak(headerEnd);
        int tabs = 0;
        int indent = digit > 0 ? Math.Max(parent, 0) + digit : FindBlockIndent(body, parent, out tabs);
        _pos = headerEnd;
        if (tabs > 0)
        {
            return ReadTabbedLines(start, at, body, parent, tabs, style, chomp);
        }

        return ReadBlockLines(start, at, body, indent, style, chomp);
    }

    private YamlScalar ReadBadHeader(int parent, int headColumn, int start, int rest)
    {
        if (_s[rest < _end ? rest : start] == '#')
        {
            Report(
                YamlErrorKind.BadBlockScalar, rest, LineEnd(rest), "A comment needs a space before its #.", InsertSlip("Add a space", rest, " "));
        }

        if (headColumn >= 0)
        {
            int keyEnd = ScanPlainLine(start, flow: false, out int colon);
            if (CharAt(colon) == ':')
            {
                return PlainKey(start, keyEnd);
            }
        }

        return ReadText(
            parent, headColumn, YamlErrorKind.BadBlockScalar,
            $"A block of text begins on the line below {_s[start]}: move the text there, or put it in quotes.");
    }

    private static YamlScalar BlockText(int start, int end, int contentStart, int contentEnd, string value, char style) => new(
        TextSpan.FromBounds(start, Math.Max(end, contentEnd)), TextSpan.FromBounds(contentStart, contentEnd), value,
        style == '|' ? YamlScalarStyle.Literal : YamlScalarStyle.Folded);

    /// <summary>Finds the indentation of a block by its first line that is not blank.</summary>
    private int FindBlockIndent(int body, int parent, out int tabs)
    {
        int deepestBlank = 0;
        int blankLine = -1;
        int line = body;
        tabs = 0;
        while (line < _end)
        {
            int at = line;
            while (at < _end && _s[at] == ' ')
            {
                at++;
            }

            int spaces = at - line;
            if (at >= _end)
            {
                return Math.Max(parent + 1, Math.Max(deepestBlank, spaces));
            }

            if (_s[at] == '\t' && spaces <= parent)
            {
                int content = SkipSpaces(at);
                if (!IsBreakOrEnd(content))
                {
                    tabs = content - line > SkipSpaces(_lineStart) - _lineStart ? content - line : 0;
                    return int.MaxValue;
                }

                ReportTab(line, content, 0);
                at = content;
                if (at >= _end)
                {
                    return int.MaxValue;
                }
            }

            if (!IsBreak(_s[at]))
            {
                if (spaces > parent && deepestBlank > spaces)
                {
                    ReportOn(
                        blankLine, YamlErrorKind.BadBlockScalar, blankLine, blankLine + deepestBlank,
                        "A blank line at the beginning of a block has more spaces than the first line of its text: remove them.",
                        new YamlSlip("Remove the spaces", [new TextEdit(new TextSpan(blankLine, deepestBlank), string.Empty)]));
                }

                return spaces > parent ? spaces : int.MaxValue;
            }

            if (spaces > deepestBlank)
            {
                deepestBlank = spaces;
                blankLine = line;
            }

            line = AfterBreak(at);
        }

        return Math.Max(parent + 1, deepestBlank);
    }

    private YamlScalar ReadBlockLines(int start, int headerEnd, int body, int indent, char style, char chomp)
    {
        StringBuilder builder = Builder;
        bool any = false;
        bool lastSpaced = false;
        int blankLines = 0;
        int contentStart = -1;
        int contentEnd = headerEnd;
        int line = body;
        while (line < _end)
        {
            int at = line;
            int limit = indent == int.MaxValue ? _end : Math.Min(_end, line + indent);
            while (at < limit && _s[at] == ' ')
            {
                at++;
            }

            if (IsBreakOrEnd(at))
            {
                blankLines++;
                if (at >= _end)
                {
                    break;
                }

                line = AfterBreak(at);
                continue;
            }

            if (at - line < indent && _s[at] == '\t' && any && indent < int.MaxValue && IsTextBehindTab(at))
            {
                int content = SkipSpaces(at);
                ReportTab(line, content, indent);
                at = content;
            }
            else if (at - line < indent || (at == line && IsDocumentMarker(line)))
            {
                break;
            }

            int end = LineEnd(at);
            bool spaced = IsSpace(_s[at]);
            AppendBreaks(builder, style, any, lastSpaced, spaced, blankLines);
            builder.Append(_s, at, end - at);
            contentStart = contentStart < 0 ? at : contentStart;
            contentEnd = end;
            any = true;
            lastSpaced = spaced;
            blankLines = 0;
            MoveTo(line, end);
            if (end >= _end)
            {
                break;
            }

            line = AfterBreak(end);
        }

        if (chomp != '-' && any)
        {
            builder.Append('\n');
        }

        if (chomp == '+')
        {
            builder.Append('\n', blankLines);
        }

        if (!any)
        {
            contentStart = contentEnd = headerEnd;
        }

        return BlockText(start, headerEnd, contentStart, contentEnd, builder.ToString(), style);
    }

    /// <summary>Whether a line with a tab is more of the block above it: neither a comment nor an entry of what is around it.</summary>
    private bool IsTextBehindTab(int tab)
    {
        int content = SkipSpaces(tab);
        return !IsBreakOrEnd(content) && _s[content] != '#' && !LooksLikeEntry(content);
    }

    /// <summary>Reads a block that is indented with tabs: one finding, and the text as it was meant.</summary>
    private YamlScalar ReadTabbedLines(int start, int headerEnd, int body, int parent, int tabs, char style, char chomp)
    {
        StringBuilder builder = Builder;
        int outside = SkipSpaces(_lineStart) - _lineStart;
        int contentStart = -1;
        int contentEnd = headerEnd;
        int blankLines = 0;
        int line = body;
        while (true)
        {
            int content = SkipSpaces(line);
            if (IsBreakOrEnd(content))
            {
                blankLines++;
            }
            else
            {
                if (content - line <= outside)
                {
                    break;
                }

                int from = Math.Min(content, line + tabs);
                ReportTab(line, from, Math.Max(parent, 0) + 2);
                AppendBreaks(builder, style, contentStart >= 0, lastSpaced: false, spaced: false, blankLines);
                contentStart = contentStart < 0 ? from : contentStart;
                contentEnd = LineEnd(content);
                builder.Append(_s, from, contentEnd - from);
                blankLines = 0;
                MoveTo(line, contentEnd);
                content = contentEnd;
            }

            if (content >= _end)
            {
                break;
            }

            line = AfterBreak(content);
        }

        if (chomp != '-')
        {
            builder.Append('\n', chomp == '+' ? blankLines + 1 : 1);
        }

        return BlockText(start, headerEnd, contentStart, contentEnd, builder.ToString(), style);
    }

    private static void AppendBreaks(StringBuilder builder, char style, bool any, bool lastSpaced, bool spaced, int blankLines)
    {
        if (!any)
        {
            builder.Append('\n', blankLines);
        }
        else if (style == '|' || lastSpaced || spaced)
        {
            builder.Append('\n', blankLines + 1);
        }
        else
        {
            Fold(builder, blankLines);
        }
    }
}
