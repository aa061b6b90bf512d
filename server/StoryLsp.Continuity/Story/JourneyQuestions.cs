using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Timeline;
using StoryLsp.Index;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Story;

/// <summary>Which scenes and events are certain to share a minute with one.</summary>
internal sealed record OverlapsOf(ContainerKey Key) : Question
{
    public override object? Ask(StoryWorld world) => new KeyList(world.Timeline.OverlappingWith(Key));
}

/// <summary>The most minutes between the end of one scene or event and the beginning of another; null when open.</summary>
internal sealed record MostBetween(ContainerKey Key, ContainerKey Other) : Question
{
    public override object? Ask(StoryWorld world) => world.Timeline.MostBetween(Key, Other);
}

/// <summary>The most minutes that a scene or event may last; null when open.</summary>
internal sealed record MostLasting(ContainerKey Key) : Question
{
    public override object? Ask(StoryWorld world) => world.Timeline.MostLasting(Key);
}

/// <summary>The scenes and events with a time that someone was in before one of them, the nearest first, a few.</summary>
internal sealed record PresentBefore(ContainerKey Person, ContainerKey Key) : Question
{
    private const int Few = 4;

    // The scenes of one person in the order of their earliest beginnings, for as long as no time changes and nobody refers to that person anew.
    private static readonly ConditionalWeakTable<StoryTimeline, ConcurrentDictionary<ContainerKey, Row>> Rows = [];

    public override object? Ask(StoryWorld world)
    {
        var referrers = world.ReferrersOf(Person);
        var rows = Rows.GetValue(world.Timeline, _ => new());
        if (!rows.TryGetValue(Person, out var row) || !ReferenceEquals(row.Referrers, referrers))
        {
            row = rows[Person] = new(referrers, Sorted(world, referrers));
        }

        var at = world.Timeline.EarlyStart(Key) is { } start ? Array.BinarySearch(row.Sorted, (start, Key), Order) : -1;
        return new KeyList(at <= 0 ? [] : [.. Enumerable.Range(1, Math.Min(Few, at)).Select(back => row.Sorted[at - back].Key)]);
    }

    private static Comparer<(long Start, ContainerKey Key)> Order { get; } = Comparer<(long Start, ContainerKey Key)>.Create((a, b) =>
        a.Start != b.Start ? a.Start.CompareTo(b.Start) : KeyOrder.Instance.Compare(a.Key, b.Key));

    private static (long Start, ContainerKey Key)[] Sorted(StoryWorld world, Referrer[] referrers)
    {
        var result = referrers
            .Where(referrer => referrer.Field is "characters" or "pov" or "participants")
            .Select(referrer => referrer.Source)
            .Distinct()
            .Where(key => world.IsKindOf(key, "scene") || world.IsKindOf(key, "event"))
            .Select(key => (Start: world.Timeline.EarlyStart(key), Key: key))
            .Where(pair => pair.Start is not null)
            .Select(pair => (pair.Start!.Value, pair.Key))
            .ToArray();
        Array.Sort(result, Order);
        return result;
    }

    private sealed record Row(Referrer[] Referrers, (long Start, ContainerKey Key)[] Sorted);
}

/// <summary>Whether the story knows a way from any place to another, and how long it takes.</summary>
internal sealed record HasRoutes : Question
{
    private static readonly ConditionalWeakTable<object, object> Known = [];

    public override object? Ask(StoryWorld world) => Known.GetValue(world.Edition, _ => world.Snapshot.ContainersOf("location").Any(place => place.Fact.Field("routes") is not null));
}

/// <summary>The least minutes from one place to another over all routes; null when no way is known.</summary>
internal sealed record TravelTime(ContainerKey From, ContainerKey To) : Question
{
    public override object? Ask(StoryWorld world) => world.Snapshot.Derive(
        _ => new Journeys(world, Made(world)),
        (before, _, touched) => world.SaysTheSameAs(before.World, touched, container => Said(world, container)) ? new(before, world) : new Journeys(world, Made(world))).Between(From, To);

    /// <summary>The entries of the routes that a place lists, with where each leads; null where that is not known.</summary>
    public static IEnumerable<(YamlNode Entry, ContainerKey? To)> RoutesOf(StoryContainer place)
    {
        var targets = place.To("routes.to").Concat(place.To("routes")).ToList();
        foreach (var entry in place.Fact.Field("routes")?.Value.AsList() ?? [])
        {
            yield return (entry, targets.FirstOrDefault(one => entry.Span.Contains(one.Span)).Target);
        }
    }

