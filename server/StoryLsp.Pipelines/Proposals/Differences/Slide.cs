namespace StoryLsp.Pipelines.Proposals.Differences;

/// <summary>
/// Moves a stretch of new or removed lines up while it stays the same change, until it begins with a line that nothing in it is above: a
/// difference by lines alone may begin in the middle of one entry and end in the middle of the next.
/// </summary>
internal static class Slide
{
    public static List<(int Old, int New)> Of(IReadOnlyList<Piece> old, IReadOnlyList<Piece> now, List<(int Old, int New)> pairs)
    {
        for (var k = 0; k < pairs.Count; k++)
        {
            var next = k + 1 < pairs.Count ? pairs[k + 1] : (Old: old.Count, New: now.Count);
            if (next.Old == pairs[k].Old + 1 && next.New > pairs[k].New + 1)
            {
                Up(now, pairs, k, next.New, pair => pair.New, (pair, shift) => (pair.Old, pair.New + shift), old, now);
            }
            else if (next.New == pairs[k].New + 1 && next.Old > pairs[k].Old + 1)
            {
                Up(old, pairs, k, next.Old, pair => pair.Old, (pair, shift) => (pair.Old + shift, pair.New), old, now);
            }
        }

        return pairs;
    }

    private static void Up(
        IReadOnlyList<Piece> pieces,
        List<(int Old, int New)> pairs,
        int last,
        int end,
        Func<(int Old, int New), int> side,
        Func<(int Old, int New), int, (int Old, int New)> shifted,
        IReadOnlyList<Piece> old,
        IReadOnlyList<Piece> now)
    {
        var length = end - side(pairs[last]) - 1;
        for (var k = last; k >= 0 && !BeginsWell(pieces, side(pairs[k]) + 1, length); k--)
        {
            var pair = pairs[k];
            var isNext = k == last || (pairs[k].Old + 1 == pairs[k + 1].Old - (shifted((0, 0), length).Old) && pairs[k].New + 1 == pairs[k + 1].New - shifted((0, 0), length).New);
            var (mine, other) = (pieces[side(pair)], pieces[side(pair) + length]);
            if (!isNext || old[pair.Old].Text != now[pair.New].Text || mine.Text != other.Text || mine.Kind != PieceKind.Line || other.Kind != PieceKind.Line)
            {
                return;
            }

            pairs[k] = shifted(pair, length);
        }
    }

    private static bool BeginsWell(IReadOnlyList<Piece> pieces, int start, int length)
    {
        if (pieces[start].Kind != PieceKind.Line)
        {
            return true;
        }

        for (var i = start + 1; i < start + length; i++)
        {
            if (pieces[i].Kind != PieceKind.Line || pieces[i].Depth < pieces[start].Depth)
            {
                return pieces[i].Kind != PieceKind.Line;
            }
        }

        return true;
    }
}
