using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Markdown;

/// <summary>A Markdown document with exact spans. Parsing never fails.</summary>
public sealed class MarkdownTree
{
    /// <summary>The front matter, or null.</summary>
    public FrontMatter? FrontMatter { get; init; }

    /// <summary>Headings in document order.</summary>
    public IReadOnlyList<HeadingFact> Headings { get; init; } = [];

    /// <summary>Fences whose info string is <c>story</c>.</summary>
    public IReadOnlyList<StoryFence> StoryFences { get; init; } = [];

    /// <summary>Wikilinks, embeds, Markdown links and images; their container is -1 here.</summary>
    public IReadOnlyList<LinkFact> Links { get; init; } = [];

    /// <summary>Block anchors without the caret.</summary>
    public IReadOnlyList<string> BlockAnchors { get; init; } = [];

    /// <summary>HTML comments and Obsidian's <c>%%</c> comments.</summary>
    public IReadOnlyList<MarkdownComment> Comments { get; init; } = [];

    /// <summary>novelWriter's <c>@pov: name</c> lines and <c>%synopsis:</c> comments, in document order.</summary>
    public IReadOnlyList<TagLine> TagLines { get; init; } = [];

    /// <summary>
    /// Text that a reader reads, in document order and without overlaps: headings and paragraphs, list items and quotes, without
    /// front matter, code, comments, HTML tags, tag lines, and the targets of links (the shown text of a link is prose;
    /// a wikilink without shown text is not).
    /// </summary>
    public IReadOnlyList<TextSpan> Prose { get; init; } = [];

    /// <summary>Where the body begins: behind the front matter, or 0.</summary>
    public int BodyStart { get; init; }
}

/// <summary>Front matter.</summary>
/// <param name="Span">With both fences.</param>
/// <param name="Content">The YAML between the fences.</param>
/// <param name="IsClosed">False where the closing fence is missing: line 1 is <c>---</c>, line 2 is <c>key:</c>, and no fence follows. The content then ends before the first blank line, or where no line looks like YAML.</param>
public sealed record FrontMatter(TextSpan Span, TextSpan Content, bool IsClosed);

/// <summary>A fence with the info string <c>story</c>.</summary>
/// <param name="Span">With both fence lines.</param>
/// <param name="Content">The YAML inside.</param>
/// <param name="Heading">Index of the heading that it follows directly (blank lines allowed), or -1.</param>
public sealed record StoryFence(TextSpan Span, TextSpan Content, int Heading);

/// <summary>A comment.</summary>
/// <param name="Span">With its marks.</param>
/// <param name="Content">Between its marks.</param>
public readonly record struct MarkdownComment(TextSpan Span, TextSpan Content);

/// <summary>A line of novelWriter's: <c>@pov: Jane</c>, <c>@char: Jane, John</c>, <c>%synopsis: text</c>.</summary>
/// <param name="Key">Lower case without mark: <c>pov</c>, <c>char</c>, <c>location</c>, <c>time</c>, <c>mention</c>, <c>synopsis</c>, or any other.</param>
/// <param name="KeySpan">With the mark, without the colon.</param>
/// <param name="Values">The values, split at commas (a synopsis is one value), trimmed.</param>
/// <param name="Span">The line.</param>
public sealed record TagLine(string Key, TextSpan KeySpan, IReadOnlyList<NameFact> Values, TextSpan Span);
