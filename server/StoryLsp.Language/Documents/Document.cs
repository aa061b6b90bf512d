using StoryLsp.Language.Facts;
using StoryLsp.Language.Fountain;
using StoryLsp.Language.Markdown;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Documents;

/// <summary>A parsed document: text, tree and facts. Immutable.</summary>
public sealed class Document
{
    /// <summary>The text.</summary>
    public required SourceText Text { get; init; }

    /// <summary>What is known of it.</summary>
    public required DocumentFacts Facts { get; init; }

    /// <summary>The YAML of a YAML file; null for others.</summary>
    public YamlTree? Yaml { get; init; }

    /// <summary>The Markdown; null for others.</summary>
    public MarkdownTree? Markdown { get; init; }

    /// <summary>The script; null for others.</summary>
    public FountainTree? Fountain { get; init; }

    /// <summary>
    /// Each stretch of YAML in the document with its tree: the file itself, the front matter, the <c>story</c> fences.
    /// <c>Container</c> is the index of the container that its root mapping describes, or -1.
    /// </summary>
    public IReadOnlyList<YamlRegion> YamlRegions { get; init; } = [];

    /// <summary>Workspace-relative path with <c>/</c>.</summary>
    public string Path => Facts.Path;
}

/// <summary>A stretch of YAML inside a document.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Tree">Its tree, with spans in the whole document.</param>
/// <param name="Containers">For each YAML document of the tree the index of its container, or -1.</param>
public sealed record YamlRegion(TextSpan Span, YamlTree Tree, IReadOnlyList<int> Containers);
