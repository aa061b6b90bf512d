using System.Buffers;
using System.Globalization;
using System.Text;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>Texts in quotes.</summary>
internal sealed partial class YamlReader
{
    private const int LinesAhead = 40;

    private static readonly SearchValues<char> DoubleStops = SearchValues.Create("\"\\\r\n");

    // From here on no quote of the kind is left to close one: later ones are looked for on their own line only.
    private int _noDoubleFrom = int.MaxValue;
    private int _noSingleFrom = int.MaxValue;

    // The text in quotes has its finding about wrongly indented lines.
    private bool _quotedFault;

    /// <summary>Reads a text in quotes.</summary>
    /// <param name="parent">The column of the collection around it.</param>
    /// <param name="headColumn">The column of the text where it can be a key, else -1.</param>
    /// <param name="singleLine">Whether it must end on its line, as a key must.</param>
    private YamlScalar ReadQuoted(int parent, int headColumn, bool singleLine)
    {
        int open = _pos;
        char quote = _s[open];
        ReadOnlySpan<char> rest = _s.AsSpan(open + 1, _end - open - 1);
        int step = quote == '"' ? rest.IndexOfAny(DoubleStops) : rest.IndexOfAny('\'', '\r', '\n');
        if (step >= 0 && rest[step] == quote && (quote == '"' || CharAt(open + step + 2) != '\''))
        {
            int close = open + 1 + step;
            _pos = close + 1;
            return Quoted(open, close, close + 1, Slice(open + 1, close));
        }

        return ReadLongQuoted(open, quote, parent, headColumn, singleLine);
    }

    private YamlScalar Quoted(int open, int contentEnd, int end, string value) => new(
        TextSpan.FromBounds(open, end), TextSpan.FromBounds(open + 1, contentEnd), value,
        _s[open] == '"' ? YamlScalarStyle.DoubleQuoted : YamlScalarStyle.SingleQuoted);

    private YamlScalar ReadLongQuoted(int open, char quote, int parent, int headColumn, bool singleLine)
    {
        StringBuilder builder = Builder;
        int startLine = _lineStart;
        int errors = _errors.Count;
        _quotedFault = false;
        int errorLine = _errorLine;
        int fixedLength = 0;
        int entry = -1;
        int firstEnd = -1;
        int firstLength = 0;
        bool oneLineOnly = singleLine || open >= (quote == '"' ? _noDoubleFrom : _noSingleFrom);
        int at = open + 1;
        while (true)
        {
            at = AppendQuotedLine(at, quote, builder, ref fixedLength);
            if (at < _end && _s[at] == quote)
            {
                _pos = at + 1;
                return Quoted(open, at, at + 1, builder.ToString());
            }

            // The line is over. A backslash before its end takes the place of the space that folding would give.
            bool escaped = at < _end && _s[at] == '\\';
            int lineEnd = escaped ? at + 1 : at;
            if (!escaped)
            {
                TrimBuilder(builder, fixedLength);
            }

            if (firstEnd < 0)
            {
                firstEnd = lineEnd;
                firstLength = builder.Length;
            }

            int lineLength = builder.Length;
            int blankLines = 0;
            bool found = !oneLineOnly && lineEnd < _end
                && FindNextQuotedLine(lineEnd, quote, parent, headColumn, ref entry, out at, out blankLines);
            if (!found)
            {
                if (lineEnd >= _end && !singleLine)
                {
                    NoCloseFrom(quote, open);
                }

                // At the root and before a line that is an entry, only the first line is taken for the text.
                bool all = parent >= 0 && entry < 0;
                builder.Length = all ? lineLength : firstLength;
                int end = all ? lineEnd : firstEnd;
                end = TrimBack(open + 1, end);
                return ReadUnclosed(open, end, startLine, errors, errorLine, builder.ToString(), singleLine, entry);
            }

            if (!escaped || blankLines > 0)
            {
                Fold(builder, blankLines);
            }

            fixedLength = builder.Length;
        }
    }

    /// <summary>Appends the characters up to the closing quote, the line's end, or a backslash before the line's end.</summary>
    private int AppendQuotedLine(int at, char quote, StringBuilder builder, ref int fixedLength)
    {
        while (true)
        {
            ReadOnlySpan<char> rest = _s.AsSpan(at, _end - at);
            int step = quote == '"' ? rest.IndexOfAny(DoubleStops) : rest.IndexOfAny('\'', '\r', '\n');
            int runEnd = step < 0 ? _end : at + step;
            builder.Append(_s, at, runEnd - at);
            at = runEnd;
            if (at < _end && _s[at] == '\'' && CharAt(at + 1) == '\'' && quote == '\'')
            {
                builder.Append('\'');
                at += 2;
            }
            else if (at + 1 < _end && _s[at] == '\\' && !IsBreak(_s[at + 1]))
            {
                at = ReadEscape(at, builder);
                fixedLength = builder.Length;
            }
            else
            {
                return at;
            }
        }
    }

    private void NoCloseFrom(char quote, int open)
    {
        if (quote == '"')
        {
            _noDoubleFrom = Math.Min(_noDoubleFrom, open);
        }
        else
        {
            _noSingleFrom = Math.Min(_noSingleFrom, open);
        }
    }

    private YamlScalar ReadUnclosed(
        int open, int end, int startLine, int errors, int errorLine, string value, bool singleLine, int entry)
    {
        _errors.RemoveRange(errors, _errors.Count - errors);
        _errorLine = errorLine;
        _retreat = singleLine ? -1 : entry;
        char quote = _s[open];
        ReportOn(
            startLine, YamlErrorKind.UnclosedQuote, open, end, $"This text begins with a quote ({quote}) that is never closed: close it.",
            InsertSlip("Close the quote", end, quote.ToString()));
        _flowAbort = _flowDepth > 0 || _flowAbort;
        _flowFault = true;
        MoveTo(LineStartOf(end, startLine), end);
        return Quoted(open, end, end, value);
    }

