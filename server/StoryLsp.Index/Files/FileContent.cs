using System.Buffers;
using System.Security.Cryptography;
using StoryLsp.Language.Text;

namespace StoryLsp.Index.Files;

/// <summary>How reading a file ended.</summary>
internal enum ReadOutcome
{
    /// <summary>There is a text, perhaps with bytes that are none.</summary>
    Text,

    /// <summary>There is no such file (any more).</summary>
    Missing,

    /// <summary>The system does not let it be read.</summary>
    Refused,

    /// <summary>It is larger than what is read as a text.</summary>
    TooLarge,

    /// <summary>It holds a NUL: a picture, a document of a word processor.</summary>
    Binary,
}

/// <summary>What reading a file gave.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Modified">When it was last written, in ticks of UTC, as seen before it was read.</param>
/// <param name="Hash">SHA-256 of its bytes; empty when they were not read.</param>
/// <param name="Bytes">Its bytes, in a buffer that is larger; null when they were not read.</param>
/// <param name="Reason">What the system said.</param>
internal sealed record FileContent(ReadOutcome Outcome, long Size, long Modified, byte[] Hash, byte[]? Bytes, string? Reason) : IDisposable
{
    /// <summary>The size from which a file is no text that somebody wrote by hand.</summary>
    public const int LargestText = 16 * 1024 * 1024;

    /// <summary>Reads a file. Never throws.</summary>
    /// <param name="fullPath">Its absolute path.</param>
    /// <param name="seen">Size and time as somebody has just seen them; null to look.</param>
    public static FileContent Read(string fullPath, (long Size, long Modified)? seen = null)
    {
        try
        {
            if ((seen ?? Look(fullPath)) is not var (size, modified))
            {
                return Empty(ReadOutcome.Missing, 0, 0, null);
            }

            // A named pipe has no size either, and opening one waits for a writer that may never come.
            if (size == 0)
            {
                return new(ReadOutcome.Text, 0, modified, SHA256.HashData([]), [], null);
            }

            return size > LargestText ? Empty(ReadOutcome.TooLarge, size, modified, null) : ReadBytes(fullPath, modified);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Empty(ReadOutcome.Missing, 0, 0, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or System.Security.SecurityException)
        {
            return Refused(fullPath, exception.Message);
        }
    }

    /// <summary>The text; the bytes are given back, so it is asked for once.</summary>
    public SourceText Decode(out DecodeResult result)
    {
        var text = SourceText.Decode(Bytes.AsSpan(0, (int)Size), out result);
        return text;
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (Bytes is { Length: > 0 })
        {
            ArrayPool<byte>.Shared.Return(Bytes);
        }
    }

    private static (long Size, long Modified)? Look(string fullPath)
    {
        var information = new FileInfo(fullPath);
        return information.Exists ? (information.Length, information.LastWriteTimeUtc.Ticks) : null;
    }

    private static FileContent ReadBytes(string fullPath, long modified)
    {
        // Editors and sync tools keep files open; nobody is kept from writing while they are read.
        using var handle = File.OpenHandle(fullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var expected = RandomAccess.GetLength(handle);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(expected, LargestText) + 1);
        var length = 0;
        try
        {
            int read;
            // What is appended meanwhile changes the file's time, and is read then.
            while (length != expected && length < buffer.Length && (read = RandomAccess.Read(handle, buffer.AsSpan(length), length)) > 0)
            {
                length += read;
                if (length == buffer.Length && length <= LargestText)
                {
                    buffer = Grow(buffer);
                }
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }

        if (length > LargestText)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            return Empty(ReadOutcome.TooLarge, length, modified, null);
        }

        return new(ReadOutcome.Text, length, modified, SHA256.HashData(buffer.AsSpan(0, length)), buffer, null);
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static FileContent Refused(string fullPath, string reason)
    {
        try
        {
            var information = new FileInfo(fullPath);
            return Empty(ReadOutcome.Refused, information.Exists ? information.Length : 0, information.Exists ? information.LastWriteTimeUtc.Ticks : 0, reason);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Empty(ReadOutcome.Refused, 0, 0, reason);
        }
    }

    private static FileContent Empty(ReadOutcome outcome, long size, long modified, string? reason) => new(outcome, size, modified, [], null, reason);
}
