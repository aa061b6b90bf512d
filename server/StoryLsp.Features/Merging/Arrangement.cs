namespace StoryLsp.Features.Merging;

/// <summary>What stands at one place of a merged list: an entry that both sides have or one of them, or what both sides put there in an order that means something, or instead of the same.</summary>
/// <param name="Keys">The entry; where both sides added here, ours.</param>
/// <param name="Theirs">Null; where both sides added here, theirs.</param>
internal sealed record ArrangedStep(IReadOnlyList<string> Keys, IReadOnlyList<string>? Theirs);

/// <summary>Finds the order of the entries that two sides made of a list.</summary>
internal static class Arrangement
{
    private const string Beginning = "\0";

    /// <summary>The entries in their order; null where both sides gave them another order, and the order means something.</summary>
    /// <param name="origin">The keys that both come from.</param>
    /// <param name="ours">Our keys.</param>
    /// <param name="theirs">Their keys.</param>
    /// <param name="isOrdered">Whether the order means something.</param>
    /// <param name="stays">Whether an entry that one side took out stays, as the other changed it.</param>
    public static IReadOnlyList<ArrangedStep>? Of(IReadOnlyList<string> origin, IReadOnlyList<string> ours, IReadOnlyList<string> theirs, bool isOrdered, Func<string, bool> stays)
    {
        var (known, mine, yours) = (origin.ToHashSet(StringComparer.Ordinal), ours.ToHashSet(StringComparer.Ordinal), theirs.ToHashSet(StringComparer.Ordinal));
        var common = ours.Where(yours.Contains).ToList();
        var orderOfTheirs = theirs.Where(mine.Contains).ToList();
        var (before, inOrigin) = (origin.Where(key => mine.Contains(key) && yours.Contains(key)).ToList(), common.Where(known.Contains).ToList());
        var isMovedByUs = !inOrigin.SequenceEqual(before);
        var isMovedByThem = !orderOfTheirs.Where(known.Contains).SequenceEqual(before);
        if (isOrdered && !common.SequenceEqual(orderOfTheirs) && isMovedByUs && isMovedByThem)
        {
            return null;
        }

        var spine = isMovedByThem && !isMovedByUs ? orderOfTheirs : common;
        var own = Additions(ours, spine, key => !yours.Contains(key) && (!known.Contains(key) || stays(key)));
        var other = Additions(theirs, spine, key => !mine.Contains(key) && (!known.Contains(key) || stays(key)));
        // What both took out and put something new in for may be one thing that both gave another name. A mere word that is listed is no name of anything.
        var replaced = new HashSet<string>(StringComparer.Ordinal);
        var behind = Beginning;
        var kept = spine.ToHashSet(StringComparer.Ordinal);
        foreach (var key in origin)
        {
            behind = kept.Contains(key) ? key : behind;
            if (!mine.Contains(key) && !yours.Contains(key) && !ItemKeys.IsWord(key))
            {
                replaced.Add(behind);
            }
        }

        var result = new List<ArrangedStep>();
        foreach (var key in spine.Prepend(Beginning))
        {
            if (key != Beginning)
            {
                result.Add(new([key], null));
            }

            var (added, more) = (own.GetValueOrDefault(key, []), other.GetValueOrDefault(key, []));
            if ((isOrdered || replaced.Contains(key)) && added.Count > 0 && more.Count > 0)
            {
                result.Add(new(added, more));
            }
            else
            {
                result.AddRange(added.Concat(more).Select(one => new ArrangedStep([one], null)));
            }
        }

        return result;
    }

    // What one side has and the other has not, by the entry that it stands behind.
    private static Dictionary<string, List<string>> Additions(IReadOnlyList<string> keys, List<string> spine, Func<string, bool> isAdded)
    {
        var kept = spine.ToHashSet(StringComparer.Ordinal);
        var result = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var behind = Beginning;
        foreach (var key in keys)
        {
            if (kept.Contains(key))
            {
                behind = key;
            }
            else if (isAdded(key))
            {
                (result.TryGetValue(behind, out var list) ? list : result[behind] = []).Add(key);
            }
        }

        return result;
    }
}