    // A way of which nobody knows how long it is may be short, and one of which nobody knows where it leads may lead anywhere.
    private static RouteMap Made(StoryWorld world)
    {
        var places = world.OfType("location").ToList();
        var routes = new List<Route>();
        foreach (var place in places)
        {
            var index = 0;
            foreach (var (entry, target) in RoutesOf(place))
            {
                var minutes = WrittenDuration.Of(entry.Get("time"), world.Calendar)?.Least ?? 0;
                Add(routes, place.Key, target, minutes, entry.Get("one_way").AsBoolean() == true, index++);
            }

            if (place.Field("within") is not null && place.One("within") is null)
            {
                Add(routes, place.Key, null, 0, isOneWay: false, index);
            }
        }

        if (routes.Exists(route => route.To == Anywhere))
        {
            routes.AddRange(places.Select(place => new Route(Anywhere, place.Key, 0, Anywhere, 0)));
            routes.AddRange(places.Select(place => new Route(place.Key, FromAnywhere, 0, Anywhere, 0)));
        }

        return new(places.Where(place => place.One("within") is not null).Select(place => KeyValuePair.Create(place.Key, place.One("within")!.Value.Target!.Value)), routes);
    }

    // What a place says of the ways from it, as text.
    private static string? Said(StoryWorld world, StoryContainer container) => !world.IsLocation(container) ? null : string.Join('\n',
    [
        .. RoutesOf(container).Select(way => $"{way.To} {WrittenDuration.Of(way.Entry.Get("time"), world.Calendar)?.Least} {way.Entry.Get("one_way").AsBoolean()}"),
        container.Field("within") is null ? "" : $"within {container.One("within")?.Target}",
    ]);

    // Many go the same way.
    private sealed class Journeys
    {
        private readonly RouteMap _map;
        private readonly ConcurrentDictionary<(ContainerKey From, ContainerKey To), Journey?> _known;

        public Journeys(StoryWorld world, RouteMap map) => (World, _map, _known) = (world, map, new());

        public Journeys(Journeys same, StoryWorld world) => (World, _map, _known) = (world, same._map, same._known);

        public StoryWorld World { get; }

        public Journey? Between(ContainerKey from, ContainerKey to) =>
            _known.GetOrAdd((from, to), way => _map.Shortest(way.From, way.To) is var (minutes, routes) ? new(minutes, routes) : null);
    }

    private static ContainerKey Anywhere => new("", 0);

    private static ContainerKey FromAnywhere => new("", 1);

    private static void Add(List<Route> routes, ContainerKey place, ContainerKey? target, long minutes, bool isOneWay, int index)
    {
        routes.Add(new(place, target ?? Anywhere, minutes, place, index));
        if (!isOneWay)
        {
            routes.Add(new(target ?? FromAnywhere, place, minutes, place, index));
        }
    }
}

/// <summary>A way from one place to another.</summary>
internal sealed class Journey(long minutes, IReadOnlyList<Route> routes) : IEquatable<Journey>
{
    public long Minutes { get; } = minutes;

    public IReadOnlyList<Route> Routes { get; } = routes;

    public bool Equals(Journey? other) => other is not null && Minutes == other.Minutes && Routes.SequenceEqual(other.Routes);

    public override bool Equals(object? obj) => Equals(obj as Journey);

    public override int GetHashCode() => HashCode.Combine(Minutes, Routes.Count);
}

/// <summary>The nearest earlier linear scene of the same strand that has a time, where the reader meets them; null without any.</summary>
internal sealed record DatedBefore(ContainerKey Scene) : Question
{
    public override object? Ask(StoryWorld world)
    {
        if (world.NarrativePosition(Scene) is not { } position || position >= world.Narrative.ManuscriptCount || world.Find(Scene) is not { } scene)
        {
            return null;
        }

        var strand = scene.Strand;
        for (var i = position - 1; i >= 0; i--)
        {
            if (world.Find(world.Narrative.At(i)) is { Timeline: SceneTimeline.Linear } earlier && world.Timeline.EarlyStart(earlier.Key) is not null && earlier.Strand == strand)
            {
                return earlier.Key;
            }
        }

        return null;
    }
}

/// <summary>What contradicts the time of a scene or event, in words that are equal while it is the same.</summary>
internal sealed record ContradictionsAt(ContainerKey Key) : Question
{
    public override object? Ask(StoryWorld world) => string.Join('\n', world.Timeline.ContradictionsOf(Key).Select(contradiction => $"{contradiction.SetAside} {string.Join(' ', contradiction.Facts)}"));
}
