using System.Security.Cryptography;
using System.Text;
using StoryLsp.Continuity.Story;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Board;

/// <summary>What people agreed to when they approved a shot, and how it is compared: the SHA-256 of its description, NFC, LF, trimmed.</summary>
internal static class ApprovedContent
{
    private const int HexLength = 2 * SHA256.HashSizeInBytes;

    /// <summary>The parts of an approval that binds; null where none does, or where its hash is none.</summary>
    public static Approval? Of(StoryContainer shot)
    {
        if (shot.Fact.Field("approval")?.Value is not YamlMapping approval ||
            approval.Entry("status") is not { } status || status.Value.AsText()?.Trim().ToLowerInvariant() is not ("approved" or "locked") ||
            approval.Entry("hash") is not { } hash || hash.Value.AsText()?.Trim() is not { Length: HexLength } hex || !hex.All(char.IsAsciiHexDigit))
        {
            return null;
        }

        return new(approval, status, hash, hex.ToLowerInvariant());
    }

    /// <summary>Whether a content is what was hashed. A tool that does not normalize is understood as well.</summary>
    public static bool Matches(string content, string hash) => Hash(content) == hash || Hash(content, false) == hash;

    /// <summary>The hash of a content, in lower-case hexadecimal.</summary>
    public static string Hash(string content) => Hash(content, true);

    private static string Hash(string content, bool isComposed)
    {
        var text = content.ReplaceLineEndings("\n").Trim();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(isComposed ? CanonicalPairs.Compose(text) : text)));
    }
}

/// <summary>An approval that binds.</summary>
/// <param name="Node">The approval as written.</param>
/// <param name="Status">Its status.</param>
/// <param name="HashEntry">Its hash.</param>
/// <param name="Hash">The hash in lower-case hexadecimal.</param>
internal sealed record Approval(YamlMapping Node, YamlEntry Status, YamlEntry HashEntry, string Hash);
