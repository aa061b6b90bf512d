using StoryLsp.Features.Fields;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Completion;

internal sealed partial class YamlScan
{
    /// <summary>An open mapping or list.</summary>
    private sealed class Frame(int column, bool isSequence)
    {
        public int Column { get; } = column;

        public bool IsSequence { get; } = isSequence;

        public List<string> Keys { get; } = [];

        /// <summary>The key that was read last.</summary>
        public string? Key { get; set; }

        /// <summary>Whether its value, or the item, has not begun yet.</summary>
        public bool IsEmpty { get; set; }

        /// <summary>The value of the mapping's own <c>type</c>.</summary>
        public string? Type { get; set; }
    }

    /// <summary>A step whose mapping may still be growing.</summary>
    private readonly record struct OpenStep(Frame? Mapping, string? Key);

    /// <summary>What was found at the caret; the mapping's other keys are known when the scan ends.</summary>
    private sealed class Capture
    {
        public bool IsNothing { get; init; }

        public YamlPosition Position { get; init; }

        public List<OpenStep> Steps { get; init; } = [];

        public Frame? Mapping { get; init; }

        public TextSpan Token { get; init; }

        public char Quote { get; init; }

        public bool IsFlow { get; init; }

        public bool ColonFollows { get; init; }

        public bool NeedsSpace { get; init; }

        public bool AtDash { get; init; }

        public int Column { get; init; }

        public bool IsEmpty { get; init; }

        public YamlCursor ToCursor() => new()
        {
            Position = Position,
            Path = [.. Steps.Select(step => new PathStep(step.Key, step.Mapping?.Type))],
            Token = Token,
            Quote = Quote,
            InFlow = IsFlow,
            ColonFollows = ColonFollows,
            NeedsSpace = NeedsSpace,
            AtDash = AtDash,
            Column = Column,
            Siblings = Mapping?.Keys ?? [],
            MappingType = Mapping?.Type,
            IsEmpty = IsEmpty && (Mapping is null || Mapping.Keys.Count == 0),
        };
    }

    private int TopAt(int column)
    {
        var top = _frames.Count - 1;
        while (top >= 0 && _frames[top].Column > column)
        {
            top--;
        }

        return top;
    }

    private void OpenItem(int column)
    {
        var top = TopAt(column);
        _frames.RemoveRange(top + 1, _frames.Count - top - 1);
        if (top >= 0)
        {
            _frames[top].IsEmpty = false;
        }

        if (top < 0 || !_frames[top].IsSequence || _frames[top].Column < column)
        {
            _frames.Add(new Frame(column, isSequence: true));
        }

        _frames[^1].IsEmpty = true;
    }

    private Frame OpenMapping(int column)
    {
        var top = TopAt(column);
        // A list may stand in the column of the key that it belongs to.
        if (top >= 0 && _frames[top].Column == column && _frames[top].IsSequence)
        {
            top--;
        }

        _frames.RemoveRange(top + 1, _frames.Count - top - 1);
        if (top < 0 || _frames[top].IsSequence || _frames[top].Column < column)
        {
            if (top >= 0)
            {
                _frames[top].IsEmpty = false;
            }

            _frames.Add(new Frame(column, isSequence: false));
        }

        return _frames[^1];
    }

    // The steps through the first frames: to the value of the last key, or to the item, of each.
    private List<OpenStep> StepsTo(int count)
    {
        var steps = new List<OpenStep>(count + 2);
        for (var i = 0; i < count; i++)
        {
            steps.Add(_frames[i].IsSequence ? default : new OpenStep(_frames[i], _frames[i].Key));
        }

        return steps;
    }

    private void CaptureNothing(bool here)
    {
        if (here)
        {
            _capture ??= new Capture { IsNothing = true };
            _stopped = _capture.IsNothing;
        }
    }

    private void CaptureValue(YamlPosition position, TextSpan token, char quote, int column, bool needsSpace) => _capture = new Capture
    {
        Position = position, Steps = StepsTo(_frames.Count), Token = token, Quote = quote, Column = column, NeedsSpace = needsSpace,
        IsEmpty = _frames.Count == 0,
    };

    private void CaptureItem(int lineStart, int behindDash) => _capture = new Capture
    {
        Position = YamlPosition.Node, Steps = StepsTo(_frames.Count), Token = new TextSpan(_caret, 0),
        NeedsSpace = _caret == behindDash, Column = Math.Max(_caret, behindDash + 1) - lineStart,
    };

    // The caret stands on a line without a colon or dash: its column tells what it belongs to.
    private void CaptureBare(int column, TextSpan token)
    {
        var top = TopAt(column);
        if (top < 0)
        {
            var wasEmpty = _frames.Count == 0;
            _frames.Clear();
            CaptureUnder(0, column, token, wasEmpty ? YamlPosition.Node : YamlPosition.Key, wasEmpty);
            return;
        }

        var frame = _frames[top];
        if (frame.Column == column && !frame.IsSequence)
        {
            CaptureKey(top, column, token);
        }
        else if (frame.Column == column)
        {
            if (top > 0 && _frames[top - 1].Column == column)
            {
                CaptureKey(top - 1, column, token);
            }
            else
            {
                _capture = new Capture { Position = YamlPosition.Node, Steps = StepsTo(top + 1), Token = token, Column = column + 2, AtDash = true };
            }
        }
        else if (frame.IsEmpty)
        {
            CaptureUnder(top + 1, column, token, YamlPosition.Node, false);
        }
    }

    private void CaptureKey(int frame, int column, TextSpan token) => _capture = new Capture
    {
        Position = YamlPosition.Key, Steps = StepsTo(frame), Mapping = _frames[frame], Token = token, Column = column,
    };

    // Keys may follow the caret, and then they are the siblings of the one that is being typed.
    private void CaptureUnder(int frames, int column, TextSpan token, YamlPosition position, bool isEmpty)
    {
        var steps = StepsTo(frames);
        _frames.RemoveRange(frames, _frames.Count - frames);
        var mapping = new Frame(column, isSequence: false);
        _frames.Add(mapping);
        _capture = new Capture { Position = position, Steps = steps, Mapping = mapping, Token = token, Column = column, IsEmpty = isEmpty };
    }
}
