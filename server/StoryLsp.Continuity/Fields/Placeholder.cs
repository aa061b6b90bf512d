namespace StoryLsp.Continuity.Fields;

/// <summary>What templates for notes hold in place of a value: <c>{{title}}</c>, <c>&lt;% tp.file.title %&gt;</c>.</summary>
internal static class Placeholder
{
    /// <summary>Whether a text holds one; what it will become is unknown.</summary>
    public static bool IsIn(ReadOnlySpan<char> text) =>
        text.Contains("{{", StringComparison.Ordinal) || text.Contains("<%", StringComparison.Ordinal) || IsLinkTarget(text);

    // Markdown takes the angle brackets of a link's target away.
    private static bool IsLinkTarget(ReadOnlySpan<char> text) => text.Length > 1 && text[0] == '%' && text[^1] == '%';
}
