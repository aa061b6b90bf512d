namespace StoryLsp.Pipelines.Proposals.Differences;

/// <summary>What a line of Markdown begins.</summary>
/// <param name="IsPlain">It goes on with the paragraph, or is blank.</param>
/// <param name="BeginsText">It begins text of its own: an item of a list, a quotation.</param>
/// <param name="IsLine">It stands for itself: a row of a table.</param>
/// <param name="Fence">The mark that opens or closes a fence.</param>
internal readonly record struct LineKind(bool IsPlain, bool BeginsText = false, bool IsLine = false, string? Fence = null)
{
    public static LineKind Of(ReadOnlySpan<char> line)
    {
        var text = line.Trim();
        if (text.IsEmpty)
        {
            return new(true);
        }

        var mark = text.Length - text.TrimStart(text[0]).Length;
        return text[0] switch
        {
            '`' or '~' when mark >= 3 => new(false, Fence: text[..mark].ToString()),
            '#' when mark <= 6 && (mark == text.Length || text[mark] == ' ') => new(false),
            '|' => new(false, IsLine: true),
            '-' or '=' or '*' or '_' when mark == text.Length && mark >= 2 => new(false),
            '>' => new(false, BeginsText: true),
            '-' or '*' or '+' when text.Length > 1 && text[1] == ' ' => new(false, BeginsText: true),
            >= '0' and <= '9' => OfNumber(text),
            _ => new(true),
        };
    }

    private static LineKind OfNumber(ReadOnlySpan<char> text)
    {
        var rest = text.TrimStart("0123456789");
        return rest.Length > 1 && rest[0] is '.' or ')' && rest[1] == ' ' ? new(false, BeginsText: true) : new(true);
    }
}
