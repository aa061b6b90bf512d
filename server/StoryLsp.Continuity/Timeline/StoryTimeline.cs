using StoryLsp.Continuity.Calendars;
using StoryLsp.Index;

namespace StoryLsp.Continuity.Timeline;

/// <summary>
/// When everything in a story happens, as far as its writer says so. It is immutable; the next one costs a copy of flat arrays, and work for what
/// the change touches. Times are ticks of the calendar (minutes). A thing whose end nobody writes ends at some time after its beginning.
/// </summary>
public sealed partial class StoryTimeline
{
    private readonly TemporalNetwork _network;
    private readonly ThingTable _things;

    private StoryTimeline(StoryCalendar calendar, TemporalNetwork network, ThingTable things)
    {
        Calendar = calendar;
        _network = network;
        _things = things;
        Contradictions = [.. network.Conflicts.Select(Named).Distinct(ByFacts.Instance).Order(ByFacts.Instance)];
    }

    /// <summary>The calendar.</summary>
    public StoryCalendar Calendar { get; }

    /// <summary>What cannot all hold. What is set aside for it is believed nowhere else.</summary>
    public IReadOnlyList<Contradiction> Contradictions { get; }

    /// <summary>Makes a timeline.</summary>
    public static StoryTimeline Of(StoryCalendar calendar, IEnumerable<TimedThing> things)
    {
        var network = new TemporalNetwork();
        var table = new ThingTable();
        foreach (var thing in things)
        {
            table.Put(network, thing);
        }

        table.AddAll(network, calendar);
        return new(calendar, network, table);
    }

    /// <summary>The timeline after some changes. A thing that is null is there no more.</summary>
    public StoryTimeline With(IEnumerable<KeyValuePair<ContainerKey, TimedThing?>> changes)
    {
        var changed = changes.Where(change => !Equals(_things.Find(change.Key), change.Value)).ToList();
        if (changed.Count == 0)
        {
            return this;
        }

        // What is gone leaves its nodes behind; now and then it pays to begin anew.
        if (_things.Dead > 1000 + _things.Living || changed.Count > 200 + (_things.Living / 8))
        {
            var all = _things.All.ToDictionary(thing => thing.Key);
            foreach (var (key, thing) in changed)
            {
                if (thing is null)
                {
                    all.Remove(key);
                }
                else
                {
                    all[key] = thing;
                }
            }

            return Of(Calendar, all.Values);
        }

        var network = _network.Copy();
        var things = _things.Copy();
        foreach (var (key, thing) in changed)
        {
            things.Change(network, Calendar, key, thing);
        }

        return new(Calendar, network, things);
    }

    /// <summary>When a thing begins and ends; everything open for what is not on the timeline.</summary>
    public StoryInterval IntervalOf(ContainerKey key) => _things.SlotOf(key) is { } slot
        ? new(_network.Earliest(slot.Start), _network.Latest(slot.Start), _network.Earliest(slot.End), _network.Latest(slot.End))
        : default;

    /// <summary>The tick by which a thing stands in story order; null for what has no date.</summary>
    public long? EarliestStart(ContainerKey key) => _things.SlotOf(key) is { } slot ? _network.Earliest(slot.Start) : null;

    /// <summary>
    /// The tick by which a thing stands in story order: the earliest at which it may begin, but for a date that is only about right its middle; of
    /// what hangs on the first day of the story the tick from that day. Null without any.
    /// </summary>
    public long? OrderKey(ContainerKey key)
    {
        if (_things.SlotOf(key) is not { } slot)
        {
            return null;
        }

        if (_things.Find(key)?.When is WrittenTime.Absolute { Nominal: { } nominal } && _network.Earliest(slot.Start) is not null)
        {
            return nominal;
        }

        return _network.Earliest(slot.Start) ?? _network.EarliestFromDayOne(slot.Start) ?? _network.Latest(slot.Start);
    }

    /// <summary>The earliest tick at which a thing may begin, counted from the beginning of day 1 of a story without dates.</summary>
    public long? EarliestFromDayOne(ContainerKey key) => _things.SlotOf(key) is { } slot ? _network.EarliestFromDayOne(slot.Start) : null;

    /// <summary>Whether it is certain that one thing begins before another begins.</summary>
    public bool BeginsBefore(ContainerKey a, ContainerKey b) => Certain(a, b, (x, y) => (x.Start, y.Start, 1));

    /// <summary>Whether it is certain that one thing begins before another begins, or together with it.</summary>
    public bool BeginsNotAfter(ContainerKey a, ContainerKey b) => Certain(a, b, (x, y) => (x.Start, y.Start, 0));

    /// <summary>Whether it is certain that one thing has ended when another begins.</summary>
    public bool EndsBefore(ContainerKey a, ContainerKey b) => Certain(a, b, (x, y) => (x.End, y.Start, 0));

    /// <summary>Whether it is certain that two things share a minute. Everything lasts for the minute at least in which it begins.</summary>
    public bool Overlaps(ContainerKey a, ContainerKey b) => BeginsInTime(a, b) && BeginsInTime(b, a);

    /// <summary>The most minutes that may lie between the end of one thing and the beginning of another; null when open.</summary>
    public long? MostBetween(ContainerKey a, ContainerKey b) => Slots(a, b) is { } pair ? _network.Most(pair.A.End, pair.B.Start) : null;

    /// <summary>The most minutes that a thing may last; null when open.</summary>
    public long? MostLasting(ContainerKey key) => _things.SlotOf(key) is { } slot ? _network.Most(slot.Start, slot.End) : null;

