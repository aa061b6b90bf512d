namespace StoryLsp.Pipelines.Proposals.Differences;

/// <summary>
/// Which piece of an old text is which of a new one. Equal pieces are found by DiffPlex (E. Myers, “An O(ND) Difference Algorithm and Its
/// Variations”, 1986); those between are paired where their words are alike, in order (the alignment of Needleman and Wunsch, 1970).
/// </summary>
internal static class Alignment
{
    /// <summary>From here on two sentences count as one that was changed: a third of their words, by the coefficient of Dice.</summary>
    private const double LeastLikeness = 0.34;

    /// <summary>Above it, all pairs of a stretch are not compared one by one.</summary>
    private const int MostCells = 1_000_000;

    /// <summary>The pairs, by their indexes, in the order of both.</summary>
    public static List<(int Old, int New)> Of(IReadOnlyList<Piece> old, IReadOnlyList<Piece> now)
    {
        var result = new List<(int, int)>();
        var (i, j) = (0, 0);
        foreach (var (oldStart, oldCount, newStart, newCount) in Blocks(old, now))
        {
            for (; i < oldStart; i++, j++)
            {
                result.Add((i, j));
            }

            if (oldCount > 0 && newCount > 0)
            {
                Pair(old, now, (oldStart, oldCount), (newStart, newCount), result);
            }

            (i, j) = (oldStart + oldCount, newStart + newCount);
        }

        for (; i < old.Count; i++, j++)
        {
            result.Add((i, j));
        }

        return result;
    }

    private static IEnumerable<(int, int, int, int)> Blocks(IReadOnlyList<Piece> old, IReadOnlyList<Piece> now) =>
        Cut.Blocks([.. old.Select(Content)], [.. now.Select(Content)]).Select(block => (block.DeleteStartA, block.DeleteCountA, block.InsertStartB, block.InsertCountB));

    // The same words as a line and as a sentence are not the same.
    private static string Content(Piece piece) => piece.Kind == PieceKind.Line ? piece.Text + "\n" : piece.Text;

    private static void Pair(IReadOnlyList<Piece> old, IReadOnlyList<Piece> now, (int Start, int Count) a, (int Start, int Count) b, List<(int, int)> result)
    {
        var anchors = (long)a.Count * b.Count <= MostCells ? Alike(old, now, a, b) : [];
        var (i, j) = (a.Start, b.Start);
        foreach (var (oldAt, newAt) in anchors.Append((a.Start + a.Count, b.Start + b.Count)))
        {
            // As many as before: each took the place of one.
            if (oldAt - i == newAt - j)
            {
                for (; i < oldAt; i++, j++)
                {
                    if (old[i].Kind == now[j].Kind && old[i].Depth == now[j].Depth)
                    {
                        result.Add((i, j));
                    }
                }
            }

            if (oldAt < a.Start + a.Count)
            {
                result.Add((oldAt, newAt));
            }

            (i, j) = (oldAt + 1, newAt + 1);
        }
    }

    private static List<(int Old, int New)> Alike(IReadOnlyList<Piece> old, IReadOnlyList<Piece> now, (int Start, int Count) a, (int Start, int Count) b)
    {
        var words = new WordNumbers();
        var oldWords = Enumerable.Range(a.Start, a.Count).Select(i => words.Of(old[i].Text)).ToList();
        var newWords = Enumerable.Range(b.Start, b.Count).Select(i => words.Of(now[i].Text)).ToList();
        var score = new float[a.Count + 1, b.Count + 1];
        var like = new float[a.Count, b.Count];
        for (var i = a.Count - 1; i >= 0; i--)
        {
            for (var j = b.Count - 1; j >= 0; j--)
            {
                like[i, j] = Likeness(old[a.Start + i], now[b.Start + j], oldWords[i], newWords[j]);
                var taken = like[i, j] >= LeastLikeness ? like[i, j] + score[i + 1, j + 1] : 0;
                score[i, j] = Math.Max(taken, Math.Max(score[i + 1, j], score[i, j + 1]));
            }
        }

        var result = new List<(int, int)>();
        for (int i = 0, j = 0; i < a.Count && j < b.Count;)
        {
            if (like[i, j] >= LeastLikeness && score[i, j] <= like[i, j] + score[i + 1, j + 1])
            {
                result.Add((a.Start + i++, b.Start + j++));
            }
            else if (score[i + 1, j] >= score[i, j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return result;
    }

    private static float Likeness(Piece old, Piece now, int[] oldWords, int[] newWords)
    {
        if (old.Kind != now.Kind || old.Depth != now.Depth)
        {
            return 0;
        }

        return old.Key is { } key ? key == now.Key ? 1 : 0 : now.Key is null ? WordNumbers.Likeness(oldWords, newWords) : 0;
    }
}
