using System.Buffers;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Markdown;

/// <summary>
/// A block at the top of a document: one of Markdig's, or the span of a plain paragraph, which is all text and needs no parser.
/// </summary>
internal readonly record struct TopBlock(Block? Block, TextSpan Plain);

/// <summary>
/// Hands the lines of a document to Markdig's block parsers, but for plain paragraphs: where nothing is open, a paragraph whose lines
/// begin like text and hold no mark is text, and most of a novel is just that.
/// </summary>
internal sealed class BlockReader
{
    /// <summary>What opens an inline, as far as inlines matter to prose and links.</summary>
    public static readonly SearchValues<char> OpensInline = SearchValues.Create("[<`%$");

    /// <summary>What a line of a plain paragraph may not begin with, behind marks of emphasis.</summary>
    private static readonly SearchValues<char> NoText = SearchValues.Create("#>-+=~@%`<[$");

    private static readonly SearchValues<char> Marks = SearchValues.Create("> \t-*+.)0123456789");

    /// <summary>
    /// How deep blocks may nest. Markdig goes through all open blocks for every line, and for some through all of them for each of them.
    /// </summary>
    private const int MostDepth = 64;

    /// <summary>Blocks are moved out of Markdig's document in such heaps, because it looks through all of them to discard one.</summary>
    private const int Heap = 64;

    private readonly SourceText _source;
    private readonly string _text;
    private readonly BlockProcessor _processor;
    private readonly bool _takesShortcuts;
    private readonly List<TopBlock> _blocks = [];

    private BlockReader(SourceText source, string text, bool takesShortcuts)
    {
        _takesShortcuts = takesShortcuts;
        _source = source;
        _text = text;
        Document = new MarkdownDocument();
        _processor = LeanMarkdig.BlocksOf(Document);
    }

    /// <summary>What Markdig knows of link definitions.</summary>
    public MarkdownDocument Document { get; }

    /// <summary>
    /// The blocks of a document in order. Throws an ArgumentException for blocks nested too deeply.
    /// </summary>
    /// <param name="source">The file.</param>
    /// <param name="text">Its text without NULs, of the same length.</param>
    /// <param name="bodyStart">Where the Markdown begins, in UTF-16 code units: at the beginning of a line, or behind a byte order mark.</param>
    /// <param name="takesShortcuts">Whether plain paragraphs and heaps of blank lines go without Markdig.</param>
    /// <param name="document">What Markdig knows of link definitions.</param>
    public static List<TopBlock> Read(SourceText source, string text, int bodyStart, bool takesShortcuts, out MarkdownDocument document)
    {
        var reader = new BlockReader(source, text, takesShortcuts);
        document = reader.Document;
        reader.ReadLines(bodyStart);
        return reader._blocks;
    }

    private void ReadLines(int bodyStart)
    {
        int line = bodyStart < _text.Length ? _source.Lines.GetLine(bodyStart) : _source.LineCount;
        int blankLines = 0;
        while (line < _source.LineCount)
        {
            TextSpan span = LineOf(line, bodyStart);
            if (IsBlank(span))
            {
                // Nothing in Markdown tells three blank lines from two.
                blankLines++;
                if (!_takesShortcuts || (blankLines <= 2 && !NothingIsOpen))
                {
                    Process(span, line);
                }

                line++;
                continue;
            }

            blankLines = 0;
            if (_takesShortcuts && NothingIsOpen && ReadPlainParagraph(ref line, span))
            {
                continue;
            }

            Process(span, line);
            line++;
        }

        if (Document.LastChild is { } last && _processor.IsOpen(last))
        {
            _processor.Close(last);
        }

        TakeBlocks();
    }

    private bool NothingIsOpen => _processor.CurrentBlock is null or MarkdownDocument;

