using StoryLsp.Continuity.Reports;

namespace StoryLsp.Cli.Commands;

/// <summary>Compares findings with those of a git revision.</summary>
internal static class BaseRevision
{
    private static readonly Dictionary<string, string> NoRenames = [];

    /// <summary>
    /// The findings that the revision does not have. A finding is known again by its file, whatever its name was, by its rule and by its
    /// message; of several such, those on a line that reads as before are the old ones. One that stood once and stands twice now is new once.
    /// </summary>
    public static async Task<IReadOnlyList<ReportedFinding>> OnlyNewAsync(string root, IReadOnlyList<ReportedFinding> findings, string revision, CancellationToken cancellationToken)
    {
        var git = new GitRevision(root, revision);
        var folder = Directory.CreateTempSubdirectory("storylsp-base-").FullName;
        try
        {
            await git.WriteFilesAsync(folder, cancellationToken).ConfigureAwait(false);
            var renames = await git.RenamesAsync(cancellationToken).ConfigureAwait(false);
            await using var before = await OpenStory.OpenAsync(folder, cancellationToken, useIndexFile: false).ConfigureAwait(false);
            var known = CheckReport.Of(before.Snapshot, before.Findings, before.Covers).Findings.Select(found => (Key: KeyOf(found, NoRenames), found.Line)).ToList();
            return Unknown(findings, known, renames);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<ReportedFinding> Unknown(
        IReadOnlyList<ReportedFinding> findings,
        List<((string, string, string) Key, string Line)> known,
        IReadOnlyDictionary<string, string> renames)
    {
        var left = findings.Select(found => (Found: found, Key: KeyOf(found, renames), found.Line)).ToList();
        left.RemoveAll(found => Take(known, other => other.Key == found.Key && other.Line == found.Line));
        left.RemoveAll(found => Take(known, other => other.Key == found.Key));
        return [.. left.Select(found => found.Found)];
    }

    private static bool Take<T>(List<T> known, Predicate<T> isSame)
    {
        var at = known.FindIndex(isSame);
        if (at >= 0)
        {
            known.RemoveAt(at);
        }

        return at >= 0;
    }

    private static (string File, string Code, string Message) KeyOf(ReportedFinding found, IReadOnlyDictionary<string, string> renames) =>
        (renames.GetValueOrDefault(found.File, found.File), found.Code, found.Message);
}
