using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Secrets;

/// <summary>A secret that a text says.</summary>
/// <param name="Span">Where the text says it, in UTF-16 code units.</param>
/// <param name="What">Which secret, without its value, as <c>`trick` of Madder Red</c>; for the writer's own eyes, as it may hold a name.</param>
/// <param name="Secret">Where the secret is kept.</param>
public sealed record SaidSecret(TextSpan Span, string What, RelatedPlace Secret)
{
    /// <summary>What kind of secret it is, without any name or value, as <c>the secret field `trick` of a recipe</c>.</summary>
    public required string Kind { get; init; }
}

/// <summary>Finds the secrets of a story in a prompt file that is about to be sent, as they are kept at the place of the prompt's run.</summary>
public static class PromptSecrets
{
    private static readonly string[] Places = ["place:", "input:"];

    private static readonly string[] Others = [".story/cache/", ".story/proposals/", ".story/provenance/", ".story/replays/"];

    /// <summary>Whether a document is a prompt: Markdown that the product keeps in <c>.story/</c>, such as <c>.story/runs/7/prompt.md</c>.</summary>
    /// <param name="path">Workspace-relative path with <c>/</c>.</param>
    public static bool IsPrompt(string path) =>
        path.StartsWith(".story/", StringComparison.Ordinal) && path.EndsWith(".md", StringComparison.OrdinalIgnoreCase) &&
        !Array.Exists(Others, other => path.StartsWith(other, StringComparison.Ordinal));

    /// <summary>The secrets that a prompt says, in the order of the text; none overlaps another, none is in the front matter, which is not sent.</summary>
    /// <param name="snapshot">The workspace whose secrets are looked for.</param>
    /// <param name="text">The text of the prompt file.</param>
    public static IReadOnlyList<SaidSecret> In(Snapshot snapshot, SourceText text) => In(At(snapshot, text.Text), text.Text);

    /// <summary>The secrets at the place of a prompt's run: that of the container which its front matter names as <c>place</c>, else as <c>input</c>.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="text">The text of the prompt file.</param>
    public static StorySecrets At(Snapshot snapshot, string text) =>
        StorySecrets.At(snapshot, InputOf(text) is { } input ? snapshot.Resolve(input, null).Container : null);

    internal static IReadOnlyList<SaidSecret> In(StorySecrets secrets, string text)
    {
        var body = BodyStart(text);
        return [.. secrets.In(text[body..], true).Select(said => said with { Span = new(said.Span.Start + body, said.Span.Length) })];
    }

    internal static string? InputOf(string text)
    {
        foreach (var key in Places)
        {
            foreach (var line in text.AsSpan(0, BodyStart(text)).EnumerateLines())
            {
                if (line.StartsWith(key, StringComparison.OrdinalIgnoreCase) && line[key.Length..].Trim().Trim("\"'") is { Length: > 0 } input)
                {
                    return input.ToString();
                }
            }
        }

        return null;
    }

    // Where the front matter is not closed, nothing is.
    private static int BodyStart(string text)
    {
        if (!text.StartsWith("---\n", StringComparison.Ordinal) && !text.StartsWith("---\r\n", StringComparison.Ordinal))
        {
            return 0;
        }

        var close = text.IndexOf("\n---", 3, StringComparison.Ordinal);
        var end = close < 0 ? -1 : text.IndexOf('\n', close + 1);
        return close < 0 || (end > 0 && !text.AsSpan(close + 4, end - close - 4).IsWhiteSpace()) ? 0 : end < 0 ? text.Length : end + 1;
    }
}