    private void Process(TextSpan span, int line)
    {
        if (Document.Count >= Heap && NothingIsOpen)
        {
            TakeBlocks();
        }

        if (MarksAtStart(_text.AsSpan(span.Start, span.Length)) > MostDepth)
        {
            throw new ArgumentException("The blocks of one line nest too deeply.");
        }

        _processor.ProcessLine(new StringSlice(_text, span.Start, span.End - 1, LineEndOf(span, line)));
        int depth = 0;
        for (Block? open = _processor.CurrentBlock; open is not null; open = open.Parent)
        {
            depth++;
        }

        if (depth > MostDepth)
        {
            throw new ArgumentException("The blocks nest too deeply.");
        }
    }

    /// <summary>How many quotes and list items a line may open: marks that blanks follow, and signs of quotes.</summary>
    private static int MarksAtStart(ReadOnlySpan<char> line)
    {
        int end = line.IndexOfAnyExcept(Marks);
        if (end is >= 0 and <= MostDepth || line.IndexOfAnyExcept("*- \t") < 0)
        {
            // A line of nothing but `* * *` is a break, however long.
            return 0;
        }

        int marks = 0;
        line = end < 0 ? line : line[..end];
        for (int i = 0; i < line.Length; i++)
        {
            bool endsMark = i + 1 < line.Length && line[i + 1] is ' ' or '\t';
            marks += line[i] == '>' || (endsMark && line[i] is '-' or '*' or '+' or '.' or ')') ? 1 : 0;
        }

        return marks;
    }

    /// <summary>Reads a paragraph that needs no parser; false leaves all as it was.</summary>
    private bool ReadPlainParagraph(ref int line, TextSpan first)
    {
        int next = line;
        TextSpan span = first;
        TextSpan last = first;
        while (!IsBlank(span))
        {
            int end = span.End;
            if (!BeginsLikeText(_text.AsSpan(span.Start, span.Length)) || BlockAnchorSyntax.FindCaret(_text, span.Start, ref end) >= 0)
            {
                return false;
            }

            last = span;
            next++;
            if (next >= _source.LineCount)
            {
                break;
            }

            span = LineOf(next, 0);
        }

        var paragraph = TextSpan.FromBounds(first.Start, last.End);
        if (_text.AsSpan(paragraph.Start, paragraph.Length).ContainsAny(OpensInline))
        {
            return false;
        }

        TakeBlocks();
        _blocks.Add(new TopBlock(null, paragraph));
        line = next;
        return true;
    }

    /// <summary>
    /// Whether a line can open no block and underline no heading. In Markdig it then opens a paragraph or goes on with one, so the lines
    /// of a paragraph that is not plain are not looked through again.
    /// </summary>
    private static bool BeginsLikeText(ReadOnlySpan<char> line)
    {
        int at = 0;
        while (at < line.Length && line[at] is '*' or '_')
        {
            at++;
        }

        if (at == line.Length)
        {
            return false;
        }

        char c = line[at];
        return char.IsAsciiLetter(c)
            || (c > ' ' && !NoText.Contains(c) && !char.IsAsciiDigit(c));
    }

    private void TakeBlocks()
    {
        if (Document.Count == 0)
        {
            return;
        }

        for (int i = 0; i < Document.Count; i++)
        {
            _blocks.Add(new TopBlock(Document[i], default));
        }

        Document.Clear();
    }

    private TextSpan LineOf(int line, int floor)
    {
        TextSpan span = _source.GetLineSpan(line);
        return span.Start >= floor ? span : TextSpan.FromBounds(floor, Math.Max(floor, span.End));
    }

    private bool IsBlank(TextSpan line) =>
        line.IsEmpty || (_text[line.Start] is ' ' or '\t' && _text.AsSpan(line.Start, line.Length).IndexOfAnyExcept(' ', '\t') < 0);

    private NewLine LineEndOf(TextSpan span, int line)
    {
        if (line + 1 >= _source.LineCount)
        {
            return NewLine.None;
        }

        bool isTwo = _source.LineStarts[line + 1] - span.End == 2;
        return isTwo ? NewLine.CarriageReturnLineFeed : _text[span.End] == '\r' ? NewLine.CarriageReturn : NewLine.LineFeed;
    }
}
