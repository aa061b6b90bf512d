namespace StoryLsp.Language.Markdown;

/// <summary>Reads Obsidian's block anchors: <c> ^name</c> at the end of a line.</summary>
internal static class BlockAnchorSyntax
{
    /// <summary>The offset of the caret, or -1.</summary>
    /// <param name="source">The text.</param>
    /// <param name="start">The beginning of the line.</param>
    /// <param name="end">The end of the line; on return the end of the name, without the white space behind it.</param>
    public static int FindCaret(string source, int start, ref int end)
    {
        while (end > start && char.IsWhiteSpace(source[end - 1]))
        {
            end--;
        }

        int at = end - 1;
        while (at >= start && (char.IsAsciiLetterOrDigit(source[at]) || source[at] == '-'))
        {
            at--;
        }

        bool found = at >= start && at < end - 1 && source[at] == '^' && (at == start || source[at - 1] is ' ' or '\t');
        return found ? at : -1;
    }
}
