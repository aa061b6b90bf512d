using StoryLsp.Index;

namespace StoryLsp.Continuity.Timeline;

/// <summary>A way from one place to another.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Minutes">The least time that it takes.</param>
/// <param name="Owner">The place in whose <c>routes</c> it is written.</param>
/// <param name="Index">Its index there; -1 for none.</param>
internal readonly record struct Route(ContainerKey From, ContainerKey To, long Minutes, ContainerKey Owner, int Index)
{
    private const int WithinIndex = -1;

    /// <summary>Whether it leads between a place and what that lies within, which is written in the <c>within</c> of its owner.</summary>
    public bool IsWithin => Index == WithinIndex;

    /// <summary>The way between a place and what it lies within.</summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="inner">The one of them that lies within the other.</param>
    public static Route Within(ContainerKey from, ContainerKey to, ContainerKey inner) => new(from, to, 0, inner, WithinIndex);
}

/// <summary>
/// How long it takes at least to go from one place to another: Dijkstra's shortest paths. Going between a place and what it lies within takes no
/// time. But what holds both ends of a journey is no shortcut between them: two towns of one country are not next to each other.
/// </summary>
internal sealed class RouteMap
{
    private const int DeepestNesting = 64;

    private readonly Dictionary<ContainerKey, ContainerKey> _within;
    private readonly Dictionary<ContainerKey, int> _indices = [];
    private readonly Step[][] _steps;

    /// <summary>Makes a map.</summary>
    /// <param name="within">For each place the one that it lies within.</param>
    /// <param name="routes">The routes, each in the one direction that it can be taken.</param>
    public RouteMap(IEnumerable<KeyValuePair<ContainerKey, ContainerKey>> within, IEnumerable<Route> routes)
    {
        _within = new(within);
        var steps = new List<List<Step>>();
        foreach (var (place, outer) in _within)
        {
            Add(Route.Within(place, outer, place));
        }

        foreach (var (place, outer) in _within)
        {
            Add(Route.Within(outer, place, place));
        }

        foreach (var route in routes)
        {
            Add(route);
        }

        _steps = [.. steps.Select(list => list.ToArray())];

        void Add(Route route)
        {
            var to = IndexOf(route.To);
            steps[IndexOf(route.From)].Add(new(to, route));
        }

        int IndexOf(ContainerKey place)
        {
            if (!_indices.TryGetValue(place, out var index))
            {
                _indices[place] = index = steps.Count;
                steps.Add([]);
            }

            return index;
        }
    }

    /// <summary>The shortest way, with the steps into a place and out of it; null when none is known.</summary>
    public (long Minutes, IReadOnlyList<Route> Routes)? Shortest(ContainerKey from, ContainerKey to)
    {
        var around = Around(from);
        var closed = Around(to).Where(around.Contains).ToList();
        if (closed.Contains(from) || closed.Contains(to))
        {
            return (0, []);
        }

        if (!_indices.TryGetValue(from, out var start) || !_indices.TryGetValue(to, out var goal))
        {
            return null;
        }

        var best = new Reached?[_steps.Length];
        best[start] = new(0, -1, -1);
        var done = new bool[_steps.Length];
        closed.ForEach(place => done[_indices[place]] = true);
        var queue = new PriorityQueue<int, long>();
        queue.Enqueue(start, 0);
        while (queue.TryDequeue(out var place, out var minutes))
        {
            if (done[place])
            {
                continue;
            }

            done[place] = true;
            if (place == goal)
            {
                return (minutes, Taken(best, goal));
            }

            var steps = _steps[place];
            for (var i = 0; i < steps.Length; i++)
            {
                var next = steps[i].To;
                var after = minutes + steps[i].Route.Minutes;
                if (!done[next] && (best[next] is not { } known || after < known.Minutes))
                {
                    best[next] = new(after, place, i);
                    queue.Enqueue(next, after);
                }
            }
        }

        return null;
    }

    // A place and all that it lies within.
    private List<ContainerKey> Around(ContainerKey place)
    {
        var result = new List<ContainerKey> { place };
        while (result.Count < DeepestNesting && _within.TryGetValue(result[^1], out var outer) && !result.Contains(outer))
        {
            result.Add(outer);
        }

        return result;
    }

    private List<Route> Taken(Reached?[] best, int to)
    {
        var result = new List<Route>();
        for (var place = to; best[place] is { Before: >= 0 } reached; place = reached.Before)
        {
            result.Add(_steps[reached.Before][reached.Step].Route);
        }

        result.Reverse();
        return result;
    }

    // A step to a place, by its index.
    private readonly record struct Step(int To, Route Route);

    // How a place was reached: from which, and by which of its steps.
    private readonly record struct Reached(long Minutes, int Before, int Step);
}
