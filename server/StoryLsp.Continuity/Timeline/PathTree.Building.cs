namespace StoryLsp.Continuity.Timeline;

/// <summary>The tree of a whole network at once (Goldberg and Radzik, "A heuristic improvement of the Bellman-Ford algorithm", 1993): one pass over a network without circles, however deep it is.</summary>
internal sealed partial class PathTree
{
    private const byte Fresh = 0;
    private const byte Open = 1;
    private const byte Ordered = 2;
    private const byte Scanned = 3;
    private const int MostPasses = 60;

    /// <summary>Finds all distances anew; false when there is a negative cycle, null when that would take long. Then the distances mean nothing.</summary>
    public bool? Build(EdgeTable edges)
    {
        Reset();
        var waiting = Enumerable.Range(0, _count).ToList();
        var state = new byte[_count];
        for (var pass = 0; waiting.Count > 0; pass++)
        {
            if (pass == MostPasses)
            {
                return null;
            }

            Array.Clear(state);
            if (InOrder(edges, waiting, state) is not { } order)
            {
                return false;
            }

            waiting = [];
            for (var i = order.Count - 1; i >= 0; i--)
            {
                Scan(edges, order[i], state, waiting);
            }
        }

        return true;
    }

    /// <summary>Forgets all distances.</summary>
    public void Reset()
    {
        for (var node = 0; node < _count; node++)
        {
            _distance[node] = Hung(node);
            _parent[node] = -1;
        }
    }

    private void Scan(EdgeTable edges, int node, byte[] state, List<int> waiting)
    {
        state[node] = Scanned;
        for (var edge = First(edges, node); edge >= 0; edge = Next(edges[edge]))
        {
            var next = Target(edges[edge]);
            if (_distance[node] + edges[edge].Weight < _distance[next])
            {
                _distance[next] = _distance[node] + edges[edge].Weight;
                _parent[next] = edge;
                if (state[next] != Ordered)
                {
                    waiting.Add(next);
                }
            }
        }
    }

    // All that can get nearer from some nodes, each behind what it leads to; null when that goes round in a circle, which is a negative one.
    private List<int>? InOrder(EdgeTable edges, List<int> from, byte[] state)
    {
        var order = new List<int>();
        var path = new Stack<(int Node, int Edge)>();
        foreach (var start in from)
        {
            if (state[start] != Fresh)
            {
                continue;
            }

            state[start] = Open;
            path.Push((start, First(edges, start)));
            while (path.TryPop(out var at))
            {
                var edge = at.Edge;
                while (edge >= 0 && (_distance[at.Node] + edges[edge].Weight >= _distance[Target(edges[edge])] || state[Target(edges[edge])] == Ordered))
                {
                    edge = Next(edges[edge]);
                }

                if (edge < 0)
                {
                    state[at.Node] = Ordered;
                    order.Add(at.Node);
                    continue;
                }

                var next = Target(edges[edge]);
                if (state[next] == Open)
                {
                    return null;
                }

                path.Push((at.Node, Next(edges[edge])));
                state[next] = Open;
                path.Push((next, First(edges, next)));
            }
        }

        return order;
    }
}
