using System.Text;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>Lines and texts inside of brackets.</summary>
internal sealed partial class YamlReader
{
    /// <summary>Skips blanks, comments and line ends inside of brackets; false when they are broken off here.</summary>
    private bool SkipFlowBlank()
    {
        while (true)
        {
            int at = SkipSpaces(_pos);
            if (at >= _end)
            {
                _pos = at;
                return Abort();
            }

            char c = _s[at];
            if (c == '#')
            {
                int end = LineEnd(at);
                if (at > _lineStart && !IsSpace(_s[at - 1]))
                {
                    Fault(YamlErrorKind.BrokenFlow, at, end, "A comment needs a space before its #.", InsertSlip("Add a space", at, " "));
                }

                _comments.Add(new YamlComment(TextSpan.FromBounds(at, end)));
                _pos = end;
            }
            else if (!IsBreak(c))
            {
                _pos = at;
                return true;
            }
            else if (_flowSingleLine)
            {
                _pos = at;
                return Abort();
            }
            else if (!CrossFlowLine(at))
            {
                return false;
            }
        }
    }

    private bool Abort()
    {
        _flowAbort = true;
        return false;
    }

    /// <summary>Crosses a line end inside of brackets, and judges the next line: an entry further out ends the brackets.</summary>
    private bool CrossFlowLine(int lineBreak)
    {
        int lineStart = AfterBreak(lineBreak);
        int at = lineStart;
        while (at < _end && _s[at] == ' ')
        {
            at++;
        }

        int content = SkipSpaces(at);
        if (IsBreakOrEnd(content) || _s[content] == '#')
        {
            MoveTo(lineStart, content);
            return true;
        }

        int spaces = at - lineStart;
        if (spaces == 0 && IsDocumentMarker(lineStart) && ClosesBelow(lineStart, _closers[0]))
        {
            Fault(
                YamlErrorKind.Indentation, lineStart, lineStart + 3, "This ends the document, though it stands in brackets: indent it.",
                InsertSlip("Indent the line", lineStart, "  "));
        }
        else if (spaces == 0 && IsDocumentMarker(lineStart))
        {
            // The reader stays before the line's end, so that the collections around see the document's end as well.
            _pos = lineBreak;
            return Abort();
        }

        bool closer = _s[content] is ']' or '}';
        if (spaces <= _flowParent && !(closer && spaces == _flowParent))
        {
            if (!closer && LooksLikeEntry(content) && !EndsWithComma(content))
            {
                // The reader stays before the line's end, so that the collections around see the next line as new.
                _pos = lineBreak;
                return Abort();
            }

            if (content > at && !closer)
            {
                ReportTab(lineStart, content, _flowParent + 2);
                _flowFault = true;
            }
            else if (!_flowFault)
            {
                _flowFault = true;
                ReportOn(
                    lineStart, YamlErrorKind.Indentation, content, LineEnd(content),
                    "This line continues what began in brackets further up: indent it more than the key of the brackets.",
                    InsertSlip("Indent the line", lineStart, new string(' ', _flowParent + 2 - Math.Min(spaces, _flowParent + 1))));
            }
        }
        else if (_flowHeadColumn >= 0 && _flowEntry < 0 && spaces == _flowHeadColumn && _s[content] is not ('"' or '\'')
            && LooksLikeEntry(content) && !EndsWithComma(content))
        {
            _flowEntry = content;
        }

        MoveTo(lineStart, content);
        return true;
    }

    private bool EndsWithComma(int content)
    {
        int end = LineEnd(content);
        end = TrimBack(content, end);
        return end > content && _s[end - 1] == ',';
    }

    private YamlScalar ReadFlowPlain()
    {
        int start = _pos;
        int startLine = _lineStart;
        bool reserved = !CanBeginPlain(start, flow: true);
        int end = ScanPlainLine(start, flow: true, out int stop);
        if (end == start)
        {
            // A character that can begin nothing; one step keeps the reader moving.
            end = stop = start + 1;
        }

        StringBuilder? builder = null;
        int lastEnd = end;
        _pos = _flowLast = end;
        while (stop < _end && IsBreak(_s[stop]) && !_flowSingleLine)
        {
            int blankLines = -1;
            _pos = stop;
            bool ended = false;
            while (!ended && IsBreak(CharAt(_pos)))
            {
                blankLines++;
                ended = !CrossFlowLine(_pos);
            }

            if (ended || _pos >= _end || _s[_pos] is '#' or ':' && IsEndOfFlowText())
            {
                break;
            }

            int content = _pos;
            int lineEnd = ScanPlainLine(content, flow: true, out stop);
            if (lineEnd == content)
            {
                break;
            }

            if (builder is null)
            {
                builder = Builder;
                builder.Append(_s, start, end - start);
            }

            Fold(builder, blankLines);
            builder.Append(_s, content, lineEnd - content);
            lastEnd = _pos = _flowLast = lineEnd;
        }

        var span = TextSpan.FromBounds(start, lastEnd);
        string value = builder is null ? Slice(start, end) : builder.ToString();
        if (reserved)
        {
            ReportFlowReserved(start, lastEnd, value, startLine);
        }
        else if (IsInCurlyQuotes(start, lastEnd))
        {
            return ReadCurlyQuotes(start, lastEnd);
        }

        return new YamlScalar(span, span, value, YamlScalarStyle.Plain);
    }

    private bool IsEndOfFlowText() => _s[_pos] == '#' || IsBlankOrEnd(_pos + 1) || IsFlowIndicator(_s[_pos + 1]);

    private void ReportFlowReserved(int start, int end, string value, int startLine)
    {
        if (CharAt(start) is '@' or '`' or '%' or '*')
        {
            ReportReserved(start, end, value, startLine);
        }
        else
        {
            Fault(
                YamlErrorKind.BrokenFlow, start, end, $"A text in brackets cannot begin with {_s[start]}: put it in quotes.",
                QuoteSlip(start, end, value));
        }
    }
}
