using System.Buffers;
using System.Text;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Markdown;

/// <summary>Parses the inlines of one block after another, and gathers links and comments and what is no prose.</summary>
internal sealed class InlineWalk(string body, MarkdownDocument document, MarkdownCollector collector, LeafText leaf)
{
    /// <summary>
    /// Markdig may look through the rest of a block from each of its opening characters. The product of both is bounded over a document;
    /// where it is used up, which no real text does, a plain scan reads on.
    /// </summary>
    private const long MostWork = 400_000_000;

    private static readonly SearchValues<char> Openers = SearchValues.Create("[<`$");
    private static readonly SearchValues<char> HeadingOpeners = SearchValues.Create("[<`*_$");

    private InlineProcessor? _processor;
    private long _work;

    /// <summary>Reads a paragraph.</summary>
    public void Run(LeafBlock block, StringBuilder? headingText)
    {
        if (!TryParse(block) || block.Inline is null)
        {
            LineScan.ScanInlines(body, leaf, collector);
            return;
        }

        // Delimiters that nothing closes nest up to ten thousand deep, so this goes along the tree instead of recursing into it.
        Inline? at = block.Inline.FirstChild;
        while (at is not null)
        {
            bool enters = Visit(at, headingText);
            if (enters && at is ContainerInline { FirstChild: { } child })
            {
                at = child;
                continue;
            }

            while (at is not null && at.NextSibling is null)
            {
                at = at.Parent == block.Inline ? null : at.Parent;
            }

            at = at?.NextSibling;
        }
    }

    /// <summary>Reads a heading and gives its text without markup.</summary>
    public string RunHeading(HeadingBlock heading)
    {
        var text = new StringBuilder();
        Run(heading, text);
        return text.Length > 0 ? text.ToString() : body[leaf.Start..leaf.End];
    }

    private bool TryParse(LeafBlock block)
    {
        _work += CountOpeners(block is HeadingBlock ? HeadingOpeners : Openers) * (leaf.End - leaf.Start);
        if (_work > MostWork)
        {
            return false;
        }

        try
        {
            _processor ??= LeanMarkdig.InlinesOf(document);
            _processor.ProcessInlineLeaf(block);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or NullReferenceException)
        {
            // Too many open brackets for Markdig, or a fault of its own: the block loses its nested links, and the document nothing.
            return false;
        }
    }

    /// <summary>How often Markdig may look ahead. Wikilinks are read by our own parser, which does not look further than their end.</summary>
    private long CountOpeners(SearchValues<char> openers)
    {
        long count = 0;
        foreach (TextSpan line in leaf.Lines)
        {
            int at = line.Start;
            while (body.AsSpan(at, line.End - at).IndexOfAny(openers) is var step and >= 0)
            {
                at += step;
                if (body[at] == '[' && WikilinkSyntax.TryRead(body, at, line.End, out Wikilink link))
                {
                    at = link.Span.End;
                }
                else
                {
                    count++;
                    at++;
                }
            }
        }

        return count;
    }

    /// <summary>Takes one inline; true when its children are to be visited too.</summary>
    private bool Visit(Inline inline, StringBuilder? headingText)
    {
        int start = inline.Span.Start;
        int end = Math.Min(inline.Span.End + 1, body.Length);
        switch (inline)
        {
            case LiteralInline literal:
                headingText?.Append(literal.Content.AsSpan());
                return false;
            case HtmlEntityInline entity:
                headingText?.Append(entity.Transcoded.AsSpan());
                return false;
            case CodeInline code:
                headingText?.Append(code.Content);
                leaf.Cut(start, end);
                return false;
            case WikilinkInline wikilink:
                VisitWikilink(wikilink.Link, headingText);
                return false;
            case HtmlInline html:
                if (html.Tag.StartsWith("<!--", StringComparison.Ordinal))
                {
                    var span = TextSpan.FromBounds(start, end);
                    collector.AddComment(span, HtmlText.ContentOf(body, span));
                }

                leaf.Cut(start, end);
                return false;
            case ObsidianCommentInline:
                collector.AddComment(TextSpan.FromBounds(start, end), TextSpan.FromBounds(start + 2, end - 2));
                leaf.Cut(start, end);
                return false;
            case ForeignInline:
                headingText?.Append(body, start, end - start);
                leaf.Cut(start, end);
                return false;
            case AutolinkInline autolink:
                headingText?.Append(autolink.Url);
                leaf.Cut(start, end);
                return false;
            case LinkInline link:
                VisitLink(link, TextSpan.FromBounds(start, end));
                return !link.IsImage || headingText is null;
            case DelimiterInline delimiter:
                headingText?.Append(delimiter.ToLiteral());
                return true;
            default:
                return true;
        }
    }

    private void VisitWikilink(Wikilink link, StringBuilder? headingText)
    {
        collector.AddLink(link.ToLink(body));
        TextSpan named = link.Target.IsEmpty ? link.Anchor : link.Target;
        TextSpan shown = link.Shown.IsEmpty ? named : link.Shown;
        if (link.IsEmbed || link.Shown.IsEmpty)
        {
            leaf.Cut(link.Span.Start, link.Span.End);
        }
        else
        {
            leaf.Cut(link.Span.Start, link.Shown.Start);
            leaf.Cut(link.Shown.End, link.Span.End);
        }

        if (!link.IsEmbed)
        {
            headingText?.Append(body.AsSpan(shown.Start, shown.Length));
        }
    }

    private void VisitLink(LinkInline link, TextSpan span)
    {
        int shownStart = Math.Min(span.Start + (link.IsImage ? 2 : 1), span.End);
        int shownEnd = EndOfShown(link, shownStart, span.End);
        var shown = TextSpan.FromBounds(shownStart, shownEnd);
        if (link.IsImage)
        {
            leaf.Cut(span.Start, span.End);
        }
        else
        {
            leaf.Cut(span.Start, shownStart);
            leaf.Cut(shownEnd, span.End);
        }

        if (link.Reference is not null || link.UrlSpan.IsEmpty || link.UrlSpan.End >= span.End)
        {
            return;
        }

        var url = TextSpan.FromBounds(link.UrlSpan.Start, link.UrlSpan.End + 1);
        LinkKind kind = link.IsImage ? LinkKind.Image : LinkKind.Markdown;
        if (LinkTarget.ToLink(body, url, kind, span, shown) is { } fact)
        {
            collector.AddLink(fact);
        }
    }

    /// <summary>The offset of the bracket that ends the shown text.</summary>
    private int EndOfShown(LinkInline link, int start, int end)
    {
        int from = link.LastChild is { } last ? Math.Clamp(last.Span.End + 1, start, end) : start;
        int bracket = body.IndexOf(']', from, end - from);
        return bracket < 0 ? start : bracket;
    }
}
