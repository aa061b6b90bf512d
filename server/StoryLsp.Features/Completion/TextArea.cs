using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Completion;

/// <summary>The kinds of text that a caret can stand in.</summary>
internal enum AreaKind
{
    /// <summary>YAML.</summary>
    Yaml,

    /// <summary>Prose of Markdown.</summary>
    Prose,

    /// <summary>The info string of a fence in Markdown.</summary>
    FenceInfo,

    /// <summary>Anything else, where nothing is offered.</summary>
    Other,
}

/// <summary>What kind of text a caret stands in, found in the text alone.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Span">The stretch of YAML; the info string.</param>
/// <param name="IsWholeFile">Whether the YAML is the file itself.</param>
/// <param name="IsStoryFence">Whether the YAML is a <c>story</c> fence.</param>
internal readonly record struct TextArea(AreaKind Kind, TextSpan Span, bool IsWholeFile = false, bool IsStoryFence = false)
{
    private static readonly TextArea Other = new(AreaKind.Other, default);

    /// <summary>The area at an offset of a document.</summary>
    public static TextArea At(DocumentKind kind, SourceText text, int caret) => kind switch
    {
        DocumentKind.Yaml or DocumentKind.Schema or DocumentKind.Settings => new(AreaKind.Yaml, TextSpan.FromBounds(text.Text.StartsWith('\uFEFF') ? 1 : 0, text.Length), IsWholeFile: true),
        DocumentKind.Markdown => InMarkdown(text, caret),
        _ => Other,
    };

    private static TextArea InMarkdown(SourceText text, int caret)
    {
        var caretLine = text.Lines.GetLine(caret);
        var first = 0;
        if (IsFrontMatterFence(LineOf(text, 0)))
        {
            var close = FrontMatterEnd(text, caretLine);
            if (caretLine == 0 || caretLine == close)
            {
                return Other;
            }

            if (caretLine < close)
            {
                return new(AreaKind.Yaml, Lines(text, 1, close));
            }

            first = close + 1;
        }

        return InBody(text, first, caretLine, caret);
    }

    private static TextArea InBody(SourceText text, int first, int caretLine, int caret)
    {
        var line = first;
        while (line <= caretLine)
        {
            if (!IsFence(LineOf(text, line), out var mark, out var length, out var info))
            {
                line++;
                continue;
            }

            if (line == caretLine)
            {
                var start = text.GetLineSpan(line).Start + info;
                return caret >= start ? new(AreaKind.FenceInfo, TextSpan.FromBounds(start, text.GetLineSpan(line).End)) : Other;
            }

            var end = FenceEnd(text, line + 1, mark, length);
            if (caretLine <= end)
            {
                var isStory = LineOf(text, line)[info..].Trim().Equals("story", StringComparison.OrdinalIgnoreCase);
                return isStory && caretLine < end ? new(AreaKind.Yaml, Lines(text, line + 1, end), IsStoryFence: true) : Other;
            }

            line = end + 1;
        }

        return new(AreaKind.Prose, default);
    }

    // The line of the closing fence. Without one, the YAML goes on to the caret if all lines look like it; else the first line is just a rule.
    private static int FrontMatterEnd(SourceText text, int caretLine)
    {
        for (var line = 1; line < text.LineCount; line++)
        {
            var content = LineOf(text, line).TrimEnd();
            if (content is "---" or "...")
            {
                return line;
            }
        }

        for (var line = 1; line < Math.Min(caretLine, text.LineCount); line++)
        {
            var content = LineOf(text, line);
            var looksLikeYaml = content.Contains(':') || content.StartsWith(' ') || content.StartsWith('-') || content.StartsWith('#');
            if (!looksLikeYaml)
            {
                return 0;
            }
        }

        return caretLine + 1;
    }

    private static int FenceEnd(SourceText text, int line, char mark, int length)
    {
        while (line < text.LineCount)
        {
            if (IsFence(LineOf(text, line), out var other, out var own, out var info) && other == mark && own >= length &&
                LineOf(text, line)[info..].IsWhiteSpace())
            {
                return line;
            }

            line++;
        }

        return text.LineCount;
    }

    private static bool IsFrontMatterFence(ReadOnlySpan<char> line) => line.TrimStart('\uFEFF').TrimEnd() is "---";

    private static bool IsFence(ReadOnlySpan<char> line, out char mark, out int length, out int info)
    {
        var indent = line.Length - line.TrimStart(' ').Length;
        var rest = line[indent..];
        mark = rest.IsEmpty ? '\0' : rest[0];
        length = 0;
        while (length < rest.Length && rest[length] == mark)
        {
            length++;
        }

        info = indent + length;
        // A backtick behind an opening of backticks makes it code in a line.
        return indent <= 3 && mark is '`' or '~' && length >= 3 && (mark == '~' || !rest[length..].Contains('`'));
    }

    private static ReadOnlySpan<char> LineOf(SourceText text, int line)
    {
        var span = text.GetLineSpan(line);
        return text.Text.AsSpan(span.Start, span.Length);
    }

    // The lines from the first to before the last, with the line end before that one: a caret on an empty last line is in it.
    private static TextSpan Lines(SourceText text, int first, int end)
    {
        var from = first < text.LineCount ? text.LineStarts[first] : text.Length;
        var to = end < text.LineCount ? Math.Max(from, text.GetLineSpan(end - 1).End) : text.Length;
        return TextSpan.FromBounds(from, to);
    }
}