    private int LineStartOf(int at, int floor)
    {
        int found = at > floor ? _s.AsSpan(floor, at - floor).LastIndexOfAny('\r', '\n') : -1;
        return found < 0 ? floor : floor + found + 1;
    }

    private static void TrimBuilder(StringBuilder builder, int floor)
    {
        int length = builder.Length;
        while (length > floor && IsSpace(builder[length - 1]))
        {
            length--;
        }

        builder.Length = length;
    }

    /// <summary>Finds the next line of a text in quotes; false when the file ends or goes on with something else.</summary>
    private bool FindNextQuotedLine(int lineBreak, char quote, int parent, int headColumn, ref int entry, out int content, out int blankLines)
    {
        blankLines = 0;
        int lineStart = AfterBreak(lineBreak);
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

            if (!IsBreak(_s[content]))
            {
                return JudgeQuotedLine(lineStart, at - lineStart, content, quote, parent, headColumn, ref entry);
            }

            blankLines++;
            lineStart = AfterBreak(content);
        }
    }

    private bool JudgeQuotedLine(int lineStart, int spaces, int content, char quote, int parent, int headColumn, ref int entry)
    {
        if (spaces == 0 && IsDocumentMarker(lineStart))
        {
            if (!ClosesBelow(lineStart, quote))
            {
                return false;
            }

            ReportQuotedLine(lineStart, lineStart, "This line ends the document, though it stands in a text in quotes: indent it.", "  ");
        }
        else if (spaces <= parent)
        {
            if (LooksLikeEntry(content) && !ClosesInKey(content, quote))
            {
                return false;
            }

            if (content > lineStart + spaces)
            {
                ReportTab(lineStart, content, parent + 2);
            }
            else
            {
                ReportQuotedLine(
                    lineStart, content, "This line continues a text in quotes: indent it more than the key of the text.",
                    new string(' ', parent + 2 - spaces));
            }
        }
        else if (headColumn >= 0 && entry < 0 && spaces == headColumn && LooksLikeEntry(content))
        {
            entry = content;
        }

        MoveTo(lineStart, content);
        return true;
    }

    private void ReportQuotedLine(int lineStart, int content, string message, string indent)
    {
        if (!_quotedFault)
        {
            _quotedFault = true;
            ReportOn(
                lineStart, YamlErrorKind.Indentation, content, LineEnd(content), message, InsertSlip("Indent the line", lineStart, indent));
        }
    }

    /// <summary>Whether what looks like the key of an entry holds the closing quote of the text above it.</summary>
    private bool ClosesInKey(int content, char quote)
    {
        ScanPlainLine(content, flow: false, out int colon);
        return _s[content] != quote && _s.AsSpan(content, colon - content).Contains(quote) && !IsDash(content);
    }

    /// <summary>Whether a line soon below a document marker ends with a character, before any entry begins.</summary>
    private bool ClosesBelow(int lineStart, char close)
    {
        int line = lineStart;
        for (int i = 0; i < LinesAhead; i++)
        {
            int end = LineEnd(line);
            int last = TrimBack(line, end) - 1;
            if (last >= line && _s[last] == close)
            {
                return _s.AsSpan(line, last - line).IndexOf(close) < 0;
            }

            if (end >= _end || _s.AsSpan(line, end - line).Contains(close) || LooksLikeEntry(SkipSpaces(line)))
            {
                return false;
            }

            line = AfterBreak(end);
        }

        return false;
    }

    private int ReadEscape(int at, StringBuilder builder)
    {
        char c = _s[at + 1];
        int digits = c switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            return ReadCodePoint(at, digits, builder);
        }

        string? value = c switch
        {
            '0' => "\0",
            'a' => "\a",
            'b' => "\b",
            't' or '\t' => "\t",
            'n' => "\n",
            'v' => "\v",
            'f' => "\f",
            'r' => "\r",
            'e' => "\u001b",
            ' ' => " ",
            '"' => "\"",
            '/' => "/",
            '\\' => "\\",
            'N' => "\u0085",
            '_' => "\u00a0",
            'L' => "\u2028",
            'P' => "\u2029",
            _ => null,
        };
        if (value is null)
        {
            ReportEscape(at, at + 2);
            builder.Append('\\').Append(c);
            return at + 2;
        }

        builder.Append(value);
        return at + 2;
    }

    private int ReadCodePoint(int at, int digits, StringBuilder builder)
    {
        int end = at + 2 + digits;
        bool valid = end <= _end
            && uint.TryParse(_s.AsSpan(at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint code);
        if (!valid)
        {
            ReportEscape(at, Math.Min(at + 2, _end));
            builder.Append(_s, at, 2);
            return at + 2;
        }

        code = uint.Parse(_s.AsSpan(at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (Rune.IsValid(code))
        {
            builder.Append(new Rune(code).ToString());
        }
        else if (code <= char.MaxValue)
        {
            // JSON writes a character outside the basic plane as two escaped halves.
            builder.Append((char)code);
        }
        else
        {
            ReportEscape(at, end);
        }

        return end;
    }

    private void ReportEscape(int at, int end) => Report(
        YamlErrorKind.BadEscape, at, end, "YAML does not know this backslash sequence: write two backslashes, or use single quotes.",
        InsertSlip("Double the backslash", at, "\\"));
}
