using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Cli.Output;

/// <summary>A finding with its file and its place in lines and UTF-16 characters, from 0.</summary>
internal sealed record FoundFinding(string File, LineRange Range, Finding Finding);

/// <summary>Collects findings.</summary>
internal static class FoundFindings
{
    /// <summary>All findings of the part that was asked for, by file, then position, then code.</summary>
    public static IReadOnlyList<FoundFinding> In(OpenStory story)
    {
        var snapshot = story.Snapshot;
        var documents = snapshot.Documents.Where(facts => story.Covers(facts.Path)).OrderBy(facts => facts.Path, StringComparer.Ordinal).ToList();
        return [.. documents.AsParallel().AsOrdered().Select(facts => In(story, snapshot, facts)).SelectMany(found => found)];
    }

    private static List<FoundFinding> In(OpenStory story, Snapshot snapshot, DocumentFacts facts) =>
    [
        .. story.Findings.Of(snapshot, facts.Path)
            .Select(finding => new FoundFinding(facts.Path, facts.Lines.GetRange(finding.Span), finding))
            .OrderBy(found => found.Range.Start.Line)
            .ThenBy(found => found.Range.Start.Character)
            .ThenBy(found => found.Finding.Code, StringComparer.Ordinal),
    ];

    /// <summary>The range of a related place.</summary>
    public static LineRange RangeOf(Snapshot snapshot, RelatedPlace place) => snapshot.Facts(place.Path)?.Lines.GetRange(place.Span) ?? default;

    /// <summary>The word for a severity.</summary>
    public static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Information => "info",
        _ => "hint",
    };
}
