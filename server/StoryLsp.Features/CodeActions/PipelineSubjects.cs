using StoryLsp.Continuity;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.CodeActions;

/// <summary>What a pipeline would be about where a writer stands.</summary>
public static class PipelineSubjects
{
    /// <summary>The innermost container at a place that is of a type, or extends it; null where there is none.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="span">What is selected, in UTF-16 code units; an empty span is a caret.</param>
    /// <param name="type">The type that the pipeline reads.</param>
    public static Container? At(Snapshot snapshot, string path, TextSpan span, string type)
    {
        Container? best = null;
        foreach (var container in snapshot.ContainersIn(path))
        {
            var its = container.Fact.Span;
            if (its.Start <= span.Start && span.Start <= its.End && snapshot.Schemas.IsKindOf(container.Type, type) && (best is null || its.Length <= best.Fact.Span.Length))
            {
                best = container;
            }
        }

        return best;
    }

    /// <summary>The findings that a range touches, the narrowest first.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="findings">The findings.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="span">The range, in UTF-16 code units; an empty one is a caret.</param>
    public static IReadOnlyList<Finding> FindingsAt(Snapshot snapshot, Findings findings, string path, TextSpan span) =>
    [
        .. findings.Of(snapshot, path)
            .Where(finding => finding.Span.Touches(span.Start) || finding.Span.Touches(span.End) || finding.Span.Overlaps(span))
            .OrderBy(finding => finding.Span.Length),
    ];

    /// <summary>Whether a container has prose; a heading alone is none that a pipeline could read.</summary>
    /// <param name="container">The container.</param>
    public static bool HasProse(Container container) => container.Document.Prose.Any(prose =>
        prose.Container == container.Fact.Index && prose.Span.Length > 0 && !container.Document.Headings.Any(heading => heading.Span.Contains(prose.Span)));
}
