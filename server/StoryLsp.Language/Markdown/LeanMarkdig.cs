using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Syntax;

namespace StoryLsp.Language.Markdown;

/// <summary>
/// Markdig, set up for the little that is asked of it: blocks first, and inlines later for those blocks alone that can hold some. Both
/// are immutable and serve all threads.
/// </summary>
internal static class LeanMarkdig
{
    private static readonly BlockParserList BlockParsers = BuildBlocks();

    private static readonly InlineParserList InlineParsers = new(
    [
        new WikilinkInlineParser(),
        new ObsidianCommentInlineParser(),
        new ForeignInlineParser(),
        new HtmlEntityParser(),
        new LinkInlineParser(),
        new EscapeInlineParser(),
        new HeadingEmphasisParser(),
        new CodeInlineParser(),
        new AutolinkInlineParser(),
    ]);

    /// <summary>What parses the blocks of a document, line by line.</summary>
    public static BlockProcessor BlocksOf(MarkdownDocument document) => new(document, BlockParsers, context: null);

    /// <summary>What parses the inlines of a document's blocks.</summary>
    public static InlineProcessor InlinesOf(MarkdownDocument document) =>
        new(document, InlineParsers, preciseSourcelocation: true, context: null);

    private static BlockParserList BuildBlocks()
    {
        BlockParser[] parsers =
        [
            new ThematicBreakParser(),
            new HeadingBlockParser(),
            new QuoteBlockParser(),
            new ListBlockParser(),
            new ForeignBlockParser(),
            new HtmlBlockParser(),
            new FencedCodeBlockParser(),
            new ObsidianCommentBlockParser(),
            new IndentedCodeBlockParser(),
            new BoundedParagraphParser(),
        ];
        foreach (BlockParser parser in parsers)
        {
            if (parser is ParagraphBlockParser or HeadingBlockParser)
            {
                parser.Closed += static (_, block) => ((LeafBlock)block).ProcessInlines = false;
            }
        }

        return new BlockParserList(parsers);
    }
}

/// <summary>Emphasis marks may stay in prose, but not in the text of a heading.</summary>
internal sealed class HeadingEmphasisParser : EmphasisInlineParser
{
    public override bool Match(InlineProcessor processor, ref StringSlice slice) =>
        processor.Block is HeadingBlock && base.Match(processor, ref slice);
}

/// <summary>
/// Paragraphs, but link definitions are not looked for where there are absurdly many: Markdig copies the remaining lines for each, and so
/// takes minutes for a megabyte of them.
/// </summary>
internal sealed class BoundedParagraphParser : ParagraphBlockParser
{
    private const long MostWork = 20_000_000;

    public override BlockState TryContinue(BlockProcessor processor, Block block)
    {
        // A line of equal signs below a heap of definitions would start the same search.
        bool isUnderline = processor.CurrentChar is '=' or '-' && !processor.IsCodeIndent;
        return isUnderline && block is ParagraphBlock paragraph && IsHeap(paragraph)
            ? Continue(processor, block)
            : base.TryContinue(processor, block);
    }

    public override bool Close(BlockProcessor processor, Block block)
    {
        if (block is not ParagraphBlock paragraph || !IsHeap(paragraph))
        {
            return base.Close(processor, block);
        }

        for (int i = 0; i < paragraph.Lines.Count; i++)
        {
            paragraph.Lines.Lines[i].Slice.Trim();
        }

        return true;
    }

    private static BlockState Continue(BlockProcessor processor, Block block)
    {
        block.UpdateSpanEnd(processor.Line.End);
        return BlockState.Continue;
    }

    private static bool IsHeap(ParagraphBlock paragraph)
    {
        if (paragraph.Lines.Count < 64 || paragraph.Lines.Lines[0].Slice.CurrentChar != '[')
        {
            return false;
        }

        long candidates = 0;
        for (int i = 0; i < paragraph.Lines.Count; i++)
        {
            candidates += paragraph.Lines.Lines[i].Slice.CurrentChar == '[' ? 1 : 0;
        }

        return candidates * (paragraph.Span.Length + paragraph.Lines.Count) > MostWork;
    }
}
