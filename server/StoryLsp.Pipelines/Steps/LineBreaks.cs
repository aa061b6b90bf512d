using System.Text;
using StoryLsp.Language.Prose;

namespace StoryLsp.Pipelines.Steps;

/// <summary>A writer may break lines inside of a sentence, and a model does not: a sentence that says what it said keeps the line breaks that it has.</summary>
internal static class LineBreaks
{
    /// <summary>An answer with the line breaks of the old text, wherever its sentences stand in that already.</summary>
    public static string Kept(string old, string answer)
    {
        var spans = Sentences.Of(old);
        var known = Enumerable.Range(0, spans.Count).ToLookup(index => Words(old.Substring(spans[index].Start, spans[index].Length)), StringComparer.Ordinal);
        var result = new StringBuilder();
        var (at, before) = (0, -2);
        foreach (var span in Sentences.Of(answer))
        {
            var said = answer.Substring(span.Start, span.Length);
            var index = known[Words(said)].OrderBy(one => one <= before).ThenBy(one => one).FirstOrDefault(-2);
            var gap = answer[at..span.Start];
            var oldGap = index == before + 1 && index > 0 ? old[spans[before].End..spans[index].Start] : gap;
            result.Append(IsInParagraph(gap) && IsInParagraph(oldGap) ? oldGap : gap).Append(index < 0 ? said : old.AsSpan(spans[index].Start, spans[index].Length));
            (at, before) = (span.End, index);
        }

        return result.Append(answer, at, answer.Length - at).ToString();
    }

    private static bool IsInParagraph(string gap) => gap.Length > 0 && string.IsNullOrWhiteSpace(gap) && gap.ReplaceLineEndings("\n").Count(unit => unit == '\n') < 2;

    private static string Words(string sentence) => string.Join(' ', sentence.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
