namespace StoryLsp.Features.Matching;

/// <summary>How well typed letters fit a name.</summary>
internal static class NameMatch
{
    /// <summary>The score of a name that nothing was typed for.</summary>
    public const int Anything = 1;

    private const int Exact = 1000;
    private const int Prefix = 900;
    private const int WordPrefix = 700;
    private const int Inside = 500;
    private const int Scattered = 300;
    private const int MostTaken = 99;

    /// <summary>Zero when the letters do not fit; else the greater the better: the whole name, its beginning, a word's, letters inside, letters in order.</summary>
    /// <param name="typed">What was typed, whatever its case.</param>
    /// <param name="name">The name.</param>
    public static int Score(ReadOnlySpan<char> typed, ReadOnlySpan<char> name)
    {
        if (typed.IsEmpty)
        {
            return Anything;
        }

        if (name.Length < typed.Length)
        {
            return 0;
        }

        var surplus = Math.Min(MostTaken, name.Length - typed.Length);
        if (name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
        {
            return name.Length == typed.Length ? Exact : Prefix - surplus;
        }

        var at = name.IndexOf(typed, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return ScoreScattered(typed, name);
        }

        return WordAt(typed, name, at) ? WordPrefix - surplus : Inside - surplus;
    }

    /// <summary>The best score of several names, and which of them it is.</summary>
    public static int Best(ReadOnlySpan<char> typed, IReadOnlyList<string> names, out int best)
    {
        var score = 0;
        best = -1;
        for (var i = 0; i < names.Count; i++)
        {
            var own = Score(typed, names[i]);
            if (own > score)
            {
                score = own;
                best = i;
            }
        }

        return score;
    }

    private static bool WordAt(ReadOnlySpan<char> typed, ReadOnlySpan<char> name, int at)
    {
        while (at >= 0)
        {
            if (IsWordStart(name, at))
            {
                return true;
            }

            var next = name[(at + 1)..].IndexOf(typed, StringComparison.OrdinalIgnoreCase);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    // The first letter has to begin a word, so that two letters do not fit half of the workspace.
    private static int ScoreScattered(ReadOnlySpan<char> typed, ReadOnlySpan<char> name)
    {
        var best = 0;
        for (var start = 0; start < name.Length; start++)
        {
            if (IsWordStart(name, start) && Same(name[start], typed[0]))
            {
                best = Math.Max(best, ScoreFrom(typed, name, start));
            }
        }

        return best;
    }

    private static int ScoreFrom(ReadOnlySpan<char> typed, ReadOnlySpan<char> name, int start)
    {
        var at = start;
        var skipped = 0;
        foreach (var letter in typed)
        {
            var first = at;
            while (at < name.Length && !Same(name[at], letter))
            {
                at++;
            }

            if (at == name.Length)
            {
                return 0;
            }

            // Letters that begin words are what initials are made of; skipping to one costs little.
            skipped += IsWordStart(name, at) ? Math.Min(1, at - first) : at - first;
            at++;
        }

        return Scattered - Math.Min(MostTaken, skipped * 2) - Math.Min(MostTaken, name.Length - typed.Length);
    }

    private static bool IsWordStart(ReadOnlySpan<char> name, int at) =>
        char.IsLetterOrDigit(name[at]) && (at == 0 || !char.IsLetterOrDigit(name[at - 1]) || (char.IsUpper(name[at]) && char.IsLower(name[at - 1])));

    private static bool Same(char a, char b) => a == b || char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
