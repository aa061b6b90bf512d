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
    public static MarkdownTree Parse(SourceText text) => Parse(text, takesShortcuts: true);

    /// <summary>Parses a document, and on demand lets Markdig see every line: the tree must be the same.</summary>
    internal static MarkdownTree Parse(SourceText text, bool takesShortcuts)
    {
        FrontMatter? frontMatter = FrontMatterReader.Read(text, out int bodyStart);

        // Markdig takes NULs for ends of text; the rest of the world has them replaced.
        string body = text.Text.Replace('\0', '\uFFFD');
        MarkdownCollector collector = BlockWalk.TryRun(text, body, bodyStart, takesShortcuts) ?? LineScan.Run(text, body, bodyStart);
        return collector.ToTree(frontMatter, frontMatter is null ? 0 : bodyStart);
    }
}
