using System.Text;

namespace StoryLsp.Pipelines.History;

/// <summary>The file <c>.story/.gitignore</c>: the history and the prompts stay on this machine. What a person wrote there is kept.</summary>
internal static class IgnoreFile
{
    private static readonly string[] Lines = ["history.db*", "runs/"];

    /// <summary>Makes the file, or adds the lines that it lacks.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Ensure(string root)
    {
        if (Missing(Read(root)).Count == 0)
        {
            return;
        }

        // One process at a time adds, and it looks again.
        using var held = FileLock.Take(root, FileLock.Opening, CancellationToken.None);
        var text = Read(root);
        var end = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var gap = text.Length > 0 && !text.EndsWith('\n') ? end : "";
        using var file = new FileStream(PathOf(root), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        file.Write(Encoding.UTF8.GetBytes(gap + string.Concat(Missing(text).Select(line => line + end))));
    }

    private static string PathOf(string root) => Path.Combine(root, ".story", ".gitignore");

    private static string Read(string root)
    {
        if (!File.Exists(PathOf(root)))
        {
            return "";
        }

        using var reader = new StreamReader(new FileStream(PathOf(root), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    // A person who has said with `!` what is to be kept in git has decided.
    private static List<string> Missing(string text)
    {
        var present = text.Split('\n').Select(line => line.Trim()).ToHashSet(StringComparer.Ordinal);
        return [.. Lines.Where(line => !present.Contains(line) && !present.Contains("!" + line) && !present.Contains("/" + line))];
    }
}
