using StoryLsp.Features.Fields;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Completion;

/// <summary>
/// One pass over the lines of a stretch of YAML that keeps the open mappings and lists by their columns. What is broken ends where
/// the next line at the same column begins a key or an item.
/// </summary>
internal sealed partial class YamlScan
{
    private readonly string _text;
    private readonly int _end;
    private readonly int _caret;
    private readonly List<Frame> _frames = [];
    private int _next;
    private int _blockParent = NoBlock;
    private Capture? _capture;
    private bool _stopped;

    private const int NoBlock = -2;

    public YamlScan(string text, TextSpan region, int caret)
    {
        _text = text;
        _end = Math.Clamp(region.End, 0, text.Length);
        _next = Math.Clamp(region.Start, 0, _end);
        _caret = caret;
    }

    public YamlCursor? Run()
    {
        while (!_stopped && _next <= _end)
        {
            var start = _next;
            var lineEnd = LineEnd(start);
            var following = AfterLineEnd(lineEnd);
            _next = following;
            Line(start, lineEnd);
            if (following == lineEnd || lineEnd >= _end)
            {
                // The text ends without a line end.
                break;
            }

            if (_capture?.Mapping is { } mapping && !_frames.Contains(mapping) && !_capture.IsFlow)
            {
                break;
            }
        }

        return _capture is { IsNothing: false } capture ? capture.ToCursor() : null;
    }

    private void Line(int start, int lineEnd)
    {
        var here = _capture is null && _caret >= start && _caret <= lineEnd;
        var at = SkipBlanks(start, lineEnd);
        if (_blockParent != NoBlock)
        {
            if (at == lineEnd ? !here || _caret - start > _blockParent : at - start > _blockParent)
            {
                CaptureNothing(here);
                return;
            }

            if (at < lineEnd)
            {
                _blockParent = NoBlock;
            }
        }

        if (at == lineEnd || _text[at] == '#')
        {
            if (here && _caret <= at)
            {
                CaptureBare(_caret - start, new TextSpan(_caret, 0));
            }

            CaptureNothing(here && _capture is null);
            return;
        }

        if (at == start && IsMarker(start, lineEnd))
        {
            Marker(here);
            return;
        }

        Content(start, at, lineEnd, here);
    }

    private void Marker(bool here)
    {
        CaptureNothing(here);
        _stopped = _capture is not null;
        _frames.Clear();
    }

    private void Content(int start, int at, int lineEnd, bool here)
    {
        var dashed = false;
        while (IsDash(at, lineEnd))
        {
            OpenItem(at - start);
            dashed = true;
            var behind = at + 1;
            at = SkipBlanks(behind, lineEnd);
            if (here && _caret < behind)
            {
                CaptureNothing(true);
            }
            else if (here && _capture is null && _caret <= at && (_caret < at || at == lineEnd || _text[at] == '#'))
            {
                CaptureItem(start, behind);
            }

            if (at == lineEnd || _text[at] == '#')
            {
                return;
            }
        }

        here &= _capture is null;
        var column = at - start;
        if (FindKey(at, lineEnd, out var keyEnd, out var colon))
        {
            KeyAndValue(start, at, keyEnd, colon, lineEnd, here);
        }
        else if (dashed)
        {
            _frames[^1].IsEmpty = false;
            Value(at, lineEnd, _frames[^1].Column, here, YamlPosition.Node, column);
        }
        else if (here && _text[at] is not ('[' or '{' or '"' or '\''))
        {
            var end = PlainEnd(at, lineEnd);
            if (_caret >= at && _caret <= SkipBlanks(end, lineEnd))
            {
                CaptureBare(column, TextSpan.FromBounds(at, Math.Max(end, _caret)));
            }

            CaptureNothing(_capture is null);
        }
        else
        {
            BareValue(at, lineEnd, column, here);
        }
    }

    // A value on a line of its own, under a key or a dash on an earlier line.
    private void BareValue(int at, int lineEnd, int column, bool here)
    {
        var top = TopAt(column);
        if (top < 0)
        {
            _frames.Clear();
            Value(at, lineEnd, -1, here, YamlPosition.Node, column);
            return;
        }

        _frames.RemoveRange(top + 1, _frames.Count - top - 1);
        _frames[top].IsEmpty = false;
        Value(at, lineEnd, _frames[top].Column, here, YamlPosition.Node, column);
    }

    private void KeyAndValue(int start, int at, int keyEnd, int colon, int lineEnd, bool here)
    {
        var column = at - start;
        var frame = OpenMapping(column);
        var key = Unquoted(at, keyEnd);
        var inKey = here && _caret >= at && _caret <= colon;
        if (here && _caret < at)
        {
            CaptureNothing(true);
        }

        if (inKey)
        {
            _capture = new Capture
            {
                Position = YamlPosition.Key, Steps = StepsTo(_frames.Count - 1), Mapping = frame, Column = column, ColonFollows = true,
                Token = TextSpan.FromBounds(at, Math.Max(keyEnd, _caret)), IsEmpty = false,
            };
        }
        else
        {
            frame.Keys.Add(key);
        }

        frame.Key = key;
        frame.IsEmpty = false;
        var value = SkipProperties(SkipBlanks(colon + 1, lineEnd), lineEnd);
        here &= _capture is null;
        if (value == lineEnd || (_text[value] == '#' && _text[value - 1] is ' ' or '\t'))
        {
            frame.IsEmpty = true;
            if (here && _caret <= value)
            {
                CaptureValue(YamlPosition.Value, new TextSpan(_caret, 0), '\0', column, _caret == colon + 1);
            }

            CaptureNothing(here && _capture is null);
            return;
        }

        if (Shapes.IsTypeKey(key))
        {
            frame.Type = Unquoted(value, PlainEnd(value, lineEnd));
        }

        if (here && _caret < value)
        {
            CaptureValue(YamlPosition.Value, new TextSpan(_caret, 0), '\0', column, false);
            here = false;
        }

        Value(value, lineEnd, column, here, YamlPosition.Value, column);
    }

    private void Value(int at, int lineEnd, int parent, bool here, YamlPosition position, int column)
    {
        switch (_text[at])
        {
            case '|' or '>' when IsBlockHeader(at, lineEnd):
                _blockParent = parent;
                CaptureNothing(here);
                break;
            case '"' or '\'':
                Quoted(at, parent, position, column);
                break;
            case '[' or '{':
                Flow(at, parent, column);
                break;
            default:
                var end = PlainEnd(at, lineEnd);
                if (here && _caret >= at && _caret <= SkipBlanks(end, lineEnd))
                {
                    CaptureValue(position, TextSpan.FromBounds(at, Math.Max(end, _caret)), '\0', column, false);
                }

                CaptureNothing(here && _capture is null);
                break;
        }
    }

    private void Quoted(int at, int parent, YamlPosition position, int column)
    {
        var close = CloseQuote(at, parent, out var closed);
        if (_capture is null && _caret > at && _caret <= close)
        {
            CaptureValue(position, QuotedToken(at, close, closed), _text[at], column, false);
        }

        Resume(close, at);
    }

    // Scanning goes on at the line behind what was just read.
    private void Resume(int end, int begin)
    {
        var lineEnd = LineEnd(Math.Max(end, begin));
        var following = AfterLineEnd(lineEnd);
        if (_capture is null && _caret >= begin && _caret <= lineEnd)
        {
            CaptureNothing(true);
        }

        _next = following;
        _stopped |= following == lineEnd;
    }
}
