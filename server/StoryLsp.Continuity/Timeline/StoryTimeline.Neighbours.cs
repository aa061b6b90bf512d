using StoryLsp.Index;

namespace StoryLsp.Continuity.Timeline;

/// <summary>What lies beside what.</summary>
public sealed partial class StoryTimeline
{
    private Early[]? _early;

    /// <summary>All things of which it is certain that they share a minute with one, in the order of paths.</summary>
    public IReadOnlyList<ContainerKey> OverlappingWith(ContainerKey key)
    {
        if (_things.SlotOf(key) is not { } slot)
        {
            return [];
        }

        // What certainly overlaps does so in every schedule, so in the earliest one too.
        var early = _early ??= Sorted();
        var near = new List<ContainerKey>();
        Collect(early, 0, early.Length, _network.Early(slot.Start), _network.Early(slot.End), near);
        var result = near.Where(other => other != key && Overlaps(key, other)).ToList();
        result.Sort(KeyOrder.Instance);
        return result;
    }

    /// <summary>The beginning of a thing in the one schedule that has everything as early as it can be, for sorting what has a time; null without.</summary>
    internal long? EarlyStart(ContainerKey key) => _things.SlotOf(key) is { } slot && _things.Find(key) is { HasTime: true } ? _network.Early(slot.Start) : null;

    private Early[] Sorted()
    {
        var all = _things.All.Where(thing => thing.HasTime).Select(thing =>
        {
            var slot = _things.SlotOf(thing.Key)!.Value;
            return new Early(_network.Early(slot.Start), _network.Early(slot.End), 0, thing.Key);
        }).ToArray();
        Array.Sort(all, (a, b) => a.Start.CompareTo(b.Start));
        Augment(all, 0, all.Length);
        return all;
    }

    // The array is a balanced tree whose nodes are the middles; each knows the latest end below it (Cormen and others, "Interval trees").
    private static long Augment(Early[] early, int low, int high)
    {
        if (low >= high)
        {
            return long.MinValue;
        }

        var middle = (low + high) / 2;
        var latest = Math.Max(early[middle].End, Math.Max(Augment(early, low, middle), Augment(early, middle + 1, high)));
        early[middle] = early[middle] with { LatestEnd = latest };
        return latest;
    }

    private static void Collect(Early[] early, int low, int high, long start, long end, List<ContainerKey> found)
    {
        if (low >= high)
        {
            return;
        }

        var middle = (low + high) / 2;
        var here = early[middle];
        if (here.LatestEnd < start)
        {
            return;
        }

        Collect(early, low, middle, start, end, found);
        if (here.Start <= end)
        {
            if (here.End >= start)
            {
                found.Add(here.Key);
            }

            Collect(early, middle + 1, high, start, end, found);
        }
    }

    /// <summary>When a thing lies in the earliest schedule, and the latest end of all below it in the tree.</summary>
    private readonly record struct Early(long Start, long End, long LatestEnd, ContainerKey Key);
}