    /// <summary>What is not believed of a thing's time, and why.</summary>
    public IEnumerable<Contradiction> ContradictionsOf(ContainerKey key) => Contradictions.Where(contradiction => contradiction.SetAside.Key == key);

    /// <summary>The fewest minutes that may lie between the beginnings of two things; null when open.</summary>
    public long? LeastFromStartToStart(ContainerKey a, ContainerKey b) => Slots(a, b) is { } pair ? -_network.Most(pair.B.Start, pair.A.Start) : null;

    /// <summary>The most minutes that may lie between the beginnings of two things; null when open.</summary>
    public long? MostFromStartToStart(ContainerKey a, ContainerKey b) => Slots(a, b) is { } pair ? _network.Most(pair.A.Start, pair.B.Start) : null;

    /// <summary>A minimal set of facts by which it is certain that one begins before another begins.</summary>
    public IReadOnlyList<TimeFact> WhyBeginsBefore(ContainerKey a, ContainerKey b) => Why(a, b, slots => [(slots.B.Start, slots.A.Start, -1)]);

    /// <summary>A minimal set of facts by which it is certain that one has ended when another begins.</summary>
    public IReadOnlyList<TimeFact> WhyEndsBefore(ContainerKey a, ContainerKey b) => Why(a, b, slots => [(slots.B.Start, slots.A.End, 0)]);

    /// <summary>A minimal set of facts by which it is certain that two share a minute.</summary>
    public IReadOnlyList<TimeFact> WhyOverlaps(ContainerKey a, ContainerKey b) =>
        Why(a, b, slots =>
        [
            BeginsNotAfter(a, b) ? (slots.B.Start, slots.A.Start, 0) : (slots.B.End, slots.A.Start, -1),
            BeginsNotAfter(b, a) ? (slots.A.Start, slots.B.Start, 0) : (slots.A.End, slots.B.Start, -1),
        ]);

    /// <summary>A minimal set of facts by which at most so many minutes lie between the end of one and the beginning of another.</summary>
    public IReadOnlyList<TimeFact> WhyMostBetween(ContainerKey a, ContainerKey b, long most) => Why(a, b, slots => [(slots.A.End, slots.B.Start, most)]);

    // Whether it is certain that one begins before the other is over.
    private bool BeginsInTime(ContainerKey a, ContainerKey b) => BeginsNotAfter(a, b) || Certain(a, b, (x, y) => (x.Start, y.End, 1));

    // Certain: t(from) + by ≤ t(to).
    private bool Certain(ContainerKey a, ContainerKey b, Func<Slot, Slot, (int From, int To, long By)> question)
    {
        if (Slots(a, b) is not { } pair)
        {
            return false;
        }

        var (from, to, by) = question(pair.A, pair.B);
        return _network.Entails(to, from, -by);
    }

    private (Slot A, Slot B)? Slots(ContainerKey a, ContainerKey b) =>
        _things.SlotOf(a) is { } first && _things.SlotOf(b) is { } second && a != b ? (first, second) : null;

    private IReadOnlyList<TimeFact> Why(ContainerKey a, ContainerKey b, Func<(Slot A, Slot B), (int From, int To, long Most)[]> claims)
    {
        if (Slots(a, b) is not { } pair)
        {
            return [];
        }

        var facts = new SortedSet<TimeFact>(KeyOrder.Instance);
        foreach (var (from, to, most) in claims(pair))
        {
            if (!_network.Entails(from, to, most))
            {
                return [];
            }

            // The opposite of the claim contradicts its reasons.
            var path = _network.PathOf(from, to).ToList();
            var opposite = new TimeConstraint(from, to, most + 1, null, -1, 0);
            List<TimeConstraint> always = [.. path.Where(constraint => constraint.Origin < 0), opposite, NoEndBeforeStart(pair.A), NoEndBeforeStart(pair.B)];
            var reasons = path.Where(constraint => constraint.Origin >= 0).GroupBy(constraint => constraint.Origin).ToList();
            foreach (var reason in MinimalSet.Of(reasons, some => TemporalNetwork.Contradict(always.Concat(some.SelectMany(group => group)))))
            {
                facts.Add(_things.FactOf(reason.Key));
            }
        }

        return [.. facts];
    }

    // Enough often where the path went by a duration.
    private static TimeConstraint NoEndBeforeStart(Slot slot) => new(slot.Start, slot.End, 0, null, -1, 0);

    private Contradiction Named(TimeConflict conflict) =>
        new([.. conflict.Origins.Select(_things.FactOf)], _things.FactOf(_network.ConstraintAt(conflict.Constraint).Origin));

    private sealed class ByFacts : IEqualityComparer<Contradiction>, IComparer<Contradiction>
    {
        public static ByFacts Instance { get; } = new();

        public int Compare(Contradiction? x, Contradiction? y)
        {
            var result = KeyOrder.Instance.Compare(x!.SetAside, y!.SetAside);
            for (var i = 0; result == 0 && i < Math.Min(x.Facts.Count, y.Facts.Count); i++)
            {
                result = KeyOrder.Instance.Compare(x.Facts[i], y.Facts[i]);
            }

            return result != 0 ? result : x.Facts.Count.CompareTo(y.Facts.Count);
        }

        public bool Equals(Contradiction? x, Contradiction? y) => ReferenceEquals(x, y) || (x is not null && y is not null && x.Facts.SequenceEqual(y.Facts));

        public int GetHashCode(Contradiction contradiction) => contradiction.Facts.Count == 0 ? 0 : HashCode.Combine(contradiction.Facts.Count, contradiction.Facts[0]);
    }
}
