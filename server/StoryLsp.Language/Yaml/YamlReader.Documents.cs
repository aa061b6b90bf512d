using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>The stream: documents, their markers and directives.</summary>
internal sealed partial class YamlReader
{
    private const char ByteOrderMark = '\uFEFF';

    private List<(string Handle, string Prefix)>? _handles;

    // How many errors there were before the document.
    private int _documentErrors;

    private void ReadStream()
    {
        bool directivesAllowed = true;
        while (true)
        {
            SkipPrefix();
            if (_pos >= _end)
            {
                return;
            }

            int start = _pos;
            if (_pos == _lineStart && IsDocumentMarker(_pos) && _s[_pos] == '.')
            {
                ReadDocumentEnd();
                directivesAllowed = true;
                continue;
            }

            bool directives = directivesAllowed && ReadDirectives();
            if (directives && (_pos >= _end || !(_pos == _lineStart && IsDocumentMarker(_pos) && _s[_pos] == '-')))
            {
                ReportOn(
                    -1, YamlErrorKind.BadDirective, start, LineEnd(start),
                    "A line that begins with % must be followed by a line with three dashes (---): add them, or put the text in quotes.");
                if (AtEnd())
                {
                    continue;
                }
            }

            ReadDocument(start);
            directivesAllowed = _pos < _end && _s[_pos] == '.';
            if (directivesAllowed)
            {
                ReadDocumentEnd();
            }
        }
    }

    private void SkipPrefix()
    {
        if (CharAt(_pos) == ByteOrderMark && _pos == _lineStart)
        {
            _pos++;
            _lineStart = _pos;
        }

        while (true)
        {
            SkipBlank();
            if (_pos != _lineStart || CharAt(_pos) != ByteOrderMark)
            {
                return;
            }

            _pos++;
            _lineStart = _pos;
        }
    }

    private void ReadDocumentEnd()
    {
        _pos += 3;
        if (!AtLineEnd())
        {
            int at = SkipSpaces(_pos);
            Report(
                YamlErrorKind.BrokenLine, at, LineEnd(at),
                "Three dots (...) end a document, and nothing but a comment may stand behind them: move the text to the next line.");
            _pos = LineEnd(at);
        }
    }

    private void ReadDocument(int start)
    {
        _anchors?.Clear();
        _documentErrors = _errors.Count;
        _depth = 0;
        _openColumns = 0;
        if (IsDocumentMarker(_pos) && _pos == _lineStart)
        {
            _pos += 3;
        }
        else
        {
            // The root stands at a line's beginning: read that line from there, so that its tabs are seen.
            _pos = _lineStart;
        }

        int contentStart = _pos;
        YamlNode root = ReadBlockNode(-1, compact: false, sequenceAtParent: false, contentStart);
        root = ReadRest(root);
        LinkAliases();
        _handles = null;
        int end = Math.Max(root.Span.End, Math.Min(contentStart, _end));
        _documents.Add(new YamlDocument(root, TextSpan.FromBounds(start, Math.Max(start, end))));
    }

    /// <summary>Reads what stands behind a complete root: a broken first line must not cost the file.</summary>
    private YamlNode ReadRest(YamlNode root)
    {
        while (true)
        {
            SkipBlank();
            if (AtEnd())
            {
                return root;
            }

            if (_pos == _first && LooksLikeEntry(_pos))
            {
                if (_errors.Count == _documentErrors)
                {
                    ReportOn(
                        -1, YamlErrorKind.BrokenLine, root.Span.Start, root.Span.End,
                        "This text is neither a key with a value (key: value) nor a list item (- item).");
                }

                _pos = _lineStart;
                root = ReadBlockNode(-1, compact: false, sequenceAtParent: false, _pos);
            }
            else
            {
                Report(
                    YamlErrorKind.BrokenLine, _pos, TrimBack(_pos, LineEnd(_pos)),
                    "This text stands behind the end of the document's value: put it into the value, or begin a new document with a line of three dashes (---).");
                SkipBrokenLines(_pos - _lineStart, SkippedLines.Text);
            }
        }
    }

    private bool ReadDirectives()
    {
        bool any = false;
        bool version = false;
        _handles = null;
        while (_pos < _end && _pos == _lineStart && _s[_pos] == '%' && !IsKeyWithPercent())
        {
            any = true;
            ReadDirective(ref version);
            SkipBlank();
        }

        return any;
    }

    private void ReadDirective(ref bool version)
    {
        int start = _pos;
        int end = LineEnd(start);
        int comment = _s.AsSpan(start, end - start).IndexOf(" #");
        int tabComment = _s.AsSpan(start, end - start).IndexOf("\t#");
        comment = comment < 0 ? tabComment : tabComment < 0 ? comment : Math.Min(comment, tabComment);
        int contentEnd = comment < 0 ? end : start + comment;
        string[] words = _s[start..contentEnd].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        _pos = contentEnd;
        switch (words[0])
        {
            case "%YAML":
                if (version)
                {
                    Report(YamlErrorKind.BadDirective, start, contentEnd, "The YAML version is given twice: remove one of the two lines.");
                }
                else if (words.Length != 2 || !IsVersion(words[1]))
                {
                    Report(YamlErrorKind.BadDirective, start, contentEnd, "The YAML version is written as %YAML 1.2, with nothing behind it.");
                }

                version = true;
                break;
            case "%TAG":
                if (words.Length != 3)
                {
                    Report(YamlErrorKind.BadDirective, start, contentEnd, "A tag directive has two parts, as in %TAG !e! tag:example.com,2000:");
                    break;
                }

                _handles ??= [];
                _handles.Add((words[1], words[2]));
                break;
        }
    }

    /// <summary>Whether a line that begins with % is rather a key that should be in quotes.</summary>
    private bool IsKeyWithPercent()
    {
        ScanPlainLine(_pos, flow: false, out int colon);
        ReadOnlySpan<char> line = _s.AsSpan(_pos, colon - _pos);
        return CharAt(colon) == ':' && !line.StartsWith("%YAML", StringComparison.Ordinal) && !line.StartsWith("%TAG", StringComparison.Ordinal);
    }

    private static bool IsVersion(string word)
    {
        int dot = word.IndexOf('.');
        return dot > 0 && dot < word.Length - 1
            && word.AsSpan(0, dot).IndexOfAnyExceptInRange('0', '9') < 0 && word.AsSpan(dot + 1).IndexOfAnyExceptInRange('0', '9') < 0;
    }
}
