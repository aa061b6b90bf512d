using StoryLsp.Language.Documents;
using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.Secrets;

/// <summary>
/// Where a document holds what its writer wrote for no reader: comments of YAML, HTML and Obsidian, notes and boneyard of Fountain, and what drafting programs take for
/// comments. What is never closed, or stands in YAML that is broken, counts too: a line too many that is kept costs less than one that is told.
/// </summary>
internal static class CommentPlaces
{
    private const string Open = "<!--";
    private const string Close = "-->";

    /// <summary>The places, in UTF-16 code units, in no order; some may overlap.</summary>
    /// <param name="document">The document.</param>
    public static IEnumerable<TextSpan> Of(Document document) =>
        document.YamlRegions.SelectMany(region => region.Tree.Comments.Select(comment => comment.Span).Concat(region.Tree.Errors.Count == 0 ? [] : Broken(document.Text, region.Span)))
            .Concat(document.Markdown is null ? [] : document.Markdown.Comments.Select(comment => comment.Span).Concat(Html(document.Text.Text)).Concat(Drafting(document.Text)))
            .Concat(document.Fountain is null ? [] : document.Fountain.Comments.Concat(Boneyard(document.Text.Text)));

    private static IEnumerable<TextSpan> Html(string text)
    {
        for (var at = text.IndexOf(Open, StringComparison.Ordinal); at >= 0;)
        {
            var close = text.IndexOf(Close, at + Open.Length, StringComparison.Ordinal);
            var end = close < 0 ? text.Length : close + Close.Length;
            yield return TextSpan.FromBounds(at, end);
            at = text.IndexOf(Open, end, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<TextSpan> Boneyard(string text)
    {
        var open = text.LastIndexOf("/*", StringComparison.Ordinal);
        if (open >= 0 && text.IndexOf("*/", open, StringComparison.Ordinal) < 0)
        {
            yield return TextSpan.FromBounds(open, text.Length);
        }
    }

    // Of novelWriter's `%` lines the synopsis is a field. A link that leads nowhere, `[//]: # (so)`, is how Markdown without HTML writes a comment.
    private static IEnumerable<TextSpan> Drafting(SourceText text) => Lines(text, new TextSpan(0, text.Length), static line =>
        line.StartsWith('%') ? !line[1..].TrimStart().StartsWith("synopsis", StringComparison.OrdinalIgnoreCase) && !line[1..].TrimStart().StartsWith("short", StringComparison.OrdinalIgnoreCase)
            : line.StartsWith('[') && (line.Contains("]: #", StringComparison.Ordinal) || line.Contains("]: <", StringComparison.Ordinal)));

    private static IEnumerable<TextSpan> Broken(SourceText text, TextSpan region) => Lines(text, region, static line =>
        line.StartsWith('#') || line.Contains(" #", StringComparison.Ordinal) || line.Contains("\t#", StringComparison.Ordinal));

    private static IEnumerable<TextSpan> Lines(SourceText text, TextSpan within, LineTest isComment)
    {
        for (int line = text.GetPosition(within.Start).Line, last = text.GetPosition(within.End).Line; line <= last; line++)
        {
            var span = text.GetLineSpan(line);
            if (isComment(text.Text.AsSpan(span.Start, span.Length).Trim()))
            {
                yield return span;
            }
        }
    }

    private delegate bool LineTest(ReadOnlySpan<char> line);
}
