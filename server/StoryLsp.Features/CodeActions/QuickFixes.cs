using StoryLsp.Continuity;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.CodeActions;

/// <summary>A quick fix that is offered.</summary>
/// <param name="Finding">The finding that it mends.</param>
/// <param name="Fix">What it does.</param>
public sealed record QuickFix(Finding Finding, Fix Fix);

/// <summary>The quick fixes where a writer stands.</summary>
public static class QuickFixes
{
    /// <summary>The fixes of the findings that a range touches, those of the narrowest finding first.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="findings">The findings.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="span">The range, in UTF-16 code units; an empty one is a caret.</param>
    /// <param name="cancel">Gives up.</param>
    public static IReadOnlyList<QuickFix> At(Snapshot snapshot, Findings findings, string path, TextSpan span, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var result = new List<QuickFix>();
        var touched = findings.Of(snapshot, path)
            .Where(finding => finding.Span.Touches(span.Start) || finding.Span.Touches(span.End) || finding.Span.Overlaps(span))
            .OrderBy(finding => finding.Span.Length);
        foreach (var finding in touched)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var fix in findings.FixesOf(snapshot, path, finding))
            {
                // Two findings may have the same remedy, such as creating what both miss.
                if (!result.Any(other => other.Fix.Title == fix.Title && other.Finding.Span == finding.Span))
                {
                    result.Add(new(finding, fix));
                }
            }
        }

        return result;
    }
}
