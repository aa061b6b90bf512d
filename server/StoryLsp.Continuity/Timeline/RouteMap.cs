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
    private readonly ILookup<ContainerKey, ContainerKey> _inside;
    private readonly ILookup<ContainerKey, Route> _routes;

    /// <summary>Makes a map.</summary>
    /// <param name="within">For each place the one that it lies within.</param>
    /// <param name="routes">The routes, each in the one direction that it can be taken.</param>
    public RouteMap(IEnumerable<KeyValuePair<ContainerKey, ContainerKey>> within, IEnumerable<Route> routes)
    {
        _within = new(within);
        _inside = _within.ToLookup(pair => pair.Value, pair => pair.Key);
        _routes = routes.ToLookup(route => route.From);
    }

    /// <summary>The shortest way, with the steps into a place and out of it; null when none is known.</summary>
    public (long Minutes, IReadOnlyList<Route> Routes)? Shortest(ContainerKey from, ContainerKey to)
    {
        var around = Around(from);
        var closed = Around(to).Where(around.Contains).ToHashSet();
        if (closed.Contains(from) || closed.Contains(to))
        {
            return (0, []);
        }

        var best = new Dictionary<ContainerKey, (long Minutes, ContainerKey Before, Route? By)> { [from] = (0, from, null) };
        var done = new HashSet<ContainerKey>(closed);
        var queue = new PriorityQueue<ContainerKey, long>();
        queue.Enqueue(from, 0);
        while (queue.TryDequeue(out var place, out var minutes))
        {
            if (!done.Add(place))
            {
                continue;
            }

            if (place == to)
            {
                return (minutes, Taken(best, to));
            }

            if (_within.TryGetValue(place, out var outer))
            {
                Reach(outer, minutes, Route.Within(place, outer, place));
            }

            foreach (var inner in _inside[place])
            {
                Reach(inner, minutes, Route.Within(place, inner, inner));
            }

            foreach (var route in _routes[place])
            {
                Reach(route.To, minutes + route.Minutes, route);
            }

            void Reach(ContainerKey next, long after, Route? by)
            {
                if (!done.Contains(next) && (!best.TryGetValue(next, out var known) || after < known.Minutes))
                {
                    best[next] = (after, place, by);
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

    private static List<Route> Taken(Dictionary<ContainerKey, (long Minutes, ContainerKey Before, Route? By)> best, ContainerKey to)
    {
        var result = new List<Route>();
        for (var place = to; best[place].Before != place; place = best[place].Before)
        {
            if (best[place].By is { } route)
            {
                result.Add(route);
            }
        }

        result.Reverse();
        return result;
    }
}
