using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using StoryLsp.Continuity.State;
using StoryLsp.Index;

namespace StoryLsp.Continuity.Tests.State;

/// <summary>Random worlds under random edits: the incremental fold is the fold from scratch, and its answers are those of a plain interpreter.</summary>
public class WorldStatePropertyTests
{
    private static readonly ContainerKey[] Scenes = [.. Enumerable.Range(0, 14).Select(i => new ContainerKey($"scenes/{i:D2}.md", 0))];
    private static readonly ContainerKey[] People = [.. Enumerable.Range(0, 4).Select(i => new ContainerKey("people.yaml", i))];
    private static readonly ContainerKey[] Items = [.. Enumerable.Range(0, 3).Select(i => new ContainerKey("items.yaml", i))];
    private static readonly ContainerKey[] Facts = [.. Enumerable.Range(0, 3).Select(i => new ContainerKey("facts.yaml", i))];
    private static readonly ContainerKey[] Places = [new("places.yaml", 0), new("places.yaml", 1)];
    private static readonly string[] Fields = ["hair", "eyes"];
    private static readonly string[] Injuries = ["arm", "leg"];

    [Test]
    public void After_any_edits_the_incremental_fold_is_the_fold_from_scratch_and_that_of_a_plain_interpreter() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(120), Prop.ForAll<int>(Holds));

    [Test]
    public void An_edit_keeps_the_histories_that_it_does_not_touch_and_the_world_before_it() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(120), Prop.ForAll<int>(KeepsTheRest));

    private static void Holds(int seed)
    {
        var draft = new Draft(seed);
        var world = draft.Start();
        for (var edit = 0; edit < 12; edit++)
        {
            AssertIs(world, draft);
            world = draft.Edit(world);
        }

        AssertIs(world, draft);
    }

    private static void KeepsTheRest(int seed)
    {
        var draft = new Draft(seed);
        var world = draft.Start();
        for (var edit = 0; edit < 8; edit++)
        {
            var before = world.Histories.ToDictionary(history => history.Entity, history => (History: history, Text: Text(world, history)));
            var next = draft.Edit(world);
            foreach (var (entity, was) in before)
            {
                Assert.That(Text(world, world.HistoryOf(entity)!), Is.EqualTo(was.Text), "The world before the edit has changed.");
                var now = next.HistoryOf(entity);
                var same = now is not null && now.Changes.SequenceEqual(was.History.Changes) && now.Unplaced.SequenceEqual(was.History.Unplaced) && draft.LastTouched.Contains(entity) == false;
                Assert.That(!same || ReferenceEquals(now, was.History), $"{entity} was folded anew for nothing.");
            }

            world = next;
        }
    }

    private static string Text(WorldState world, EntityHistory history) =>
        string.Join('\n', history.Changes) + string.Join('\n', world.Order.Moments.Select(moment => world.Before(moment)?.BeingOf(history.Entity).Kind));

    private static void AssertIs(WorldState world, Draft draft)
    {
        var scratch = WorldState.Empty.With(draft.Sources.ToDictionary(source => source.Source, SourceEffects? (source) => source), draft.Order);
        Assert.That(world.Histories.Select(history => history.Entity), Is.EquivalentTo(scratch.Histories.Select(history => history.Entity)));
        foreach (var history in scratch.Histories)
        {
            Assert.That(world.HistoryOf(history.Entity)!.Changes, Is.EqualTo(history.Changes));
        }

        NaiveWorld.Run(draft.Sources, draft.Order.Moments, draft.Dreams, (moment, naive) => AssertIs(world, moment, naive));
    }

    private static void AssertIs(WorldState world, Moment moment, NaiveWorld naive)
    {
        var now = world.Before(moment)!;
        foreach (var entity in (ContainerKey[])[.. People, .. Items, .. Places])
        {
            var kind = now.BeingOf(entity).Kind;
            // Not to be there yet is the one answer that looks ahead.
            Assert.That(kind == BeingKind.NotYet ? BeingKind.There : kind, Is.EqualTo(naive.BeingOf(entity) ?? BeingKind.There), $"{entity} at {moment}");
            Assert.That(kind != BeingKind.NotYet || naive.BeingOf(entity) is null);
        }

        foreach (var item in Items)
        {
            var holder = now.HolderOf(item);
            Assert.That((holder.Kind, holder.Who), Is.EqualTo(naive.HolderOf(item)), $"{item} at {moment}");
        }

        foreach (var who in People)
        {
            Assert.That(now.HeldBy(who), Is.EquivalentTo(Items.Where(item => naive.HolderOf(item) == (HolderKind.Held, who))));
            Assert.That(now.KnownTo(who), Is.EquivalentTo(Facts.Where(fact => naive.Knows(who, fact) == true)));
            Assert.That(now.InjuriesOf(who).Select(change => ((Injures)change.Effect).What), Is.EqualTo(naive.InjuriesOf(who)));
            foreach (var fact in Facts)
            {
                Assert.That(now.KnowledgeOf(who, fact).Knows, Is.EqualTo(naive.Knows(who, fact)), $"{who} and {fact} at {moment}");
            }

            foreach (var field in Fields)
            {
                Assert.That((now.FieldOf(who, field)?.Effect as Sets)?.To, Is.EqualTo(naive.FieldOf(who, field)));
                Assert.That(now.FieldsOf(who).ContainsKey(field), Is.EqualTo(naive.FieldOf(who, field) is not null));
            }
        }
    }

    /// <summary>A world that is being written.</summary>
    private sealed class Draft(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly Dictionary<ContainerKey, SourceEffects> _sources = [];

        public IReadOnlyCollection<SourceEffects> Sources => _sources.Values;

        public HashSet<ContainerKey> Dreams { get; } = [];

        public HashSet<ContainerKey> LastTouched { get; } = [];

        public MomentOrder Order { get; private set; } = MomentOrder.Empty;

        public WorldState Start()
        {
            foreach (var scene in Scenes)
            {
                _sources[scene] = Scene(scene);
            }

            foreach (var key in (ContainerKey[])[.. People, .. Items, .. Facts, .. Places])
            {
                if (_random.Next(2) == 0)
                {
                    _sources[key] = Thing(key);
                }
            }

            Reorder();
            return WorldState.Empty.With(_sources.ToDictionary(pair => pair.Key, SourceEffects? (pair) => pair.Value), Order);
        }

        public WorldState Edit(WorldState world)
        {
            var changed = new Dictionary<ContainerKey, SourceEffects?>();
            LastTouched.Clear();
            for (var count = _random.Next(4); count > 0; count--)
            {
                ContainerKey[] all = [.. Scenes, .. Scenes, .. People, .. Items, .. Facts, .. Places];
                var key = all[_random.Next(all.Length)];
                var isScene = Scenes.Contains(key);
                var now = _random.Next(5) == 0 ? null : isScene ? Scene(key) : Thing(key);
                LastTouched.UnionWith((_sources.GetValueOrDefault(key)?.Effects ?? []).Concat(now?.Effects ?? []).SelectMany(effect => effect.Effect.Touched));
                changed[key] = now;
                _sources.Remove(key);
                if (now is not null)
                {
                    _sources[key] = now;
                }
            }

            if (_random.Next(3) == 0)
            {
                Reorder();
            }

            return world.With(changed, Order);
        }

        private void Reorder()
        {
            var moments = Scenes.Select(scene => new Moment(scene, MomentKind.Happens))
                .Concat(People.Concat(Items).Concat(Places).SelectMany(key => (Moment[])[new(key, MomentKind.Begins), new(key, MomentKind.Ends)]))
                .Where(_ => _random.Next(8) > 0)
                .ToArray();
            _random.Shuffle(moments);
            Dreams.Clear();
            Dreams.UnionWith(Scenes.Where(_ => _random.Next(6) == 0));
            Order = new(moments, Dreams);
        }

        private SourceEffects Scene(ContainerKey scene) =>
            new() { Source = scene, Effects = [.. Enumerable.Range(0, _random.Next(4)).Select(_ => new WrittenEffect(new(scene, MomentKind.Happens), Effect(), new(_random.Next(100), 1)))] };

        private SourceEffects Thing(ContainerKey key)
        {
            var effects = new List<(MomentKind Kind, Effect Effect)>();
            if (People.Contains(key))
            {
                effects.Add((MomentKind.Begins, new Begins(key)));
                effects.Add((MomentKind.Ends, new Dies(key)));
            }
            else if (Facts.Contains(key))
            {
                effects.Add((MomentKind.Start, new Learns(Maybe(People), key)));
            }
            else
            {
                effects.Add((MomentKind.Ends, new Destroys(key)));
                if (Items.Contains(key))
                {
                    effects.Add((MomentKind.Start, new Takes(Maybe(People), key)));
                }
            }

            var written = effects.Where(_ => _random.Next(2) == 0).Select(effect => new WrittenEffect(new(key, effect.Kind), effect.Effect, default)).ToList();
            written.Add(new(new(One(Scenes), MomentKind.Happens), new Sets(key, One(Fields), _random.Next(3).ToString()), default));
            return new() { Source = key, Effects = written };
        }

        private Effect Effect() => _random.Next(12) switch
        {
            0 => new Dies(One(People)),
            1 => new Revives(One(People)),
            2 or 3 => new Learns(Maybe(People), One(Facts)),
            4 or 5 => new Takes(Maybe(People), One(Items)),
            6 => new Gives(Maybe(People), One(Items), Maybe(People)),
            7 => new Loses(Maybe(People), One(Items)),
            8 => new Destroys(_random.Next(2) == 0 ? One(Items) : One(Places)),
            9 => new Sets(One(People), One(Fields), _random.Next(3).ToString()),
            10 => _random.Next(2) == 0 ? new Injures(One(People), One(Injuries), new([], [One(Items)])) : new Heals(One(People), _random.Next(3) == 0 ? null : One(Injuries)),
            _ => new Unclear(_random.Next(3) switch { 0 => One(People), 1 => One(Items), _ => One(Facts) }),
        };

        private T One<T>(T[] all) => all[_random.Next(all.Length)];

        private ContainerKey? Maybe(ContainerKey[] all) => _random.Next(6) == 0 ? null : One(all);
    }
}
