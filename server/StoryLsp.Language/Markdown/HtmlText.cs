using StoryLsp.Language.Text;

namespace StoryLsp.Language.Markdown;

/// <summary>Cuts tags and comments from a block of raw HTML; what stands between them is prose.</summary>
internal static class HtmlText
{
    /// <summary>Cuts the tags of a block and gathers its comments.</summary>
    public static void CutTags(string body, LeafText leaf, MarkdownCollector collector)
    {
        int at = leaf.Start;
        int end = leaf.End;
        while (at < end)
        {
            int open = body.IndexOf('<', at, end - at);
            if (open < 0)
            {
                return;
            }

            if (body.AsSpan(open, end - open).StartsWith("<!--"))
            {
                at = CutComment(body, open, end, leaf, collector);
            }
            else if (open + 1 < end && (char.IsAsciiLetter(body[open + 1]) || body[open + 1] is '/' or '!' or '?'))
            {
                int close = body.IndexOf('>', open, end - open);
                at = close < 0 ? end : close + 1;
                leaf.Cut(open, at);
            }
            else
            {
                at = open + 1;
            }
        }
    }

    /// <summary>The content of a comment: between <c>&lt;!--</c> and <c>--&gt;</c>, or to the end where it is not closed.</summary>
    public static TextSpan ContentOf(string body, TextSpan comment)
    {
        int start = Math.Min(comment.Start + 4, comment.End);
        int end = comment.Length >= 7 && body.AsSpan(comment.Start, comment.Length).EndsWith("-->") ? comment.End - 3 : comment.End;
        return TextSpan.FromBounds(start, Math.Max(start, end));
    }

    private static int CutComment(string body, int open, int end, LeafText leaf, MarkdownCollector collector)
    {
        // CommonMark takes `<!-->` for a whole comment.
        int close = body.AsSpan(open + 2, end - open - 2).IndexOf("-->");
        int after = close < 0 ? open + body.AsSpan(open, end - open).TrimEnd().Length : open + 2 + close + 3;
        var span = TextSpan.FromBounds(open, after);
        collector.AddComment(span, ContentOf(body, span));
        leaf.Cut(open, after);
        return close < 0 ? end : after;
    }
}
