using StoryLsp.Index;

namespace StoryLsp.Continuity.State;

/// <summary>A change of one container's state, when, and which effect of which source says so.</summary>
/// <param name="At">When.</param>
/// <param name="Source">The container that says so.</param>
/// <param name="Index">Which of the source's effects.</param>
/// <param name="Effect">What changes.</param>
internal sealed record StateChange(Moment At, ContainerKey Source, int Index, Effect Effect);

/// <summary>Who has an item after a change.</summary>
/// <param name="Kind">Whether somebody has it.</param>
/// <param name="Who">Who, where somebody does.</param>
/// <param name="Since">The change that made it so; null before the first.</param>
internal readonly record struct Holder(HolderKind Kind, ContainerKey? Who, StateChange? Since);

/// <summary>What is known of who has an item.</summary>
internal enum HolderKind : byte
{
    /// <summary>Nothing.</summary>
    Unknown,

    /// <summary>Somebody has it.</summary>
    Held,

    /// <summary>Nobody: it was lost.</summary>
    Lost,

    /// <summary>Nobody: it is no more.</summary>
    Destroyed,
}

/// <summary>All changes of one container's state in the order of the story. Immutable; equal histories of two versions of a world are the same object.</summary>
internal sealed class EntityHistory
{
    // All of them, placed or not, by source: what the history is made anew from.
    private readonly IReadOnlyList<StateChange> _all;
    private IReadOnlyList<Holder>? _holders;
    private IReadOnlyList<ContainerKey>? _items;
    private IReadOnlyList<ContainerKey>? _facts;

    private EntityHistory(ContainerKey entity, IReadOnlyList<StateChange> all, (List<StateChange> Placed, List<StateChange> Unplaced) changes)
    {
        Entity = entity;
        _all = all;
        Changes = changes.Placed;
        Unplaced = changes.Unplaced;
    }

    /// <summary>The container.</summary>
    public ContainerKey Entity { get; }

    /// <summary>The changes that have a place in the order and are no dream, the earliest first.</summary>
    public IReadOnlyList<StateChange> Changes { get; }

    /// <summary>The changes of which nobody knows when they happen. What they change may have changed at any time.</summary>
    public IReadOnlyList<StateChange> Unplaced { get; }

    /// <summary>For an item: who has it after each of <see cref="Changes"/>.</summary>
    public IReadOnlyList<Holder> Holders => _holders ??= FoldHolders();

    /// <summary>For a character: the items that some change of theirs is about, each once.</summary>
    public IReadOnlyList<ContainerKey> Items => _items ??=
    [
        .. Changes.Select(change => change.Effect switch
        {
            Takes takes => takes.Item,
            Gives gives => gives.Item,
            Loses loses => loses.Item,
            _ => (ContainerKey?)null,
        }).OfType<ContainerKey>().Distinct(),
    ];

    /// <summary>For a character: the facts that they learn at some time, each once.</summary>
    public IReadOnlyList<ContainerKey> Facts => _facts ??= [.. Changes.Select(change => change.Effect).OfType<Learns>().Select(learns => learns.Fact).Distinct()];

    /// <summary>
    /// The history with other changes of some sources; the same object where nothing differs, and null where nothing is left.
    /// </summary>
    /// <param name="before">The history before, if there was one.</param>
    /// <param name="entity">The container.</param>
    /// <param name="replaced">The sources whose changes are replaced.</param>
    /// <param name="added">What those sources say now.</param>
    /// <param name="order">The order.</param>
    public static EntityHistory? With(EntityHistory? before, ContainerKey entity, IReadOnlySet<ContainerKey> replaced, IReadOnlyList<StateChange> added, MomentOrder order)
    {
        var all = new List<StateChange>(added);
        if (before is not null)
        {
            all.AddRange(before._all.Where(change => !replaced.Contains(change.Source)));
        }

        if (all.Count == 0)
        {
            return null;
        }

        all.Sort(CompareSources);
        var changes = Sorted(all, order);
        return before is not null && before._all.SequenceEqual(all) && before.Has(changes) ? before : new(entity, all, changes);
    }

