using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Markdown;

/// <summary>A wikilink or embed, with spans of the body.</summary>
internal sealed class WikilinkInline : LeafInline
{
    /// <summary>The link's parts.</summary>
    public required Wikilink Link { get; init; }
}

/// <summary>Reads wikilinks and embeds before Markdig takes their brackets for those of its own links.</summary>
internal sealed class WikilinkInlineParser : InlineParser
{
    public WikilinkInlineParser() => OpeningCharacters = ['[', '!'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        if (!WikilinkSyntax.TryRead(slice.Text, slice.Start, slice.End + 1, out Wikilink link))
        {
            return false;
        }

        // The slice is the block's text, joined from its lines; a wikilink is on one line, so its parts are moved as one.
        int shift = processor.GetSourcePosition(slice.Start) - slice.Start;
        Wikilink moved = link with
        {
            Span = Shift(link.Span, shift),
            Target = new TextSpan(link.Target.Start + shift, link.Target.Length),
            Anchor = Shift(link.Anchor, shift),
            Shown = Shift(link.Shown, shift),
        };
        processor.Inline = new WikilinkInline { Link = moved, Span = new SourceSpan(moved.Span.Start, moved.Span.End - 1) };
        slice.Start = link.Span.End;
        return true;
    }

    private static TextSpan Shift(TextSpan span, int shift) => span.IsEmpty ? default : new TextSpan(span.Start + shift, span.Length);
}
