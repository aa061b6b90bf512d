using StoryLsp.Language.Text;

namespace StoryLsp.Server.Proposals;

/// <summary>
/// Finds out which of the edits that an editor was sent a person really took, by comparing the text before and the text after: an editor that lets
/// a person untick changes says only that it has applied "the edit".
/// </summary>
internal static class AppliedEdits
{
    /// <summary>More ways through the text than this are not followed; each way is one set of edits that explains the text so far.</summary>
    private const int MostWays = 64;

    /// <summary>Which edits were made; null where no choice of them leads from one text to the other, as when somebody typed meanwhile.</summary>
    /// <param name="before">The text that the edits count in.</param>
    /// <param name="after">The text now.</param>
    /// <param name="edits">The edits, sorted by their places; they do not overlap.</param>
    public static bool[]? Find(string before, string after, IReadOnlyList<TextEdit> edits)
    {
        // A way is where it stands in the text after, and what it has taken so far; of two ways to one place the one that took more stays.
        var ways = new List<(int At, List<int> Taken)> { (0, []) };
        var from = 0;
        for (var i = 0; i < edits.Count; i++)
        {
            ways = Step(before, after, ways, from, edits[i], i);
            from = edits[i].Span.End;
            if (ways.Count is 0 or > MostWays)
            {
                return null;
            }
        }

        var rest = before.AsSpan(from);
        foreach (var (at, taken) in ways.OrderByDescending(way => way.Taken.Count))
        {
            if (after.AsSpan(at).SequenceEqual(rest))
            {
                var result = new bool[edits.Count];
                taken.ForEach(edit => result[edit] = true);
                return result;
            }
        }

        return null;
    }

    private static List<(int At, List<int> Taken)> Step(string before, string after, List<(int At, List<int> Taken)> ways, int from, TextEdit edit, int index)
    {
        var unchanged = before.AsSpan(from, edit.Span.Start - from);
        var old = before.AsSpan(edit.Span.Start, edit.Span.Length);
        var next = new Dictionary<int, List<int>>();
        foreach (var (at, taken) in ways)
        {
            if (!after.AsSpan(at).StartsWith(unchanged))
            {
                continue;
            }

            var place = at + unchanged.Length;
            // An editor writes the line ends of its buffer, whatever it was sent.
            foreach (var text in new[] { edit.NewText, edit.NewText.ReplaceLineEndings("\r\n"), edit.NewText.ReplaceLineEndings("\n") }.Distinct())
            {
                if (after.AsSpan(place).StartsWith(text))
                {
                    Keep(next, place + text.Length, [.. taken, index]);
                }
            }

            if (after.AsSpan(place).StartsWith(old))
            {
                Keep(next, place + old.Length, taken);
            }
        }

        return [.. next.Select(way => (way.Key, way.Value))];
    }

    private static void Keep(Dictionary<int, List<int>> ways, int at, List<int> taken)
    {
        if (!ways.TryGetValue(at, out var other) || other.Count < taken.Count)
        {
            ways[at] = taken;
        }
    }
}
