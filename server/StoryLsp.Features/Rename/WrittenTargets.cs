using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Rename;

/// <summary>The ways to write that something leads to a file which has moved, those that keep the manner of what is written first.</summary>
internal static class WrittenTargets
{
    private static readonly string[] PageExtensions = [".md", ".markdown", ".yaml", ".yml", ".fountain"];

    /// <summary>The texts that may stand in the place of a path or a stem; not each of them leads there.</summary>
    /// <param name="written">What is written, decoded.</param>
    /// <param name="from">The file that says it, where it will be.</param>
    /// <param name="old">The file that is meant, where it was.</param>
    /// <param name="now">The same file, where it will be.</param>
    /// <param name="isMarkdown">Whether it is a Markdown link written as a way from the file's folder.</param>
    public static IEnumerable<string> Of(string written, string from, string old, string now, bool isMarkdown)
    {
        var path = written.Replace('\\', '/');
        var (dots, names) = Split(path);
        if (names.Length == 0 || !NamesFile(names[^1], old, out var hasExtension))
        {
            yield break;
        }

        var target = now.Split('/');
        target[^1] = InCaseOf(names[^1], NameOf(old, hasExtension), NameOf(now, hasExtension));
        if (names.Length <= target.Length)
        {
            yield return dots + string.Join('/', target[^names.Length..]);
        }

        var whole = string.Join('/', target);
        var way = FileSet.WayTo(FileSet.FolderOf(from), whole);
        if (dots.StartsWith('/'))
        {
            yield return "/" + whole;
        }
        else if (dots.Length > 0)
        {
            // A wikilink is a way only with a dot at its beginning; a Markdown link always is one.
            yield return isMarkdown ? (dots.StartsWith("./", StringComparison.Ordinal) ? "./" : "") + way : way.StartsWith("../", StringComparison.Ordinal) ? way : "./" + way;
        }

        if (isMarkdown)
        {
            yield return way;
        }

        for (var length = names.Length + 1; length < target.Length; length++)
        {
            yield return string.Join('/', target[^length..]);
        }

        yield return whole;
        yield return string.Join('/', [.. target[..^1], NameOf(now, true)]);
        yield return way;
    }

    /// <summary>A way from a folder as a path from the root, <c>..</c> at its beginning where it leads out of the workspace.</summary>
    public static string Rooted(string folder, string relative)
    {
        var parts = new List<string>();
        foreach (var part in (relative.StartsWith('/') ? relative : folder + "/" + relative).Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part.Length > 0 && part != ".")
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    /// <summary>Whether a target is written as the way from its file's folder, and not from the root or by a stem as Obsidian may.</summary>
    public static bool IsRelative(string written, string from, string target)
    {
        var path = FileSet.Combine(FileSet.FolderOf(from), written.Replace('\\', '/'));
        return path is not null && (IsSame(path, target) || PageExtensions.Any(extension => IsSame(path + extension, target)));
    }

    /// <summary>A new text in the manner of the old one: in small letters, in capitals, or with a capital for each word, where the name itself is not.</summary>
    public static string InCaseOf(string written, string name, string now) =>
        written == name ? now
            : written == name.ToLowerInvariant() ? now.ToLowerInvariant()
            : written == name.ToUpperInvariant() ? now.ToUpperInvariant()
            : written == Capitalized(name) ? Capitalized(now)
            : now;

    private static string Capitalized(string name) =>
        string.Join(' ', name.Split(' ').Select(word => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    private static (string Dots, string[] Names) Split(string path)
    {
        var parts = path.Split('/');
        var first = 0;
        while (first < parts.Length && parts[first] is "" or "." or "..")
        {
            first++;
        }

        return (first == 0 ? "" : string.Join('/', parts[..first]) + "/", parts[first..]);
    }

    private static bool NamesFile(string written, string path, out bool hasExtension)
    {
        hasExtension = IsSame(written, NameOf(path, true));
        return hasExtension || IsSame(written, NameOf(path, false));
    }

    // Only pages are linked without their extension.
    private static string NameOf(string path, bool withExtension)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return withExtension || !PageExtensions.Contains(System.IO.Path.GetExtension(name).ToLowerInvariant()) ? name : FileSet.StemOf(name);
    }

    private static bool IsSame(string a, string b) => NameKey.Of(a) == NameKey.Of(b);
}
