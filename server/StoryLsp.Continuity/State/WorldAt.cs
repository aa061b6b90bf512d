using StoryLsp.Index;

namespace StoryLsp.Continuity.State;

/// <summary>Whether somebody lives, or something is there.</summary>
internal enum BeingKind : byte
{
    /// <summary>Nothing says otherwise.</summary>
    There,

    /// <summary>Not yet born, not yet built.</summary>
    NotYet,

    /// <summary>Dead, destroyed.</summary>
    Gone,

    /// <summary>Something happened that cannot be understood.</summary>
    Unknown,
}

/// <summary>Whether somebody lives, or something is there, and since which change; null where none says so.</summary>
internal readonly record struct Being(BeingKind Kind, StateChange? Since);

/// <summary>Whether somebody knows a fact: yes since a change, no, or null for who can tell.</summary>
internal readonly record struct Knowledge(bool? Knows, StateChange? Since);

/// <summary>The state of the world just before one moment of the story. Each answer is a binary search in the history of one container.</summary>
/// <param name="world">The world.</param>
/// <param name="rank">The place of the moment in the order.</param>
internal sealed class WorldAt(WorldState world, int rank)
{
    /// <summary>Whether somebody lives, or a place or item is there.</summary>
    public Being BeingOf(ContainerKey entity)
    {
        if (world.HistoryOf(entity) is not { } history)
        {
            return default;
        }

        for (var i = CountBefore(history) - 1; i >= 0; i--)
        {
            var change = history.Changes[i];
            if (KindAfter(change.Effect, entity) is { } kind)
            {
                return new(kind, change);
            }
        }

        var begins = history.Changes.FirstOrDefault(change => change.Effect is Begins);
        return begins is null ? default : new(BeingKind.NotYet, begins);
    }

    /// <summary>Who has an item.</summary>
    public Holder HolderOf(ContainerKey item) =>
        world.HistoryOf(item) is { } history && CountBefore(history) is > 0 and var count ? history.Holders[count - 1] : default;

    /// <summary>The items that somebody has, in the order in which they first had to do with them.</summary>
    public IEnumerable<ContainerKey> HeldBy(ContainerKey who) =>
        world.HistoryOf(who)?.Items.Where(item => HolderOf(item) is { Kind: HolderKind.Held } holder && holder.Who == who) ?? [];

    /// <summary>Whether somebody knows a fact.</summary>
    public Knowledge KnowledgeOf(ContainerKey who, ContainerKey fact)
    {
        var unclear = IsUnclear(who);
        if (world.HistoryOf(fact) is { } history)
        {
            for (var i = CountBefore(history) - 1; i >= 0; i--)
            {
                switch (history.Changes[i].Effect)
                {
                    case Learns learns when learns.Fact == fact && learns.Who == who:
                        return new(true, First(history, learns));
                    case Learns { Who: null } or Unclear:
                        unclear = true;
                        break;
                }
            }
        }

        return new(unclear ? null : false, null);
    }

    /// <summary>The facts that somebody knows, in the order of learning.</summary>
    public IEnumerable<ContainerKey> KnownTo(ContainerKey who) =>
        Before(who).Select(change => change.Effect).OfType<Learns>().Where(learns => learns.Who == who).Select(learns => learns.Fact).Distinct();

    /// <summary>The injuries that somebody still has, the oldest first.</summary>
    public IReadOnlyList<StateChange> InjuriesOf(ContainerKey who)
    {
        var result = new List<StateChange>();
        foreach (var change in Before(who))
        {
            switch (change.Effect)
            {
                case Injures injures:
                    result.RemoveAll(other => IsSame(((Injures)other.Effect).What, injures.What));
                    result.Add(change);
                    break;
                case Heals heals:
                    result.RemoveAll(other => heals.What is null || IsSame(((Injures)other.Effect).What, heals.What));
                    break;
                case Unclear:
                    result.Clear();
                    break;
            }
        }

        return result;
    }

    /// <summary>The fields that effects have set, with the last change of each.</summary>
    public IReadOnlyDictionary<string, StateChange> FieldsOf(ContainerKey who)
    {
        var result = new SortedDictionary<string, StateChange>(StringComparer.OrdinalIgnoreCase);
        foreach (var change in Before(who))
        {
            if (change.Effect is Sets sets)
            {
                result[sets.Field] = change;
            }
        }

        return result;
    }

    /// <summary>The last change of a field; null where none has been set.</summary>
    public StateChange? FieldOf(ContainerKey who, string field)
    {
        if (world.HistoryOf(who) is not { } history)
        {
            return null;
        }

        for (var i = CountBefore(history) - 1; i >= 0; i--)
        {
            if (history.Changes[i].Effect is Sets sets && sets.Field.Equals(field, StringComparison.OrdinalIgnoreCase))
            {
                return history.Changes[i];
            }
        }

        return null;
    }

    private static BeingKind? KindAfter(Effect effect, ContainerKey entity) => effect switch
    {
        Begins or Revives => BeingKind.There,
        Dies or Destroys => BeingKind.Gone,
        Unclear => BeingKind.Unknown,
        // Who takes what was destroyed has it in hand.
        Takes takes when takes.Item == entity => BeingKind.There,
        Gives gives when gives.Item == entity => BeingKind.There,
        _ => null,
    };

    private StateChange First(EntityHistory history, Learns learns) => history.Changes.First(change => change.Effect.Equals(learns));

    private bool IsUnclear(ContainerKey who) => Before(who).Any(change => change.Effect is Unclear);

    private IEnumerable<StateChange> Before(ContainerKey entity) =>
        world.HistoryOf(entity) is { } history ? history.Changes.Take(CountBefore(history)) : [];

    private int CountBefore(EntityHistory history) => history.CountBefore(rank, world.Order);

    private static bool IsSame(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
