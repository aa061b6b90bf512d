using StoryLsp.Continuity.Reports;
using StoryLsp.Features.Reviewing;
using StoryLsp.Pipelines.Provenance;

namespace StoryLsp.Cli.Git;

/// <summary>What differs between two states of a story, all together.</summary>
/// <param name="Title">The story's title; its folder's name where it has none.</param>
/// <param name="Before">What the first state is called.</param>
/// <param name="After">What the second state is called.</param>
/// <param name="Review">What changed in the facts.</param>
/// <param name="NewFindings">The findings that are new.</param>
/// <param name="GoneFindings">The findings that are gone.</param>
/// <param name="Origins">The edits of which it is known where they come from.</param>
/// <param name="IsScene">Whether what changed is a scene.</param>
internal sealed record RangeReview(
    string Title, string Before, string After, StoryReview Review, IReadOnlyList<ReportedFinding> NewFindings, IReadOnlyList<ReportedFinding> GoneFindings, IReadOnlyList<EditOrigin> Origins, Func<ContainerChange, bool> IsScene);

/// <summary>Two states of a story: two commits, or a commit and the files as they are.</summary>
/// <param name="repository">The repository, from the story's folder.</param>
/// <param name="from">The first commit.</param>
/// <param name="to">The second commit; null for the files as they are.</param>
/// <param name="names">What the two are called by who asks.</param>
internal sealed class StoryRange(GitRepository repository, string from, string? to, (string From, string To) names)
{
    private const int ShortHash = 10;

    /// <summary>Reads a range as git writes it: <c>A..B</c>, <c>A...B</c> (since they parted), <c>A</c> (to the files as they are).</summary>
    /// <exception cref="CommandFailure">A revision is none.</exception>
    public static async Task<StoryRange> ReadAsync(GitRepository repository, string range, CancellationToken cancellationToken)
    {
        var parts = range.Split("...", 2);
        var sinceParting = parts.Length == 2;
        parts = sinceParting ? parts : range.Split("..", 2);
        var first = await StoryTree.CommitAsync(repository, Named(parts[0]), cancellationToken).ConfigureAwait(false);
        if (parts.Length == 1)
        {
            return new(repository, first, null, (Named(parts[0]), ""));
        }

        var second = await StoryTree.CommitAsync(repository, Named(parts[1]), cancellationToken).ConfigureAwait(false);
        if (sinceParting)
        {
            first = await repository.Git.AskAsync(["merge-base", first, second], cancellationToken).ConfigureAwait(false)
                ?? throw new CommandFailure($"`{range}` has no commit that both sides come from. `A..B` compares them as they are.");
        }

        return new(repository, first, second, (sinceParting ? "" : Named(parts[0]), Named(parts[1])));

        static string Named(string revision) => revision.Length == 0 ? "HEAD" : revision;
    }

    /// <summary>Compares the two states.</summary>
    public async Task<RangeReview> ReviewAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("storylsp-review-").FullName;
        try
        {
            var (one, other) = (Path.Combine(folder, "before"), Path.Combine(folder, "after"));
            Directory.CreateDirectory(one);
            Directory.CreateDirectory(other);
            await using var before = await (await StoryTree.OfCommitAsync(repository, from, cancellationToken).ConfigureAwait(false)).OpenAsync(one, cancellationToken).ConfigureAwait(false);
            await using var after = to is null
                ? await OpenStory.OpenAsync(repository.StoryFolder, cancellationToken).ConfigureAwait(false)
                : await (await StoryTree.OfCommitAsync(repository, to, cancellationToken).ConfigureAwait(false)).OpenAsync(other, cancellationToken).ConfigureAwait(false);
            var renames = to is null
                ? await NewFindings.RenamesSinceAsync(repository, from, cancellationToken).ConfigureAwait(false)
                : await NewFindings.RenamesAsync(repository, [from, to], cancellationToken).ConfigureAwait(false);
            return Compare(before, after, renames, new ProvenanceStore(to is null ? repository.StoryFolder : other).All(), cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Label(string name, string hash) => name.Length == 0 || hash.StartsWith(name, StringComparison.Ordinal) ? hash[..ShortHash] : $"{name} ({hash[..ShortHash]})";

    private RangeReview Compare(OpenStory before, OpenStory after, IReadOnlyDictionary<string, string> renames, IReadOnlyList<ProvenanceRecord> records, CancellationToken cancellationToken)
    {
        var (then, now) = (CheckReport.Of(before.Snapshot, before.Findings, before.Covers).Findings, CheckReport.Of(after.Snapshot, after.Findings, after.Covers).Findings);
        var back = renames.GroupBy(rename => rename.Value).ToDictionary(group => group.Key, group => group.First().Key, StringComparer.Ordinal);
        return new(
            after.Snapshot.Settings.Title ?? before.Snapshot.Settings.Title ?? Path.GetFileName(repository.StoryFolder.TrimEnd('/', '\\')),
            Label(names.From, from), to is null ? "the files as they are" : Label(names.To, to),
            StoryReview.Of(before.Snapshot, after.Snapshot, renames, cancellationToken),
            NewFindings.Of(now, then, renames), NewFindings.Of(then, now, back),
            EditOrigins.Of(before.Snapshot, after.Snapshot, renames, records),
            change => (change.After is null ? before : after).Snapshot.Schemas.IsKindOf(change.Container.Type, "scene"));
    }
}
