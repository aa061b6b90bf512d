using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace StoryLsp.Language.Markdown;

/// <summary>Lines of a formula between <c>$$</c> and <c>$$</c>, or of a Templater command between <c>&lt;%</c> and <c>%&gt;</c>.</summary>
internal sealed class ForeignBlock(BlockParser parser) : LeafBlock(parser);

/// <summary>A formula or a Templater command within a paragraph: another language, which holds no links and is no prose.</summary>
internal sealed class ForeignInline : LeafInline;

/// <summary>
/// Opens a block at a line that begins with the mark of a formula or command and does not end it, when a later line does; so a lone mark
/// hides nothing.
/// </summary>
internal sealed class ForeignBlockParser : BlockParser
{
    public ForeignBlockParser() => OpeningCharacters = ['$', '<'];

    public override BlockState TryOpen(BlockProcessor processor)
    {
        StringSlice line = processor.Line;
        if (processor.IsCodeIndent)
        {
            return BlockState.None;
        }

        ReadOnlySpan<char> rest = line.Text.AsSpan(line.Start);
        bool isMath = rest.StartsWith("$$");
        int closing = isMath ? ForeignSyntax.CloseOfMathBlock(rest) : ForeignSyntax.CloseOfCommand(rest);
        if (closing < 0 || line.Start + closing <= line.End + 1)
        {
            // None follows, or it stands on this line and is a part of a paragraph.
            return BlockState.None;
        }

        processor.NewBlocks.Push(new ForeignBlock(this)
        {
            Column = processor.Column,
            Line = processor.LineIndex,
            Span = new SourceSpan(line.Start, line.Start + closing - 1),
        });
        return BlockState.ContinueDiscard;
    }

    public override BlockState TryContinue(BlockProcessor processor, Block block) =>
        processor.Line.End + 1 >= block.Span.End + 1 ? BlockState.BreakDiscard : BlockState.ContinueDiscard;
}

/// <summary>Reads <c>$formula$</c>, <c>$$formula$$</c> and <c>&lt;% command %&gt;</c> within a block.</summary>
internal sealed class ForeignInlineParser : InlineParser
{
    public ForeignInlineParser() => OpeningCharacters = ['$', '<'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        ReadOnlySpan<char> rest = slice.AsSpan();
        int length = slice.CurrentChar == '<' ? ForeignSyntax.CloseOfCommand(rest)
            : char.IsLetterOrDigit(slice.PeekCharExtra(-1)) ? -1
            : ForeignSyntax.CloseOfMath(rest);
        if (length < 0)
        {
            return false;
        }

        processor.Inline = new ForeignInline
        {
            Span = new SourceSpan(processor.GetSourcePosition(slice.Start), processor.GetSourcePosition(slice.Start + length - 1)),
        };
        slice.Start += length;
        return true;
    }
}

/// <summary>Where formulas and commands end: the offset behind their last character, or -1.</summary>
internal static class ForeignSyntax
{
    /// <summary>The end of a formula of several lines. A blank line cannot stand in one, so that a lone mark does not swallow a chapter.</summary>
    public static int CloseOfMathBlock(ReadOnlySpan<char> text)
    {
        int at = 2;
        while (at < text.Length)
        {
            ReadOnlySpan<char> rest = text[at..];
            int end = rest.IndexOfAny('\r', '\n');
            ReadOnlySpan<char> line = end < 0 ? rest : rest[..end];
            int close = line.IndexOf("$$");
            if (close >= 0)
            {
                return line[(close + 2)..].IsWhiteSpace() ? at + close + 2 : -1;
            }

            if (end < 0 || (at > 2 && line.IsWhiteSpace()))
            {
                return -1;
            }

            at += end + (rest[end..].StartsWith("\r\n") ? 2 : 1);
        }

        return -1;
    }

    /// <summary>The end of a command; another one that begins before shows that it is none.</summary>
    public static int CloseOfCommand(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith("<%"))
        {
            return -1;
        }

        int next = text[2..].IndexOf("<%");
        int close = (next < 0 ? text[2..] : text.Slice(2, next)).IndexOf("%>");
        return close < 0 ? -1 : close + 4;
    }

    /// <summary>
    /// The end of a formula on one line. A sum of money (<c>$5</c>) begins none: a formula has no space behind its first sign and before its
    /// last one, no digit behind the last, and one that begins with a digit is a single word.
    /// </summary>
    public static int CloseOfMath(ReadOnlySpan<char> text)
    {
        int lineEnd = text.IndexOfAny('\r', '\n');
        text = lineEnd < 0 ? text : text[..lineEnd];
        if (text.StartsWith("$$"))
        {
            int close = text.Length > 2 ? text[2..].IndexOf("$$") : -1;
            return close <= 0 ? -1 : close + 4;
        }

        if (text.Length < 3 || char.IsWhiteSpace(text[1]))
        {
            return -1;
        }

        for (int i = 2; i < text.Length; i++)
        {
            if (text[i] == '$' && text[i - 1] != '\\')
            {
                bool closes = !char.IsWhiteSpace(text[i - 1]) && (i + 1 == text.Length || !(char.IsDigit(text[i + 1]) || text[i + 1] == '$'));
                return closes && !(char.IsDigit(text[1]) && text[..i].IndexOfAny(' ', '\t') >= 0) ? i + 1 : -1;
            }
        }

        return -1;
    }
}
