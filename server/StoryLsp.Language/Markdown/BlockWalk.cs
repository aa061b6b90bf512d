using System.Buffers;
using Markdig.Helpers;
using Markdig.Syntax;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Markdown;

/// <summary>Goes through Markdig's blocks and gathers what they hold.</summary>
internal sealed class BlockWalk
{
    private static readonly SearchValues<char> OpensHeadingInline = SearchValues.Create("[<`%*_\\&^!$");

    private readonly SourceText _source;
    private readonly string _body;
    private readonly MarkdownCollector _collector;
    private readonly LeafText _leaf;
    private readonly InlineWalk _inlines;

    private BlockWalk(SourceText source, string body, MarkdownDocument document)
    {
        _source = source;
        _body = body;
        _collector = new MarkdownCollector(body);
        _leaf = new LeafText(body);
        _inlines = new InlineWalk(body, document, _collector, _leaf);
    }

    /// <summary>Parses a body; null where the blocks are nested too deeply for Markdig.</summary>
    /// <param name="source">The file.</param>
    /// <param name="body">Its text without NULs, of the same length.</param>
    /// <param name="bodyStart">Where the Markdown begins, in UTF-16 code units.</param>
    /// <param name="takesShortcuts">Whether plain paragraphs go without Markdig.</param>
    public static MarkdownCollector? TryRun(SourceText source, string body, int bodyStart, bool takesShortcuts)
    {
        try
        {
            List<TopBlock> blocks = BlockReader.Read(source, body, bodyStart, takesShortcuts, out MarkdownDocument document);
            var walk = new BlockWalk(source, body, document);
            walk.Visit(blocks);
            return walk._collector;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or NullReferenceException)
        {
            // Markdig says with an ArgumentException that blocks are nested too deeply. A fault of its own must not cost the document either.
            return null;
        }
    }

    private void Visit(List<TopBlock> blocks)
    {
        int headingBefore = -1;
        foreach (TopBlock top in blocks)
        {
            if (top.Block is { } block)
            {
                headingBefore = Visit(block, headingBefore, inQuote: false);
            }
            else
            {
                _collector.AddProse(top.Plain.Start, top.Plain.End);
                headingBefore = -1;
            }
        }
    }

    private void Visit(ContainerBlock container, bool inQuote)
    {
        int headingBefore = -1;
        for (int i = 0; i < container.Count; i++)
        {
            headingBefore = Visit(container[i], headingBefore, inQuote);
        }
    }

    /// <summary>Visits a block, and gives the heading that stands directly before the next one, or -1.</summary>
    private int Visit(Block block, int headingBefore, bool inQuote)
    {
        switch (block)
        {
            case HeadingBlock heading:
                VisitHeading(heading);
                return _collector.HeadingCount - 1;
            case HtmlBlock { Type: HtmlBlockType.Comment } comment:
                VisitHtml(comment);
                return headingBefore;
            case ObsidianCommentBlock comment:
                VisitComment(comment);
                return headingBefore;
            case ParagraphBlock paragraph:
                VisitParagraph(paragraph);
                break;
            case FencedCodeBlock fence when !inQuote && string.Equals(fence.Info, "story", StringComparison.OrdinalIgnoreCase):
                VisitFence(fence, headingBefore);
                break;
            case HtmlBlock html:
                VisitHtml(html);
                break;
            case LinkReferenceDefinition definition:
                VisitDefinition(definition);
                break;
            case ContainerBlock inner:
                Visit(inner, inQuote || inner is QuoteBlock);
                break;
        }

        return -1;
    }

    private void VisitParagraph(ParagraphBlock paragraph)
    {
        bool hasInlines = TakeLines(paragraph, BlockReader.OpensInline);
        foreach (TextSpan line in _leaf.Lines)
        {
            CutLineSyntax(line);
        }

        if (hasInlines)
        {
            _inlines.Run(paragraph, headingText: null);
        }

        _leaf.WriteProse(_collector);
    }

    private void VisitHeading(HeadingBlock heading)
    {
        bool hasInlines = TakeLines(heading, OpensHeadingInline);
        int start = heading.Span.Start;

        // Markdig leaves the closing number signs out.
        int end = heading.IsSetext ? Math.Min(heading.Span.End + 1, _body.Length) : _source.GetLineSpan(_source.Lines.GetLine(start)).End;
        var span = TextSpan.FromBounds(start, Math.Max(start, end));
        if (_leaf.Lines.Count == 0)
        {
            _collector.AddHeading(heading.Level, string.Empty, span, new TextSpan(span.End, 0));
            return;
        }

        TextSpan textSpan = TrimEnd(_leaf.Start, _leaf.End);
        int nameEnd = textSpan.End;
        int caret = BlockAnchorSyntax.FindCaret(_body, textSpan.Start, ref nameEnd);
        if (caret >= 0)
        {
            _collector.AddBlockAnchor(_body[(caret + 1)..nameEnd]);
            _leaf.Cut(caret, _leaf.End);
        }

        string text = hasInlines
            ? _inlines.RunHeading(heading)
            : _body.Substring(textSpan.Start, textSpan.Length);
        if (caret >= 0 && text.LastIndexOf('^') is var at and >= 0)
        {
            text = text[..at];
        }

        _collector.AddHeading(heading.Level, OneLine(text), span, textSpan);
        _leaf.WriteProse(_collector);
    }

