using System.Globalization;
using System.Runtime.CompilerServices;
using Humanizer;
using StoryLsp.Continuity.Story;
using StoryLsp.Features.Navigation;
using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Overviews;

/// <summary>All ties of a story: the references between its people, places and things, and the scenes that they share.</summary>
internal sealed class GraphTies
{
    private static readonly ConditionalWeakTable<Snapshot, GraphTies> Known = [];
    private static readonly string[] Kinds = ["kind", "relation", "type", "mode"];

    private readonly List<GraphTie> _written = [];
    private readonly List<GraphTie> _shared = [];
    private readonly Dictionary<ContainerKey, List<GraphTie>> _around = [];
    private readonly Dictionary<ContainerKey, List<GraphTie>> _inScenes = [];

    private GraphTies(Snapshot snapshot, CancellationToken cancel)
    {
        var world = StoryWorld.Of(snapshot);
        foreach (var container in snapshot.Containers.OrderBy(container => container.Path, NaturalOrder.Instance).ThenBy(container => container.Fact.Index))
        {
            cancel.ThrowIfCancellationRequested();
            if (!Presences.IsPage(snapshot, container.Type) && world.Find(container.Key) is { } said)
            {
                AddWritten(snapshot, world, said);
            }
        }

        // A group and its member may both say so.
        var members = _written.Where(tie => tie.Label == "member").Select(tie => (tie.From.Key, tie.To.Key)).ToHashSet();
        _written.RemoveAll(tie => tie.Label == "faction" && members.Contains((tie.To.Key, tie.From.Key)));
        AddShared(snapshot, cancel);
        foreach (var tie in _written.Concat(_shared))
        {
            Note(_around, tie.From, tie);
            Note(_around, tie.To, tie);
        }
    }

    /// <summary>The ties of a story, found once for a snapshot.</summary>
    public static GraphTies Of(Snapshot snapshot, CancellationToken cancel)
    {
        if (!Known.TryGetValue(snapshot, out var known))
        {
            known = new(snapshot, cancel);
            Known.AddOrUpdate(snapshot, known);
        }

        return known;
    }

    /// <summary>What is tied to a container; what is in a scene.</summary>
    public IEnumerable<Container> Around(Container container) =>
        _around.GetValueOrDefault(container.Key, []).Select(tie => tie.From.IsSameAs(container) ? tie.To : tie.From).Concat(_inScenes.GetValueOrDefault(container.Key, []).Select(tie => tie.To));

    /// <summary>The ties of which both ends are among some containers.</summary>
    public IEnumerable<GraphTie> Among(HashSet<ContainerKey> keys) =>
        _written.Concat(_shared).Concat(keys.SelectMany(key => _inScenes.GetValueOrDefault(key, []))).Where(tie => keys.Contains(tie.From.Key) && keys.Contains(tie.To.Key));

    private static void Note(Dictionary<ContainerKey, List<GraphTie>> to, Container end, GraphTie tie) => (to.TryGetValue(end.Key, out var ties) ? ties : to[end.Key] = []).Add(tie);

    private void AddWritten(Snapshot snapshot, StoryWorld world, StoryContainer said)
    {
        var known = new HashSet<(ContainerKey, string)>();
        foreach (var reference in said.References)
        {
            if (reference.Target is { } key && key != said.Key && world.Find(key) is { } target && !Presences.IsPage(snapshot, target.Type) &&
                LabelOf(said, reference) is var label && known.Add((key, label)))
            {
                _written.Add(new(said.Container, target.Container, label, null, said.Path, reference.Span));
            }
        }
    }

    // A relation says what it is beside the name; any other field says it by its own.
    private static string LabelOf(StoryContainer said, StoryReference reference)
    {
        var dot = reference.Field.IndexOf('.', StringComparison.Ordinal);
        var field = dot < 0 ? reference.Field : reference.Field[..dot];
        if (dot > 0 && said.Fact.Field(field)?.Value is { } value && Innermost(value, reference.Span, 0) is { } map)
        {
            foreach (var kind in Kinds)
            {
                if (map.Get(kind).AsText()?.Trim() is { Length: > 0 } text)
                {
                    return text;
                }
            }
        }

        return field.Humanize(LetterCasing.LowerCase).Singularize(inputIsKnownToBePlural: false);
    }

    private static YamlMapping? Innermost(YamlNode node, TextSpan span, int depth)
    {
        const int deepest = 16;
        if (depth > deepest || !node.Span.Contains(span))
        {
            return null;
        }

        var inner = node switch
        {
            YamlSequence list => list.Items,
            YamlMapping map => map.Entries.Select(entry => entry.Value),
            _ => [],
        };
        return inner.Select(item => Innermost(item, span, depth + 1)).FirstOrDefault(found => found is not null) ?? node as YamlMapping;
    }

    private void AddShared(Snapshot snapshot, CancellationToken cancel)
    {
        var pairs = new Dictionary<(ContainerKey, ContainerKey), (Container First, Container Second, int Scenes)>();
        foreach (var scene in snapshot.Narrative.Scenes(snapshot).Concat(snapshot.ContainersOf("event")))
        {
            cancel.ThrowIfCancellationRequested();
            var found = Presences.In(snapshot, scene);
            var present = found.Select(one => one.Container).ToList();
            foreach (var (one, places) in found)
            {
                Note(_inScenes, scene, new(scene, one, "has", null, scene.Path, places[0]));
            }

            for (var i = 0; i < present.Count; i++)
            {
                for (var j = i + 1; j < present.Count; j++)
                {
                    if (IsCharacter(snapshot, present[i]) || IsCharacter(snapshot, present[j]))
                    {
                        Count(pairs, present[i], present[j]);
                    }
                }
            }
        }

        _shared.AddRange(pairs.Values.OrderByDescending(pair => pair.Scenes).ThenBy(pair => pair.First.Name, StringComparer.OrdinalIgnoreCase).ThenBy(pair => pair.Second.Name, StringComparer.OrdinalIgnoreCase)
            .Select(pair => new GraphTie(pair.First, pair.Second, "scene".ToQuantity(pair.Scenes, "N0", CultureInfo.InvariantCulture), pair.Scenes, null, default)));
    }

    private static bool IsCharacter(Snapshot snapshot, Container container) => snapshot.Schemas.IsKindOf(container.Type, "character");

    // The same two are one pair, whoever is named first.
    private static void Count(Dictionary<(ContainerKey, ContainerKey), (Container First, Container Second, int Scenes)> pairs, Container a, Container b)
    {
        var isInOrder = string.CompareOrdinal(a.Path, b.Path) is < 0 or 0 && (a.Path != b.Path || a.Fact.Index < b.Fact.Index);
        var (first, second) = isInOrder ? (a, b) : (b, a);
        var key = (first.Key, second.Key);
        pairs[key] = (first, second, (pairs.TryGetValue(key, out var known) ? known.Scenes : 0) + 1);
    }
}
