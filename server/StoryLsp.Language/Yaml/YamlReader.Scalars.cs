using System.Buffers;
using System.Text;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>Texts without quotes.</summary>
internal sealed partial class YamlReader
{
    private static readonly SearchValues<char> NoCurlyWord =
        SearchValues.Create(" \t\r\n.!?,;:\"'\u2018\u2019\u201A\u201C\u201D\u201E\u2026");

    private bool CanBeginPlain(int at, bool flow)
    {
        char c = CharAt(at);
        if (c is '-' or '?' or ':')
        {
            return !IsBlankOrEnd(at + 1) && !(flow && IsFlowIndicator(_s[at + 1]));
        }

        return c is not (',' or '[' or ']' or '{' or '}' or '#' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`');
    }

    /// <summary>The end of a text without quotes on its line, blanks cut off; the stop is the colon, comment or line end behind it.</summary>
    private int ScanPlainLine(int from, bool flow, out int stop)
    {
        int at = from;
        while (true)
        {
            int step = _s.AsSpan(at, _end - at).IndexOfAny(flow ? FlowStops : BlockStops);
            if (step < 0)
            {
                at = _end;
                break;
            }

            at += step;
            char c = _s[at];
            if (c == ':')
            {
                if (IsBlankOrEnd(at + 1) || (flow && IsFlowIndicator(_s[at + 1])))
                {
                    break;
                }
            }
            else if (c != '#' || (at > from && IsSpace(_s[at - 1])))
            {
                break;
            }

            at++;
        }

        stop = at;
        return TrimBack(from, at);
    }

    /// <summary>The end of the rest of a line, whatever it holds, without a comment and blanks.</summary>
    private int ScanText(int from, out int stop)
    {
        int lineEnd = LineEnd(from);
        int at = from;
        while (true)
        {
            int step = _s.AsSpan(at, lineEnd - at).IndexOf('#');
            if (step < 0)
            {
                stop = lineEnd;
                break;
            }

            at += step;
            if (at > from && IsSpace(_s[at - 1]))
            {
                stop = at;
                break;
            }

            at++;
        }

        return TrimBack(from, stop);
    }

    /// <summary>Reads a text without quotes.</summary>
    /// <param name="parent">The column of the collection around it; lines of the text are indented more.</param>
    /// <param name="headColumn">The column of the text where it can be a key, else -1.</param>
    private YamlScalar ReadPlain(int parent, int headColumn)
    {
        int start = _pos;
        bool reserved = !CanBeginPlain(start, flow: false);
        int end = ScanPlainLine(start, flow: false, out int stop);
        if (headColumn >= 0 && CharAt(stop) == ':')
        {
            return PlainKey(start, end);
        }

        int startLine = _lineStart;
        bool colon = CharAt(stop) == ':' || reserved;
        if (CharAt(stop) == ':')
        {
            end = ScanText(start, out stop);
        }

        YamlScalar scalar = ReadPlainLines(start, end, stop, parent, headColumn, ref colon);
        if (_retreat >= 0 || _missingColon)
        {
            return scalar;
        }

        if (_openColumns > 0 && IsInCurlyQuotes(start, scalar.Span.End))
        {
            return ReadCurlyQuotes(start, scalar.Span.End);
        }

        if (reserved)
        {
            ReportReserved(start, scalar.Span.End, scalar.Value, startLine);
        }
        else if (colon)
        {
            ReportOn(
                startLine, YamlErrorKind.ColonInValue, start, scalar.Span.End,
                "A colon and a space cannot stand in a text without quotes: put the text in quotes.",
                QuoteSlip(start, scalar.Span.End, scalar.Value));
        }

        return scalar;
    }

    /// <summary>Reads the rest of the line as the text that was meant, whatever it holds, and reports why it must be put in quotes.</summary>
    private YamlScalar ReadText(int parent, int headColumn, YamlErrorKind kind, string message)
    {
        int start = _pos;
        int startLine = _lineStart;
        int end = ScanText(start, out int stop);
        bool faulty = true;
        YamlScalar scalar = ReadPlainLines(start, end, stop, parent, headColumn, ref faulty);
        if (_retreat < 0)
        {
            ReportOn(startLine, kind, start, scalar.Span.End, message, QuoteSlip(start, scalar.Span.End, scalar.Value));
        }

        return scalar;
    }

    private YamlScalar ReadPlainLines(int start, int end, int stop, int parent, int headColumn, ref bool faulty)
    {
        StringBuilder? builder = null;
        int lastEnd = end;
        bool entryBelow = false;
        while (stop < _end && IsBreak(_s[stop]) && FindNextLine(stop, parent, out int lineStart, out int content, out int blankLines))
        {
            if (faulty && headColumn >= 0 && content - lineStart == headColumn && IsDash(content))
            {
                _retreat = content;
                break;
            }

            if (headColumn >= 0 && IsItemTooDeep(start, content))
            {
                break;
            }

            int lineEnd = ScanPlainLine(content, flow: false, out int lineStop);
            if (CharAt(lineStop) == ':')
            {
                if (headColumn >= 0 && content - lineStart == headColumn)
                {
                    _retreat = content;
                    break;
                }

                if (headColumn >= 0 && (builder is null || entryBelow) && content - lineStart > headColumn && !faulty)
                {
                    _missingColon = true;
                    break;
                }

                if (IsWord(content, lineEnd))
                {
                    break;
                }

                faulty = true;
                lineEnd = ScanText(content, out lineStop);
            }

            if (builder is null)
            {
                builder = Builder;
                builder.Append(_s, start, end - start);
                entryBelow = IsDash(content) && content - lineStart > headColumn;
            }

            Fold(builder, blankLines);
            builder.Append(_s, content, lineEnd - content);
            MoveTo(lineStart, content);
            lastEnd = lineEnd;
            stop = lineStop;
        }

        if (headColumn >= 0 && builder is null && CharAt(stop) == '#' && EntryBelow(out int below) == headColumn)
        {
            _retreat = below;
        }

        _pos = lastEnd;
        var span = TextSpan.FromBounds(start, lastEnd);
        return new YamlScalar(span, span, builder is null ? Slice(start, end) : builder.ToString(), YamlScalarStyle.Plain);
    }

    private static void Fold(StringBuilder builder, int blankLines)
    {
        if (blankLines == 0)
        {
            builder.Append(' ');
        }
        else
        {
            builder.Append('\n', blankLines);
        }
    }

    private bool IsWord(int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            if (!char.IsLetterOrDigit(_s[i]) && _s[i] is not ('_' or '-'))
            {
                return false;
            }
        }

        return to > from;
    }

    /// <summary>Finds the next line of a text that goes on over several lines; false when the text ends here.</summary>
    private bool FindNextLine(int lineBreak, int parent, out int lineStart, out int content, out int blankLines)
    {
        blankLines = 0;
        lineStart = AfterBreak(lineBreak);
        while (true)
        {
            int at = lineStart;
            while (at < _end && _s[at] == ' ')
            {
                at++;
            }

            content = SkipSpaces(at);
            if (content >= _end)
            {
                return false;
            }

            if (IsBreak(_s[content]))
            {
                blankLines++;
                lineStart = AfterBreak(content);
                continue;
            }

            int spaces = at - lineStart;
            if (_s[content] == '#' || (spaces == 0 && IsDocumentMarker(lineStart)))
            {
                return false;
            }

            if (spaces > parent)
            {
                return true;
            }

            if (content == at || LooksLikeEntry(content))
            {
                return false;
            }

            ReportTab(lineStart, content, parent + 2);
            return true;
        }
    }

    /// <summary>
    /// Whether a text is a single word in curly quotes. Several words, or a mark of a sentence, may well be speech or a title with quotes.
    /// </summary>
    private bool IsInCurlyQuotes(int start, int end)
    {
        bool paired = end - start > 2 && (_s[start], _s[end - 1]) is ('\u201C', '\u201D') or ('\u201E', '\u201C' or '\u201D') or ('\u2018', '\u2019')
            or ('\u201A', '\u2018' or '\u2019');
        return paired && _s.AsSpan(start + 1, end - start - 2).IndexOfAny(NoCurlyWord) < 0;
    }

    private YamlScalar ReadCurlyQuotes(int start, int end)
    {
        string value = Slice(start + 1, end - 1);
        Report(
            YamlErrorKind.CurlyQuotes, start, end, "These are curly quotes, which YAML takes for a part of the text: use straight ones.",
            new YamlSlip("Use straight quotes", [new TextEdit(TextSpan.FromBounds(start, end), Quote(value))]));
        return new YamlScalar(TextSpan.FromBounds(start, end), TextSpan.FromBounds(start + 1, end - 1), value, YamlScalarStyle.DoubleQuoted);
    }

    /// <summary>In quotes, or, as whoever writes @ada mostly means Ada, without the sign.</summary>
    private YamlSlip ReservedSlip(char c, int start, int end, string value)
    {
        YamlSlip quotes = QuoteSlip(start, end, value);
        return c == '@' && end > start + 1 && CanBeginPlain(start + 1, flow: _flowDepth > 0)
            ? quotes with { Other = new YamlSlip("Remove the @", [new TextEdit(new TextSpan(start, 1), string.Empty)]) }
            : quotes;
    }

    private void ReportReserved(int start, int end, string value, int lineStart = -1)
    {
        char c = CharAt(start);
        string message = c switch
        {
            '*' => "A text cannot begin with a star (*), which refers to an anchor: put it in quotes.",
            '@' or '`' or '%' => $"A text cannot begin with {c}, which YAML keeps for itself: put it in quotes.",
            _ => $"A text cannot begin with {c}: put it in quotes.",
        };
        ReportOn(
            lineStart < 0 ? _lineStart : lineStart, YamlErrorKind.ReservedCharacter, start, end, message, ReservedSlip(c, start, end, value));
    }
}
