using System.Text.RegularExpressions;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Markdown;

/// <summary>
/// Finds front matter before Markdown is parsed. A first line <c>---</c> may as well be a thematic break, so what follows must look
/// like the keys of a mapping.
/// </summary>
internal static partial class FrontMatterReader
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Reads the front matter, or null.</summary>
    /// <param name="text">The document.</param>
    /// <param name="bodyStart">Where the Markdown begins, in UTF-16 code units.</param>
    public static FrontMatter? Read(SourceText text, out int bodyStart)
    {
        bodyStart = text.Length > 0 && text.Text[0] == ByteOrderMark ? 1 : 0;
        if (text.LineCount < 2 || !IsFence(text.Text.AsSpan(bodyStart, text.GetLineSpan(0).End - bodyStart), opening: true))
        {
            return null;
        }

        int closing = FindClosing(text);
        bool keyFollows = StartsWithKey(text, 1);
        if (closing > 0
            && (keyFollows ? !ProseFollowsBlankLine(text, closing) : IsYamlThroughout(text, closing) || AttemptsKeys(text, closing)))
        {
            return Make(text, ref bodyStart, closing, isClosed: true);
        }

        // One word with a colon in it proves nothing where the block has no end: the next line must be a key as well.
        bool opens = keyFollows ? PlainKey().IsMatch(Line(text, 1)) : IsKeyLike(Line(text, 1)) && text.LineCount > 2 && IsKeyLike(Line(text, 2));
        return opens ? Make(text, ref bodyStart, EndOfUnclosed(text), isClosed: false) : null;
    }

    /// <summary>
    /// Whether a closed block is meant to hold keys, though not all of its lines are YAML: keys without a space behind the colon, keys that
    /// are indented, a line without any key among others that have one. Prose between two thematic breaks has more lines without keys, or
    /// blank lines before them.
    /// </summary>
    private static bool AttemptsKeys(SourceText text, int closing)
    {
        if (ProseFollowsBlankLine(text, closing))
        {
            return false;
        }

        int keys = 0;
        int others = 0;
        for (int line = 1; line < closing; line++)
        {
            ReadOnlySpan<char> content = Line(text, line);
            if (IsKeyLike(content.TrimStart(" \t")))
            {
                keys++;
            }
            else if (!content.IsWhiteSpace() && !LooksLikeYaml(content))
            {
                others++;
            }
        }

        return keys > 0 && others <= keys && (others == 0 || !Line(text, 1).IsWhiteSpace());
    }

    private static bool IsKeyLike(ReadOnlySpan<char> line) => PlainKey().IsMatch(line) || KeyWithoutSpace().IsMatch(line);

    private static FrontMatter Make(SourceText text, ref int bodyStart, int endLine, bool isClosed)
    {
        int start = bodyStart;
        int contentEnd = endLine < text.LineCount ? text.LineStarts[endLine] : text.Length;
        int end = isClosed ? text.GetLineSpan(endLine).End : contentEnd;
        bodyStart = !isClosed ? contentEnd : endLine + 1 < text.LineCount ? text.LineStarts[endLine + 1] : text.Length;
        return new FrontMatter(
            TextSpan.FromBounds(start, end), TextSpan.FromBounds(text.LineStarts[1], contentEnd), isClosed);
    }

    private static int FindClosing(SourceText text)
    {
        for (int line = 1; line < text.LineCount; line++)
        {
            if (IsFence(Line(text, line), opening: false))
            {
                return line;
            }
        }

        return -1;
    }

    /// <summary>
    /// Whether prose stands before the fence: a line at the margin that no YAML mapping can hold, behind a blank line. The fence is then a
    /// thematic break of the body, and the front matter was never closed.
    /// </summary>
    private static bool ProseFollowsBlankLine(SourceText text, int closing)
    {
        bool afterBlank = false;
        for (int line = 1; line < closing; line++)
        {
            ReadOnlySpan<char> content = Line(text, line);
            if (content.IsWhiteSpace())
            {
                afterBlank = true;
            }
            else if (afterBlank && !LooksLikeYaml(content))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether front matter that begins with a comment or a blank line, or is empty, is YAML in every line.</summary>
    private static bool IsYamlThroughout(SourceText text, int closing)
    {
        bool hasKey = closing == 1;
        for (int line = 1; line < closing; line++)
        {
            ReadOnlySpan<char> content = Line(text, line);
            if (!content.IsWhiteSpace() && !LooksLikeYaml(content))
            {
                return false;
            }

            hasKey |= StartsWithKey(text, line) || content.StartsWith('{');
        }

        return hasKey;
    }

    private static int EndOfUnclosed(SourceText text)
    {
        int line = 1;
        while (line < text.LineCount && !Line(text, line).IsWhiteSpace() && LooksLikeYaml(Line(text, line)))
        {
            line++;
        }

        return line;
    }

    private static bool LooksLikeYaml(ReadOnlySpan<char> line) =>
        line[0] is ' ' or '\t' or '#' or '{' or '}' or '[' or ']' or '"' or '\''
        || line is "-"
        || line.StartsWith("- ")
        || Key().IsMatch(line)
        || KeyWithoutSpace().IsMatch(line);

    private static bool StartsWithKey(SourceText text, int line) => Key().IsMatch(Line(text, line));

    private static bool IsFence(ReadOnlySpan<char> line, bool opening)
    {
        line = line.TrimEnd(" \t");
        return line is "---" || (!opening && line is "...");
    }

    private static ReadOnlySpan<char> Line(SourceText text, int line)
    {
        TextSpan span = text.GetLineSpan(line);
        return text.Text.AsSpan(span.Start, span.Length);
    }

    [GeneratedRegex("""^(?:"[^"]*"[ \t]*|'[^']*'[ \t]*|[^\s"'#:,\[\]{}&*!|>%@`-][^:]*|-[^\s:][^:]*):(?:\s|$)""", RegexOptions.CultureInvariant)]
    private static partial Regex Key();

    [GeneratedRegex(@"^[\p{L}_][\p{L}\p{M}\p{N}_.-]*[ \t]*:(?:\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex PlainKey();

    // An address (http://) and a path (C:\dir) are no keys, nor is a time of the day.
    [GeneratedRegex(@"^[\p{L}_][\p{L}\p{M}\p{N}_-]*(?::[^\s/:\\]|[ \t]*\uFF1A)", RegexOptions.CultureInvariant)]
    private static partial Regex KeyWithoutSpace();
}
