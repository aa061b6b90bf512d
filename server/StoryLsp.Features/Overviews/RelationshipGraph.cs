using System.Globalization;
using System.Text;
using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Overviews;

/// <summary>What ties one container to another.</summary>
/// <param name="From">The container that says it; of two that share scenes, the one that is first.</param>
/// <param name="To">The other.</param>
/// <param name="Label">What it is, in a word or two.</param>
/// <param name="Scenes">In how many scenes and events both are; null for a tie that is written.</param>
/// <param name="Path">Workspace-relative path of the document that says it; null for scenes that two share.</param>
/// <param name="Span">The place there, in UTF-16 code units.</param>
public sealed record GraphTie(Container From, Container To, string Label, int? Scenes, string? Path, TextSpan Span);

/// <summary>Who is what to whom, and who shares scenes with whom.</summary>
public sealed class RelationshipGraph
{
    /// <summary>The most steps from the container in the middle.</summary>
    public const int MostSteps = 5;

    private RelationshipGraph(IReadOnlyList<Container> nodes, IReadOnlyList<GraphTie> ties)
    {
        Nodes = nodes;
        Ties = ties;
    }

    /// <summary>The containers, by name; the one in the middle comes first.</summary>
    public IReadOnlyList<Container> Nodes { get; }

    /// <summary>What ties them to one another: first what is written, by container and place, then shared scenes, the most first.</summary>
    public IReadOnlyList<GraphTie> Ties { get; }

    /// <summary>The people and groups of a story.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="cancel">Gives up.</param>
    public static RelationshipGraph Of(Snapshot snapshot, CancellationToken cancel)
    {
        var nodes = snapshot.ContainersOf("character").Concat(snapshot.ContainersOf("faction")).DistinctBy(container => container.Key).ToList();
        return Among(GraphTies.Of(snapshot, cancel), nodes, null);
    }

    /// <summary>What lies around a container of any type: what it names and what names it, who shares scenes with it, and so on for some steps.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="middle">The container; of a scene, those who are in it.</param>
    /// <param name="steps">How many steps, from 1 to <see cref="MostSteps"/>.</param>
    /// <param name="cancel">Gives up.</param>
    public static RelationshipGraph Around(Snapshot snapshot, Container middle, int steps, CancellationToken cancel)
    {
        var ties = GraphTies.Of(snapshot, cancel);
        var found = new Dictionary<ContainerKey, Container> { [middle.Key] = middle };
        var last = new List<Container> { middle };
        for (var step = 0; step < Math.Clamp(steps, 1, MostSteps) && last.Count > 0; step++)
        {
            cancel.ThrowIfCancellationRequested();
            last = [.. last.SelectMany(one => ties.Around(one)).Where(other => found.TryAdd(other.Key, other))];
        }

        return Among(ties, [.. found.Values], middle);
    }

    /// <summary>The graph as a flowchart of Mermaid; where there is too much for one, what is written comes first, then who shares the most scenes.</summary>
    public string Mermaid()
    {
        var numbers = new Dictionary<ContainerKey, int>();
        var text = new StringBuilder("flowchart LR\n");
        var left = 0;
        foreach (var node in Nodes)
        {
            left += Try($"    n{numbers.Count}[\"{MermaidText.Of(StoryBible.NameOf(node))}\"]\n") ? 0 : 1;
            if (left == 0)
            {
                numbers.Add(node.Key, numbers.Count);
            }
        }

        var edges = 0;
        foreach (var tie in Ties)
        {
            if (numbers.TryGetValue(tie.From.Key, out var from) && numbers.TryGetValue(tie.To.Key, out var to) && edges < MermaidText.MostEdges &&
                Try($"    n{from} {(tie.Scenes is null ? "-->" : "---")}|\"{MermaidText.Of(tie.Label)}\"| n{to}\n"))
            {
                edges++;
            }
        }

        left += Ties.Count - edges;
        if (left > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"%% {left} more do not fit into what Mermaid draws\n");
        }

        return text.ToString();

        bool Try(string line)
        {
            var fits = text.Length + line.Length <= MermaidText.MostCharacters;
            if (fits)
            {
                text.Append(line);
            }

            return fits;
        }
    }

    private static RelationshipGraph Among(GraphTies ties, List<Container> nodes, Container? middle)
    {
        var keys = nodes.Select(node => node.Key).ToHashSet();
        return new(
            [.. nodes.OrderBy(node => !node.IsSameAs(middle)).ThenBy(StoryBible.NameOf, NaturalOrder.Instance).ThenBy(node => node.Path, StringComparer.Ordinal).ThenBy(node => node.Fact.Index)],
            [.. ties.Among(keys)]);
    }
}
