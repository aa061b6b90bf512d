using StoryLsp.Continuity.Story;
using StoryLsp.Index;

namespace StoryLsp.Continuity.State;

/// <summary>That one moment is entailed to lie before another, and by which dates; none of them can be left out.</summary>
/// <param name="Dates">The fields. Empty where the order of the scenes themselves says so.</param>
internal sealed record Proof(IReadOnlyList<FieldPlace> Dates)
{
    public bool Equals(Proof? other) => other is not null && Dates.SequenceEqual(other.Dates);

    public override int GetHashCode() => Dates.Count;
}

/// <summary>
/// The order of a story's moments: the one in which they are taken to happen, and what of it is entailed. Scenes that are linear and of one strand happen
/// in the order in which they are read, unless their dates say otherwise; everything else only dates can order.
/// </summary>
internal sealed class StoryOrder
{
    // How many neighbours of a scene are looked at whose dates may stand for its own.
    private const int MostNeighbours = 8;

    private readonly IStoryClock _clock;
    private readonly Dictionary<ContainerKey, (List<ContainerKey> Strand, int Index)> _linear;

    private StoryOrder(IStoryClock clock, MomentOrder moments, Dictionary<ContainerKey, (List<ContainerKey> Strand, int Index)> linear)
    {
        _clock = clock;
        _linear = linear;
        Moments = moments;
    }

    /// <summary>The order in which the moments are taken to happen.</summary>
    public MomentOrder Moments { get; }

    /// <summary>The order of a story.</summary>
    /// <param name="happenings">All scenes and events.</param>
    /// <param name="facts">The beginnings and ends of people, places and items that have dates.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="before">An order of an earlier story, whose moments are taken over where they are the same.</param>
    public static StoryOrder Of(IReadOnlyList<Happening> happenings, IReadOnlyList<Moment> facts, IStoryClock clock, StoryOrder? before)
    {
        var strands = new Dictionary<string, List<ContainerKey>>(StringComparer.OrdinalIgnoreCase);
        var linear = new Dictionary<ContainerKey, (List<ContainerKey> Strand, int Index)>();
        var scenes = happenings.Where(one => one.Position is not null).OrderBy(one => one.Position).ToList();
        foreach (var scene in scenes.Where(scene => scene.Timeline == SceneTimeline.Linear))
        {
            var strand = strands.TryGetValue(scene.Strand, out var known) ? known : strands[scene.Strand] = [];
            linear[scene.Key] = (strand, strand.Count);
            strand.Add(scene.Key);
        }

        Moment[] moments = [.. Placed(scenes, happenings, facts, clock).Select(placing => placing.Moment)];
        ContainerKey[] dreams = [.. happenings.Where(one => one.Timeline == SceneTimeline.Dream).Select(one => one.Key)];
        var isSame = before is not null && before.Moments.Moments.SequenceEqual(moments) && before.Moments.Dreams.SetEquals(dreams);
        return new(clock, isSame ? before!.Moments : new(moments, dreams), linear);
    }

    /// <summary>The same order by a clock that says the same.</summary>
    public StoryOrder With(IStoryClock clock) => new(clock, Moments, _linear);

    /// <summary>By which dates one moment is entailed to be over before another begins; null where that is not entailed.</summary>
    public Proof? ProofOf(Moment first, Moment second)
    {
        if (first == second || second.Kind == MomentKind.Start)
        {
            return null;
        }

        if (first.Kind == MomentKind.Start)
        {
            return new([]);
        }

        // What is certain is taken for granted as well; the opposite costs no proof.
        if (Moments.RankOf(first) is { } one && Moments.RankOf(second) is { } other && one > other)
        {
            return null;
        }

        if (IsReadBefore(first, second))
        {
            return _clock.ProofOf(second, first) is null ? new([]) : null;
        }

        // What every proof needs is needed; with more than one proof, the rest is not.
        IEnumerable<FieldPlace>? needed = null;
        foreach (var proof in Proofs(first, second))
        {
            needed = needed?.Intersect(proof) ?? proof;
        }

        return needed is null ? null : new([.. needed.Distinct()]);
    }

    private IEnumerable<IReadOnlyList<FieldPlace>> Proofs(Moment first, Moment second)
    {
        if (_clock.ProofOf(first, second) is { } direct)
        {
            yield return direct;
        }

        // A scene follows those of its strand that are read before it, and what lies before those.
        foreach (var neighbour in Neighbours(second, -1))
        {
            if (neighbour != first && _clock.ProofOf(first, neighbour) is { } proof && _clock.ProofOf(second, neighbour) is null && _clock.ProofOf(second, first) is null)
            {
                yield return proof;
            }
        }

        foreach (var neighbour in Neighbours(first, 1))
        {
            if (neighbour != second && _clock.ProofOf(neighbour, second) is { } proof && _clock.ProofOf(neighbour, first) is null && _clock.ProofOf(second, first) is null)
            {
                yield return proof;
            }
        }
    }

