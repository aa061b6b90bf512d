using StoryLsp.Language.Text;

namespace StoryLsp.Features.SelectionRanges;

/// <summary>Collects spans around an offset, and keeps those that lie in one another.</summary>
internal sealed class Nesting(int offset)
{
    private readonly List<TextSpan> _spans = [];

    /// <summary>The offset, in UTF-16 code units.</summary>
    public int Offset => offset;

    /// <summary>Takes a span if the offset is in it or at one of its ends.</summary>
    public void Add(TextSpan span)
    {
        if (span.Length > 0 && span.Touches(offset))
        {
            _spans.Add(span);
        }
    }

    /// <summary>Each span lies in the next one; what crosses a smaller one is left out.</summary>
    public IReadOnlyList<TextSpan> InnermostFirst()
    {
        // Of two equals, the one that the caret is in comes before the one that it only ends.
        var ordered = _spans.Distinct().OrderBy(span => span.Length).ThenByDescending(span => span.Start);
        var chain = new List<TextSpan>();
        foreach (var span in ordered)
        {
            if (chain.Count == 0 || (span.Contains(chain[^1]) && span != chain[^1]))
            {
                chain.Add(span);
            }
        }

        return chain;
    }
}
