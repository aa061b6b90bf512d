using StoryLsp.Language.Text;

namespace StoryLsp.Language.Markdown;

/// <summary>
/// Reads Markdown: CommonMark blocks and links (by Markdig), front matter, Obsidian's wikilinks, embeds, block anchors and comments, and
/// novelWriter's tag lines. It gives a tree for every input, in a time that grows with the length of the text.
/// </summary>
public static class MarkdownParser
{
    /// <summary>Parses a document. Never fails.</summary>
    /// <param name="text">The document.</param>
    public static MarkdownTree Parse(SourceText text)
    {
        FrontMatter? frontMatter = FrontMatterReader.Read(text, out int bodyStart);
        string body = bodyStart == 0 ? text.Text : text.Text[bodyStart..];

        // Markdig replaces NULs in a copy of its own; doing it here keeps all slices on the one string that is compared by reference.
        body = body.Replace('\0', '\uFFFD');
        MarkdownCollector? collector = BlockWalk.TryRun(text, body, bodyStart) ?? LineScan.Run(text, body, bodyStart);
        return collector.ToTree(frontMatter, frontMatter is null ? 0 : bodyStart);
    }
}