    private IEnumerable<Moment> Neighbours(Moment moment, int step)
    {
        if (moment.Kind != MomentKind.Happens || !_linear.TryGetValue(moment.Container, out var place))
        {
            yield break;
        }

        var found = 0;
        for (var i = place.Index + step; i >= 0 && i < place.Strand.Count && found < MostNeighbours; i += step)
        {
            var neighbour = new Moment(place.Strand[i], MomentKind.Happens);
            if (_clock.EarliestOf(neighbour) is not null || _clock.LatestOf(neighbour) is not null)
            {
                found++;
                yield return neighbour;
            }
        }
    }

    private bool IsReadBefore(Moment first, Moment second) =>
        first.Kind == MomentKind.Happens && second.Kind == MomentKind.Happens && _linear.TryGetValue(first.Container, out var one) &&
        _linear.TryGetValue(second.Container, out var other) && ReferenceEquals(one.Strand, other.Strand) && one.Index < other.Index;

    /// <summary>By earliest tick, then by narrative order; an undated scene stands after its nearest dated narrative predecessor of the strand.</summary>
    private static List<Placing> Placed(List<Happening> scenes, IReadOnlyList<Happening> all, IReadOnlyList<Moment> facts, IStoryClock clock)
    {
        var placed = new List<Placing>(all.Count + facts.Count);
        var latest = new Dictionary<string, (long Tick, int Position)>(StringComparer.OrdinalIgnoreCase);
        var waiting = new Dictionary<string, List<Happening>>(StringComparer.OrdinalIgnoreCase);
        foreach (var scene in scenes)
        {
            var moment = new Moment(scene.Key, MomentKind.Happens);
            var position = scene.Position!.Value;
            if (clock.EarliestOf(moment) is { } tick)
            {
                // A strand that begins without a date begins before its first one.
                placed.AddRange(waiting.GetValueOrDefault(scene.Strand, []).Select(early => new Placing(tick, 1, position, early.Position!.Value, new(early.Key, MomentKind.Happens))));
                waiting.Remove(scene.Strand);
                latest[scene.Strand] = (tick, position);
                placed.Add(new(tick, 1, position, position, moment));
            }
            else if (latest.TryGetValue(scene.Strand, out var before))
            {
                placed.Add(new(before.Tick, 1, before.Position, position, moment));
            }
            else
            {
                (waiting.TryGetValue(scene.Strand, out var list) ? list : waiting[scene.Strand] = []).Add(scene);
            }
        }

        // A story without dates is read as it happens.
        placed.AddRange(waiting.Values.SelectMany(list => list).Select(scene => new Placing(long.MaxValue, 1, scene.Position!.Value, 0, new(scene.Key, MomentKind.Happens))));
        foreach (var moment in all.Where(one => one.Position is null).Select(one => new Moment(one.Key, MomentKind.Happens)).Concat(facts))
        {
            // Who dies on a day is there on that day, and what is built on it as well.
            var tick = moment.Kind == MomentKind.Ends ? clock.LatestOf(moment) : clock.EarliestOf(moment);
            if (tick is { } known)
            {
                placed.Add(new(known, moment.Kind switch { MomentKind.Begins => 0, MomentKind.Ends => 3, _ => 2 }, 0, 0, moment));
            }
        }

        placed.Sort();
        return placed;
    }

    /// <summary>What decides the place of a moment, the weightiest first.</summary>
    private readonly record struct Placing(long Tick, int Class, int Position, int Own, Moment Moment) : IComparable<Placing>
    {
        public int CompareTo(Placing other)
        {
            var order = Tick.CompareTo(other.Tick);
            order = order != 0 ? order : Class.CompareTo(other.Class);
            order = order != 0 ? order : Position.CompareTo(other.Position);
            order = order != 0 ? order : Own.CompareTo(other.Own);
            order = order != 0 ? order : string.CompareOrdinal(Moment.Container.Path, other.Moment.Container.Path);
            order = order != 0 ? order : Moment.Container.Index.CompareTo(other.Moment.Container.Index);
            return order != 0 ? order : Moment.Kind.CompareTo(other.Moment.Kind);
        }
    }
}

/// <summary>A scene or an event, as far as its place in the story goes.</summary>
/// <param name="Key">Which.</param>
/// <param name="Position">Its place among the scenes that the reader meets; null for an event.</param>
/// <param name="Timeline">How its time stands to the scenes around it.</param>
/// <param name="Strand">Its storyline; empty where it names none.</param>
internal sealed record Happening(ContainerKey Key, int? Position, SceneTimeline Timeline, string Strand);
