using StoryLsp.Continuity.Reports;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Settings;

namespace StoryLsp.Cli.Git;

/// <summary>Checks what is staged, before it is committed: the errors that the commit would bring.</summary>
internal static class StagedCheck
{
    private static readonly string[] StoryFiles = [".md", ".markdown", ".yaml", ".yml", ".fountain"];

    /// <summary>The folders of the stories with staged changes, from the top of the repository.</summary>
    /// <param name="repository">The repository, or a part of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<string>> StoriesAsync(GitRepository repository, CancellationToken cancellationToken)
    {
        var settings = (await repository.Git.RunAsync(["ls-files", "-z", "--full-name", "--", ":(glob)**/" + SettingsReader.FileName], cancellationToken).ConfigureAwait(false)).Parts;
        var folders = settings.Select(path => path[..^SettingsReader.FileName.Length]).OrderByDescending(folder => folder.Length).ToList();
        if (folders.Count == 0)
        {
            folders.Add(repository.Prefix);
        }

        var staged = (await repository.Git.RunAsync(["diff", "--cached", "-z", "--no-ext-diff", "--no-renames", "--name-only"], cancellationToken).ConfigureAwait(false)).Parts;
        return [.. staged.Where(path => StoryFiles.Contains(Path.GetExtension(path).ToLowerInvariant()))
            .Select(path => folders.Find(folder => path.StartsWith(folder, StringComparison.Ordinal))).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The errors that the commit would bring to a story, in its own paths.</summary>
    /// <param name="repository">The repository, from the story's folder.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<CheckReport> OfAsync(GitRepository repository, CancellationToken cancellationToken)
    {
        var isFirst = await repository.Git.AskAsync(["rev-parse", "--verify", "-q", "HEAD"], cancellationToken).ConfigureAwait(false) is null;
        var staged = await StoryTree.StagedAsync(repository, cancellationToken).ConfigureAwait(false);
        var committed = isFirst ? await StoryTree.NoneAsync(repository, cancellationToken).ConfigureAwait(false) : await StoryTree.OfCommitAsync(repository, "HEAD", cancellationToken).ConfigureAwait(false);
        var now = await ReportAsync(repository, staged, cancellationToken).ConfigureAwait(false);
        var errors = now.Findings.Where(found => found.Severity == Severity.Error).ToList();
        if (errors.Count == 0 || staged.Id == committed.Id)
        {
            return now with { Findings = [] };
        }

        var before = await committed.ReportAsync(cancellationToken).ConfigureAwait(false);
        var renames = isFirst ? new Dictionary<string, string>() : await NewFindings.RenamesAsync(repository, ["--cached", "HEAD"], cancellationToken).ConfigureAwait(false);
        return now with { Findings = NewFindings.Of(errors, before.Findings, renames) };
    }

    // Where all that is in the files is staged, the files are what is checked, with the index that is there.
    private static async Task<CheckReport> ReportAsync(GitRepository repository, StoryTree staged, CancellationToken cancellationToken)
    {
        if (TreeReports.Find(repository.StoryFolder, staged.Id) is null &&
            (await repository.Git.RunAsync(["diff", "--quiet", "--no-ext-diff", "--", "."], cancellationToken).ConfigureAwait(false)).Code == 0 &&
            (await repository.Git.RunAsync(["ls-files", "-z", "--others", "--exclude-per-directory=.gitignore", "--", "."], cancellationToken).ConfigureAwait(false)).Parts.All(path => path.StartsWith(".story/", StringComparison.Ordinal)))
        {
            await using var story = OpenStory.Open(repository.StoryFolder);
            if (string.Equals(Path.TrimEndingDirectorySeparator(story.Workspace.Root), Path.TrimEndingDirectorySeparator(Path.GetFullPath(repository.StoryFolder)), StringComparison.Ordinal))
            {
                var report = await WholeReport.OfAsync(story, cancellationToken).ConfigureAwait(false);
                TreeReports.Keep(repository.StoryFolder, staged.Id, report);
                return report;
            }
        }

        return await staged.ReportAsync(cancellationToken).ConfigureAwait(false);
    }
}
