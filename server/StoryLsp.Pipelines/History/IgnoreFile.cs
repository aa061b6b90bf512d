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
        var path = Path.Combine(root, ".story", ".gitignore");
        var text = File.Exists(path) ? File.ReadAllText(path) : "";
        var present = text.Split('\n').Select(line => line.Trim()).ToHashSet(StringComparer.Ordinal);
        // A person who has said with `!` what is to be kept in git has decided.
        var missing = Lines.Where(line => !present.Contains(line) && !present.Contains("!" + line) && !present.Contains("/" + line)).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        var end = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var gap = text.Length > 0 && !text.EndsWith('\n') ? end : "";
        File.AppendAllText(path, gap + string.Concat(missing.Select(line => line + end)), new UTF8Encoding(false));
    }
}
