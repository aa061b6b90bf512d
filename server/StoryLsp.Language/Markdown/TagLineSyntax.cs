using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Markdown;

/// <summary>
/// Reads novelWriter's lines: <c>@pov: Jane</c>, <c>@char: Jane, John</c> and <c>%synopsis: text</c>. Only its own keywords count, so
/// that a line of chat as <c>@ada: where are you?</c> stays prose.
/// </summary>
internal static class TagLineSyntax
{
    private static readonly HashSet<string> Keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        "tag", "pov", "focus", "char", "plot", "time", "location", "object", "entity", "custom", "mention", "story",
    };

    private static readonly HashSet<string> CommentKeywords = new(StringComparer.OrdinalIgnoreCase)
    {
        "synopsis", "short", "note", "story",
    };

    /// <summary>Reads a line.</summary>
    /// <param name="source">The text.</param>
    /// <param name="start">The beginning of the line, where its mark stands.</param>
    /// <param name="end">The end of the line, without its terminator.</param>
    public static TagLine? TryRead(string source, int start, int end)
    {
        ReadOnlySpan<char> line = source.AsSpan(start, end - start);
        bool isComment = line.StartsWith('%');
        int colon = line.IndexOf(':');
        if (colon < 2 || (!isComment && !line.StartsWith('@')))
        {
            return null;
        }

        string key = line[1..colon].Trim(" \t").ToString();
        bool known = isComment
            ? CommentKeywords.Contains(key.Split('.', 2)[0])
            : Keywords.Contains(key) && !char.IsWhiteSpace(line[1]);
        if (!known)
        {
            return null;
        }

        end = start + line.TrimEnd().Length;
        int keyEnd = start + line[..colon].TrimEnd(" \t").Length;
        return new TagLine(
            key.ToLowerInvariant(),
            TextSpan.FromBounds(start, keyEnd),
            ReadValues(source, start + colon + 1, end, split: !isComment),
            TextSpan.FromBounds(start, end));
    }

    private static List<NameFact> ReadValues(string source, int start, int end, bool split)
    {
        var values = new List<NameFact>();
        while (start < end)
        {
            int comma = split ? source.IndexOf(',', start, end - start) : -1;
            int valueEnd = comma < 0 ? end : comma;
            if (ReadValue(source, start, valueEnd) is { } value)
            {
                values.Add(value);
            }

            start = valueEnd + 1;
        }

        return values;
    }

    private static NameFact? ReadValue(string source, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(source[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(source[end - 1]))
        {
            end--;
        }

        if (WikilinkSyntax.TryRead(source, start, end, out Wikilink link) && link.Span.End == end && !link.Target.IsEmpty)
        {
            (start, end) = (link.Target.Start, link.Target.End);
        }

        return start == end ? null : new NameFact(source[start..end], TextSpan.FromBounds(start, end));
    }
}
