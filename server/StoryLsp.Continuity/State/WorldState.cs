using System.Collections.Immutable;
using StoryLsp.Index;

namespace StoryLsp.Continuity.State;

/// <summary>
/// The state of the world at every moment: the fold of all effects over the order of the story (section 5 of the format), kept as one history for
/// each container. Immutable; a change makes the next version, which shares every history that the change does not touch.
/// </summary>
internal sealed class WorldState
{
    private readonly ImmutableDictionary<ContainerKey, SourceEffects> _sources;
    private readonly ImmutableDictionary<ContainerKey, EntityHistory> _histories;

    private WorldState(MomentOrder order, ImmutableDictionary<ContainerKey, SourceEffects> sources, ImmutableDictionary<ContainerKey, EntityHistory> histories)
    {
        Order = order;
        _sources = sources;
        _histories = histories;
    }

    /// <summary>A world in which nothing happens.</summary>
    public static WorldState Empty { get; } = new(
        MomentOrder.Empty, ImmutableDictionary<ContainerKey, SourceEffects>.Empty, ImmutableDictionary<ContainerKey, EntityHistory>.Empty);

    /// <summary>The order of the story.</summary>
    public MomentOrder Order { get; }

    /// <summary>The histories of all containers whose state changes, in no order.</summary>
    public IEnumerable<EntityHistory> Histories => _histories.Values;

    /// <summary>The history of a container; null when nothing ever happens to it.</summary>
    public EntityHistory? HistoryOf(ContainerKey entity) => _histories.GetValueOrDefault(entity);

    /// <summary>What a container says of changes of the world; null when nothing.</summary>
    public SourceEffects? SourceOf(ContainerKey source) => _sources.GetValueOrDefault(source);

    /// <summary>The state just before a moment; null when the moment has no place in the order.</summary>
    public WorldAt? Before(Moment moment) => Order.RankOf(moment) is { } rank ? new(this, rank) : null;

    /// <summary>
    /// The world after a change. Only the histories are folded anew that one of the changed sources touches, or touched before, or whose own changes
    /// have other places among each other in the new order; every other history is the same object as before.
    /// </summary>
    /// <param name="changed">What each changed source says now; null where it says nothing any more.</param>
    /// <param name="order">The order of the story; null: as before.</param>
    public WorldState With(IReadOnlyDictionary<ContainerKey, SourceEffects?> changed, MomentOrder? order = null)
    {
        var sources = _sources.ToBuilder();
        var replaced = new HashSet<ContainerKey>();
        var touched = new Dictionary<ContainerKey, List<StateChange>>();
        foreach (var (key, source) in changed)
        {
            var before = sources.GetValueOrDefault(key);
            if (source is null || source.Effects.Count + source.Uses.Count + source.ReliesOn.Count == 0)
            {
                sources.Remove(key);
            }
            else
            {
                sources[key] = source;
            }

            if (before is null ? source is not { Effects.Count: > 0 } : before.SaysTheSame(source))
            {
                continue;
            }

            replaced.Add(key);
            Touch(before, touched);
            AddChanges(source, touched);
        }

        order ??= Order;
        if (touched.Count == 0 && ReferenceEquals(order, Order))
        {
            return changed.Count == 0 ? this : new(order, sources.ToImmutable(), _histories);
        }

        var histories = _histories.ToBuilder();
        foreach (var (entity, added) in touched)
        {
            Put(histories, entity, EntityHistory.With(histories.GetValueOrDefault(entity), entity, replaced, added, order));
        }

        if (!ReferenceEquals(order, Order))
        {
            foreach (var history in _histories.Values)
            {
                if (!touched.ContainsKey(history.Entity))
                {
                    Put(histories, history.Entity, history.In(order));
                }
            }
        }

        return new(order, sources.ToImmutable(), histories.ToImmutable());
    }

    private static void Touch(SourceEffects? source, Dictionary<ContainerKey, List<StateChange>> touched)
    {
        foreach (var entity in source?.Effects.SelectMany(written => written.Effect.Touched) ?? [])
        {
            touched.TryAdd(entity, []);
        }
    }

    private static void AddChanges(SourceEffects? source, Dictionary<ContainerKey, List<StateChange>> touched)
    {
        for (var i = 0; i < (source?.Effects.Count ?? 0); i++)
        {
            var written = source!.Effects[i];
            var change = new StateChange(written.At, source.Source, i, written.Effect);
            foreach (var entity in written.Effect.Touched.Distinct())
            {
                if (!touched.TryGetValue(entity, out var changes))
                {
                    touched.Add(entity, changes = []);
                }

                changes.Add(change);
            }
        }
    }

    private static void Put(ImmutableDictionary<ContainerKey, EntityHistory>.Builder histories, ContainerKey entity, EntityHistory? history)
    {
        if (history is null)
        {
            histories.Remove(entity);
        }
        else if (!ReferenceEquals(histories.GetValueOrDefault(entity), history))
        {
            histories[entity] = history;
        }
    }
}
