namespace StoryLsp.Continuity.Timeline;

/// <summary>
/// A simple temporal network (Dechter, Meiri and Pearl, "Temporal constraint networks", 1991): times as nodes, and what is known of the differences
/// between them. It knows at any moment the earliest and latest time of every node, and tells what of two nodes is entailed. A constraint that
/// contradicts those before it is set aside, so that the rest stays consistent, and comes back when the contradiction is gone. Which one is set
/// aside depends on the constraints alone, not on the order in which they came.
/// </summary>
internal sealed partial class TemporalNetwork
{
    /// <summary>The beginning of the calendar.</summary>
    public const int Calendar = 0;

    /// <summary>The first day of a story without dates, which has no relation to the calendar.</summary>
    public const int DayOne = 1;

    private const int MostForExactSets = 1500;
    private const int NoEdge = -1;
    private const int Refused = -2;

    private readonly EdgeTable _edges;
    private readonly PathTree[] _trees;
    private readonly Dictionary<int, TimeConflict> _conflicts;
    private readonly bool _isForTrial;
    private readonly List<Held> _constraints;
    private readonly List<int> _free;

    public TemporalNetwork(bool isForTrial = false)
    {
        _isForTrial = isForTrial;
        _edges = new();
        _trees = isForTrial ? [new(Calendar, false)] : [new(Calendar, false), new(Calendar, true), new(DayOne, false), new(DayOne, true)];
        _conflicts = [];
        _constraints = [];
        _free = [];
        AddNode();
        AddNode();
    }

    private TemporalNetwork(TemporalNetwork other)
    {
        _edges = other._edges.Copy();
        _trees = [.. other._trees.Select(tree => tree.Copy())];
        _conflicts = new(other._conflicts);
        _constraints = [.. other._constraints];
        _free = [.. other._free];
        NodeCount = other.NodeCount;
    }

    /// <summary>The number of nodes, with the two that are always there.</summary>
    public int NodeCount { get; private set; }

    /// <summary>The contradictions, by the constraint that was set aside.</summary>
    public IReadOnlyCollection<TimeConflict> Conflicts => _conflicts.Values;

    /// <summary>A constraint by its index.</summary>
    public TimeConstraint ConstraintAt(int index) => _constraints[index].Constraint;

    /// <summary>A network of its own.</summary>
    public TemporalNetwork Copy() => new(this);

    public int AddNode()
    {
        _edges.Grow(NodeCount + 1);
        foreach (var tree in _trees)
        {
            tree.Grow(NodeCount + 1);
        }

        return NodeCount++;
    }

    /// <summary>The earliest time of a node on the calendar; null when open.</summary>
    public long? Earliest(int node) => -_trees[1].Distance(node);

    /// <summary>The latest time of a node on the calendar; null when open.</summary>
    public long? Latest(int node) => _trees[0].Distance(node);

    /// <summary>The time of a node in the one schedule that has everything as early as it can be; of what is not on the calendar a number that means nothing.</summary>
    public long Early(int node) => _trees[1].Scheduled(node);

    /// <summary>The same from the first day of the story.</summary>
    public long? EarliestFromDayOne(int node) => -_trees[3].Distance(node);

    /// <summary>The same from the first day of the story.</summary>
    public long? LatestFromDayOne(int node) => _trees[2].Distance(node);

    /// <summary>Adds a constraint, and gives the index by which it is removed.</summary>
    /// <param name="constraint">The constraint.</param>
    /// <param name="order">The order of origins, by which it is decided what is set aside.</param>
    public int Add(TimeConstraint constraint, IComparer<int> order)
    {
        var index = _free.Count > 0 ? _free[^1] : _constraints.Count;
        if (_free.Count > 0)
        {
            _free.RemoveAt(_free.Count - 1);
            _constraints[index] = new(constraint);
        }
        else
        {
            _constraints.Add(new(constraint));
        }

        if (_conflicts.Count > 0 && ComponentOf(constraint) is var component && component.Any(_conflicts.ContainsKey))
        {
            Redo(component, order);
        }
        else if (!TryHold(index, null))
        {
            Redo(ComponentOf(constraint), order);
        }

        return index;
    }

    /// <summary>Removes a constraint.</summary>
    public void Remove(int index, IComparer<int> order)
    {
        var gone = _constraints[index];
        var component = _conflicts.Count > 0 ? ComponentOf(gone.Constraint) : null;
        if (gone.IsHeld)
        {
            LetGo(index);
        }

        _constraints[index] = default;
        _free.Add(index);
        var isTouched = component is not null && component.Any(_conflicts.ContainsKey);
        _conflicts.Remove(index);
        if (isTouched)
        {
            component!.Remove(index);
            Redo(component, order);
        }
    }

