using System.Globalization;

namespace StoryLsp.Pipelines.Provenance;

/// <summary>
/// Trailers for the commit that brings accepted text: who assisted, as the Linux kernel writes it, and how much. Each is one line that
/// <c>git interpret-trailers</c> takes.
/// </summary>
public static class GitTrailers
{
    /// <summary>The trailers of what was accepted and is not committed; none where no model wrote it.</summary>
    /// <param name="records">What was accepted and still stands (see <see cref="Disclosure.Surviving"/>).</param>
    /// <param name="committed">The record of the same proposal in the last commit; null where there is none.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<ProvenanceRecord> records, Func<string, ProvenanceRecord?> committed)
    {
        var fresh = new List<(ProvenanceRecord Record, AcceptedHunk Hunk)>();
        foreach (var record in records.Where(record => !record.IsMechanical))
        {
            var known = committed(record.Proposal)?.Hunks.Select(hunk => hunk.Hunk).ToHashSet() ?? [];
            fresh.AddRange(record.Hunks.Where(hunk => !known.Contains(hunk.Hunk)).Select(hunk => (record, hunk)));
        }

        var result = new List<string>();
        result.AddRange(fresh.GroupBy(item => (item.Record.Model, item.Record.Pipeline)).OrderBy(group => group.Key.Model, StringComparer.Ordinal).ThenBy(group => group.Key.Pipeline, StringComparer.Ordinal)
            .Select(group => $"Assisted-by: storylsp:{OneLine(group.Key.Model)} (pipeline {OneLine(group.Key.Pipeline)})"));
        Add(result, "AI-Generated", [.. fresh.SelectMany(item => item.Hunk.Sentences.Where(sentence => sentence.Of is null))]);
        Add(result, "AI-Assisted", [.. fresh.SelectMany(item => item.Hunk.Sentences.Where(sentence => sentence.Of is not null))]);
        return result;
    }

    private static void Add(List<string> trailers, string key, List<AcceptedSentence> sentences)
    {
        var prose = sentences.Where(sentence => !sentence.IsEntry).ToList();
        var parts = new List<string>();
        if (prose.Count > 0)
        {
            parts.Add(Count(prose.Count, "sentence", "sentences"));
            parts.Add(Count(prose.Sum(sentence => SentenceForm.WordsIn(sentence.Text)), "word", "words"));
        }

        if (sentences.Count > prose.Count)
        {
            parts.Add(Count(sentences.Count - prose.Count, "entry", "entries"));
        }

        if (parts.Count > 0)
        {
            trailers.Add($"{key}: {string.Join(", ", parts)}");
        }
    }

    private static string Count(int number, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? one : many)}");

    private static string OneLine(string text) =>
        new string([.. text.Where(unit => !char.IsControl(unit))]).Trim() is { Length: > 0 } line ? line : "unknown";
}
