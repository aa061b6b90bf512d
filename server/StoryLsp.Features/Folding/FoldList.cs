using StoryLsp.Features.Places;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Folding;

/// <summary>Collects what can be folded; of what begins on one line the longest stays.</summary>
internal sealed class FoldList(SourceText text)
{
    private readonly Dictionary<int, Fold> _byLine = [];

    /// <summary>The document.</summary>
    public SourceText Text => text;

    /// <summary>Adds a span, without blank lines at its end; what stands on one line is not folded.</summary>
    public void Add(TextSpan span, FoldSort sort)
    {
        var shown = Sections.WithoutEnd(text.Text, span);
        if (shown.Length > 0)
        {
            AddLines(text.Lines.GetLine(shown.Start), text.Lines.GetLine(shown.End), sort);
        }
    }

    /// <summary>Adds lines.</summary>
    public void AddLines(int first, int last, FoldSort sort)
    {
        if (last > first && (!_byLine.TryGetValue(first, out var known) || known.EndLine < last))
        {
            _byLine[first] = new(first, last, sort);
        }
    }

    /// <summary>All by their first line; where there are too many, the outer ones.</summary>
    public IReadOnlyList<Fold> InOrder(int? most)
    {
        var ordered = _byLine.Values.OrderBy(fold => fold.StartLine).ToList();
        if (most is not { } limit || ordered.Count <= limit)
        {
            return ordered;
        }

        var open = new Stack<int>();
        var depths = new List<(Fold Fold, int Depth)>(ordered.Count);
        foreach (var fold in ordered)
        {
            while (open.Count > 0 && open.Peek() < fold.StartLine)
            {
                open.Pop();
            }

            depths.Add((fold, open.Count));
            open.Push(fold.EndLine);
        }

        return [.. depths.OrderBy(one => one.Depth).Take(Math.Max(0, limit)).Select(one => one.Fold).OrderBy(fold => fold.StartLine)];
    }
}
