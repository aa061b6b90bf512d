using StoryLsp.Language.Text;

namespace StoryLsp.Language.Markdown;

/// <summary>
/// The text of one block (a paragraph, a heading, raw HTML) on its way to prose: the lines that it consists of, and the parts that are
/// cut from them. One instance serves a whole document.
/// </summary>
internal sealed class LeafText(string body)
{
    private readonly List<TextSpan> _lines = [];
    private readonly List<TextSpan> _segments = [];
    private readonly List<TextSpan> _cuts = [];

    /// <summary>The lines, without what belongs to lists and quotes.</summary>
    public IReadOnlyList<TextSpan> Lines => _lines;

    public int Start => _lines.Count == 0 ? 0 : _lines[0].Start;

    public int End => _lines.Count == 0 ? 0 : _lines[^1].End;

    public void Clear()
    {
        _lines.Clear();
        _segments.Clear();
        _cuts.Clear();
    }

    /// <summary>
    /// Adds a line. Lines that only white space parts become one segment, so a name that is broken at a line's end is still whole.
    /// </summary>
    public void AddLine(int start, int end)
    {
        _lines.Add(TextSpan.FromBounds(start, end));
        if (_segments.Count > 0 && body.AsSpan(_segments[^1].End, start - _segments[^1].End).IsWhiteSpace())
        {
            _segments[^1] = TextSpan.FromBounds(_segments[^1].Start, end);
        }
        else
        {
            _segments.Add(TextSpan.FromBounds(start, end));
        }
    }

    /// <summary>Takes a part out of the prose. Parts may overlap and come in any order.</summary>
    public void Cut(int start, int end)
    {
        if (start < end)
        {
            _cuts.Add(TextSpan.FromBounds(start, end));
        }
    }

    /// <summary>Hands on what is left.</summary>
    public void WriteProse(MarkdownCollector collector)
    {
        if (_cuts.Count > 1)
        {
            _cuts.Sort(static (left, right) => left.Start.CompareTo(right.Start));
        }

        int cut = 0;
        foreach (TextSpan segment in _segments)
        {
            int at = segment.Start;
            while (cut < _cuts.Count && _cuts[cut].Start < segment.End)
            {
                if (_cuts[cut].Start > at)
                {
                    collector.AddProse(at, _cuts[cut].Start);
                }

                at = Math.Max(at, _cuts[cut].End);
                if (at > segment.End)
                {
                    // A comment in a quote goes on behind the mark of the next line.
                    break;
                }

                cut++;
            }

            if (at < segment.End)
            {
                collector.AddProse(at, segment.End);
            }
        }
    }
}
