namespace StoryLsp.Continuity.Naming;

/// <summary>The sentence of a message that says what was probably meant.</summary>
internal static class Suggestion
{
    /// <summary>"Did you mean `x`? ", or nothing.</summary>
    public static string Of(string text, IEnumerable<string> candidates) =>
        Nearest.Of(text, candidates).FirstOrDefault() is { } nearest ? $"Did you mean `{nearest}`? " : "";
}
