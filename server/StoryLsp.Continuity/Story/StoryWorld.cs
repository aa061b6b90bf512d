using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Timeline;
using StoryLsp.Index;

namespace StoryLsp.Continuity.Story;

/// <summary>
/// The story of a snapshot as a whole: its containers and who refers to whom. Immutable, and made from that of an earlier snapshot: a
/// change costs what it touches. Rules do not use it themselves, they ask through <see cref="StoryReading"/>.
/// </summary>
internal sealed partial class StoryWorld
{
    private readonly LayeredMap<string, StoryDocument> _documents;
    private readonly LayeredMap<ContainerKey, Referrer[]> _referrers;

    private StoryWorld(Snapshot snapshot)
    {
        Snapshot = snapshot;
        Narrative = snapshot.Narrative;
        var documents = new Dictionary<string, StoryDocument>(snapshot.DocumentCount, StringComparer.Ordinal);
        foreach (var facts in snapshot.Documents)
        {
            if (StoryDocument.Of(snapshot, facts.Path) is { } document)
            {
                documents.Add(facts.Path, document);
            }
        }

        _documents = LayeredMap<string, StoryDocument>.Of(documents);
        _referrers = LayeredMap<ContainerKey, Referrer[]>.Of(ReferrersIn(documents.Values));
        Calendar = StoryCalendar.Of(snapshot.Settings.Calendar);
        Timeline = StoryTimeline.Of(Calendar, documents.Values.SelectMany(document => document.Containers).Select(TimedThingOf).OfType<TimedThing>());
    }

    private StoryWorld(StoryWorld before, Snapshot snapshot, IReadOnlyCollection<string> touched)
    {
        Snapshot = snapshot;
        Narrative = snapshot.Narrative;
        var change = new StoryChange(before, snapshot, touched);
        _documents = change.Documents;
        _referrers = change.Referrers;
        Calendar = before.Calendar;
        Timeline = before.Timeline.With(Changed(change.TouchedDocuments, TimedThingOf));
        var isSame = change.ChangedDocuments.Count == 0 && ReferenceEquals(Narrative, before.Narrative) && ReferenceEquals(Timeline, before.Timeline);
        Edition = isSame ? before.Edition : new object();
    }

    /// <summary>The snapshot.</summary>
    public Snapshot Snapshot { get; }

    /// <summary>The scenes in the order in which the reader meets them.</summary>
    public NarrativeOrder Narrative { get; }

    /// <summary>The same object for as long as nothing changed but prose and places; then no question has another answer.</summary>
    public object Edition { get; } = new();

    /// <summary>The story of a snapshot.</summary>
    public static StoryWorld Of(Snapshot snapshot) =>
        snapshot.Derive(fresh => new StoryWorld(fresh), (before, now, touched) => new StoryWorld(before, now, touched));

    /// <summary>A container; null when there is none.</summary>
    public StoryContainer? Find(ContainerKey key) =>
        _documents.TryGetValue(key.Path, out var document) && key.Index < document.Containers.Count ? document.Containers[key.Index] : null;

    /// <summary>The containers of a document.</summary>
    public IReadOnlyList<StoryContainer> In(string path) => _documents.GetValueOrDefault(path)?.Containers ?? [];

    /// <summary>All containers of a type or of one that extends it, by path and then by place.</summary>
    public IEnumerable<StoryContainer> OfType(string type) => Snapshot.ContainersOf(type)
        .OrderBy(container => container.Path, NaturalOrder.Instance)
        .ThenBy(container => container.Fact.Index)
        .Select(container => Find(container.Key))
        .OfType<StoryContainer>();

    /// <summary>Who refers to a container, by path and then by place; the same array for as long as nobody else does.</summary>
    public Referrer[] ReferrersOf(ContainerKey key) => _referrers.GetValueOrDefault(key) ?? [];

    /// <summary>The place of a scene among those that the reader meets, from 0; null for what is no scene.</summary>
    public int? NarrativePosition(ContainerKey key) => Find(key) is { } scene && Narrative.PositionOf(scene.Container) is >= 0 and var position ? position : null;

    /// <summary>Whether a container is of a type, or of one that extends it.</summary>
    public bool IsKindOf(ContainerKey key, string type) => Find(key) is { } found && Snapshot.Schemas.IsKindOf(found.Type, type);

    /// <summary>Whether a container is a scene.</summary>
    public bool IsScene(StoryContainer container) => Snapshot.Schemas.IsKindOf(container.Type, "scene");

    /// <summary>Whether a container is a location.</summary>
    public bool IsLocation(StoryContainer container) => Snapshot.Schemas.IsKindOf(container.Type, "location");

