using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Fields;

/// <summary>Spans that are asked often whether one of them meets another; each answer costs the logarithm of their number.</summary>
internal sealed class SpanSet
{
    /// <summary>No spans.</summary>
    public static readonly SpanSet Empty = new([]);

    private readonly TextSpan[] _spans;

    // The farthest end among the spans up to each.
    private readonly int[] _ends;

    public SpanSet(IEnumerable<TextSpan> spans)
    {
        _spans = [.. spans.OrderBy(span => span.Start)];
        _ends = new int[_spans.Length];
        for (var i = 0; i < _spans.Length; i++)
        {
            _ends[i] = Math.Max(_spans[i].End, i > 0 ? _ends[i - 1] : 0);
        }
    }

    /// <summary>Whether one of the spans has a code unit or an end in common with a span.</summary>
    public bool Touches(TextSpan span)
    {
        var low = 0;
        var high = _spans.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_spans[middle].Start <= span.End)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low > 0 && _ends[low - 1] >= span.Start;
    }
}
