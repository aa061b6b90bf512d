using StoryLsp.Index;

namespace StoryLsp.Continuity.Timeline;

/// <summary>What lies beside what.</summary>
public sealed partial class StoryTimeline
{
    private (long Start, long End, long LatestEnd, ContainerKey Key)[]? _early;

    /// <summary>All things of which it is certain that they share a minute with one, in the order of paths.</summary>
    public IReadOnlyList<ContainerKey> OverlappingWith(ContainerKey key)
    {
        if (_things.SlotOf(key) is not { } slot)
        {
            return [];
        }

        // What certainly overlaps does so in every schedule, so in the earliest one too.
        var early = _early ??= Sorted();
        var (start, end) = (_network.Early(slot.Start), _network.Early(slot.End));
        var result = new List<ContainerKey>();
        for (var i = FirstAfter(early, end) - 1; i >= 0 && early[i].LatestEnd >= start; i--)
        {
            if (early[i].End >= start && early[i].Key != key && Overlaps(key, early[i].Key))
            {
                result.Add(early[i].Key);
            }
        }

        result.Sort(KeyOrder.Instance);
        return result;
    }

    /// <summary>The beginning of a thing in the one schedule that has everything as early as it can be, for sorting what has a time; null without.</summary>
    internal long? EarlyStart(ContainerKey key) => _things.SlotOf(key) is { } slot && _things.Find(key) is { HasTime: true } ? _network.Early(slot.Start) : null;

    private (long Start, long End, long LatestEnd, ContainerKey Key)[] Sorted()
    {
        var all = _things.All.Where(thing => thing.HasTime).Select(thing =>
        {
            var slot = _things.SlotOf(thing.Key)!.Value;
            return (Start: _network.Early(slot.Start), End: _network.Early(slot.End), LatestEnd: 0L, thing.Key);
        }).ToArray();
        Array.Sort(all, (a, b) => a.Start.CompareTo(b.Start));
        var latest = long.MinValue;
        for (var i = 0; i < all.Length; i++)
        {
            all[i].LatestEnd = latest = Math.Max(latest, all[i].End);
        }

        return all;
    }

    private static int FirstAfter((long Start, long End, long LatestEnd, ContainerKey Key)[] early, long tick)
    {
        var (low, high) = (0, early.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = early[middle].Start <= tick ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
