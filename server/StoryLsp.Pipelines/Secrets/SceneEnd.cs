namespace StoryLsp.Pipelines.Secrets;

/// <summary>The end of a text that is too long: whole paragraphs, for what was said last matters most for what comes next.</summary>
internal static class SceneEnd
{
    /// <summary>The last paragraphs that fit.</summary>
    /// <param name="text">The text, paragraphs apart by a blank line.</param>
    /// <param name="tokens">How many tokens there is room for.</param>
    public static string Of(string text, int tokens)
    {
        if (Tokens.Estimate(text) <= tokens)
        {
            return text;
        }

        var start = text.Length;
        for (var at = text.Length; at > 0;)
        {
            var cut = text.LastIndexOf("\n\n", at - 1, StringComparison.Ordinal);
            at = cut < 0 ? 0 : cut;
            var from = cut < 0 ? 0 : cut + 2;
            tokens -= Tokens.Estimate(text[from..start]) + 1;
            if (tokens < 0)
            {
                break;
            }

            start = from;
        }

        return text[start..].Trim();
    }
}
