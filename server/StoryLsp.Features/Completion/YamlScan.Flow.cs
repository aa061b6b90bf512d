using StoryLsp.Features.Fields;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Completion;

internal sealed partial class YamlScan
{
    /// <summary>An open bracket or brace, and the entry in it that is being read.</summary>
    private sealed class FlowFrame(bool isMapping, int start)
    {
        public bool IsMapping { get; } = isMapping;

        /// <summary>Keys and type, in the form that the steps know.</summary>
        public Frame Frame { get; } = new(0, !isMapping);

        /// <summary>Where the entry's part begins that is being read: behind the bracket, comma or colon.</summary>
        public int PartStart { get; set; } = start;

        /// <summary>Where its text begins, or -1.</summary>
        public int TokenStart { get; set; } = -1;

        public int TokenEnd { get; set; }

        public char Quote { get; set; }

        public bool IsValue { get; set; }
    }

    private void Flow(int at, int parent, int column)
    {
        var stack = new List<FlowFrame>();
        var i = at;
        while (i < _end)
        {
            var unit = _text[i];
            var top = stack.Count > 0 ? stack[^1] : null;
            switch (unit)
            {
                case '[' or '{' when stack.Count < 200:
                    CaptureBlankBefore(stack, i, column);
                    if (top is not null)
                    {
                        top.PartStart = i;
                    }

                    stack.Add(new FlowFrame(unit == '{', i + 1));
                    break;
                case ']' or '}':
                    EndPart(stack, i, false, column);
                    stack.RemoveAt(stack.Count - 1);
                    if (stack.Count == 0)
                    {
                        Resume(i + 1, at);
                        return;
                    }

                    // What follows a closed bracket is no token until the next comma.
                    stack[^1].PartStart = i + 1;
                    stack[^1].TokenStart = -1;
                    break;
                case ',':
                    EndPart(stack, i, false, column);
                    NextPart(top!, i + 1, false);
                    break;
                case ':' when IsFlowColon(i):
                    EndPart(stack, i, true, column);
                    NextPart(top!, i + 1, true);
                    break;
                case '#' when i > at && _text[i - 1] is ' ' or '\t' or '\n' or '\r':
                    CaptureBlankBefore(stack, i, column);
                    i = LineEnd(i) - 1;
                    CaptureNothing(_capture is null && _caret > at && _caret <= i + 1 && _caret >= LineStart(i));
                    break;
                case '\r' or '\n':
                    if (EndsFlow(i, parent, out var next))
                    {
                        EndPart(stack, i, false, column);
                        Resume(i, at);
                        return;
                    }

                    CaptureBlankBefore(stack, next, column);
                    i = next - 1;
                    break;
                case '"' or '\'' when top!.TokenStart < 0:
                    var close = CloseQuote(i, parent, out var closed);
                    top.TokenStart = i + 1;
                    top.TokenEnd = closed ? close : QuotedToken(i, close, false).End;
                    top.Quote = unit;
                    if (_capture is null && _caret > i && _caret <= close)
                    {
                        CaptureFlow(stack, QuotedToken(i, close, closed), unit, false, column);
                    }

                    i = closed ? close : Math.Max(i, top.TokenEnd - 1);
                    break;
                case ' ' or '\t':
                    break;
                default:
                    if (top!.TokenStart < 0)
                    {
                        CaptureBlankBefore(stack, i, column);
                        top.TokenStart = i;
                    }

                    top.TokenEnd = i + 1;
                    break;
            }

            i++;
        }

        EndPart(stack, _end, false, column);
        Resume(_end, at);
    }

    // A part of an entry ends at a comma, a colon, a bracket or with the text: was the caret in it?
    private void EndPart(List<FlowFrame> stack, int end, bool colon, int column)
    {
        var top = stack[^1];
        if (_capture is null && _caret >= top.PartStart && _caret <= end)
        {
            var hasToken = top.TokenStart >= 0 && _caret >= top.TokenStart && top.Quote == '\0' && LineEnd(top.TokenStart) >= _caret;
            var token = hasToken ? TextSpan.FromBounds(top.TokenStart, Math.Max(Math.Min(top.TokenEnd, LineEnd(top.TokenStart)), _caret)) : new TextSpan(_caret, 0);
            CaptureFlow(stack, token, '\0', colon, column);
        }

        if (top.TokenStart < 0)
        {
            return;
        }

        var text = _text[top.TokenStart..Math.Max(top.TokenStart, top.TokenEnd)];
        if (colon)
        {
            top.Frame.Key = text;
            if (!(_capture is { ColonFollows: true } capture && capture.Mapping == top.Frame && capture.Token.Start == top.TokenStart))
            {
                top.Frame.Keys.Add(text);
            }
        }
        else if (top is { IsValue: true, Frame.Key: { } key } && Shapes.IsTypeKey(key))
        {
            top.Frame.Type = text;
        }
    }

    // The caret may stand in the blanks before a token, a bracket or a line's end.
    private void CaptureBlankBefore(List<FlowFrame> stack, int end, int column)
    {
        if (stack.Count > 0 && stack[^1] is { TokenStart: < 0 } top && _capture is null && _caret >= top.PartStart && _caret < end)
        {
            CaptureFlow(stack, new TextSpan(_caret, 0), '\0', false, column);
        }
    }

    private static void NextPart(FlowFrame frame, int start, bool isValue)
    {
        frame.PartStart = start;
        frame.TokenStart = -1;
        frame.Quote = '\0';
        frame.IsValue = isValue;
        if (!isValue)
        {
            frame.Frame.Key = null;
        }
    }

    private void CaptureFlow(List<FlowFrame> stack, TextSpan token, char quote, bool colon, int column)
    {
        var steps = StepsTo(_frames.Count);
        var top = stack[^1];
        for (var i = 0; i < stack.Count; i++)
        {
            var frame = stack[i];
            if (!frame.IsMapping)
            {
                steps.Add(default);
            }

            if (frame.IsValue && frame.Frame.Key is { } key)
            {
                steps.Add(new OpenStep(frame.Frame, key));
            }
            else if (i < stack.Count - 1 && frame.IsMapping)
            {
                // A bracket where a key belongs: nothing is known from here on.
                steps.Add(new OpenStep(frame.Frame, ""));
            }
        }

        _capture = new Capture
        {
            Position = top.IsValue ? YamlPosition.Value : top.IsMapping ? YamlPosition.Key : YamlPosition.Node,
            Steps = steps,
            Mapping = top.IsMapping && !top.IsValue ? top.Frame : null,
            Token = token,
            Quote = quote,
            IsFlow = true,
            ColonFollows = colon,
            NeedsSpace = top.IsValue && token.IsEmpty && _caret == top.PartStart,
            Column = column,
        };
    }

    private bool IsFlowColon(int at) =>
        at + 1 >= _end || _text[at + 1] is ' ' or '\t' or '\r' or '\n' or ',' or ']' or '}' or '[' or '{' || (at > 0 && _text[at - 1] is '"' or '\'');

    // An unclosed bracket ends where a line begins that belongs to the mapping or list around it.
    private bool EndsFlow(int lineEnd, int parent, out int next)
    {
        next = AfterLineEnd(lineEnd);
        while (next < _end)
        {
            var end = LineEnd(next);
            var at = SkipBlanks(next, end);
            if (at < end)
            {
                return at - next <= parent && BeginsEntry(at, end, next);
            }

            if (AfterLineEnd(end) == end)
            {
                break;
            }

            next = AfterLineEnd(end);
        }

        next = Math.Min(next, _end);
        return false;
    }
}
