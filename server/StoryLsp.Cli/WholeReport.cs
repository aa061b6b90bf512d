using StoryLsp.Continuity.Reports;

namespace StoryLsp.Cli;

/// <summary>The findings of a story as its files are.</summary>
internal static class WholeReport
{
    /// <summary>The findings of the part that was asked for. The story is indexed only where it must be.</summary>
    public static async Task<CheckReport> OfAsync(OpenStory story, CancellationToken cancellationToken)
    {
        // What nobody has written to since the last check need not be read again.
        var mark = story.Workspace.MarkOfFiles(cancellationToken);
        if (mark is not null && LastReport.Find(story.Workspace.Root, mark) is { } last)
        {
            return last with { Findings = [.. last.Findings.Where(found => story.Covers(found.File))] };
        }

        await story.IndexAsync(cancellationToken).ConfigureAwait(false);
        var report = CheckReport.Of(story.Snapshot, story.Findings, story.Covers);
        if (mark is not null && story.Scope.Length == 0 && !story.Snapshot.LookedOutside)
        {
            LastReport.Keep(story.Workspace.Root, mark, report);
        }

        return report;
    }
}
