using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Markdown;

/// <summary>
/// Reads Markdown line by line, for text that Markdig refuses: headings, wikilinks, plain links, comments on one line, fenced code and
/// prose. It looks at each character a fixed number of times, whatever the nesting.
/// </summary>
internal static class LineScan
{
    /// <summary>Reads a whole body.</summary>
    /// <param name="source">The file.</param>
    /// <param name="body">Its text without NULs, of the same length.</param>
    /// <param name="bodyStart">Where the Markdown begins, in UTF-16 code units.</param>
    public static MarkdownCollector Run(SourceText source, string body, int bodyStart)
    {
        var collector = new MarkdownCollector(body);
        var leaf = new LeafText(body);
        char fence = '\0';
        int firstLine = bodyStart < body.Length ? source.Lines.GetLine(bodyStart) : source.LineCount;
        for (int line = firstLine; line < source.LineCount; line++)
        {
            TextSpan span = source.GetLineSpan(line);
            int end = span.End;
            int start = SkipMarks(body, Math.Max(span.Start, bodyStart), end);
            ReadOnlySpan<char> text = body.AsSpan(start, end - start);
            if (text.StartsWith("```") || text.StartsWith("~~~"))
            {
                fence = fence == '\0' ? text[0] : fence == text[0] ? '\0' : fence;
            }
            else if (fence == '\0' && start < end)
            {
                ReadLine(body, start, end, leaf, collector);
            }
        }

        return collector;
    }

    /// <summary>Reads wikilinks, plain links, code and comments of a block that Markdig did not parse.</summary>
    public static void ScanInlines(string body, LeafText leaf, MarkdownCollector collector)
    {
        foreach (TextSpan line in leaf.Lines)
        {
            int at = line.Start;
            while (at < line.End)
            {
                int next = body.AsSpan(at, line.End - at).IndexOfAny('[', '`', '<');
                if (next < 0)
                {
                    break;
                }

                at = ReadInline(body, line.Start, at + next, line.End, leaf, collector);
            }
        }
    }

    private static void ReadLine(string body, int start, int end, LeafText leaf, MarkdownCollector collector)
    {
        int level = 0;
        while (start + level < end && level < 7 && body[start + level] == '#')
        {
            level++;
        }

        bool isHeading = level is >= 1 and <= 6 && (start + level == end || body[start + level] is ' ' or '\t');
        leaf.Clear();
        leaf.AddLine(isHeading ? start + level : start, end);
        if (isHeading)
        {
            ReadOnlySpan<char> rest = body.AsSpan(start + level, end - start - level);
            int textStart = start + level + (rest.Length - rest.TrimStart().Length);
            string text = rest.Trim().ToString();
            collector.AddHeading(level, text, TextSpan.FromBounds(start, end), new TextSpan(textStart, text.Length));
        }

        ScanInlines(body, leaf, collector);
        leaf.WriteProse(collector);
    }

    private static int ReadInline(string body, int lineStart, int at, int end, LeafText leaf, MarkdownCollector collector)
    {
        ReadOnlySpan<char> rest = body.AsSpan(at, end - at);
        switch (body[at])
        {
            case '`':
                int ticks = rest.IndexOfAnyExcept('`') is var run and > 0 ? run : rest.Length;
                int close = ticks < 3 ? rest[ticks..].IndexOf(rest[..ticks]) : -1;
                if (close < 0)
                {
                    return at + ticks;
                }

                int codeEnd = at + ticks + close + ticks;
                leaf.Cut(at, codeEnd);
                return codeEnd;
            case '<':
                return ReadComment(body, at, end, leaf, collector);
            default:
                int start = at > lineStart && body[at - 1] == '!' ? at - 1 : at;
                if (WikilinkSyntax.TryRead(body, start, end, out Wikilink link))
                {
                    collector.AddLink(link.ToLink(body));
                    leaf.Cut(link.Span.Start, link.Shown.IsEmpty || link.IsEmbed ? link.Span.End : link.Shown.Start);
                    leaf.Cut(link.Shown.IsEmpty ? link.Span.End : link.Shown.End, link.Span.End);
                    return link.Span.End;
                }

                return ReadLink(body, start, at, end, leaf, collector);
        }
    }

    private static int ReadComment(string body, int at, int end, LeafText leaf, MarkdownCollector collector)
    {
        ReadOnlySpan<char> rest = body.AsSpan(at, end - at);
        int close = rest.StartsWith("<!--") ? rest[1..].IndexOfAny('<', '>') + 1 : 0;
        if (close < 6 || rest[close] != '>' || !rest[..close].EndsWith("--"))
        {
            return at + 1;
        }

        var span = new TextSpan(at, close + 1);
        collector.AddComment(span, HtmlText.ContentOf(body, span));
        leaf.Cut(span.Start, span.End);
        return span.End;
    }

    /// <summary>Reads <c>[shown](target)</c> without nested brackets.</summary>
    private static int ReadLink(string body, int start, int open, int end, LeafText leaf, MarkdownCollector collector)
    {
        int close = open + 1 + body.AsSpan(open + 1, end - open - 1).IndexOfAny('[', ']');
        if (close <= open || body[close] != ']' || close + 1 >= end || body[close + 1] != '(')
        {
            return open + 1;
        }

        int url = close + 2;
        int urlEnd = EndOfUrl(body, url, end);
        int last = urlEnd <= url ? -1 : EndOfTitle(body, urlEnd, end);
        if (last < 0)
        {
            return open + 1;
        }

        bool isImage = start < open;
        var shown = TextSpan.FromBounds(open + 1, close);
        var span = TextSpan.FromBounds(start, last + 1);
        var kind = isImage ? LinkKind.Image : LinkKind.Markdown;
        if (LinkTarget.ToLink(body, TextSpan.FromBounds(url, urlEnd), kind, span, shown) is { } link)
        {
            collector.AddLink(link);
        }

        leaf.Cut(start, isImage ? span.End : shown.Start);
        leaf.Cut(close, span.End);
        return span.End;
    }

    private static int EndOfUrl(string body, int url, int end)
    {
        bool isPointed = url < end && body[url] == '<';
        int from = isPointed ? url + 1 : url;
        int length = body.AsSpan(from, end - from).IndexOfAny(isPointed ? "<>" : "() \t[<");
        return length < 0 || (isPointed && body[from + length] != '>') ? -1 : isPointed ? from + length + 1 : from + length;
    }

    /// <summary>The closing parenthesis, behind a title in quotes if there is one; or -1.</summary>
    private static int EndOfTitle(string body, int from, int end)
    {
        int length = body.AsSpan(from, end - from).IndexOfAny("()[");
        if (length < 0 || body[from + length] != ')')
        {
            return -1;
        }

        ReadOnlySpan<char> title = body.AsSpan(from, length).Trim();
        bool isTitle = title.IsEmpty || (title.Length >= 2 && title[0] == title[^1] && title[0] is '"' or '\'');
        return isTitle ? from + length : -1;
    }

    private static int SkipMarks(string body, int start, int end)
    {
        while (start < end && body[start] is '>' or ' ' or '\t')
        {
            start++;
        }

        return start;
    }
}
