using System.Runtime.InteropServices;
using StoryLsp.Continuity.Calendars;
using StoryLsp.Index;

namespace StoryLsp.Continuity.Timeline;

/// <summary>The nodes of a thing. Its end has one of its own only where something is said of it, else it has one that nothing holds but its beginning.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="End">When it ends.</param>
/// <param name="Day">The beginning of the day in which it begins.</param>
internal readonly record struct Slot(int Start, int End, int Day);

/// <summary>The order of containers: by path, then by their place in it.</summary>
internal sealed class KeyOrder : IComparer<ContainerKey>, IComparer<TimeFact>
{
    public static KeyOrder Instance { get; } = new();

    public int Compare(TimeFact x, TimeFact y)
    {
        var result = Compare(x.Key, y.Key);
        return result != 0 ? result : x.Part.CompareTo(y.Part);
    }

    public int Compare(ContainerKey x, ContainerKey y)
    {
        var result = string.CompareOrdinal(x.Path, y.Path);
        return result != 0 ? result : x.Index.CompareTo(y.Index);
    }
}

/// <summary>Which things stand on a timeline, their nodes, and the constraints that each of them gave.</summary>
internal sealed class ThingTable : IComparer<int>
{
    private const int Parts = 3;

    private readonly List<Row> _rows;
    private Dictionary<ContainerKey, int> _byKey;
    private bool _sharesKeys;

    public ThingTable()
    {
        _rows = [];
        _byKey = [];
    }

    private ThingTable(ThingTable other)
    {
        _rows = [.. other._rows];
        _byKey = other._byKey;
        _sharesKeys = true;
        other._sharesKeys = true;
        Living = other.Living;
    }

    public int Living { get; private set; }

    public int Dead => _rows.Count - Living;

    public IEnumerable<TimedThing> All => _rows.Where(row => row.Thing is not null).Select(row => row.Thing!);

    public ThingTable Copy() => new(this);

    public TimedThing? Find(ContainerKey key) => _byKey.TryGetValue(key, out var row) ? _rows[row].Thing : null;

    public Slot? SlotOf(ContainerKey key) => _byKey.TryGetValue(key, out var row) && _rows[row].Thing is not null ? _rows[row].Slot : null;

    /// <summary>The number by which the network knows a fact.</summary>
    public static int OriginOf(int row, TimePart part) => (row * Parts) + (int)part;

    public TimeFact FactOf(int origin) => new(_rows[origin / Parts].Key, (TimePart)(origin % Parts));

    public int Compare(int x, int y)
    {
        if (x < 0 || y < 0)
        {
            return x.CompareTo(y);
        }

        var result = KeyOrder.Instance.Compare(_rows[x / Parts].Key, _rows[y / Parts].Key);
        return result != 0 ? result : (x % Parts).CompareTo(y % Parts);
    }

    /// <summary>Takes a thing in without its constraints.</summary>
    public void Put(TemporalNetwork network, TimedThing thing)
    {
        var row = RowOf(network, thing.Key);
        Living += _rows[row].Thing is null ? 1 : 0;
        _rows[row] = _rows[row] with { Thing = thing };
    }

    /// <summary>Adds the constraints of all things to a new network.</summary>
    public void AddAll(TemporalNetwork network, StoryCalendar calendar)
    {
        foreach (var thing in All.ToList())
        {
            foreach (var anchor in (ReadOnlySpan<ContainerKey?>)[thing.Anchor, thing.UntilAnchor])
            {
                if (anchor is { } key)
                {
                    RowOf(network, key);
                }
            }
        }

        var all = new List<TimeConstraint>();
        for (var row = 0; row < _rows.Count; row++)
        {
            Constraints(row, calendar, all);
        }

        all.Sort((a, b) => TemporalNetwork.Compare(a, b, this));
        var indices = new List<int>[_rows.Count];
        network.Fill(all, this);
        for (var i = 0; i < all.Count; i++)
        {
            (indices[all[i].Origin < 0 ? RowOfNode(all[i].From) : all[i].Origin / Parts] ??= []).Add(i);
        }

        for (var row = 0; row < _rows.Count; row++)
        {
            _rows[row] = _rows[row] with { Constraints = indices[row] is { } given ? [.. given] : [] };
        }
    }

