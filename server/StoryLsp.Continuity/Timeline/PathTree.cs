namespace StoryLsp.Continuity.Timeline;

/// <summary>
/// The shortest paths from one node to all others (or, reversed, from all others to it), kept up to date while edges come and go. An edge that
/// comes lowers distances in the order of how much (Cotton and Maler, "Fast and flexible difference constraint propagation", 2006); an edge that
/// goes has the distances below it in the tree computed anew (Ramalingam and Reps, 1996). In both cases the distances themselves are the
/// potential that makes all weights non-negative, so that Dijkstra's order holds. Every node hangs on the root by an edge of weight
/// <see cref="Far"/> at least, so the distances are a schedule that satisfies every constraint, whether or not a node is related to the root. The
/// node that many others may hang on without the root hangs a little nearer, else each of them would push it further down, and all others with it.
/// </summary>
internal sealed partial class PathTree
{
    /// <summary>The distance of what has no relation to the root; real distances stay far below it.</summary>
    public const long Far = 1_000_000_000_000_000_000;

    private const long Nearer = 800_000_000_000_000_000;

    private readonly int _root;
    private readonly bool _isReversed;
    private long[] _distance = [];
    private int[] _parent = [];
    private int _count;

    public PathTree(int root, bool isReversed)
    {
        _root = root;
        _isReversed = isReversed;
    }

    private PathTree(PathTree other)
        : this(other._root, other._isReversed)
    {
        _distance = (long[])other._distance.Clone();
        _parent = (int[])other._parent.Clone();
        _count = other._count;
    }

    public PathTree Copy() => new(this);

    /// <summary>The distance with the part that only <see cref="Far"/> bridges.</summary>
    public long Raw(int node) => _distance[node];

    /// <summary>The distance; null when the node has no relation to the root.</summary>
    public long? Distance(int node) => _distance[node] > Far / 2 ? null : _distance[node];

    /// <summary>The time of a node in the schedule that this tree is.</summary>
    public long Scheduled(int node) => _isReversed ? -_distance[node] : _distance[node];

    public void Grow(int nodes)
    {
        if (nodes > _distance.Length)
        {
            Array.Resize(ref _distance, Math.Max(nodes, _distance.Length * 2));
            Array.Resize(ref _parent, _distance.Length);
        }

        for (; _count < nodes; _count++)
        {
            _distance[_count] = Hung(_count);
            _parent[_count] = -1;
        }
    }

    /// <summary>Takes a new edge in. When it closes a negative cycle, nothing changes, and the constraints of the cycle are added to a list.</summary>
    public bool Add(EdgeTable edges, int added, List<int>? cycle)
    {
        var source = Source(edges[added]);
        var target = Target(edges[added]);
        var gain = _distance[target] - _distance[source] - edges[added].Weight;
        if (gain <= 0)
        {
            return true;
        }

        if (target == _root)
        {
            Walk(edges, source, -1, cycle);
            cycle?.Add(edges[added].Constraint);
            return false;
        }

        if (!LeadsOn(edges, target, gain))
        {
            (_distance[target], _parent[target]) = (_distance[target] - gain, added);
            return true;
        }

        var pending = new Dictionary<int, (long Gain, int Parent)> { [target] = (gain, added) };
        var queue = new PriorityQueue<int, long>();
        var changed = new List<(int Node, long Distance, int Parent)>();
        queue.Enqueue(target, -gain);
        while (queue.TryDequeue(out var node, out var priority))
        {
            if (!pending.TryGetValue(node, out var best) || best.Gain != -priority)
            {
                continue;
            }

            pending.Remove(node);
            changed.Add((node, _distance[node], _parent[node]));
            _distance[node] -= best.Gain;
            _parent[node] = best.Parent;
            for (var edge = First(edges, node); edge >= 0; edge = Next(edges[edge]))
            {
                var next = Target(edges[edge]);
                var better = _distance[next] - _distance[node] - edges[edge].Weight;
                if (better <= 0 || (pending.TryGetValue(next, out var known) && known.Gain >= better))
                {
                    continue;
                }

                if (next == source || next == _root)
                {
                    cycle?.Add(edges[edge].Constraint);
                    Walk(edges, node, source, cycle);
                    if (next == _root)
                    {
                        Walk(edges, source, -1, cycle);
                    }

                    Undo(changed);
                    return false;
                }

                pending[next] = (better, edge);
                queue.Enqueue(next, -better);
            }
        }

        return true;
    }

