using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity;

/// <summary>Applies the <c>story-ignore</c> comments of a document.</summary>
internal sealed class Suppressions(DocumentFacts document)
{
    private readonly bool[] _used = new bool[document.Suppressions.Count];

    /// <summary>Whether a comment suppresses a finding. Every one that does counts as used.</summary>
    public bool Suppress(Finding finding)
    {
        var result = false;
        for (var i = 0; i < document.Suppressions.Count; i++)
        {
            var suppression = document.Suppressions[i];
            if (RuleCodes.Suppresses(suppression.Rule, finding.Code) &&
                (suppression.WholeFile || document.Lines.GetPosition(finding.Span.Start).Line == suppression.Line))
            {
                _used[i] = true;
                result = true;
            }
        }

        return result;
    }

    /// <summary>The comments that suppressed nothing, but for those of rules that this version does not check.</summary>
    public IEnumerable<SuppressionFact> Unused()
    {
        for (var i = 0; i < document.Suppressions.Count; i++)
        {
            var rule = document.Suppressions[i].Rule;
            if (!_used[i] && (!RuleCodes.All.Any(code => RuleCodes.Suppresses(rule, code)) || RuleList.All.Any(known => RuleCodes.Suppresses(rule, known.Code))))
            {
                yield return document.Suppressions[i];
            }
        }
    }
}
