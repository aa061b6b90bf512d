using StoryLsp.Continuity;

namespace StoryLsp.Features.Fields;

/// <summary>The rules and their groups, as <c>story.yaml</c> and suppressions name them.</summary>
internal static class RuleNames
{
    /// <summary>The rules that are checked, in the order of the documentation, and a pattern for each group.</summary>
    public static IReadOnlyList<Choice> All { get; } = Read();

    private static List<Choice> Read()
    {
        var rules = Findings.Rules.Select(rule => new Choice(rule.Code, rule.Summary, ChoiceKind.Key));
        var groups = Findings.Rules.Select(rule => rule.Code[..(rule.Code.IndexOf('/') + 1)] + "*").Distinct()
            .Select(group => new Choice(group, "All rules of this group.", ChoiceKind.Key));
        return [.. rules, .. groups];
    }
}
