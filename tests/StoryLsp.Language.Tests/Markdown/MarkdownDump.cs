using System.Text;
using StoryLsp.Language.Markdown;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Tests.Markdown;

/// <summary>Writes a tree as lines, with every span as the text that it covers; line ends inside of a span are shown as ⏎.</summary>
internal static class MarkdownDump
{
    public static string Of(string markdown)
    {
        SourceText text = SourceText.From(markdown);
        return Of(text, MarkdownParser.Parse(text));
    }

    public static string Of(SourceText text, MarkdownTree tree)
    {
        var dump = new StringBuilder();
        if (tree.FrontMatter is { } front)
        {
            Line(dump, $"front {(front.IsClosed ? "closed" : "open")} «{Show(text, front.Span)}» content «{Show(text, front.Content)}»");
        }

        foreach (var heading in tree.Headings)
        {
            Line(dump, $"h{heading.Level} {heading.Text} #{heading.Slug} «{Show(text, heading.Span)}» text «{Show(text, heading.TextSpan)}»");
        }

        foreach (var fence in tree.StoryFences)
        {
            Line(dump, $"story {fence.Heading} «{Show(text, fence.Span)}» content «{Show(text, fence.Content)}»");
        }

        foreach (var link in tree.Links)
        {
            string anchor = link.Anchor is null ? string.Empty : $" # {link.Anchor} «{Show(text, link.AnchorSpan)}»";
            string shown = link.Shown is null ? string.Empty : $" | {OneLine(link.Shown)} «{Show(text, link.ShownSpan)}»";
            Line(dump, $"{link.Kind} «{Show(text, link.Span)}» {link.Target} «{Show(text, link.TargetSpan)}»{anchor}{shown}");
        }

        foreach (string anchor in tree.BlockAnchors)
        {
            Line(dump, $"anchor {anchor}");
        }

        foreach (var comment in tree.Comments)
        {
            Line(dump, $"comment «{Show(text, comment.Span)}» content «{Show(text, comment.Content)}»");
        }

        foreach (var tag in tree.TagLines)
        {
            string values = string.Join(", ", tag.Values.Select(value => $"{value.Text} «{Show(text, value.Span)}»"));
            Line(dump, $"tag {tag.Key} «{Show(text, tag.KeySpan)}» in «{Show(text, tag.Span)}»: {values}");
        }

        foreach (TextSpan prose in tree.Prose)
        {
            Line(dump, $"prose «{Show(text, prose)}»");
        }

        return dump.ToString().TrimEnd('\n');
    }

    /// <summary>Only the lines of one kind.</summary>
    public static string Of(string markdown, params string[] kinds) =>
        string.Join('\n', Of(markdown).Split('\n').Where(line => kinds.Any(kind => line.StartsWith(kind, StringComparison.Ordinal))));

    private static void Line(StringBuilder dump, string line) => dump.Append(line).Append('\n');

    private static string Show(SourceText text, TextSpan span) =>
        OneLine(text.Slice(span));

    private static string OneLine(string text) =>
        text.Replace("\r\n", "⏎", StringComparison.Ordinal).Replace('\n', '⏎').Replace('\r', '⏎');
}
