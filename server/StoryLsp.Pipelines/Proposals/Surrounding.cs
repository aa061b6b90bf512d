using System.Security.Cryptography;

namespace StoryLsp.Pipelines.Proposals;

/// <summary>
/// The text on one side of a hunk, to find the place again after the file was changed. Only its hash is kept: the text beside a hunk
/// may be a secret, and a proposal is meant for git.
/// </summary>
/// <param name="Length">Its length in UTF-16 code units; less than <see cref="Reach"/> where the file begins or ends.</param>
/// <param name="Hash">SHA-256 of its UTF-16 code units (little endian), in lower-case hexadecimal.</param>
public sealed record Surrounding(int Length, string Hash)
{
    /// <summary>How far it reaches, in UTF-16 code units.</summary>
    public const int Reach = 40;

    internal static Surrounding Before(string text, int start) => Of(text.AsSpan(Math.Max(0, start - Reach), Math.Min(start, Reach)));

    internal static Surrounding After(string text, int end) => Of(text.AsSpan(end, Math.Min(text.Length - end, Reach)));

    /// <summary>Whether this text stands before an offset. What reached the beginning of the file must still reach it.</summary>
    internal bool StandsBefore(string text, int start) =>
        start >= Length && (Length >= Reach || start == Length) && Length <= Reach && Of(text.AsSpan(start - Length, Length)).Hash == Hash;

    /// <summary>Whether this text stands behind an offset. What reached the end of the file may be followed by more.</summary>
    internal bool StandsAfter(string text, int end) =>
        Length <= text.Length - end && Length <= Reach && Of(text.AsSpan(end, Length)).Hash == Hash;

    private static Surrounding Of(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[Reach * 2];
        for (var i = 0; i < text.Length; i++)
        {
            bytes[2 * i] = (byte)text[i];
            bytes[(2 * i) + 1] = (byte)(text[i] >> 8);
        }

        return new(text.Length, Convert.ToHexStringLower(SHA256.HashData(bytes[..(text.Length * 2)])));
    }
}
