using StoryLsp.Continuity.State;
using StoryLsp.Index;

namespace StoryLsp.Continuity.Tests.State;

/// <summary>The state of the world as anyone would compute it: from the first moment to the last, one effect after the other.</summary>
internal sealed class NaiveWorld
{
    private readonly Dictionary<ContainerKey, BeingKind> _beings = [];
    private readonly Dictionary<ContainerKey, (HolderKind Kind, ContainerKey? Who)> _holders = [];
    private readonly HashSet<(ContainerKey Who, ContainerKey Fact)> _known = [];
    private readonly HashSet<ContainerKey> _unclear = [];
    private readonly Dictionary<ContainerKey, List<string>> _injuries = [];
    private readonly Dictionary<(ContainerKey Who, string Field), string> _fields = [];

    /// <summary>Goes through the story and calls back at every moment, with the state before it.</summary>
    public static void Run(IReadOnlyCollection<SourceEffects> sources, IReadOnlyList<Moment> order, IReadOnlySet<ContainerKey> dreams, Action<Moment, NaiveWorld> at)
    {
        var world = new NaiveWorld();
        var sorted = sources.OrderBy(source => source.Source.Path, StringComparer.Ordinal).ThenBy(source => source.Source.Index).ToList();
        foreach (var effect in sorted.SelectMany(source => source.Effects).Where(effect => effect.At.Kind == MomentKind.Start && !dreams.Contains(effect.At.Container)))
        {
            world.Apply(effect.Effect);
        }

        foreach (var moment in order)
        {
            at(moment, world);
            if (dreams.Contains(moment.Container))
            {
                continue;
            }

            foreach (var source in sorted.Where(source => source.Source == moment.Container).Concat(sorted.Where(source => source.Source != moment.Container)))
            {
                foreach (var effect in source.Effects.Where(effect => effect.At == moment))
                {
                    world.Apply(effect.Effect);
                }
            }
        }
    }

    public BeingKind? BeingOf(ContainerKey entity) => _beings.TryGetValue(entity, out var kind) ? kind : null;

    public (HolderKind Kind, ContainerKey? Who) HolderOf(ContainerKey item) => _holders.GetValueOrDefault(item);

    public bool? Knows(ContainerKey who, ContainerKey fact) => _known.Contains((who, fact)) ? true : _unclear.Contains(who) || _unclear.Contains(fact) ? null : false;

    public IReadOnlyList<string> InjuriesOf(ContainerKey who) => _injuries.GetValueOrDefault(who, []);

    public string? FieldOf(ContainerKey who, string field) => _fields.GetValueOrDefault((who, field));

    private void Apply(Effect effect)
    {
        switch (effect)
        {
            case Begins begins: _beings[begins.What] = BeingKind.There; break;
            case Revives revives: _beings[revives.Who] = BeingKind.There; break;
            case Dies dies: _beings[dies.Who] = BeingKind.Gone; break;
            case Destroys destroys:
                _beings[destroys.What] = BeingKind.Gone;
                _holders[destroys.What] = (HolderKind.Destroyed, null);
                break;
            case Takes takes: Have(takes.Who, takes.Item); break;
            case Gives gives: Have(gives.To, gives.Item); break;
            case Loses loses:
                var (kind, who) = HolderOf(loses.Item);
                _holders[loses.Item] = (kind == HolderKind.Held && who != loses.Who ? HolderKind.Unknown : HolderKind.Lost, null);
                break;
            case Learns { Who: { } learner } learns: _known.Add((learner, learns.Fact)); break;
            case Learns learns: _unclear.Add(learns.Fact); break;
            case Sets sets: _fields[(sets.Who, sets.Field)] = sets.To; break;
            case Injures injures:
                var injuries = _injuries.TryGetValue(injures.Who, out var list) ? list : _injuries[injures.Who] = [];
                injuries.Remove(injures.What);
                injuries.Add(injures.What);
                break;
            case Heals { What: null } heals: _injuries.Remove(heals.Who); break;
            case Heals heals: _injuries.GetValueOrDefault(heals.Who)?.Remove(heals.What!); break;
            case Unclear unclear:
                _beings[unclear.What] = BeingKind.Unknown;
                _holders[unclear.What] = (HolderKind.Unknown, null);
                _unclear.Add(unclear.What);
                _injuries.Remove(unclear.What);
                break;
        }
    }

    private void Have(ContainerKey? who, ContainerKey item)
    {
        _holders[item] = (who is null ? HolderKind.Unknown : HolderKind.Held, who);
        _beings[item] = BeingKind.There;
    }
}
