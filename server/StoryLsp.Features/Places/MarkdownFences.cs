using StoryLsp.Language.Text;

namespace StoryLsp.Features.Places;

/// <summary>Finds the fenced blocks of a Markdown body, line by line (CommonMark 0.31, section 4.5).</summary>
internal static class MarkdownFences
{
    private const int Least = 3;

    /// <summary>The fenced blocks in order, each from its opening line to its closing line without its end; one that is never closed runs to the end.</summary>
    /// <param name="text">The document.</param>
    /// <param name="bodyStart">Where the body begins, in UTF-16 code units.</param>
    public static List<TextSpan> In(SourceText text, int bodyStart)
    {
        var found = new List<TextSpan>();
        var open = -1;
        var (mark, length) = ('\0', 0);
        for (var line = text.Lines.GetLine(bodyStart); line < text.LineCount; line++)
        {
            var span = text.GetLineSpan(line);
            var trimmed = text.Text.AsSpan(span.Start, span.Length).Trim();
            var run = Run(trimmed);
            if (open < 0)
            {
                // An info string behind backticks holds none: that would be code in a line.
                if (run >= Least && (trimmed[0] == '~' || !trimmed[run..].Contains('`')))
                {
                    (open, mark, length) = (span.Start, trimmed[0], run);
                }
            }
            else if (run >= length && run == trimmed.Length && trimmed[0] == mark)
            {
                found.Add(TextSpan.FromBounds(open, span.End));
                open = -1;
            }
        }

        if (open >= 0)
        {
            found.Add(TextSpan.FromBounds(open, text.Length));
        }

        return found;
    }

    private static int Run(ReadOnlySpan<char> line)
    {
        if (line.IsEmpty || line[0] is not ('`' or '~'))
        {
            return 0;
        }

        var end = line.IndexOfAnyExcept(line[0]);
        return end < 0 ? line.Length : end;
    }
}
