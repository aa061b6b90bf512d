using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Protocol;
using StoryLsp.Server.Session;
using Diagnostic = StoryLsp.Protocol.Diagnostic;

namespace StoryLsp.Server.Conversion;

/// <summary>Findings as the protocol's diagnostics.</summary>
internal static class FindingConversion
{
    /// <summary>Who found it.</summary>
    public const string Source = "storylsp";

    /// <summary>The diagnostics of a document.</summary>
    public static IReadOnlyList<Diagnostic> Diagnostics(EditorSession session, StoryFolder story, Snapshot snapshot, string path) =>
        [.. session.Findings.Of(snapshot, path).Concat(session.Remarks.Of(story, snapshot, path)).Select(finding => Diagnostic(session, story, snapshot, path, finding))];

    /// <summary>One finding.</summary>
    public static Diagnostic Diagnostic(EditorSession session, StoryFolder story, Snapshot snapshot, string path, Finding finding)
    {
        var encoding = session.Client.Encoding;
        return new Diagnostic
        {
            Range = Positions.Range(snapshot, path, finding.Span, encoding),
            Severity = (DiagnosticSeverity)(int)finding.Severity,
            Code = finding.Code,
            Source = Source,
            Message = finding.Message,
            Tags = finding.Deprecated ? [DiagnosticTag.Deprecated] : null,
            RelatedInformation = finding.Related.Count == 0 || !session.Client.TakesRelatedInformation ? null :
                [.. finding.Related.Select(place => new DiagnosticRelatedInformation(
                    new Location(session.UriOf(story.AbsolutePath(place.Path)), Positions.Range(snapshot, place.Path, place.Span, encoding)),
                    place.Message))],
        };
    }
}
