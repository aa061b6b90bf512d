using StoryLsp.Features.Places;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Markdown;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.SelectionRanges;

/// <summary>The steps in the body of a Markdown document: link, paragraph, fence, section.</summary>
internal static class MarkdownSteps
{
    /// <summary>Adds the steps around an offset.</summary>
    public static void Add(Nesting nesting, Document document, MarkdownTree tree)
    {
        var text = document.Text;
        AddSections(nesting, document);
        if (tree.FrontMatter is { } front && front.Span.Touches(nesting.Offset))
        {
            nesting.Add(front.Span);
            return;
        }

        foreach (var comment in tree.Comments)
        {
            if (comment.Span.Touches(nesting.Offset))
            {
                nesting.Add(comment.Span);
                ProseSteps.Add(nesting, text.Text, comment.Content);
                return;
            }
        }

        foreach (var fence in MarkdownFences.In(text, tree.BodyStart))
        {
            if (fence.Touches(nesting.Offset))
            {
                nesting.Add(fence);
                AddCode(nesting, text, fence);
                return;
            }
        }

        foreach (var link in tree.Links)
        {
            nesting.Add(link.TargetSpan);
            nesting.Add(link.AnchorSpan);
            nesting.Add(link.ShownSpan);
            nesting.Add(link.Span);
        }

        ProseSteps.Add(nesting, text.Text, Paragraph(text, tree, nesting.Offset));
        nesting.Add(Block(text, tree, nesting.Offset));
    }

    private static void AddCode(Nesting nesting, SourceText text, TextSpan fence)
    {
        var (first, last) = (text.Lines.GetLine(fence.Start), text.Lines.GetLine(fence.End));
        if (last - first < 2)
        {
            return;
        }

        var inside = TextSpan.FromBounds(text.GetLineSpan(first + 1).Start, text.GetLineSpan(last - 1).End);
        nesting.Add(inside);
        if (inside.Touches(nesting.Offset))
        {
            Words.Add(nesting, text.Text, inside);
            nesting.Add(ProseSteps.Trimmed(text.Text, text.GetLineSpan(text.Lines.GetLine(nesting.Offset))));
        }
    }

    /// <summary>Adds the headings and sections around the offset.</summary>
    public static void AddSections(Nesting nesting, Document document)
    {
        var headings = document.Facts.Headings;
        for (var i = 0; i < headings.Count; i++)
        {
            var heading = headings[i];
            if (heading.Span.Start > nesting.Offset)
            {
                break;
            }

            nesting.Add(heading.TextSpan);
            nesting.Add(heading.Span);
            var section = Sections.Of(headings, i, document.Text.Length);
            nesting.Add(Sections.WithoutEnd(document.Text.Text, section));
            nesting.Add(ProseSteps.Trimmed(document.Text.Text, TextSpan.FromBounds(Math.Min(heading.Span.End, section.End), section.End)));
        }
    }

    // The lines up to a blank line, a heading, a fence; an item of a list is a paragraph of its own.
    private static TextSpan Paragraph(SourceText text, MarkdownTree tree, int offset) => Lines(text, tree, offset, itemsApart: true);

    private static TextSpan Block(SourceText text, MarkdownTree tree, int offset) => ProseSteps.Trimmed(text.Text, Lines(text, tree, offset, itemsApart: false));

    private static TextSpan Lines(SourceText text, MarkdownTree tree, int offset, bool itemsApart)
    {
        var line = text.Lines.GetLine(offset);
        if (IsApart(text, tree, line))
        {
            return Content(text, line, itemsApart);
        }

        var (first, last) = (line, line);
        while (first > 0 && !(itemsApart && IsItem(text, first)) && !IsApart(text, tree, first - 1))
        {
            first--;
        }

        while (last + 1 < text.LineCount && !(itemsApart && IsItem(text, last + 1)) && !IsApart(text, tree, last + 1))
        {
            last++;
        }

        return TextSpan.FromBounds(Content(text, first, itemsApart).Start, text.GetLineSpan(last).End);
    }

    // What a line says, without the mark of a list or a quote.
    private static TextSpan Content(SourceText text, int line, bool withoutMark)
    {
        var span = text.GetLineSpan(line);
        return withoutMark ? TextSpan.FromBounds(span.Start + MarkLength(text.Text.AsSpan(span.Start, span.Length)), span.End) : span;
    }

    private static bool IsApart(SourceText text, MarkdownTree tree, int line)
    {
        var span = text.GetLineSpan(line);
        var trimmed = text.Text.AsSpan(span.Start, span.Length).Trim();
        return trimmed.IsEmpty || trimmed.StartsWith("```") || trimmed.StartsWith("~~~") || span.Start < tree.BodyStart
            || tree.Headings.Any(heading => heading.Span.Touches(span.Start) && heading.Span.Contains(span))
            || tree.TagLines.Any(tag => tag.Span.Start == span.Start);
    }

    private static bool IsItem(SourceText text, int line)
    {
        var span = text.GetLineSpan(line);
        return MarkLength(text.Text.AsSpan(span.Start, span.Length)) > 0;
    }

    private static int MarkLength(ReadOnlySpan<char> line)
    {
        var at = 0;
        while (at < line.Length && line[at] is ' ' or '\t' or '>')
        {
            at++;
        }

        var mark = at;
        while (at < line.Length && char.IsAsciiDigit(line[at]))
        {
            at++;
        }

        var isMark = at > mark ? at < line.Length && line[at] is '.' or ')' : at < line.Length && line[at] is '-' or '*' or '+';
        return isMark && at + 1 < line.Length && line[at + 1] == ' ' ? at + 2 : 0;
    }
}
