using NUnit.Framework;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Markdown;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Tests.Markdown;

/// <summary>What holds of every tree, whatever the text.</summary>
internal static class MarkdownInvariants
{
    public static void Check(SourceText text, MarkdownTree tree)
    {
        CheckFront(text, tree);
        foreach (HeadingFact heading in tree.Headings)
        {
            Inside(text, heading.Span, "heading");
            Inside(text, heading.TextSpan, "heading text");
            Require(heading.Level is >= 1 and <= 6, "heading level");
        }

        Require(tree.Headings.Select(heading => heading.Slug).Distinct(StringComparer.Ordinal).Count() == tree.Headings.Count, "slugs are unique");
        foreach (StoryFence fence in tree.StoryFences)
        {
            Inside(text, fence.Span, "fence");
            Inside(text, fence.Content, "fence content");
            Require(fence.Span.Contains(fence.Content), "the content lies in the fence");
            Require(fence.Heading >= -1 && fence.Heading < tree.Headings.Count, "fence heading");
        }

        foreach (LinkFact link in tree.Links)
        {
            CheckLink(text, link);
        }

        foreach (MarkdownComment comment in tree.Comments)
        {
            Inside(text, comment.Span, "comment");
            Require(comment.Span.Contains(comment.Content), "the content lies in the comment");
        }

        foreach (TagLine tag in tree.TagLines)
        {
            Inside(text, tag.Span, "tag line");
            Require(tag.Span.Contains(tag.KeySpan), "the key lies in the line");
            Require(tag.Values.All(value => tag.Span.Contains(value.Span) && text.Slice(value.Span).Replace('\0', '\uFFFD') == value.Text), "values are their slices");
        }

        CheckProse(text, tree);
    }

    private static void CheckFront(SourceText text, MarkdownTree tree)
    {
        Require(tree.BodyStart >= 0 && tree.BodyStart <= text.Length, "body start");
        if (tree.FrontMatter is { } front)
        {
            Inside(text, front.Span, "front matter");
            Require(front.Span.Contains(front.Content), "the content lies in the front matter");
            Require(front.Span.End <= tree.BodyStart, "the body is behind the front matter");
        }
    }

    private static void CheckLink(SourceText text, LinkFact link)
    {
        Inside(text, link.Span, "link");
        Require(link.TargetSpan.IsEmpty || link.Span.Contains(link.TargetSpan), "the target lies in the link");
        Require(link.Anchor is null || link.Span.Contains(link.AnchorSpan), "the anchor lies in the link");
        Require(link.Shown is null || link.Span.Contains(link.ShownSpan), "the shown text lies in the link");
        Require(link.Shown is null || text.Slice(link.ShownSpan).Replace('\0', '\uFFFD') == link.Shown, "the shown text is its slice");
        string target = text.Slice(link.TargetSpan).Replace('\0', '\uFFFD');
        bool isWiki = link.Kind is LinkKind.Wikilink or LinkKind.Embed;
        Require(target == link.Target || (!isWiki && LinkTarget.Decode(target) == link.Target), "the target is its slice, decoded");
        Require(target.AsSpan().IndexOfAny("[]\r\n") < 0 || !isWiki, "a wikilink's target holds no bracket");
        Require(link.Target.Length > 0 || link.Anchor is not null, "a link leads somewhere");
    }

    private static void CheckProse(SourceText text, MarkdownTree tree)
    {
        int end = tree.BodyStart;
        foreach (TextSpan prose in tree.Prose)
        {
            Inside(text, prose, "prose");
            Require(prose.Start >= end && prose.Length > 0, "prose is in order and disjoint");
            end = prose.End;
        }

        int at = 0;
        foreach (LinkFact link in tree.Links.Where(link => link.Kind is LinkKind.Wikilink or LinkKind.Embed))
        {
            while (at < tree.Prose.Count && tree.Prose[at].End <= link.TargetSpan.Start)
            {
                at++;
            }

            Require(at == tree.Prose.Count || !tree.Prose[at].Overlaps(link.TargetSpan), "no target is prose");
        }
    }

    private static void Inside(SourceText text, TextSpan span, string what) =>
        Require(span.Start >= 0 && span.Length >= 0 && span.End <= text.Length, $"{what} {span.Start}..{span.End} lies in the text of {text.Length}");

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new AssertionException(what);
        }
    }
}
