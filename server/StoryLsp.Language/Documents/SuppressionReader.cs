using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Documents;

/// <summary>Reads <c>story-ignore: rule reason</c> and <c>story-ignore-file: rule reason</c> from comments.</summary>
internal static class SuppressionReader
{
    private const string Line = "story-ignore:";
    private const string File = "story-ignore-file:";

    /// <summary>Adds the suppression that a comment is, if it is one.</summary>
    /// <param name="draft">The document.</param>
    /// <param name="comment">The comment with its marks.</param>
    public static void Read(FactsDraft draft, TextSpan comment)
    {
        var content = draft.Text.Text.AsSpan(comment.Start, comment.Length).TrimStart("<!-%#[/* \t");
        var whole = content.StartsWith(File, StringComparison.OrdinalIgnoreCase);
        if (!whole && !content.StartsWith(Line, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var rest = content[(whole ? File.Length : Line.Length)..].Trim();
        var end = rest.IndexOfAny([' ', '\t', '\r', '\n', ',']);
        var rule = (end < 0 ? rest : rest[..end]).TrimEnd("->]%").ToString();
        if (rule.Length > 0)
        {
            draft.Suppressions.Add(new(rule, whole, whole ? -1 : ServedLine(draft.Text, comment), comment));
        }
    }

    /// <summary>
    /// A comment behind a value serves its own line; one that stands alone serves the next line that is neither blank nor
    /// another suppression.
    /// </summary>
    private static int ServedLine(SourceText text, TextSpan comment)
    {
        var line = text.Lines.GetLine(comment.Start);
        if (!text.Text.AsSpan(text.LineStarts[line], comment.Start - text.LineStarts[line]).IsWhiteSpace())
        {
            return line;
        }

        var next = text.Lines.GetLine(Math.Max(comment.Start, comment.End - 1)) + 1;
        while (next < text.LineCount && IsPassedOver(text, next))
        {
            next++;
        }

        return next;
    }

    private static bool IsPassedOver(SourceText text, int line)
    {
        var span = text.GetLineSpan(line);
        var content = text.Text.AsSpan(span.Start, span.Length).Trim();
        return content.IsEmpty || content.TrimStart("<!-%#[/* \t").StartsWith("story-ignore", StringComparison.OrdinalIgnoreCase);
    }
}
