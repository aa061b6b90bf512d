using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using StoryLsp.Index.Files;

namespace StoryLsp.Index;

public sealed partial class Workspace
{
    // A file that was written a moment ago may be written again without its time changing: some file systems count in two seconds.
    private static readonly TimeSpan Unsettled = TimeSpan.FromSeconds(3);

    /// <summary>
    /// A mark of all files as they lie on disk: their paths, sizes and times, and which of them are indexed. As long as it is the same, nothing
    /// was written. Null while a file is too young to tell. No file's content is read but that of the settings and schemas.
    /// </summary>
    public string? MarkOfFiles(CancellationToken cancellation)
    {
        var latest = DateTime.UtcNow.Subtract(Unsettled).Ticks;
        List<WalkedFile> files;
        lock (_gate)
        {
            files = new WorkspaceWalk(Root, _folders, _rules, _logger).Walk(cancellation);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var numbers = new byte[17];
        foreach (var file in files)
        {
            if (file.Modified > latest)
            {
                return null;
            }

            hash.AppendData(Encoding.UTF8.GetBytes(file.Path));
            BinaryPrimitives.WriteInt64LittleEndian(numbers, file.Size);
            BinaryPrimitives.WriteInt64LittleEndian(numbers.AsSpan(8), file.Modified);
            numbers[16] = file.IsIndexed ? (byte)1 : (byte)0;
            hash.AppendData(numbers);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
