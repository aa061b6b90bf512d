using StoryLsp.Language.Mentions;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Facts;

/// <summary>What kind of document a file is.</summary>
public enum DocumentKind
{
    /// <summary>YAML that holds containers, or plain data.</summary>
    Yaml,

    /// <summary>Markdown, with or without front matter.</summary>
    Markdown,

    /// <summary>A Fountain script.</summary>
    Fountain,

    /// <summary>A schema in a workspace's <c>schemas/</c> folder.</summary>
    Schema,

    /// <summary>The workspace's <c>story.yaml</c>.</summary>
    Settings,

    /// <summary>A file that could not be read as text; it has a finding and nothing else.</summary>
    Unreadable,

    /// <summary>A pipeline in a workspace's <c>pipelines/</c> folder.</summary>
    Pipeline,
}

/// <summary>
/// All that is known of one document. It depends on that document, its path, the schemas and the settings alone, so it may be
/// cached by content hash and computed in parallel. Spans are UTF-16 code units from the start of the file.
/// </summary>
public sealed class DocumentFacts
{
    /// <summary>Workspace-relative path with <c>/</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What kind of document it is.</summary>
    public required DocumentKind Kind { get; init; }

    /// <summary>Where the lines start, to turn offsets into positions without the text.</summary>
    public required LineMap Lines { get; init; }

    /// <summary>Containers in document order; a parent precedes its children.</summary>
    public IReadOnlyList<ContainerFact> Containers { get; init; } = [];

    /// <summary>Values of reference fields, in document order.</summary>
    public IReadOnlyList<ReferenceFact> References { get; init; } = [];

    /// <summary>Wikilinks, embeds and Markdown links of prose and of front matter that is not a reference field.</summary>
    public IReadOnlyList<LinkFact> Links { get; init; } = [];

    /// <summary>Markdown headings, in document order.</summary>
    public IReadOnlyList<HeadingFact> Headings { get; init; } = [];

    /// <summary>Names of Obsidian block anchors (<c>^block</c>), without the caret.</summary>
    public IReadOnlyList<string> BlockAnchors { get; init; } = [];

    /// <summary>The <c>story-ignore</c> comments.</summary>
    public IReadOnlyList<SuppressionFact> Suppressions { get; init; } = [];

    /// <summary>Prose, in document order: text without front matter, code, link targets and comments may be cut from it.</summary>
    public IReadOnlyList<ProseFact> Prose { get; init; } = [];

    /// <summary>What the prose tells of words.</summary>
    public ProseWords Words { get; init; } = ProseWords.None;

    /// <summary>Findings that follow from this document, the schemas and the settings alone.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Fields that no schema knows, for the rules that compare them across documents.</summary>
    public IReadOnlyList<UnknownFieldFact> UnknownFields { get; init; } = [];
}

/// <summary>A heading of a Markdown document.</summary>
/// <param name="Level">1 to 6.</param>
/// <param name="Text">The text as shown, without markup.</param>
/// <param name="Span">The heading's line without its end.</param>
/// <param name="TextSpan">The text behind the number signs.</param>
/// <param name="Slug">GitHub's slug, made unique within the document as GitHub does (<c>-1</c>, <c>-2</c>).</param>
public sealed record HeadingFact(int Level, string Text, TextSpan Span, TextSpan TextSpan, string Slug);

/// <summary>A stretch of prose and who owns it.</summary>
/// <param name="Container">Index of the innermost owning container in <see cref="DocumentFacts.Containers"/>, or -1.</param>
/// <param name="Span">Where the prose stands.</param>
public readonly record struct ProseFact(int Container, TextSpan Span);

/// <summary>A <c>story-ignore</c> or <c>story-ignore-file</c> comment.</summary>
/// <param name="Rule">The rule, or a group as <c>ref/*</c>.</param>
/// <param name="WholeFile">Whether it serves the whole file.</param>
/// <param name="Line">Line (from 0) that it serves: the next line that is not blank and not a suppression.</param>
/// <param name="Span">The comment itself.</param>
public sealed record SuppressionFact(string Rule, bool WholeFile, int Line, TextSpan Span);

/// <summary>A field that the container's schema does not know.</summary>
/// <param name="Container">Index of the container.</param>
/// <param name="Key">The key as written.</param>
/// <param name="Owner">The mapping that it stands in, as a path of field names; empty at the top.</param>
/// <param name="Span">The key.</param>
public sealed record UnknownFieldFact(int Container, string Key, string Owner, TextSpan Span);
