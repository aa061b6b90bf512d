using System.Text;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>Lists in brackets and mappings in braces.</summary>
internal sealed partial class YamlReader
{
    private readonly char[] _closers = new char[MaxDepth + 2];
    private int _flowDepth;
    private int _flowParent;
    private int _flowHeadColumn;
    private bool _flowSingleLine;

    // A line ended the outermost bracket before it was closed: everything unwinds.
    private bool _flowAbort;

    // The outermost bracket has its finding; what else seems wrong inside is mostly an echo.
    private bool _flowFault;
    private int _flowEntry;
    private int _flowLast;

    /// <summary>Reads a list in brackets or a mapping in braces.</summary>
    /// <param name="parent">The column of the collection around it; its lines are indented more.</param>
    /// <param name="headColumn">The column where it can be a key, else -1.</param>
    /// <param name="singleLine">Whether it must end on its line, as a key must.</param>
    private YamlNode ReadFlow(int parent, int headColumn, bool singleLine)
    {
        _flowParent = parent;
        _flowHeadColumn = headColumn;
        _flowSingleLine = singleLine;
        _flowAbort = false;
        _flowFault = false;
        _flowEntry = -1;
        _flowDepth = 0;
        YamlNode node = ReadFlowCollection();
        if (_flowAbort && _flowEntry >= 0)
        {
            _retreat = _flowEntry;
        }

        _flowDepth = 0;
        return node;
    }

    private YamlNode ReadFlowCollection()
    {
        int start = _pos;
        if (_depth >= MaxDepth)
        {
            return SkipDeepFlow();
        }

        int startLine = _lineStart;
        bool isMapping = _s[start] == '{';
        char close = isMapping ? '}' : ']';
        int items = _items.Count;
        int entries = _entries.Count;
        _depth++;
        _closers[_flowDepth++] = close;
        _pos++;
        _flowLast = _pos;
        bool comma = true;
        while (true)
        {
            if (_flowAbort || !SkipFlowBlank())
            {
                ReportUnclosed(start, startLine);
                break;
            }

            char c = _s[_pos];
            if (c is ']' or '}')
            {
                if (c != close && !TakesCloser(c, start, startLine))
                {
                    break;
                }

                _pos++;
                _flowLast = _pos;
                break;
            }

            if (c == ',')
            {
                if (comma)
                {
                    Fault(YamlErrorKind.BrokenFlow, _pos, _pos + 1, "There is a comma too many here: remove it.", null);
                }

                comma = true;
                _pos++;
                _flowLast = _pos;
                continue;
            }

            if (!comma)
            {
                Fault(
                    YamlErrorKind.BrokenFlow, _pos, _pos + 1, "A comma is missing before this: entries in brackets are separated by commas.",
                    InsertSlip("Add a comma", _flowLast, ","));
            }

            comma = false;
            ReadFlowEntry(isMapping);
        }

        _depth--;
        _flowDepth--;
        var span = TextSpan.FromBounds(start, Math.Max(_flowLast, start + 1));
        return isMapping
            ? new YamlMapping(span, Take(_entries, entries), isFlow: true)
            : new YamlSequence(span, Take(_items, items), isFlow: true);
    }

    /// <summary>Whether a closing bracket of the wrong kind ends the collection here; else it belongs to one further out.</summary>
    private bool TakesCloser(char closer, int start, int startLine)
    {
        bool further = Array.LastIndexOf(_closers, closer, _flowDepth - 1, _flowDepth) >= 0;
        if (further)
        {
            ReportUnclosed(start, startLine);
        }
        else
        {
            Fault(
                YamlErrorKind.BrokenFlow, _pos, _pos + 1, $"This is closed with {closer}, and {_closers[_flowDepth - 1]} is needed.",
                new YamlSlip("Use the other bracket", [new TextEdit(new TextSpan(_pos, 1), _closers[_flowDepth - 1].ToString())]));
        }

        return !further;
    }

    private void ReportUnclosed(int start, int startLine)
    {
        if (_flowFault)
        {
            return;
        }

        _flowFault = true;
        var missing = new StringBuilder();
        for (int i = _flowDepth - 1; i >= 0 && (_flowAbort || i == _flowDepth - 1); i--)
        {
            missing.Append(_closers[i]);
        }

        ReportOn(
            startLine, YamlErrorKind.UnclosedBracket, start, start + 1, $"This {_s[start]} is never closed: add {_closers[_flowDepth - 1]}.",
            InsertSlip("Close the bracket", _flowLast, missing.ToString()));
    }

    private void Fault(YamlErrorKind kind, int start, int end, string message, YamlSlip? slip)
    {
        if (!_flowFault)
        {
            _flowFault = true;
            Report(kind, start, end, message, slip);
        }
    }