    private void VisitFence(FencedCodeBlock fence, int heading)
    {
        int start = fence.Span.Start;
        int contentStart = LineStartAfter(start);
        int contentEnd;
        int end;
        if (fence.ClosingFencedCharCount > 0)
        {
            end = Math.Min(fence.Span.End + 1, _body.Length);
            contentEnd = LineStart(Math.Max(start, end - 1));
        }
        else
        {
            // Markdig leaves the span of an open fence at its first line.
            StringLineGroup lines = fence.Lines;
            int last = lines.Count == 0 ? start : Math.Max(start, lines.Lines[lines.Count - 1].Position);
            contentEnd = end = BehindBlankLines(Math.Max(contentStart, LineStartAfter(last)));
        }

        _collector.AddFence(
            TextSpan.FromBounds(start, end),
            TextSpan.FromBounds(Math.Min(contentStart, end), Math.Max(contentStart, contentEnd)),
            heading);
    }

    private void VisitHtml(HtmlBlock html)
    {
        if (html.Type is HtmlBlockType.ScriptPreOrStyle or HtmlBlockType.CData or HtmlBlockType.ProcessingInstruction)
        {
            return;
        }

        TakeLines(html, BlockReader.OpensInline);
        if (_leaf.Lines.Count > 0)
        {
            HtmlText.CutTags(_body, _leaf, _collector);
            _leaf.WriteProse(_collector);
        }
    }

    private void VisitComment(ObsidianCommentBlock comment)
    {
        int start = comment.Span.Start;
        int end = Math.Min(comment.Span.End + 1, _body.Length);
        bool closed = end - 2 >= start + 2 && _body.AsSpan(start, end - start).EndsWith("%%");
        end = closed ? end : Math.Max(start + 2, TrimEnd(start, end).End);
        int contentEnd = closed ? end - 2 : end;
        _collector.AddComment(TextSpan.FromBounds(start, end), TextSpan.FromBounds(start + 2, contentEnd));
    }

    /// <summary>
    /// A definition stands for all links that use it: its path is written once, so it is reported and renamed once.
    /// </summary>
    private void VisitDefinition(LinkReferenceDefinition definition)
    {
        TextSpan url = DefinitionUrl(definition);
        if (url.IsEmpty || (definition.Label?.StartsWith('^') ?? true))
        {
            // `[^1]: word` is a footnote.
            return;
        }

        var span = TextSpan.FromBounds(Math.Min(definition.Span.Start, url.Start), url.End);
        if (LinkTarget.ToLink(_body, url, LinkKind.Markdown, span, default) is { } link)
        {
            _collector.AddLink(link);
        }
    }

    /// <summary>
    /// Markdig counts every line end as one character when it tells where a definition's address stands, so an address on another line
    /// than its label is looked up where it says and a little behind.
    /// </summary>
    private TextSpan DefinitionUrl(LinkReferenceDefinition definition)
    {
        int start = definition.Span.Start;
        if (definition.Url is not { Length: > 0 } url || start < 0 || start >= _body.Length)
        {
            return default;
        }

        int length = definition.UrlSpan.Length;
        for (int at = Math.Max(start, definition.UrlSpan.Start); at + length <= _body.Length && at < definition.UrlSpan.Start + 16; at++)
        {
            string written = _body.Substring(at, length);
            if (written == url || written == $"<{url}>" || LinkTarget.Decode(written.Trim('<', '>')) == LinkTarget.Decode(url))
            {
                return new TextSpan(at, length);
            }
        }

        return default;
    }

    /// <summary>Takes the lines of a block over and tells whether one of the characters stands in them.</summary>
    private bool TakeLines(LeafBlock block, SearchValues<char> wanted)
    {
        _leaf.Clear();
        bool found = false;
        StringLineGroup lines = block.Lines;
        for (int i = 0; i < lines.Count; i++)
        {
            ref StringSlice slice = ref lines.Lines[i].Slice;
            if (slice.IsEmpty || !ReferenceEquals(slice.Text, _body))
            {
                continue;
            }

            found |= _body.AsSpan(slice.Start, slice.Length).ContainsAny(wanted);
            _leaf.AddLine(slice.Start, slice.End + 1);
        }

        return found;
    }

    private void CutLineSyntax(TextSpan line)
    {
        char first = _body[line.Start];
        bool atMargin = line.Start == 0 || _body[line.Start - 1] is '\n' or '\r';
        if (first is '@' or '%' && atMargin && TagLineSyntax.TryRead(_body, line.Start, line.End) is { } tagLine)
        {
            _collector.AddTagLine(tagLine);
            _leaf.Cut(line.Start, line.End);
            return;
        }

        int end = line.End;
        int caret = BlockAnchorSyntax.FindCaret(_body, line.Start, ref end);
        if (caret >= 0)
        {
            _collector.AddBlockAnchor(_body[(caret + 1)..end]);
            _leaf.Cut(caret, line.End);
        }
    }

    private TextSpan TrimEnd(int start, int end)
    {
        while (end > start && char.IsWhiteSpace(_body[end - 1]))
        {
            end--;
        }

        return TextSpan.FromBounds(start, end);
    }

    private static string OneLine(string text) =>
        text.AsSpan().ContainsAny('\n', '\r')
            ? string.Join(' ', text.Split(['\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            : text.Trim();

    private int BehindBlankLines(int at)
    {
        int text = _body.AsSpan(at).IndexOfAnyExcept(" \t\r\n");
        return text < 0 ? _body.Length : LineStart(at + text);
    }

    private int LineStart(int at) => Math.Max(0, _source.LineStarts[_source.Lines.GetLine(at)]);

    private int LineStartAfter(int at)
    {
        int next = _source.Lines.GetLine(at) + 1;
        return next < _source.LineCount ? _source.LineStarts[next] : _body.Length;
    }
}
