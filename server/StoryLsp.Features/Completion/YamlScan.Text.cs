using StoryLsp.Language.Text;

namespace StoryLsp.Features.Completion;

internal sealed partial class YamlScan
{
    private int LineStart(int at)
    {
        while (at > 0 && _text[at - 1] is not ('\n' or '\r'))
        {
            at--;
        }

        return at;
    }

    private int LineEnd(int at)
    {
        var found = at >= _end ? -1 : _text.AsSpan(at, _end - at).IndexOfAny('\n', '\r');
        return found < 0 ? Math.Max(at, _end) : at + found;
    }

    private int AfterLineEnd(int lineEnd)
    {
        if (lineEnd >= _end)
        {
            return lineEnd;
        }

        return _text[lineEnd] == '\r' && lineEnd + 1 < _end && _text[lineEnd + 1] == '\n' ? lineEnd + 2 : lineEnd + 1;
    }

    private int SkipBlanks(int at, int end)
    {
        while (at < end && _text[at] is ' ' or '\t')
        {
            at++;
        }

        return at;
    }

    // Tags and anchors stand before what they belong to.
    private int SkipProperties(int at, int end)
    {
        while (at < end && _text[at] is '&' or '!')
        {
            while (at < end && _text[at] is not (' ' or '\t'))
            {
                at++;
            }

            at = SkipBlanks(at, end);
        }

        return at;
    }

    private bool IsMarker(int at, int end) =>
        end - at >= 3 && (at + 3 == end || _text[at + 3] is ' ' or '\t') &&
        (_text.AsSpan(at, 3).SequenceEqual("---") || _text.AsSpan(at, 3).SequenceEqual("..."));

    private bool IsDash(int at, int end) => at < end && _text[at] == '-' && (at + 1 == end || _text[at + 1] is ' ' or '\t');

    private bool IsBlockHeader(int at, int end)
    {
        at++;
        while (at < end && _text[at] is '+' or '-' or (>= '0' and <= '9'))
        {
            at++;
        }

        at = SkipBlanks(at, end);
        return at == end || _text[at] == '#';
    }

    // The end of a value without quotes: before a comment, without the blanks at its end.
    private int PlainEnd(int at, int end)
    {
        var found = _text.AsSpan(at, end - at).IndexOf(" #");
        var last = found < 0 ? end : at + found;
        while (last > at && _text[last - 1] is ' ' or '\t')
        {
            last--;
        }

        return last;
    }

    // Whether the line has a key and a colon; the key's end is behind its last character or quote.
    private bool FindKey(int at, int end, out int keyEnd, out int colon)
    {
        keyEnd = at;
        colon = at;
        if (at >= end || _text[at] is '[' or '{' or '#')
        {
            return false;
        }

        if (_text[at] is '"' or '\'')
        {
            var close = _text.AsSpan(at + 1, end - at - 1).IndexOf(_text[at]);
            keyEnd = at + close + 2;
            colon = close < 0 ? at : SkipBlanks(keyEnd, end);
            return close >= 0 && colon < end && _text[colon] == ':';
        }

        for (var i = at; i < end; i++)
        {
            if (_text[i] == '#' && i > at && _text[i - 1] is ' ' or '\t')
            {
                return false;
            }

            if (_text[i] == ':' && (i + 1 == end || _text[i + 1] is ' ' or '\t'))
            {
                colon = i;
                keyEnd = i;
                while (keyEnd > at && _text[keyEnd - 1] is ' ' or '\t')
                {
                    keyEnd--;
                }

                return true;
            }
        }

        return false;
    }

    private bool BeginsEntry(int at, int end, int lineStart) =>
        IsDash(at, end) || (at == lineStart && IsMarker(at, end)) || FindKey(at, end, out _, out _);

    private string Unquoted(int at, int end)
    {
        var quoted = end - at >= 2 && _text[at] is '"' or '\'' && _text[end - 1] == _text[at];
        return quoted ? _text[(at + 1)..(end - 1)] : _text[at..end];
    }

    // The closing quote, or where a quote that was never closed ends: with its line, when the next one begins an entry.
    private int CloseQuote(int at, int parent, out bool closed)
    {
        var quote = _text[at];
        for (var i = at + 1; i < _end; i++)
        {
            if (_text[i] == quote)
            {
                if (quote == '\'' && i + 1 < _end && _text[i + 1] == '\'')
                {
                    i++;
                    continue;
                }

                closed = true;
                return i;
            }

            if (_text[i] == '\\' && quote == '"')
            {
                i++;
            }
            else if (_text[i] is '\n' or '\r')
            {
                var next = AfterLineEnd(i);
                var end = LineEnd(next);
                var first = SkipBlanks(next, end);
                if (first < end && first - next <= Math.Max(parent, 0) && BeginsEntry(first, end, next))
                {
                    closed = false;
                    return i;
                }
            }
        }

        closed = false;
        return _end;
    }

    // What is replaced inside quotes: on the caret's line, and of an unclosed quote no more than the words at the caret.
    private TextSpan QuotedToken(int quote, int close, bool closed)
    {
        var line = LineStart(Math.Min(_caret, close));
        var start = line > quote ? SkipBlanks(line, Math.Min(_caret, close)) : quote + 1;
        if (closed && LineEnd(start) >= close)
        {
            return TextSpan.FromBounds(start, close);
        }

        var end = Math.Clamp(_caret, start, Math.Max(start, close));
        var limit = Math.Min(close, LineEnd(end));
        while (end < limit && (char.IsLetterOrDigit(_text[end]) || _text[end] is '-' or '_' or '\''))
        {
            end++;
        }

        return TextSpan.FromBounds(start, end);
    }
}
