using StoryLsp.Cli.Output;

namespace StoryLsp.Cli.Commands;

/// <summary>Compares findings with those of a git revision.</summary>
internal static class BaseRevision
{
    private static readonly Dictionary<string, string> NoRenames = [];

    /// <summary>
    /// The findings that the revision does not have. A finding is known again by its file, whatever its name was, by its rule and by its
    /// message; of several such, those on a line that reads as before are the old ones. One that stood once and stands twice now is new once.
    /// </summary>
    public static async Task<IReadOnlyList<FoundFinding>> OnlyNewAsync(OpenStory story, IReadOnlyList<FoundFinding> findings, string revision, CancellationToken cancellationToken)
    {
        var git = new GitRevision(story.Workspace.Root, revision);
        var folder = Directory.CreateTempSubdirectory("storylsp-base-").FullName;
        try
        {
            await git.WriteFilesAsync(folder, cancellationToken).ConfigureAwait(false);
            var renames = await git.RenamesAsync(cancellationToken).ConfigureAwait(false);
            await using var before = await OpenStory.OpenAsync(folder, cancellationToken, useIndexFile: false).ConfigureAwait(false);
            var known = FoundFindings.In(before).Select(found => (Key: KeyOf(found, NoRenames), Line: FoundFindings.LineOf(before.Snapshot, found))).ToList();
            return Unknown(story, findings, known, renames);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<FoundFinding> Unknown(
        OpenStory story,
        IReadOnlyList<FoundFinding> findings,
        List<((string, string, string) Key, string Line)> known,
        IReadOnlyDictionary<string, string> renames)
    {
        var left = findings.Select(found => (Found: found, Key: KeyOf(found, renames), Line: FoundFindings.LineOf(story.Snapshot, found))).ToList();
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

    private static (string File, string Code, string Message) KeyOf(FoundFinding found, IReadOnlyDictionary<string, string> renames) =>
        (renames.GetValueOrDefault(found.File, found.File), found.Finding.Code, found.Finding.Message);
}
