namespace StoryLsp.Features.Fields;

/// <summary>The rules and their groups as keys of <c>rules</c> in <c>story.yaml</c>.</summary>
internal static class RuleNames
{
    /// <summary>All rules, and a pattern for each group.</summary>
    public static IReadOnlyList<Choice> All { get; } = [];
}
