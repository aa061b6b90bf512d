using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Reports;

/// <summary>What a check of a whole workspace found, with places in lines, so that nothing else is needed to print it.</summary>
/// <param name="Files">How many files are indexed.</param>
/// <param name="Containers">How many containers there are.</param>
/// <param name="Findings">The findings by file, then position, then code.</param>
public sealed record CheckReport(int Files, int Containers, IReadOnlyList<ReportedFinding> Findings)
{
    /// <summary>Checks a workspace, or a part of it, with all processors.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="findings">Keeps what is found.</param>
    /// <param name="covers">Says whether a document belongs to the part.</param>
    public static CheckReport Of(Snapshot snapshot, Findings findings, Func<string, bool> covers)
    {
        var documents = snapshot.Documents.Where(facts => covers(facts.Path)).OrderBy(facts => facts.Path, StringComparer.Ordinal).ToList();
        var found = documents.AsParallel().AsOrdered().SelectMany(facts => In(snapshot, findings, facts));
        return new(snapshot.DocumentCount, snapshot.Containers.Count(), [.. found]);
    }

    private static IEnumerable<ReportedFinding> In(Snapshot snapshot, Findings findings, DocumentFacts facts)
    {
        var found = findings.Of(snapshot, facts.Path);
        if (found.Count == 0)
        {
            return [];
        }

        var text = snapshot.Text(facts.Path);
        return found.Select(finding => ReportedFinding.Of(snapshot, facts, text, finding))
            .OrderBy(finding => finding.Range.Start.Line)
            .ThenBy(finding => finding.Range.Start.Character)
            .ThenBy(finding => finding.Code, StringComparer.Ordinal);
    }
}

/// <summary>A finding, with its place in lines and UTF-16 characters from 0.</summary>
/// <param name="File">Workspace-relative path with <c>/</c>.</param>
/// <param name="Range">Where.</param>
/// <param name="Severity">How grave it is, after the settings.</param>
/// <param name="Code">The rule.</param>
/// <param name="Message">The message.</param>
/// <param name="Line">The line of text that it begins on, without white space around it, by which it is known again after edits.</param>
/// <param name="Related">The places that it rests on.</param>
public sealed record ReportedFinding(string File, LineRange Range, Severity Severity, string Code, string Message, string Line, IReadOnlyList<ReportedPlace> Related)
{
    internal static ReportedFinding Of(Snapshot snapshot, DocumentFacts facts, SourceText? text, Finding finding)
    {
        var range = facts.Lines.GetRange(finding.Span);
        var line = text is not null && range.Start.Line < text.LineCount ? text.Slice(text.GetLineSpan(range.Start.Line)).Trim() : "";
        return new(facts.Path, range, finding.Severity, finding.Code, finding.Message, line, [.. finding.Related.Select(place => ReportedPlace.Of(snapshot, place))]);
    }
}

/// <summary>A place that a finding rests on.</summary>
/// <param name="File">Workspace-relative path with <c>/</c>.</param>
/// <param name="Range">Where.</param>
/// <param name="Message">What stands there.</param>
public sealed record ReportedPlace(string File, LineRange Range, string Message)
{
    internal static ReportedPlace Of(Snapshot snapshot, RelatedPlace place) =>
        new(place.Path, snapshot.Facts(place.Path)?.Lines.GetRange(place.Span) ?? default, place.Message);
}