    public void Change(TemporalNetwork network, StoryCalendar calendar, ContainerKey key, TimedThing? thing)
    {
        foreach (var anchor in (ReadOnlySpan<ContainerKey?>)[thing?.Anchor, thing?.UntilAnchor])
        {
            if (anchor is { } other && !_byKey.ContainsKey(other))
            {
                AddConstraints(network, calendar, RowOf(network, other));
            }
        }

        var row = RowOf(network, key);
        foreach (var index in _rows[row].Constraints)
        {
            network.Remove(index, this);
        }

        var hadEnd = HasEnd(_rows[row].Thing);
        Living += (thing is null ? 0 : 1) - (_rows[row].Thing is null ? 0 : 1);
        _rows[row] = _rows[row] with { Thing = thing, Constraints = [] };
        AddConstraints(network, calendar, row);
        if (hadEnd != HasEnd(thing))
        {
            MeasureAnew(network, calendar, key, row);
        }
    }

    // What is measured from a thing is so from its end, where it has one now.
    private void MeasureAnew(TemporalNetwork network, StoryCalendar calendar, ContainerKey key, int changed)
    {
        for (var row = 0; row < _rows.Count; row++)
        {
            if (row != changed && _rows[row].Thing is { } thing && (thing.Anchor == key || thing.UntilAnchor == key))
            {
                foreach (var index in _rows[row].Constraints)
                {
                    network.Remove(index, this);
                }

                AddConstraints(network, calendar, row);
            }
        }
    }

    private void AddConstraints(TemporalNetwork network, StoryCalendar calendar, int row)
    {
        var added = new List<TimeConstraint>();
        Constraints(row, calendar, added);
        _rows[row] = _rows[row] with { Constraints = [.. added.Select(constraint => network.Add(constraint, this))] };
    }

    private int RowOf(TemporalNetwork network, ContainerKey key)
    {
        if (_byKey.TryGetValue(key, out var known))
        {
            return known;
        }

        if (_sharesKeys)
        {
            _byKey = new(_byKey);
            _sharesKeys = false;
        }

        var slot = new Slot(network.AddNode(), network.AddNode(), network.AddNode());
        _rows.Add(new(key, slot, null, []));
        return _byKey[key] = _rows.Count - 1;
    }

    // Nodes are numbered three by three.
    private static int RowOfNode(int node) => (node - 2) / 3;

    private void Constraints(int row, StoryCalendar calendar, List<TimeConstraint> to)
    {
        var (_, slot, thing, _) = _rows[row];
        to.Add(new(slot.Start, slot.End, 0, null, -1, 0));
        to.Add(new(slot.Day, slot.Start, 0, calendar.MinutesPerDay - 1, -1, 0));
        if (thing is null)
        {
            return;
        }

        new TimeWriter(row, calendar, to).Add(thing, slot, Anchor(thing.Anchor), Anchor(thing.UntilAnchor));
    }

    // Where nothing says when the anchor ends, a time is measured from its beginning.
    private (Slot Slot, bool HasEnd)? Anchor(ContainerKey? key) =>
        key is { } known && _byKey.TryGetValue(known, out var row) ? (_rows[row].Slot, HasEnd(_rows[row].Thing)) : null;

    private static bool HasEnd(TimedThing? thing) =>
        thing is not null && (thing.Duration is { Fault: null, Most: not null } || thing.Until is WrittenTime.Absolute or WrittenTime.StoryDay || thing.When is WrittenTime.Absolute { LatestEnd: not null });

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Row(ContainerKey Key, Slot Slot, TimedThing? Thing, int[] Constraints);
}
