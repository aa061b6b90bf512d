using StoryLsp.Language.Facts;

namespace StoryLsp.Index.Storage;

/// <summary>What the state of a file was when its facts were read.</summary>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Modified">When it was last written, in ticks of UTC.</param>
/// <param name="SeenAt">When it was read, in ticks of UTC.</param>
/// <param name="Hash">SHA-256 of its bytes, in hexadecimal; empty when they could not be read.</param>
/// <param name="Fingerprint">The reading context that its facts were read in.</param>
internal sealed record FileStamp(long Size, long Modified, long SeenAt, string Hash, string Fingerprint)
{
    // Clocks of file systems are coarse: a file written again right after it was read may keep its time.
    private const long RacyTicks = 2 * TimeSpan.TicksPerSecond;

    /// <summary>Whether a file with this size and time is surely the one that was read.</summary>
    public bool IsSurely(long size, long modified) =>
        Size == size && Modified == modified && Hash.Length > 0 && SeenAt - modified >= RacyTicks;
}

/// <summary>A document as the index file holds it.</summary>
internal static class StoredDocument
{
    /// <summary>Writes a file's state and facts, with a checksum over both.</summary>
    public static byte[] Write(FileStamp stamp, DocumentFacts facts)
    {
        var writer = new BlobWriter();
        writer.Long(stamp.Size);
        writer.Long(stamp.Modified);
        writer.Long(stamp.SeenAt);
        writer.Text(stamp.Hash);
        writer.Text(stamp.Fingerprint);
        FactsSerialization.Write(writer, facts);
        return writer.ToBlob();
    }

    /// <summary>Reads them; null when the bytes are not whole or belong to another path.</summary>
    public static (FileStamp Stamp, DocumentFacts Facts)? Read(string path, byte[] blob, StringPool pool)
    {
        try
        {
            var reader = new BlobReader(blob, pool);
            var stamp = new FileStamp(reader.Long(), reader.Long(), reader.Long(), reader.Text(), reader.Text());
            var facts = FactsSerialization.Read(ref reader);
            return facts.Path == path ? (stamp, facts) : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or InsufficientExecutionStackException or ArgumentException or OverflowException)
        {
            return null;
        }
    }
}
