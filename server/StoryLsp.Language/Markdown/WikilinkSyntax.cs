using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Markdown;

/// <summary>
/// Reads Obsidian's links: <c>[[target]]</c>, <c>[[target|shown]]</c>, <c>[[target#heading]]</c>, <c>[[target#^block]]</c>,
/// <c>[[#heading]]</c> and <c>![[target]]</c>. In tables the bar is written <c>\|</c>.
/// </summary>
internal static class WikilinkSyntax
{
    /// <summary>
    /// Reads a link that begins at an offset. It ends on its own line and holds no further opening bracket, so a row of brackets
    /// is read once and not again from each of them.
    /// </summary>
    /// <param name="source">The text.</param>
    /// <param name="start">Where <c>[[</c> or <c>![[</c> stands.</param>
    /// <param name="limit">The end of the text to be read.</param>
    /// <param name="link">The link, with spans of <paramref name="source"/>.</param>
    public static bool TryRead(string source, int start, int limit, out Wikilink link)
    {
        link = default;
        bool isEmbed = start < limit && source[start] == '!';
        int open = isEmbed ? start + 1 : start;
        if (open + 4 >= limit || source[open] != '[' || source[open + 1] != '[')
        {
            return false;
        }

        int inner = open + 2;
        int stop = source.AsSpan(inner, limit - inner).IndexOfAny("[]\r\n");
        int close = inner + stop;
        if (stop <= 0 || close + 1 >= limit || source[close] != ']' || source[close + 1] != ']')
        {
            return false;
        }

        return TrySplit(source, isEmbed, TextSpan.FromBounds(start, close + 2), inner, close, out link);
    }

    private static bool TrySplit(string source, bool isEmbed, TextSpan span, int start, int end, out Wikilink link)
    {
        ReadOnlySpan<char> inner = source.AsSpan(start, end - start);
        int bar = inner.IndexOf('|');
        int barEnd = bar < 0 ? end : start + bar;
        int pathEnd = bar > 0 && inner[bar - 1] == '\\' ? barEnd - 1 : barEnd;
        ReadOnlySpan<char> path = source.AsSpan(start, pathEnd - start);
        int sign = path.IndexOf('#');
        TextSpan target = Trim(source, start, sign < 0 ? pathEnd : start + sign);

        // Obsidian writes the headings on the way, as `[[note#part#chapter]]`; the last one is where it leads.
        TextSpan anchor = sign < 0 ? default : Trim(source, start + path.LastIndexOf('#') + 1, pathEnd);
        TextSpan shown = bar < 0 ? default : Trim(source, barEnd + 1, end);
        link = new Wikilink(isEmbed, span, target, anchor, shown);
        return !target.IsEmpty || !anchor.IsEmpty;
    }

    private static TextSpan Trim(string source, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(source[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(source[end - 1]))
        {
            end--;
        }

        return TextSpan.FromBounds(start, end);
    }
}

/// <summary>The parts of a wikilink; parts that are not written are empty.</summary>
internal readonly record struct Wikilink(bool IsEmbed, TextSpan Span, TextSpan Target, TextSpan Anchor, TextSpan Shown)
{
    /// <summary>The link as a fact of the document.</summary>
    /// <param name="source">The text in which the spans lie.</param>
    public LinkFact ToLink(string source) => new()
    {
        Kind = IsEmbed ? LinkKind.Embed : LinkKind.Wikilink,
        Container = -1,
        Target = source.Substring(Target.Start, Target.Length),
        Anchor = Anchor.IsEmpty ? null : source.Substring(Anchor.Start, Anchor.Length),
        Shown = Shown.IsEmpty ? null : source.Substring(Shown.Start, Shown.Length),
        Span = Span,
        TargetSpan = Target,
        AnchorSpan = Anchor,
        ShownSpan = Shown,
    };
}
