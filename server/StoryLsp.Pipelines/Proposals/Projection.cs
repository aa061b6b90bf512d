using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.Proposals;

/// <summary>The story as it would be.</summary>
public static class Projection
{
    /// <summary>The workspace with other texts; nothing is written. The cost grows with the texts, not with the workspace.</summary>
    /// <param name="snapshot">The workspace as it is.</param>
    /// <param name="texts">Texts by workspace-relative path; null takes a file away.</param>
    public static Snapshot Of(Snapshot snapshot, IReadOnlyDictionary<string, string?> texts) =>
        snapshot.Projected(texts.ToDictionary(file => file.Key, file => file.Value is null ? null : SourceText.From(file.Value), StringComparer.Ordinal), Files.PipelineFiles.DocumentRules);

    /// <summary>The workspace with the fitting hunks in place.</summary>
    internal static Snapshot Of(Snapshot snapshot, IEnumerable<PlacedHunk> hunks, ProjectedDocuments read) =>
        snapshot.Projected(Texts(hunks, snapshot.Text), Files.PipelineFiles.DocumentRules, read);

    /// <summary>The texts that fitting hunks give.</summary>
    internal static Dictionary<string, SourceText?> Texts(IEnumerable<PlacedHunk> hunks, Func<string, SourceText?> textOf) =>
        hunks.Where(hunk => hunk.Edit is not null).GroupBy(hunk => hunk.Hunk.File, StringComparer.Ordinal).ToDictionary(
            file => file.Key,
            file => file.Any(hunk => hunk.Hunk.DeletesFile) ? null
                : (textOf(file.Key) ?? SourceText.Empty).WithEdits(ProposalApplication.InOrder(file).Select(hunk => hunk.Edit!.Value)),
            StringComparer.Ordinal);
}