    /// <summary>The history in another order; the same object where its own changes keep their places among each other.</summary>
    public EntityHistory In(MomentOrder order)
    {
        if (IsSortedBy(order))
        {
            return this;
        }

        var changes = Sorted(_all, order);
        return Has(changes) ? this : new(Entity, _all, changes);
    }

    // Nearly every history is, after nearly every edit; and this copies nothing.
    private bool IsSortedBy(MomentOrder order)
    {
        var last = MomentOrder.StartRank;
        foreach (var change in Changes)
        {
            if (order.RankOf(change.At) is not { } rank || rank < last || order.IsDream(change.At.Container))
            {
                return false;
            }

            last = rank;
        }

        return Unplaced.All(change => order.RankOf(change.At) is null && !order.IsDream(change.At.Container)) &&
            (Changes.Count + Unplaced.Count == _all.Count || _all.Count(change => order.IsDream(change.At.Container)) == _all.Count - Changes.Count - Unplaced.Count);
    }

    /// <summary>How many of the changes lie before a place in the order.</summary>
    public int CountBefore(int rank, MomentOrder order)
    {
        var low = 0;
        var high = Changes.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (order.RankOf(Changes[middle].At) < rank)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private bool Has((List<StateChange> Placed, List<StateChange> Unplaced) changes) => Changes.SequenceEqual(changes.Placed) && Unplaced.SequenceEqual(changes.Unplaced);

    private static (List<StateChange> Placed, List<StateChange> Unplaced) Sorted(IReadOnlyList<StateChange> all, MomentOrder order)
    {
        var placed = new List<(int Rank, StateChange Change)>(all.Count);
        var unplaced = new List<StateChange>();
        foreach (var change in all)
        {
            if (order.IsDream(change.At.Container))
            {
                continue;
            }

            if (order.RankOf(change.At) is { } rank)
            {
                placed.Add((rank, change));
            }
            else
            {
                unplaced.Add(change);
            }
        }

        placed.Sort((a, b) => a.Rank != b.Rank ? a.Rank.CompareTo(b.Rank) : CompareAtOnce(a.Change, b.Change));
        return ([.. placed.Select(pair => pair.Change)], unplaced);
    }

    // What a scene itself says comes before what is written elsewhere of its end.
    private static int CompareAtOnce(StateChange a, StateChange b) =>
        (a.Source == a.At.Container, b.Source == b.At.Container) switch
        {
            (true, false) => -1,
            (false, true) => 1,
            _ => CompareSources(a, b),
        };

    private static int CompareSources(StateChange a, StateChange b)
    {
        var order = string.CompareOrdinal(a.Source.Path, b.Source.Path);
        order = order != 0 ? order : a.Source.Index.CompareTo(b.Source.Index);
        return order != 0 ? order : a.Index.CompareTo(b.Index);
    }

    private Holder[] FoldHolders()
    {
        var result = new Holder[Changes.Count];
        var now = default(Holder);
        for (var i = 0; i < result.Length; i++)
        {
            now = result[i] = After(now, Changes[i]);
        }

        return result;
    }

    private Holder After(Holder now, StateChange change) => change.Effect switch
    {
        Takes takes when takes.Item == Entity => Held(takes.Who, change),
        Gives gives when gives.Item == Entity => Held(gives.To, change),
        // Who loses what another has says something that nobody can follow.
        Loses loses when loses.Item == Entity =>
            now.Kind == HolderKind.Held && now.Who != loses.Who ? new(HolderKind.Unknown, null, change) : new(HolderKind.Lost, null, change),
        Destroys => new(HolderKind.Destroyed, null, change),
        Unclear => new(HolderKind.Unknown, null, change),
        _ => now,
    };

    private static Holder Held(ContainerKey? who, StateChange since) => new(who is null ? HolderKind.Unknown : HolderKind.Held, who, since);
}
