namespace StoryLsp.Continuity.Timeline;

/// <summary>Many constraints at once.</summary>
internal sealed partial class TemporalNetwork
{
    /// <summary>Gives an empty network its constraints, each of which stands behind all before it in the order that decides what is set aside.</summary>
    /// <param name="constraints">The constraints; the index of each is its place among them.</param>
    /// <param name="order">The order of origins.</param>
    public void Fill(IReadOnlyList<TimeConstraint> constraints, IComparer<int> order)
    {
        for (var index = 0; index < constraints.Count; index++)
        {
            _constraints.Add(WithEdges(constraints[index], index));
        }

        if (!constraints.Any(IsBrokenLoop) && Build() == true)
        {
            return;
        }

        // What hangs together with a contradiction goes in one after the other, to see which it is.
        var doubtful = new List<int>();
        foreach (var component in Components(constraints).Where(component => Contradict(component.Select(index => constraints[index]))))
        {
            foreach (var index in component)
            {
                RemoveEdges(index);
                doubtful.Add(index);
            }
        }

        if (Build() != true)
        {
            doubtful = [.. Enumerable.Range(0, constraints.Count)];
            doubtful.ForEach(RemoveEdges);
            Array.ForEach(_trees, tree => tree.Reset());
        }

        doubtful.Sort();
        doubtful.ForEach(index => Hold(index, order));
    }

    /// <summary>Whether constraints contradict each other.</summary>
    public static bool Contradict(IEnumerable<TimeConstraint> constraints)
    {
        var trial = new TemporalNetwork(isForTrial: true);
        var nodes = new Dictionary<int, int> { [Calendar] = Calendar, [DayOne] = DayOne };
        foreach (var constraint in constraints)
        {
            var own = constraint with { From = Node(constraint.From), To = Node(constraint.To) };
            trial._constraints.Add(trial.WithEdges(own, trial._constraints.Count));
        }

        if (trial._constraints.Exists(held => IsBrokenLoop(held.Constraint)))
        {
            return true;
        }

        if (trial.Build() is { } isConsistent)
        {
            return !isConsistent;
        }

        for (var index = 0; index < trial._constraints.Count; index++)
        {
            trial.RemoveEdges(index);
        }

        trial._trees[0].Reset();
        return Enumerable.Range(0, trial._constraints.Count).Any(index => !trial.TryHold(index, null));

        int Node(int node) => nodes.TryGetValue(node, out var known) ? known : nodes[node] = trial.AddNode();
    }

    private static bool IsBrokenLoop(TimeConstraint constraint) => constraint.From == constraint.To && (constraint.Least > 0 || constraint.Most < 0);

    private bool? Build()
    {
        foreach (var tree in _trees)
        {
            if (tree.Build(_edges) is not true and var other)
            {
                return other;
            }
        }

        return true;
    }

    private Held WithEdges(TimeConstraint constraint, int index) => constraint.From == constraint.To ? new(constraint) : new(
        constraint,
        constraint.Most is { } most ? _edges.Add(constraint.From, constraint.To, most, index) : NoEdge,
        constraint.Least is { } least ? _edges.Add(constraint.To, constraint.From, -least, index) : NoEdge);

    private void RemoveEdges(int index)
    {
        var held = _constraints[index];
        foreach (var edge in (ReadOnlySpan<int>)[held.Upper, held.Lower])
        {
            if (edge >= 0)
            {
                _edges.Remove(edge);
            }
        }

        _constraints[index] = new(held.Constraint);
    }

    // What hangs together otherwise than by the calendar.
    private List<int>[] Components(IReadOnlyList<TimeConstraint> constraints)
    {
        var parent = Enumerable.Range(0, NodeCount).ToArray();
        foreach (var constraint in constraints)
        {
            if (constraint.From != Calendar && constraint.To != Calendar)
            {
                parent[Root(constraint.From)] = Root(constraint.To);
            }
        }

        return [.. Enumerable.Range(0, constraints.Count)
            .GroupBy(index => Root(constraints[index].From == Calendar ? constraints[index].To : constraints[index].From))
            .Select(group => group.ToList())];

        int Root(int node)
        {
            while (parent[node] != node)
            {
                node = parent[node] = parent[parent[node]];
            }

            return node;
        }
    }
}
