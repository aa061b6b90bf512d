using System.Text;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>Blocks of text after <c>|</c> and <c>&gt;</c>.</summary>
internal sealed partial class YamlReader
{
    private YamlScalar ReadBlockScalar(int parent)
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
            return ReadBadHeader(parent, start, rest);
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
        int indent = digit > 0 ? Math.Max(parent, 0) + digit : FindBlockIndent(body, parent, out bool tabs);
        _pos = headerEnd;
        return ReadBlockLines(start, at, body, indent, style, chomp);
    }

    private YamlScalar ReadBadHeader(int parent, int start, int rest)
    {
        if (_s[rest < _end ? rest : start] == '#')
        {
            Report(
                YamlErrorKind.BadBlockScalar, rest, LineEnd(rest), "A comment needs a space before its #.", InsertSlip("Add a space", rest, " "));
        }

        return ReadText(
            parent, YamlErrorKind.BadBlockScalar,
            $"A block of text begins on the line below {_s[start]}: move the text there, or put it in quotes.");
    }

    private static YamlScalar BlockText(int start, int end, int contentStart, int contentEnd, string value, char style) => new(
        TextSpan.FromBounds(start, Math.Max(end, contentEnd)), TextSpan.FromBounds(contentStart, contentEnd), value,
        style == '|' ? YamlScalarStyle.Literal : YamlScalarStyle.Folded);

    /// <summary>Finds the indentation of a block by its first line that is not blank.</summary>
    private int FindBlockIndent(int body, int parent, out bool tabs)
    {
        int deepestBlank = 0;
        int blankLine = -1;
        int line = body;
        tabs = false;
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

            if (at - line < indent || (at == line && IsDocumentMarker(line)))
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
