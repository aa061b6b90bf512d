using System.Text.RegularExpressions;
using StoryLsp.Continuity.Fields;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Settings;

namespace StoryLsp.Continuity.Naming;

/// <summary>What the rules of references have in common: what they pass over, and how loud they are in a folder without a <c>story.yaml</c>.</summary>
internal static partial class LooseReferences
{
    // Several rules ask for the references of one document in a row.
    [ThreadStatic]
    private static Last? _last;

    /// <summary>The references that count, with what they name: not those of a template, and not those that the YAML parser had to repair.</summary>
    public static IReadOnlyList<(ReferenceFact Reference, Resolution Resolution)> Of(Snapshot snapshot, DocumentFacts document)
    {
        if (_last is not { } last || last.Snapshot != snapshot || last.Document != document)
        {
            _last = last = new(snapshot, document, Resolve(snapshot, document));
        }

        return last.References;
    }

    private static List<(ReferenceFact Reference, Resolution Resolution)> Resolve(Snapshot snapshot, DocumentFacts document)
    {
        var broken = BrokenParts.Of(document.Findings.Where(finding => finding.Code == "yaml/syntax").Select(finding => finding.Span), document.Containers);
        var known = new Dictionary<(string Text, string? Target, bool IsLink), Resolution>();
        var result = new List<(ReferenceFact Reference, Resolution Resolution)>(document.References.Count);
        foreach (var reference in document.References)
        {
            if (reference.Text.Length == 0 || Placeholder.IsIn(reference.Text) || broken.Touches(reference.Span))
            {
                continue;
            }

            var key = (reference.Text, reference.Target, reference.IsLink);
            if (!known.TryGetValue(key, out var resolution))
            {
                resolution = snapshot.Resolve(reference, document.Path);
                known.Add(key, resolution);
            }

            if (reference.MayBeWord && (resolution.Kind is ResolutionKind.Unresolved or ResolutionKind.WrongType))
            {
                continue;
            }

            result.Add((reference, resolution));
        }

        return result;
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

    private sealed record Last(Snapshot Snapshot, DocumentFacts Document, IReadOnlyList<(ReferenceFact Reference, Resolution Resolution)> References);
}
