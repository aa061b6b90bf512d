using System.Text;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.Secrets;

/// <summary>The prose of a container as a reader sees it: without front matter, fences, comments and the targets of links.</summary>
internal static class SceneProse
{
    /// <summary>Stands where a link leads to what is kept: a character that no text has.</summary>
    public const string Kept = "\uFDD0";

    /// <summary>The prose, paragraphs apart by a blank line.</summary>
    /// <param name="document">The document; text and facts of the same moment.</param>
    /// <param name="container">The container's index.</param>
    /// <param name="isKept">Whether a link leads to what is kept; null: none does.</param>
    public static string Of(Document document, int container, Func<LinkFact, bool>? isKept = null)
    {
        var result = new StringBuilder();
        var before = -1;
        foreach (var (span, words) in Pieces(document, container, isKept))
        {
            if (before >= 0)
            {
                result.Append(Between(document.Text.Text.AsSpan(before, span.Start - before)));
            }

            result.Append(words);
            before = span.End;
        }

        return result.ToString().Trim();
    }

    private static IEnumerable<(TextSpan Span, string Words)> Pieces(Document document, int container, Func<LinkFact, bool>? isKept)
    {
        var pieces = document.Facts.Prose
            .Where(prose => prose.Container == container && !IsHeading(document, prose.Span))
            .Select(prose => (prose.Span, Words: document.Text.Slice(prose.Span)));
        var body = document.Markdown?.BodyStart ?? int.MaxValue;
        var kept = isKept is null ? [] : document.Facts.Links.Where(link => link.Container == container && link.Span.Start >= body && isKept(link)).Select(link => (Span: new TextSpan(link.Span.Start, 0), Words: Kept));
        return document.Facts.Links
            .Where(link => link.Container == container && IsWordOfProse(document, link))
            .Select(link => (link.Span, Words: link.Target.Length > 0 ? link.Target[(link.Target.LastIndexOf('/') + 1)..] : link.Anchor ?? ""))
            .Concat(pieces)
            .Concat(kept)
            .OrderBy(piece => piece.Span.Start)
            .ThenBy(piece => piece.Span.Length);
    }

    // A wikilink without a shown text is no stretch of prose, but a reader reads its target. Links of attributes and of tag lines are not read.
    private static bool IsWordOfProse(Document document, LinkFact link) =>
        link is { Kind: LinkKind.Wikilink, Shown: null } && link.Span.Start >= (document.Markdown?.BodyStart ?? int.MaxValue) &&
        !document.YamlRegions.Any(region => region.Span.Contains(link.Span)) &&
        !document.Markdown!.TagLines.Any(line => line.Span.Contains(link.Span)) &&
        !IsHeading(document, link.Span);

    // Headings are the writer's signposts; neither a model nor a summary needs them.
    private static bool IsHeading(Document document, TextSpan span) =>
        document.Fountain?.Scenes.Any(scene => scene.HeadingSpan.Contains(span)) == true ||
        document.Facts.Headings.Any(heading => heading.Span.Contains(span));

    private static string Between(ReadOnlySpan<char> gap)
    {
        var lines = 0;
        for (var i = 0; i < gap.Length; i++)
        {
            lines += gap[i] == '\n' || (gap[i] == '\r' && (i + 1 == gap.Length || gap[i + 1] != '\n')) ? 1 : 0;
        }

        return lines > 1 ? "\n\n" : lines == 1 ? "\n" : gap.Length > 0 && (char.IsWhiteSpace(gap[0]) || char.IsWhiteSpace(gap[^1])) ? " " : "";
    }
}
