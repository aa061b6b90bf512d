using System.Text;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Fountain;
using StoryLsp.Language.Prose;

namespace StoryLsp.Pipelines.Proposals.Differences;

/// <summary>
/// A story file with a line for each sentence, for tools that compare lines: where a paragraph is wrapped does not show, and a changed word is a changed sentence. It is made to be looked at, and cannot be turned back.
/// </summary>
public static class SentenceLines
{
    /// <summary>From here on the value in a line of YAML is cut up, in UTF-16 code units.</summary>
    private const int LongLine = 100;

    /// <summary>The lines.</summary>
    /// <param name="path">The file's path; the extension tells what it is.</param>
    /// <param name="text">The file's text.</param>
    public static string Of(string path, string text)
    {
        if (DocumentReader.KindOf(path) == DocumentKind.Fountain)
        {
            return Script(text);
        }

        var result = new StringBuilder(text.Length + 256);
        var at = 0;
        foreach (var piece in TextPieces.Of(path, text))
        {
            Gap(result, text.AsSpan(at, piece.Start - at));
            if (piece.Kind == PieceKind.Sentence)
            {
                result.AppendJoin(' ', piece.Text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            }
            else
            {
                Line(result, piece.Text);
            }

            at = piece.End;
        }

        return result.Append(at < text.Length || result.Length > 0 ? "\n" : "").ToString();
    }

    // In a script each line means something by itself, and `INT.` ends no sentence.
    private static string Script(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line =>
        SceneHeadingText.PrefixLength(line) > 0 || Sentences.Of(line) is not { Count: > 1 } sentences ? line : line[..sentences[0].Start] + string.Join('\n', sentences.Select(sentence => line.Substring(sentence.Start, sentence.Length)))));

    // Between two pieces stands a line end; blank lines and what a line is indented by stay.
    private static void Gap(StringBuilder result, ReadOnlySpan<char> gap)
    {
        var breaks = gap.Count('\n') + gap.Count('\r') - gap.Count("\r\n");
        if (result.Length > 0)
        {
            result.Append('\n', Math.Max(1, breaks));
        }

        if (breaks > 0 || result.Length == 0)
        {
            result.Append(gap[(gap.LastIndexOfAny('\n', '\r') + 1)..]);
        }
    }

    private static void Line(StringBuilder result, string line)
    {
        var sentences = line.Length < LongLine ? [] : Sentences.Of(line);
        if (sentences.Count < 2)
        {
            result.Append(line);
            return;
        }

        var indent = line[..(line.Length - line.TrimStart().Length)];
        result.Append(line, 0, sentences[0].End);
        foreach (var sentence in sentences.Skip(1))
        {
            result.Append('\n').Append(indent).Append("    ").Append(line, sentence.Start, sentence.Length);
        }

        // What is no sentence, such as a closing quote.
        result.Append(line.AsSpan(sentences[^1].End));
    }
}
