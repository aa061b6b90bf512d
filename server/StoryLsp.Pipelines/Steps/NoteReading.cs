using System.Text.Json;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Pipelines.Steps;

/// <summary>The remarks of a model: each must quote what stands in the file, letter by letter, or it is dropped.</summary>
internal static class NoteReading
{
    private static readonly string[] Rules = ["personality", "voice", "causality", "tone"];

    public static (IReadOnlyList<CritiqueNote> Notes, int Dropped) Of(StepScope scope, string answer)
    {
        var notes = new List<CritiqueNote>();
        var dropped = 0;
        using var document = JsonDocument.Parse(answer);
        foreach (var entry in document.RootElement.GetProperty("notes").EnumerateArray())
        {
            var rule = TextOf(entry, "rule").Replace("model/", "", StringComparison.Ordinal);
            var (quote, note) = (TextOf(entry, "quote").Trim(), TextOf(entry, "note").Trim());
            if (Rules.Contains(rule) && note.Length > 0 && PlaceOf(scope, quote) is { } place)
            {
                notes.Add(new("model/" + rule, place.Path, place.Span, quote, note));
            }
            else
            {
                dropped++;
            }
        }

        return ([.. notes.DistinctBy(note => (note.Code, note.Path, note.Span)).OrderBy(note => note.Span.Start)], dropped);
    }

    // In the prose of what the run is about; the words of attributes and of other scenes are not under review.
    private static (string Path, TextSpan Span)? PlaceOf(StepScope scope, string quote)
    {
        if (quote.Length == 0 || scope.Document is not { } document)
        {
            return null;
        }

        var container = scope.Subject!.Fact;
        for (var at = document.Text.Text.IndexOf(quote, StringComparison.Ordinal); at >= 0; at = document.Text.Text.IndexOf(quote, at + 1, StringComparison.Ordinal))
        {
            if (document.Facts.Prose.Any(prose => prose.Container == container.Index && prose.Span.Contains(at)))
            {
                return (document.Path, new TextSpan(at, quote.Length));
            }
        }

        return null;
    }

    private static string TextOf(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