    private YamlNode SkipDeepFlow()
    {
        int start = _pos;
        Report(
            YamlErrorKind.TooDeep, start, start + 1, $"This is nested more than {MaxDepth} levels deep; what stands inside was skipped.");
        _flowFault = true;
        int open = 0;
        while (_pos < _end)
        {
            char c = _s[_pos];
            if (c is '[' or '{')
            {
                open++;
            }
            else if (c is ']' or '}' && --open == 0)
            {
                _pos++;
                break;
            }
            else if (IsBreak(c) && !SkipFlowBlank())
            {
                break;
            }
            else if (IsBreak(c))
            {
                continue;
            }

            _pos++;
        }

        _flowLast = _pos;
        return new YamlSequence(TextSpan.FromBounds(start, _pos), [], isFlow: true);
    }

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
        if (spaces == 0 && IsDocumentMarker(lineStart))
        {
            MoveTo(lineStart, lineStart);
            _first = lineStart;
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

    private void ReadFlowEntry(bool isMapping)
    {
        int start = _pos;
        int startLine = _lineStart;
        bool isExplicit = CharAt(_pos) == '?' && (IsBlankOrEnd(_pos + 1) || IsFlowIndicator(_s[_pos + 1]));
        YamlNode key;
        if (isExplicit)
        {
            _pos++;
            _flowLast = _pos;
            key = SkipFlowBlank() && !AtFlowEnd() ? ReadFlowNode(jsonKey: out _) : Empty(_flowLast);
            startLine = -1;
        }
        else
        {
            key = ReadFlowNode(jsonKey: out _);
        }

        bool json = _s[Math.Min(_flowLast, _end) - 1] is '"' or '\'' or ']' or '}' && key is not YamlScalar { Style: YamlScalarStyle.Plain };
        int keyEnd = _flowLast;
        YamlNode? value = null;
        if (!_flowAbort && SkipFlowBlank() && AtFlowColon(json))
        {
            if (!isMapping && !isExplicit && (_lineStart != startLine))
            {
                Fault(
                    YamlErrorKind.MultilineKey, start, Math.Max(keyEnd, start + 1), "A key in a list in brackets must stand on one line with its colon.", null);
            }

            _pos++;
            _flowLast = _pos;
            int colonEnd = _pos;
            value = SkipFlowBlank() && !AtFlowEnd() ? ReadFlowValue() : Empty(colonEnd);
        }

        if (isMapping || isExplicit || value is not null)
        {
            value ??= Empty(keyEnd);
            var span = TextSpan.FromBounds(start, Math.Max(keyEnd, value.Span.End));
            var entry = new YamlEntry(key, value, span);
            if (isMapping)
            {
                _entries.Add(entry);
            }
            else
            {
                _items.Add(new YamlMapping(span, [entry], isFlow: true));
            }
        }
        else
        {
            _items.Add(key);
        }
    }

    private bool AtFlowEnd() => _s[_pos] is ',' or ']' or '}';

    private bool AtFlowColon(bool json) =>
        _s[_pos] == ':' && (json || IsBlankOrEnd(_pos + 1) || IsFlowIndicator(_s[_pos + 1]));

    /// <summary>Reads the value of a key in brackets; a second colon in it makes it a text.</summary>
    private YamlNode ReadFlowValue()
    {
        int start = _pos;
        int startLine = _lineStart;
        int colonAhead;
        YamlNode value = ReadFlowNode(out _);
        if (_flowAbort || _lineStart != startLine)
        {
            return value;
        }

        colonAhead = SkipSpaces(_pos);
        if (CharAt(colonAhead) != ':' || !(IsBlankOrEnd(colonAhead + 1) || IsFlowIndicator(_s[colonAhead + 1])))
        {
            return value;
        }

        int end = colonAhead;
        while (end < _end && _s[end] is not (',' or ']' or '}' or '\r' or '\n'))
        {
            end++;
        }

        _pos = end;
        end = TrimBack(start, end);
        _flowLast = end;
        string text = _s[start..end];
        Fault(
            YamlErrorKind.ColonInValue, start, end, "A colon and a space cannot stand in a text without quotes: put the text in quotes.",
            QuoteSlip(start, end, text));
        var span = TextSpan.FromBounds(start, end);
        return new YamlScalar(span, span, text, YamlScalarStyle.Plain);
    }

    private YamlNode ReadFlowNode(out bool jsonKey)
    {
        jsonKey = false;
        Properties properties = default;
        if (AtProperty())
        {
            properties = ReadProperties(flow: true);
            _flowLast = properties.End;
            if (!SkipFlowBlank() || AtFlowEnd() || AtFlowColon(json: false))
            {
                return Apply(Empty(properties.End), properties);
            }
        }

        char c = _s[_pos];
        YamlNode node;
        if (AtFlowEnd() || AtFlowColon(json: false))
        {
            return Apply(Empty(_pos), properties);
        }

        switch (c)
        {
            case '[' or '{':
                node = ReadFlowCollection();
                break;
            case '"' or '\'':
                node = ReadQuoted(_flowParent, _flowHeadColumn, _flowSingleLine, flow: true);
                _flowLast = _flowAbort ? node.Span.End : _pos;
                break;
            default:
                node = (c == '*' ? ReadAlias(flow: true) : null) ?? (YamlNode)ReadFlowPlain();
                _flowLast = Math.Max(_pos, _flowLast);
                break;
        }

        return ApplyToValue(node, default, properties);
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
            Mark mark = Here();
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
