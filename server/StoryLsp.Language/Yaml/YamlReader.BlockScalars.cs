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
                    tabs = Width(line, content) > Width(_lineStart, SkipSpaces(_lineStart)) ? content - line : 0;
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
        int outside = Width(_lineStart, SkipSpaces(_lineStart));
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

            if (at - line < indent && _s[at] == '\t' && any && indent < int.MaxValue && IsTextBehindTab(line, at, indent, outside))
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
    private bool IsTextBehindTab(int line, int tab, int indent, int outside)
    {
        int content = SkipSpaces(tab);
        if (IsBreakOrEnd(content) || _s[content] == '#')
        {
            return false;
        }

        if (!LooksLikeEntry(content) || (IsDash(content) && Width(line, content) > outside))
        {
            return true;
        }

        // What looks like an entry is text nevertheless when the block goes on right behind it.
        int end = LineEnd(content);
        int next = end < _end ? AfterBreak(end) : _end;
        int text = next;
        while (CharAt(text) == ' ')
        {
            text++;
        }

        return text - next >= indent && !IsBreakOrEnd(text);
    }

    /// <summary>How wide an indentation looks at least: no editor shows a tab as fewer than two columns.</summary>
    private int Width(int line, int content) => content - line + _s.AsSpan(line, content - line).Count('\t');

    /// <summary>The spaces before the first line of a block, below one with a tab, that is indented with spaces alone; or -1.</summary>
    private int FindSpacesBelowTabs(int line, int outside)
    {
        for (int i = 0; i < LinesAhead && line < _end; i++)
        {
            int at = line;
            while (CharAt(at) == ' ')
            {
                at++;
            }

            int content = SkipSpaces(at);
            if (!IsBreakOrEnd(content))
            {
                if (Width(line, content) <= outside)
                {
                    break;
                }

                if (content == at)
                {
                    return at - line;
                }
            }

            int end = LineEnd(content);
            line = end < _end ? AfterBreak(end) : _end;
        }

        return -1;
    }

    /// <summary>Reads a block that is indented with tabs: one finding, and the text as it was meant.</summary>
    private YamlScalar ReadTabbedLines(int start, int headerEnd, int body, int parent, int tabs, char style, char chomp)
    {
        StringBuilder builder = Builder;
        int outside = Width(_lineStart, SkipSpaces(_lineStart));
        int spaces = FindSpacesBelowTabs(body, Math.Max(outside, parent));
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
                if (Width(line, content) <= outside)
                {
                    break;
                }

                bool tabbed = _s.AsSpan(line, content - line).Contains('\t');
                int from = Math.Min(content, spaces < 0 ? line + tabs : tabbed ? content : line + spaces);
                ReportTab(line, from, spaces < 0 ? Math.Max(parent, 0) + 2 : spaces);
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