    /// <summary>Whether t(to) − t(from) ≤ most follows from the constraints.</summary>
    public bool Entails(int from, int to, long most)
    {
        if (from == to)
        {
            return most >= 0;
        }

        for (var root = 0; root < _trees.Length; root += 2)
        {
            if (_trees[root + 1].Distance(from) is { } there && _trees[root].Distance(to) is { } back && there + back <= most)
            {
                return true;
            }
        }

        // A schedule that satisfies all constraints and breaks this one shows that it does not follow.
        foreach (var tree in _trees)
        {
            if (tree.Scheduled(to) - tree.Scheduled(from) > most)
            {
                return false;
            }
        }

        return Search(from, to, null) is { } direct && direct <= most;
    }

    /// <summary>The most that t(to) − t(from) can be; null when that is open.</summary>
    public long? Most(int from, int to) => Most(from, to, null);

    /// <summary>The constraints by which t(to) − t(from) is at most what <see cref="Most(int, int)"/> says: one shortest path.</summary>
    public IReadOnlyList<TimeConstraint> PathOf(int from, int to)
    {
        var path = new List<int>();
        Most(from, to, path);
        return [.. path.Distinct().Select(index => _constraints[index].Constraint)];
    }

    private long? Most(int from, int to, List<int>? path)
    {
        if (from == to)
        {
            return 0;
        }

        var direct = Search(from, to, path);
        for (var root = 0; root < _trees.Length; root += 2)
        {
            if (_trees[root + 1].Distance(from) is { } there && _trees[root].Distance(to) is { } back && (direct is null || there + back < direct))
            {
                direct = there + back;
                path?.Clear();
                if (path is not null)
                {
                    _trees[root + 1].Walk(_edges, from, path);
                    _trees[root].Walk(_edges, to, path);
                }
            }
        }

        return direct;
    }

    // Dijkstra over the reduced weights, not through the two roots, whose distances are known.
    private long? Search(int from, int to, List<int>? path)
    {
        var best = new Dictionary<int, (long Distance, int Parent)> { [from] = (0, -1) };
        var done = new HashSet<int>();
        var queue = new PriorityQueue<int, long>();
        queue.Enqueue(from, 0);
        while (queue.TryDequeue(out var node, out _))
        {
            if (!done.Add(node))
            {
                continue;
            }

            if (node == to)
            {
                Trace(best, to, path);
                return best[to].Distance;
            }

            if (node is Calendar or DayOne && node != from)
            {
                continue;
            }

            for (var edge = _edges.FirstOut(node); edge >= 0; edge = _edges[edge].NextOut)
            {
                var next = _edges[edge].To;
                var distance = best[node].Distance + _edges[edge].Weight;
                if (!done.Contains(next) && (!best.TryGetValue(next, out var known) || distance < known.Distance))
                {
                    best[next] = (distance, edge);
                    queue.Enqueue(next, distance + _trees[0].Raw(from) - _trees[0].Raw(next));
                }
            }
        }

        return null;
    }

    private void Trace(Dictionary<int, (long Distance, int Parent)> best, int node, List<int>? path)
    {
        for (; path is not null && best[node].Parent >= 0; node = _edges[best[node].Parent].From)
        {
            path.Add(_edges[best[node].Parent].Constraint);
        }
    }

    private void Hold(int index, IComparer<int> order)
    {
        List<int> cycle = [];
        if (!TryHold(index, cycle))
        {
            _conflicts[index] = new(index, MinimalOrigins(index, cycle, order));
        }
    }

    private bool TryHold(int index, List<int>? cycle)
    {
        var constraint = _constraints[index].Constraint;
        if (constraint.From == constraint.To)
        {
            return !(constraint.Least > 0 || constraint.Most < 0);
        }

        var upper = constraint.Most is { } most ? TryAdd(constraint.From, constraint.To, most, index, cycle) : NoEdge;
        if (upper == Refused)
        {
            return false;
        }

        var lower = constraint.Least is { } least ? TryAdd(constraint.To, constraint.From, -least, index, cycle) : NoEdge;
        _constraints[index] = new(constraint, upper, Math.Max(lower, NoEdge));
        if (lower == Refused)
        {
            LetGo(index);
            return false;
        }

        return true;
    }

    private int TryAdd(int from, int to, long weight, int index, List<int>? cycle)
    {
        var added = _edges.Add(from, to, weight, index);
        if (!_trees[0].Add(_edges, added, cycle))
        {
            _edges.Remove(added);
            return Refused;
        }

        for (var i = 1; i < _trees.Length; i++)
        {
            _trees[i].Add(_edges, added, null);
        }

        return added;
    }

