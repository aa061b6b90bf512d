using System.Buffers;
using System.Text;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>
/// Reads one text into a tree, straight from its characters. This file holds where the reader stands and how it crosses blanks; the
/// others hold one kind of content each. A line that cannot be read is reported and skipped with what is indented below it.
/// </summary>
internal sealed partial class YamlReader
{
    // Nothing written by hand nests like this; the cap keeps the stack small.
    private const int MaxDepth = 200;

    // A file of junk needs no more findings than anyone will read.
    private const int MaxErrors = 1000;

    private static readonly SearchValues<char> BlockStops = SearchValues.Create(":#\r\n");
    private static readonly SearchValues<char> FlowStops = SearchValues.Create(":#\r\n,[]{}");

    private readonly string _s;
    private readonly int _end;
    private readonly List<YamlError> _errors = [];
    private readonly List<YamlComment> _comments = [];
    private readonly List<YamlDocument> _documents = [];
    private readonly List<YamlNode> _items = [];
    private readonly List<YamlEntry> _entries = [];
    private readonly int[] _columns = new int[MaxDepth + 2];
    private readonly string?[] _known = new string?[256];
    private StringBuilder? _builder;

    private int _pos;
    private int _lineStart;
    private int _depth;
    private int _openColumns;

    // The first character of the current line that is no blank, when the reader has just reached it.
    private int _first = -1;

    // What must be added to the count of characters to get the column: only a line indented with tabs has a shift.
    private int _shift;

    // The first tab among the blanks that were last skipped, or -1.
    private int _tab = -1;

    public YamlReader(string text, int start, int end)
    {
        _s = text;
        _pos = start;
        _lineStart = start;
        _end = end;
    }

    private int Column => _pos - _lineStart + _shift;

    private StringBuilder Builder => (_builder ??= new StringBuilder()).Clear();

    public YamlTree Read()
    {
        ReadStream();
        _errors.Sort(static (a, b) => a.Span.Start.CompareTo(b.Span.Start));
        return new YamlTree(_documents.ToArray(), _errors.ToArray(), _comments.ToArray());
    }

    private char CharAt(int at) => at < _end ? _s[at] : '\0';

    private static bool IsSpace(char c) => c is ' ' or '\t';

    private static bool IsBreak(char c) => c is '\n' or '\r';

    private static bool IsFlowIndicator(char c) => c is ',' or '[' or ']' or '{' or '}';

    private bool IsBreakOrEnd(int at) => at >= _end || IsBreak(_s[at]);

    private bool IsBlankOrEnd(int at) => at >= _end || _s[at] is ' ' or '\t' or '\n' or '\r';

    private bool IsIndicator(char indicator) => CharAt(_pos) == indicator && IsBlankOrEnd(_pos + 1);

    private int AfterBreak(int at) => _s[at] == '\r' && at + 1 < _end && _s[at + 1] == '\n' ? at + 2 : at + 1;

    private int LineEnd(int at)
    {
        int step = _s.AsSpan(at, _end - at).IndexOfAny('\r', '\n');
        return step < 0 ? _end : at + step;
    }

    private int SkipSpaces(int at)
    {
        while (at < _end && IsSpace(_s[at]))
        {
            at++;
        }

        return at;
    }

    private int TrimBack(int from, int end)
    {
        while (end > from && IsSpace(_s[end - 1]))
        {
            end--;
        }

        return end;
    }

    /// <summary>Skips spaces, comments and line ends; tells whether the reader now stands on a line that it has just begun.</summary>
    private bool SkipBlank()
    {
        int at = _pos;
        bool crossed = at == _lineStart;
        _tab = -1;
        while (at < _end)
        {
            char c = _s[at];
            if (c == ' ')
            {
                at++;
            }
            else if (c == '\t')
            {
                _tab = _tab < 0 ? at : _tab;
                at++;
            }
            else if (IsBreak(c))
            {
                at = AfterBreak(at);
                _lineStart = at;
                _shift = 0;
                _tab = -1;
                crossed = true;
            }
            else if (c == '#' && (at == _lineStart || IsSpace(_s[at - 1])))
            {
                int end = LineEnd(at);
                _comments.Add(new YamlComment(TextSpan.FromBounds(at, end)));
                at = end;
            }
            else
            {
                break;
            }
        }

        _pos = at;
        if (crossed)
        {
            _first = at;
        }

        return crossed;
    }

    /// <summary>Moves to a place on a line of which the beginning is known.</summary>
    private void MoveTo(int lineStart, int at)
    {
        if (lineStart != _lineStart)
        {
            _lineStart = lineStart;
            _shift = 0;
        }

        _pos = at;
    }

    /// <summary>Whether the rest of the line is blank or a comment.</summary>
    private bool AtLineEnd()
    {
        int at = SkipSpaces(_pos);
        return IsBreakOrEnd(at) || (_s[at] == '#' && at > _lineStart && IsSpace(_s[at - 1]));
    }

    private bool AtEnd() => _pos >= _end || (_pos == _lineStart && IsDocumentMarker(_pos));

    private bool IsDocumentMarker(int at) =>
        at + 3 <= _end && _s[at] is '-' or '.' && IsBlankOrEnd(at + 3) && _s[at + 1] == _s[at] && _s[at + 2] == _s[at];

    private bool IsDash(int at) => CharAt(at) == '-' && IsBlankOrEnd(at + 1);

    /// <summary>Whether a line that begins here reads like a list item or a key with a colon.</summary>
    private bool LooksLikeEntry(int at) => IsDash(at) || LooksLikeKey(at);

    private bool LooksLikeKey(int at)
    {
        char c = CharAt(at);
        if (c is '"' or '\'')
        {
            int lineEnd = LineEnd(at);
            int close = _s.AsSpan(at + 1, lineEnd - at - 1).IndexOf(c);
            int after = close < 0 ? lineEnd : SkipSpaces(at + 1 + close + 1);
            return CharAt(after) == ':' && IsBlankOrEnd(after + 1);
        }

        if (at >= _end || IsFlowIndicator(c) || c is '#' or '%')
        {
            return false;
        }

        ScanPlainLine(at, flow: false, out int stop);
        return stop > at && CharAt(stop) == ':';
    }

    /// <summary>A part of the text as a string; the short ones that come again and again are made once.</summary>
    private string Slice(int start, int end)
    {
        int length = end - start;
        if (length == 0)
        {
            return string.Empty;
        }

        ReadOnlySpan<char> span = _s.AsSpan(start, length);
        if (length > 32)
        {
            return span.ToString();
        }

        int slot = ((length * 31) + (span[0] * 7) + (span[length >> 1] * 113) + (span[length - 1] * 17)) & 255;
        string? known = _known[slot];
        if (known is null || !span.SequenceEqual(known))
        {
            known = span.ToString();
            _known[slot] = known;
        }

        return known;
    }

    private static YamlScalar Empty(int at)
    {
        var span = new TextSpan(at, 0);
        return new YamlScalar(span, span, string.Empty, YamlScalarStyle.Plain);
    }

    private T[] Take<T>(List<T> list, int from)
    {
        if (list.Count == from)
        {
            return [];
        }

        var taken = new T[list.Count - from];
        list.CopyTo(from, taken, 0, taken.Length);
        list.RemoveRange(from, taken.Length);
        return taken;
    }
}