    /// <summary>
    /// Whether some documents say the same of one matter as they did before. What is derived from that matter alone is as it was then, however much else has changed: a
    /// letter in a synopsis is no reason to read all names anew.
    /// </summary>
    /// <param name="before">The story before.</param>
    /// <param name="touched">The documents that may say something else.</param>
    /// <param name="reading">What a container says of the matter, with the equality of values; null: nothing.</param>
    public bool SaysTheSameAs(StoryWorld before, IReadOnlyCollection<string> touched, Func<StoryContainer, object?> reading)
    {
        foreach (var path in touched)
        {
            var (old, now) = (before.In(path), In(path));
            for (var i = 0; i < Math.Max(old.Count, now.Count); i++)
            {
                if (!Equals(i < old.Count ? reading(old[i]) : null, i < now.Count ? reading(now[i]) : null))
                {
                    return false;
                }
            }
        }

        return true;
    }

    // What each container of some documents says now; null for those that are gone.
    private static Dictionary<ContainerKey, T?> Changed<T>(IEnumerable<(string Path, StoryDocument? Old, StoryDocument? Now)> documents, Func<StoryContainer, T?> read)
        where T : class
    {
        var result = new Dictionary<ContainerKey, T?>();
        foreach (var (_, old, now) in documents)
        {
            foreach (var gone in old?.Containers ?? [])
            {
                result[gone.Key] = null;
            }

            foreach (var container in now?.Containers ?? [])
            {
                result[container.Key] = read(container);
            }
        }

        return result;
    }

    private static Dictionary<ContainerKey, Referrer[]> ReferrersIn(IEnumerable<StoryDocument> documents)
    {
        var lists = new Dictionary<ContainerKey, List<Referrer>>();
        foreach (var document in documents)
        {
            foreach (var container in document.Containers)
            {
                foreach (var reference in container.References)
                {
                    if (reference.Target is { } target)
                    {
                        (lists.TryGetValue(target, out var list) ? list : lists[target] = []).Add(new(container.Key, reference.Field));
                    }
                }
            }
        }

        return lists.ToDictionary(list => list.Key, list => Sorted(list.Value));
    }

    /// <summary>Each referrer once, in an order that does not depend on the order of changes.</summary>
    private static Referrer[] Sorted(IEnumerable<Referrer> referrers) =>
        [.. referrers.Distinct().OrderBy(one => one.Source.Path, StringComparer.Ordinal).ThenBy(one => one.Source.Index).ThenBy(one => one.Field, StringComparer.Ordinal)];

    /// <summary>What differs between two snapshots.</summary>
    private sealed class StoryChange
    {
        public StoryChange(StoryWorld before, Snapshot snapshot, IReadOnlyCollection<string> touched)
        {
            var documents = before._documents.ToBuilder();
            var targets = new HashSet<ContainerKey>();
            foreach (var path in touched)
            {
                var old = before._documents.GetValueOrDefault(path);
                var now = StoryDocument.Of(snapshot, path);
                if (now is null)
                {
                    documents.Remove(path);
                }
                else
                {
                    documents[path] = now;
                }

                TouchedDocuments.Add((path, old, now));
                if (old is null ? now is not null : now is null || !old.Means(now))
                {
                    ChangedDocuments.Add((path, old, now));
                    targets.UnionWith(Targets(old));
                    targets.UnionWith(Targets(now));
                }
            }

            Documents = documents.ToImmutable();
            Referrers = WithReferrers(before._referrers, targets);
        }

        /// <summary>Documents that are new or gone, or of which at least the places are others.</summary>
        public List<(string Path, StoryDocument? Old, StoryDocument? Now)> TouchedDocuments { get; } = [];

        /// <summary>Documents of which a container means something else, is new or is gone.</summary>
        public List<(string Path, StoryDocument? Old, StoryDocument? Now)> ChangedDocuments { get; } = [];

        public LayeredMap<string, StoryDocument> Documents { get; }

        public LayeredMap<ContainerKey, Referrer[]> Referrers { get; }

        private static IEnumerable<ContainerKey> Targets(StoryDocument? document) =>
            document?.Containers.SelectMany(container => container.References).Select(reference => reference.Target).OfType<ContainerKey>() ?? [];

        private LayeredMap<ContainerKey, Referrer[]> WithReferrers(LayeredMap<ContainerKey, Referrer[]> before, HashSet<ContainerKey> targets)
        {
            if (targets.Count == 0)
            {
                return before;
            }

            var changed = ChangedDocuments.Select(document => document.Path).ToHashSet(StringComparer.Ordinal);
            var now = ReferrersIn(ChangedDocuments.Select(document => document.Now).OfType<StoryDocument>());
            var result = before.ToBuilder();
            foreach (var target in targets)
            {
                var old = before.GetValueOrDefault(target) ?? [];
                var all = Sorted(old.Where(one => !changed.Contains(one.Source.Path)).Concat(now.GetValueOrDefault(target) ?? []));
                if (all.Length == 0)
                {
                    result.Remove(target);
                }
                else if (!all.AsSpan().SequenceEqual(old))
                {
                    result[target] = all;
                }
            }

            return result.ToImmutable();
        }
    }
}