    private void LetGo(int index)
    {
        var held = _constraints[index];
        Take(held.Upper, held.Constraint.From, held.Constraint.To);
        Take(held.Lower, held.Constraint.To, held.Constraint.From);
        _constraints[index] = new(held.Constraint);
    }

    private void Take(int edge, int from, int to)
    {
        if (edge >= 0)
        {
            _edges.Remove(edge);
            foreach (var tree in _trees)
            {
                tree.Remove(_edges, edge, from, to);
            }
        }
    }

    // The constraints that a constraint may contradict: those that hang together with it otherwise than by the calendar, held or not.
    private HashSet<int> ComponentOf(TimeConstraint start)
    {
        var result = new HashSet<int>();
        var nodes = new HashSet<int>();
        var queue = new Queue<int>();
        Reach(start);
        while (true)
        {
            while (queue.TryDequeue(out var node))
            {
                for (var edge = _edges.FirstOut(node); edge >= 0; edge = _edges[edge].NextOut)
                {
                    Meet(_edges[edge].Constraint);
                }

                for (var edge = _edges.FirstIn(node); edge >= 0; edge = _edges[edge].NextIn)
                {
                    Meet(_edges[edge].Constraint);
                }
            }

            foreach (var index in _conflicts.Keys)
            {
                var constraint = _constraints[index].Constraint;
                if (nodes.Contains(constraint.From) || nodes.Contains(constraint.To))
                {
                    Meet(index);
                }
            }

            if (queue.Count == 0)
            {
                break;
            }
        }

        // One that was just added hangs on no node yet.
        for (var index = 0; index < _constraints.Count; index++)
        {
            if (ReferenceEquals(_constraints[index].Constraint, start))
            {
                result.Add(index);
            }
        }

        return result;

        void Meet(int index)
        {
            if (result.Add(index))
            {
                Reach(_constraints[index].Constraint);
            }
        }

        void Reach(TimeConstraint constraint)
        {
            foreach (var node in (ReadOnlySpan<int>)[constraint.From, constraint.To])
            {
                if (node != Calendar && nodes.Add(node))
                {
                    queue.Enqueue(node);
                }
            }
        }
    }

    private void Redo(HashSet<int> component, IComparer<int> order)
    {
        foreach (var index in component)
        {
            _conflicts.Remove(index);
            if (_constraints[index].IsHeld)
            {
                LetGo(index);
            }
        }

        foreach (var index in component.Order(Comparer<int>.Create((a, b) => Compare(_constraints[a].Constraint, _constraints[b].Constraint, order))))
        {
            Hold(index, order);
        }
    }

    /// <summary>The order in which constraints are believed.</summary>
    public static int Compare(TimeConstraint a, TimeConstraint b, IComparer<int> order)
    {
        var result = a.Priority.CompareTo(b.Priority);
        result = result != 0 ? result : order.Compare(a.Origin, b.Origin);
        result = result != 0 ? result : Nullable.Compare(a.Least, b.Least);
        result = result != 0 ? result : Nullable.Compare(a.Most, b.Most);
        return result != 0 ? result : (a.From, a.To).CompareTo((b.From, b.To));
    }

    private List<int> MinimalOrigins(int index, List<int> cycle, IComparer<int> order)
    {
        if (_isForTrial)
        {
            return [];
        }

        // All that it hangs together with, so that the set is the same however the network came about; of very many only the cycle found.
        var component = ComponentOf(_constraints[index].Constraint);
        IEnumerable<int> candidates = component.Count <= MostForExactSets
            ? component.Where(other => other == index || (!_conflicts.ContainsKey(other) && _constraints[other].IsHeld))
            : cycle.Append(index).Distinct();
        var constraints = candidates.Select(other => _constraints[other].Constraint).ToList();
        var always = constraints.Where(constraint => constraint.Origin < 0).ToList();
        var byOrigin = constraints.Where(constraint => constraint.Origin >= 0).GroupBy(constraint => constraint.Origin).OrderBy(group => group.Key, order).ToList();
        var minimal = MinimalSet.Of(byOrigin, some => Contradict(always.Concat(some.SelectMany(group => group))));
        return [.. minimal.Select(group => group.Key).Order(order)];
    }

    /// <summary>A constraint and the edges by which it is held.</summary>
    private readonly record struct Held(TimeConstraint Constraint, int Upper = NoEdge, int Lower = NoEdge)
    {
        public bool IsHeld => Upper >= 0 || Lower >= 0;
    }
}
