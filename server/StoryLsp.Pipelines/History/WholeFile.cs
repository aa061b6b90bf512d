using System.Text;

namespace StoryLsp.Pipelines.History;

/// <summary>Writes a file whole or not at all: beside its place, down to the disk, and then into its place. So a power cut leaves no file that is half written, or empty.</summary>
public static class WholeFile
{
    /// <summary>Writes a text as UTF-8 without a byte order mark; the folder is made where it is missing.</summary>
    /// <param name="path">Absolute path of the file.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, string text) => Write(path, new UTF8Encoding(false).GetBytes(text));

    /// <summary>Writes bytes.</summary>
    /// <param name="path">Absolute path of the file.</param>
    /// <param name="bytes">What it holds.</param>
    /// <param name="suffix">What the name beside it ends with; one of its own where several may write the same file at once.</param>
    /// <param name="beforeMove">Called when all is written, and the file is not yet in its place.</param>
    internal static void Write(string path, ReadOnlySpan<byte> bytes, string suffix = ".tmp", Action? beforeMove = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var beside = new FileStream(path + suffix, FileMode.Create, FileAccess.Write, FileShare.None, 1))
        {
            beside.Write(bytes);
            beside.Flush(flushToDisk: true);
        }

        beforeMove?.Invoke();
        File.Move(path + suffix, path, overwrite: true);
    }
}
