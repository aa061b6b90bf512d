namespace StoryLsp.Continuity;

/// <summary>
/// All rules. The build makes the other part of this class from the files of <c>Rules/</c>, so that a new rule is one file and nothing else;
/// a file there has the name of its rule's class.
/// </summary>
internal static partial class RuleList
{
    /// <summary>The rules in the order of the documentation.</summary>
    public static IReadOnlyList<Rule> All { get; } = [.. Found().OrderBy(rule => RuleCodes.IndexOf(rule.Code))];
}
