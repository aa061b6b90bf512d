using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace StoryLsp.Language.Markdown;

/// <summary>A comment of several lines between <c>%%</c> and <c>%%</c>.</summary>
internal sealed class ObsidianCommentBlock(BlockParser parser) : LeafBlock(parser);

/// <summary>A comment within a paragraph.</summary>
internal sealed class ObsidianCommentInline : LeafInline;

/// <summary>
/// Opens a comment at a line that begins with <c>%%</c> and does not end it, when a later line does; so a lone mark hides nothing.
/// </summary>
internal sealed class ObsidianCommentBlockParser : BlockParser
{
    public ObsidianCommentBlockParser() => OpeningCharacters = ['%'];

    public override BlockState TryOpen(BlockProcessor processor)
    {
        StringSlice line = processor.Line;
        if (processor.IsCodeIndent || line.PeekChar() != '%')
        {
            return BlockState.None;
        }

        int content = line.Start + 2;
        int closing = line.Text.IndexOf("%%", content, StringComparison.Ordinal);
        if (closing <= line.End)
        {
            // None follows, or it stands on this line and the comment is a part of a paragraph.
            return BlockState.None;
        }

        processor.NewBlocks.Push(new ObsidianCommentBlock(this)
        {
            Column = processor.Column,
            Line = processor.LineIndex,
            Span = new SourceSpan(line.Start, line.End),
        });
        return BlockState.ContinueDiscard;
    }

    public override BlockState TryContinue(BlockProcessor processor, Block block)
    {
        StringSlice line = processor.Line;
        int closing = line.IsEmpty ? -1 : line.AsSpan().IndexOf("%%");
        if (closing < 0)
        {
            block.UpdateSpanEnd(line.End);
            return BlockState.ContinueDiscard;
        }

        block.UpdateSpanEnd(line.Start + closing + 1);
        return BlockState.BreakDiscard;
    }
}

/// <summary>Reads <c>%%comment%%</c> within a block.</summary>
internal sealed class ObsidianCommentInlineParser : InlineParser
{
    public ObsidianCommentInlineParser() => OpeningCharacters = ['%'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        if (slice.PeekChar() != '%' || slice.Length < 4)
        {
            return false;
        }

        int closing = slice.AsSpan()[2..].IndexOf("%%");
        if (closing < 0)
        {
            return false;
        }

        int end = slice.Start + 2 + closing + 2;
        processor.Inline = new ObsidianCommentInline
        {
            Span = new SourceSpan(processor.GetSourcePosition(slice.Start), processor.GetSourcePosition(end - 1)),
        };
        slice.Start = end;
        return true;
    }
}
