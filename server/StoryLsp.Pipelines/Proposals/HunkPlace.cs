namespace StoryLsp.Pipelines.Proposals;

/// <summary>Finds the place of a hunk in a text that is not its base: by its own text and by what stood on both its sides. Nothing is guessed.</summary>
internal static class HunkPlace
{
    /// <summary>In a longer text no place is looked for: every offset may have to be compared. In UTF-16 code units.</summary>
    private const int LongestSearched = 1 << 21;

    /// <summary>Where the old text stands today, as far as the answer is plain.</summary>
    public static (HunkState State, int At) Of(string text, Hunk hunk)
    {
        if (text.Length > LongestSearched)
        {
            return (HunkState.Stale, -1);
        }

        // Between both its neighbours nothing else can be meant. What is written is not written twice: so the new text is looked for first.
        var isApplied = hunk.New.Length > 0 && Only(text, hunk, hunk.New, IsBetween) >= 0;
        if (isApplied)
        {
            return (HunkState.AlreadyApplied, -1);
        }

        if (Only(text, hunk, hunk.Old, IsBetween) is >= 0 and var exact)
        {
            return (HunkState.Fits, exact);
        }

        if (hunk.New.Length == 0 && Only(text, hunk, "", IsBetween) >= 0)
        {
            return (HunkState.AlreadyApplied, -1);
        }

        return BesideOne(text, hunk);
    }

    /// <summary>Whether a text stands at an offset.</summary>
    public static bool Stands(string text, int start, string expected) =>
        start >= 0 && start + expected.Length <= text.Length && text.AsSpan(start, expected.Length).SequenceEqual(expected);

    // One neighbour was changed, or both. Without an old text only both could tell the place.
    private static (HunkState State, int At) BesideOne(string text, Hunk hunk)
    {
        var now = hunk.New.Length > 0 ? Only(text, hunk, hunk.New, IsBeside) : -1;
        var old = hunk.Old.Length > 0 ? Only(text, hunk, hunk.Old, IsBeside) : -1;
        if (old < 0 && now < 0)
        {
            return hunk.StandsOnce && ProposalBuilder.StandsOnce(text, hunk.Old) && (hunk.New.Length == 0 || !text.Contains(hunk.New, StringComparison.Ordinal))
                ? (HunkState.Fits, text.IndexOf(hunk.Old, StringComparison.Ordinal))
                : (HunkState.Stale, -1);
        }

        if (old < 0 || now < 0)
        {
            return old < 0 ? (HunkState.AlreadyApplied, -1) : (HunkState.Fits, old);
        }

        // One of the two texts is a part of the other, or they are two places, and then nobody can tell.
        return now >= old && now + hunk.New.Length <= old + hunk.Old.Length ? (HunkState.Fits, old)
            : old >= now && old + hunk.Old.Length <= now + hunk.New.Length ? (HunkState.AlreadyApplied, -1)
            : (HunkState.Stale, -1);
    }

    private static bool IsBetween(string text, Hunk hunk, int start, int end) => hunk.Before.StandsBefore(text, start) && hunk.After.StandsAfter(text, end);

    // An empty surrounding stands everywhere, and so is no evidence.
    private static bool IsBeside(string text, Hunk hunk, int start, int end) =>
        (hunk.Before.Length > 0 && hunk.Before.StandsBefore(text, start)) || (hunk.After.Length > 0 && hunk.After.StandsAfter(text, end));

    /// <summary>The one place where a part stands among its surroundings; -1 where there is none, or several.</summary>
    private static int Only(string text, Hunk hunk, string part, Func<string, Hunk, int, int, bool> isPlace)
    {
        var found = -1;
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = at < text.Length ? text.IndexOf(part, at + 1, StringComparison.Ordinal) : -1)
        {
            if (IsWholePlace(text, hunk, at, part.Length) && isPlace(text, hunk, at, at + part.Length))
            {
                if (found >= 0)
                {
                    return -1;
                }

                found = at;
            }
        }

        return found;
    }

    // A hunk that brings its own line end goes to the end of a line; that leaves few places to compare.
    private static bool IsWholePlace(string text, Hunk hunk, int at, int length) =>
        length > 0 || hunk.Old.Length > 0 || hunk.New[0] is not ('\r' or '\n') || at == text.Length || text[at] is '\r' or '\n';
}
