using System.Runtime.CompilerServices;
using StoryLsp.Continuity;
using StoryLsp.Index;
using StoryLsp.Language.Facts;

namespace StoryLsp.Features.Overviews;

/// <summary>How many errors and warnings there are.</summary>
/// <param name="Errors">Findings of the severity error.</param>
/// <param name="Warnings">Findings of the severity warning.</param>
public readonly record struct FindingCount(int Errors, int Warnings)
{
    /// <summary>Both together.</summary>
    public static FindingCount operator +(FindingCount a, FindingCount b) => Add(a, b);

    /// <summary>Both together.</summary>
    public static FindingCount Add(FindingCount left, FindingCount right) => new(left.Errors + right.Errors, left.Warnings + right.Warnings);
}

/// <summary>How many errors and warnings a story has, and how many of them stand in each scene and chapter.</summary>
public sealed class FindingTotals
{
    private static readonly ConditionalWeakTable<Snapshot, FindingTotals> Known = [];

    private readonly Dictionary<ContainerKey, FindingCount> _byContainer;

    private FindingTotals(FindingCount all, Dictionary<ContainerKey, FindingCount> byContainer)
    {
        All = all;
        _byContainer = byContainer;
    }

    /// <summary>Those of the whole story.</summary>
    public FindingCount All { get; }

    /// <summary>Counts them, once for a snapshot. Half of the processors stay free: somebody may be typing.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="findings">Keeps what is found.</param>
    /// <param name="cancel">Gives up.</param>
    public static FindingTotals Of(Snapshot snapshot, Findings findings, CancellationToken cancel)
    {
        if (Known.TryGetValue(snapshot, out var known))
        {
            return known;
        }

        var byContainer = new Dictionary<ContainerKey, FindingCount>();
        var all = default(FindingCount);
        foreach (var (key, count) in snapshot.Documents.AsParallel().WithCancellation(cancel).WithDegreeOfParallelism(Math.Max(1, Environment.ProcessorCount / 2)).SelectMany(facts => In(snapshot, facts, findings.Of(snapshot, facts.Path))))
        {
            all += count;
            byContainer[key] = byContainer.GetValueOrDefault(key) + count;
        }

        var totals = new FindingTotals(all, byContainer);
        Known.AddOrUpdate(snapshot, totals);
        return totals;
    }

    /// <summary>Those of a snapshot, where they are counted already; null where not.</summary>
    public static FindingTotals? KnownOf(Snapshot snapshot) => Known.TryGetValue(snapshot, out var known) ? known : null;

    /// <summary>Those that stand in a scene or chapter, and in none that stands in it.</summary>
    public FindingCount In(Container container) => _byContainer.GetValueOrDefault(container.Key);

    private static IEnumerable<KeyValuePair<ContainerKey, FindingCount>> In(Snapshot snapshot, DocumentFacts facts, IReadOnlyList<Finding> found)
    {
        if (found.Count == 0)
        {
            yield break;
        }

        var pages = snapshot.ContainersIn(facts.Path).Where(container => ManuscriptOutline.IsPage(snapshot, container)).ToList();
        foreach (var finding in found)
        {
            var count = new FindingCount(finding.Severity == Severity.Error ? 1 : 0, finding.Severity == Severity.Warning ? 1 : 0);
            if (count != default)
            {
                var page = pages.Where(page => page.Fact.Span.Start <= finding.Span.Start && finding.Span.Start <= page.Fact.Span.End).MinBy(page => page.Fact.Span.Length);
                yield return new(page?.Key ?? new(facts.Path, -1), count);
            }
        }
    }
}
