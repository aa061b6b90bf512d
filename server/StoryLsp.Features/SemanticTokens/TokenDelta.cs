namespace StoryLsp.Features.SemanticTokens;

/// <summary>What makes new tokens of old ones: some numbers of the old are replaced.</summary>
/// <param name="Start">The first number that is replaced.</param>
/// <param name="DeleteCount">How many are.</param>
/// <param name="Data">What stands in their place.</param>
public sealed record TokenDelta(int Start, int DeleteCount, IReadOnlyList<int> Data)
{
    // A token is five numbers: lines and characters from the one before it, length, type, modifiers.
    private const int Size = 5;

    /// <summary>
    /// The difference of two lists of tokens; null where they are the same. Places count from the token before, so one edit of a text changes one
    /// stretch of the list, and what begins and ends alike is left out.
    /// </summary>
    /// <param name="old">The numbers before.</param>
    /// <param name="now">The numbers after.</param>
    public static TokenDelta? Between(ReadOnlySpan<int> old, ReadOnlySpan<int> now)
    {
        var start = Whole(old.CommonPrefixLength(now));
        var most = (Math.Min(old.Length, now.Length) - start) / Size;
        var tail = 0;
        while (tail < most && old.Slice(old.Length - ((tail + 1) * Size), Size).SequenceEqual(now.Slice(now.Length - ((tail + 1) * Size), Size)))
        {
            tail++;
        }

        var deleted = old.Length - start - (tail * Size);
        var added = now.Length - start - (tail * Size);
        return deleted == 0 && added == 0 ? null : new(start, deleted, now.Slice(start, added).ToArray());
    }

    private static int Whole(int numbers) => numbers - (numbers % Size);
}