    private long Hung(int node) => node == _root ? 0 : node is TemporalNetwork.Calendar or TemporalNetwork.DayOne ? Nearer : Far;

    // Mostly a gain ends where it begins, and needs no queue.
    private bool LeadsOn(EdgeTable edges, int node, long gain)
    {
        for (var edge = First(edges, node); edge >= 0; edge = Next(edges[edge]))
        {
            if (_distance[Target(edges[edge])] > _distance[node] - gain + edges[edge].Weight)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes an edge out that the table has no more.</summary>
    /// <param name="edges">The edges without it.</param>
    /// <param name="removed">Its index.</param>
    /// <param name="from">Where it began.</param>
    /// <param name="to">Where it ended.</param>
    public void Remove(EdgeTable edges, int removed, int from, int to)
    {
        var top = _isReversed ? from : to;
        if (_parent[top] != removed)
        {
            return;
        }

        // What hung below the edge; its marker is a parent that no tree has.
        var affected = new List<int> { top };
        var old = new Dictionary<int, long> { [top] = _distance[top] };
        for (var i = 0; i < affected.Count; i++)
        {
            for (var edge = First(edges, affected[i]); edge >= 0; edge = Next(edges[edge]))
            {
                var below = Target(edges[edge]);
                if (_parent[below] == edge && old.TryAdd(below, _distance[below]))
                {
                    affected.Add(below);
                }
            }
        }

        var queue = new PriorityQueue<int, long>();
        foreach (var node in affected)
        {
            var (best, parent) = (Hung(node), -1);
            for (var edge = FirstBack(edges, node); edge >= 0; edge = NextBack(edges[edge]))
            {
                var before = Source(edges[edge]);
                if (!old.ContainsKey(before) && _distance[before] + edges[edge].Weight < best)
                {
                    (best, parent) = (_distance[before] + edges[edge].Weight, edge);
                }
            }

            (_distance[node], _parent[node]) = (best, parent);
            queue.Enqueue(node, best - old[node]);
        }

        while (queue.TryDequeue(out var node, out var priority))
        {
            if (!old.TryGetValue(node, out var before) || _distance[node] - before != priority)
            {
                continue;
            }

            old.Remove(node);
            for (var edge = First(edges, node); edge >= 0; edge = Next(edges[edge]))
            {
                var next = Target(edges[edge]);
                if (old.TryGetValue(next, out var nextBefore) && _distance[node] + edges[edge].Weight < _distance[next])
                {
                    (_distance[next], _parent[next]) = (_distance[node] + edges[edge].Weight, edge);
                    queue.Enqueue(next, _distance[next] - nextBefore);
                }
            }
        }
    }

    /// <summary>Adds the constraints of the path between the root and a node.</summary>
    public void Walk(EdgeTable edges, int node, List<int> constraints) => Walk(edges, node, -1, constraints);

    private void Walk(EdgeTable edges, int node, int stop, List<int>? constraints)
    {
        // A path has no node twice; in a network that just became contradictory it may have.
        for (var steps = 0; constraints is not null && node != stop && _parent[node] >= 0 && steps <= _count; steps++)
        {
            ref readonly var edge = ref edges[_parent[node]];
            constraints.Add(edge.Constraint);
            node = Source(edge);
        }
    }

    private void Undo(List<(int Node, long Distance, int Parent)> changed)
    {
        foreach (var (node, distance, parent) in changed)
        {
            (_distance[node], _parent[node]) = (distance, parent);
        }
    }

    private int Source(in Edge edge) => _isReversed ? edge.To : edge.From;

    private int Target(in Edge edge) => _isReversed ? edge.From : edge.To;

    private int First(EdgeTable edges, int node) => _isReversed ? edges.FirstIn(node) : edges.FirstOut(node);

    private int Next(in Edge edge) => _isReversed ? edge.NextIn : edge.NextOut;

    private int FirstBack(EdgeTable edges, int node) => _isReversed ? edges.FirstOut(node) : edges.FirstIn(node);

    private int NextBack(in Edge edge) => _isReversed ? edge.NextOut : edge.NextIn;
}
