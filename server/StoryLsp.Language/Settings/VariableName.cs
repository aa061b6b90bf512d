namespace StoryLsp.Language.Settings;

/// <summary>Tells the name of an environment variable from a key that somebody wrote in its place.</summary>
public static class VariableName
{
    /// <summary>Names are made of words; a word of this many letters and digits, mixed as by chance, is a key.</summary>
    private const int LongestWord = 20;

    /// <summary>How often letters and digits take turns in a word of a key, at the least.</summary>
    private const int FewestTurns = 4;

    private static readonly string[] KeyBeginnings = ["sk_", "gsk_", "hf_", "ghp_", "AIza", "xai_", "pplx_", "r8_", "nvapi_"];

    /// <summary>
    /// Whether a text is a name: letters, digits and <c>_</c>, no digit first, and nothing that begins or looks like a vendor's key. What is no name is
    /// never repeated to anybody, as it may be a key.
    /// </summary>
    /// <param name="text">What the settings say.</param>
    public static bool IsOne(string text) =>
        text.Length is > 0 and <= 128 && !char.IsAsciiDigit(text[0]) && text.All(unit => char.IsAsciiLetterOrDigit(unit) || unit == '_') &&
        !KeyBeginnings.Any(beginning => text.StartsWith(beginning, StringComparison.Ordinal)) && !text.Split('_').Any(LooksRandom);

    private static bool LooksRandom(string word) =>
        word.Length >= LongestWord && word.Zip(word.Skip(1)).Count(pair => char.IsAsciiDigit(pair.First) != char.IsAsciiDigit(pair.Second)) >= FewestTurns;
}
