namespace StoryLsp.Language.Markdown;

/// <summary>Reads Obsidian's block anchors: <c> ^name</c> at the end of a line.</summary>
internal static class BlockAnchorSyntax
{
    /// <summary>The offset of the caret, or -1. The name reaches from behind it to <paramref name="end"/>.</summary>
    /// <param name="source">The text.</param>
    /// <param name="start">The beginning of the line.</param>
    /// <param name="end">The end of the line without white space.</param>
    public static int FindCaret(string source, int start, int end)
    {
        int at = end - 1;
        while (at >= start && (char.IsAsciiLetterOrDigit(source[at]) || source[at] == '-'))
        {
            at--;
        }

        bool found = at >= start && at < end - 1 && source[at] == '^' && (at == start || source[at - 1] is ' ' or '\t');
        return found ? at : -1;
    }
}
