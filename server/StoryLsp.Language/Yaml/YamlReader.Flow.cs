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
        if ((_flowAbort || _flowFault) && _flowEntry >= 0)
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
        ReportTooDeep(start);
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
            key = SkipFlowBlank() && !AtFlowEnd() ? ReadFlowNode() : Empty(_flowLast);
            startLine = -1;
        }
        else
        {
            key = ReadFlowNode();
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
        YamlNode value = ReadFlowNode();
        if (_flowAbort || _lineStart != startLine)
        {
            return value;
        }

        int colonAhead = SkipSpaces(_pos);
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

    private YamlNode ReadFlowNode()
    {
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
                node = ReadQuoted(_flowParent, _flowHeadColumn, _flowSingleLine);
                _flowLast = _flowAbort ? node.Span.End : _pos;
                break;
            default:
                node = (c == '*' ? ReadAlias(flow: true) : null) ?? (YamlNode)ReadFlowPlain();
                _flowLast = node.Span.End;
                break;
        }

        return ApplyToValue(node, default, properties);
    }
}
