using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Secrets;

/// <summary>A secret that a text says.</summary>
/// <param name="Span">Where the text says it, in UTF-16 code units.</param>
/// <param name="What">Which secret, without its value.</param>
/// <param name="Secret">Where the secret is kept.</param>
public sealed record SaidSecret(TextSpan Span, string What, RelatedPlace Secret);

/// <summary>
/// Finds the secrets of a story in a text that is about to be sent to a model. Case, accents, line ends and characters that nobody sees make
/// no difference. A value of up to three words is found as a whole; of a longer one any four words in a row are found, if one of them has
/// five letters or more.
/// </summary>
public static class PromptSecrets
{
    private const int Run = 4;
    private const int TellingWord = 5;

    private static readonly string[] Others = [".story/cache/", ".story/proposals/", ".story/provenance/"];

    /// <summary>Whether a document is a prompt: Markdown that the product keeps in <c>.story/</c>, such as <c>.story/runs/7/prompt.md</c>.</summary>
    /// <param name="path">Workspace-relative path with <c>/</c>.</param>
    public static bool IsPrompt(string path) =>
        path.StartsWith(".story/", StringComparison.Ordinal) && path.EndsWith(".md", StringComparison.OrdinalIgnoreCase) &&
        !Array.Exists(Others, other => path.StartsWith(other, StringComparison.Ordinal));

    /// <summary>The secrets that a text says, in the order of the text; none overlaps another.</summary>
    /// <param name="snapshot">The workspace whose secrets are looked for.</param>
    /// <param name="text">The text.</param>
    public static IReadOnlyList<SaidSecret> In(Snapshot snapshot, SourceText text) => In(SecretValues.Of(StoryWorld.Of(snapshot)), text);

    internal static IReadOnlyList<SaidSecret> In(SecretValues secrets, SourceText text)
    {
        var byBeginning = Beginnings(secrets);
        var words = PromptWord.Of(text.Text);
        var result = new List<SaidSecret>();
        for (var i = 0; i < words.Count; i++)
        {
            if (Longest(byBeginning, words, i) is var (secret, length))
            {
                var span = TextSpan.FromBounds(words[i].Span.Start, words[i + length - 1].Span.End);
                result.Add(new(span, secret.What, new(secret.Path, secret.Span, "Here it is kept secret.")));
                i += length - 1;
            }
        }

        return result;
    }

    // Every place of a long secret at which four words in a row may begin, and the beginning of a short one.
    private static Dictionary<string, List<(SecretValue Secret, int Offset)>> Beginnings(SecretValues secrets)
    {
        var result = new Dictionary<string, List<(SecretValue Secret, int Offset)>>(StringComparer.Ordinal);
        foreach (var secret in secrets.All)
        {
            for (var offset = 0; offset <= Math.Max(0, secret.Words.Count - Run); offset++)
            {
                (result.TryGetValue(secret.Words[offset], out var known) ? known : result[secret.Words[offset]] = []).Add((secret, offset));
            }
        }

        return result;
    }

    private static (SecretValue Secret, int Length)? Longest(Dictionary<string, List<(SecretValue Secret, int Offset)>> byBeginning, IReadOnlyList<PromptWord> words, int at)
    {
        (SecretValue Secret, int Length)? best = null;
        foreach (var (secret, offset) in byBeginning.GetValueOrDefault(words[at].Folded) ?? [])
        {
            var length = 1;
            while (offset + length < secret.Words.Count && at + length < words.Count && secret.Words[offset + length] == words[at + length].Folded)
            {
                length++;
            }

            if (length > (best?.Length ?? 0) && Tells(secret, offset, length))
            {
                best = (secret, length);
            }
        }

        return best;
    }

    private static bool Tells(SecretValue secret, int offset, int length) =>
        length == secret.Words.Count || (length >= Run && secret.Words.Skip(offset).Take(length).Any(word => word.Length >= TellingWord));
}
