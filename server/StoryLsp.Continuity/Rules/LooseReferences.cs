using System.Text.RegularExpressions;
using StoryLsp.Continuity.Fields;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Settings;

namespace StoryLsp.Continuity.Rules;

/// <summary>What the rules of references have in common: what they pass over, and how loud they are in a folder without a <c>story.yaml</c>.</summary>
internal static partial class LooseReferences
{
    /// <summary>The references that count: not those of a template, and not those that the YAML parser had to repair.</summary>
    public static IEnumerable<ReferenceFact> Of(DocumentFacts document)
    {
        var broken = document.Findings.Where(finding => finding.Code == "yaml/syntax").Select(finding => finding.Span).ToList();
        return document.References.Where(reference =>
            reference.Text.Length > 0 && !Placeholder.IsIn(reference.Text) &&
            !broken.Any(error => error.Start <= reference.Span.End && reference.Span.Start <= error.End));
    }

    /// <summary>The severity of a finding on a reference: without a <c>story.yaml</c> a hint, unless an id is meant where ids are used.</summary>
    public static Severity SeverityOf(StorySettings settings, DocumentFacts document, ReferenceFact reference, Severity given) =>
        settings.Exists || (!reference.IsLink && Id().IsMatch(reference.Text) && IsWritten(document, reference.Container)) ? given : Severity.Hint;

    private static bool IsWritten(DocumentFacts document, int index)
    {
        while (index >= 0)
        {
            var container = document.Containers[index];
            if (container.TypeSpan is not null || container.Origin == ContainerOrigin.Collection)
            {
                return true;
            }

            index = container.Parent;
        }

        return false;
    }

    [GeneratedRegex(@"\A[a-z0-9_-]+\z")]
    private static partial Regex Id();
}
