using System.Text;

namespace StoryLsp.Cli.Git;

/// <summary>The lines for one story in a repository's own attributes, between two marks, so that they can be found again. What others wrote there stays.</summary>
internal static class GitAttributes
{
    private const string Begins = "# storylsp begins ";
    private const string Ends = "# storylsp ends ";

    /// <summary>The text with the lines of a story; with none where nothing is set.</summary>
    /// <param name="text">The file as it is.</param>
    /// <param name="prefix">The story's folder from the top, with a slash at its end; empty for the whole.</param>
    /// <param name="merges">Whether story files are merged by their fields.</param>
    /// <param name="differs">Whether story files are compared by sentences.</param>
    /// <param name="team">What is set already and stays.</param>
    public static string With(string text, string prefix, bool merges, bool differs, TeamAttributes team)
    {
        var (name, result) = (NameOf(prefix), new StringBuilder(Without(text, prefix)));
        if (!merges && !differs)
        {
            return result.ToString();
        }

        if (result.Length > 0 && result[^1] != '\n')
        {
            result.Append('\n');
        }

        result.Append(Begins).Append(name).Append('\n');
        foreach (var (extension, driver) in Kinds)
        {
            // A script has no YAML to merge by.
            var isMerged = merges && driver != "storylsp-script" && !team.Kinds.Contains((extension, "merge"));
            var isCompared = differs && !team.Kinds.Contains((extension, "diff"));
            if (isMerged || isCompared)
            {
                result.Append(Pattern(prefix, "*." + extension)).Append(isMerged ? " merge=storylsp" : "").Append(isCompared ? " diff=" + driver : "").Append('\n');
            }
        }

        foreach (var (path, _, written) in team.Files)
        {
            result.Append(Quoted("/" + Escaped(prefix + path))).Append(' ').Append(written).Append('\n');
        }

        return result.Append(Ends).Append(name).Append('\n').ToString();
    }

    /// <summary>The text without the lines of a story.</summary>
    public static string Without(string text, string prefix)
    {
        var (start, end) = Find(text, prefix);
        return text.Remove(start, end - start);
    }

    /// <summary>The extensions of story files.</summary>
    public static IReadOnlyList<string> Extensions => [.. Kinds.Select(kind => kind.Extension)];

    /// <summary>What the lines of a story set: whether story files are merged, and compared.</summary>
    public static (bool Merges, bool Differs) Of(string text, string prefix)
    {
        var (start, end) = Find(text, prefix);
        var lines = text.AsSpan(start, end - start);
        return (lines.Contains("merge=storylsp", StringComparison.Ordinal), lines.Contains("diff=storylsp", StringComparison.Ordinal));
    }

    /// <summary>Whether any story has lines in a text.</summary>
    public static bool HasAny(string text, string attribute) => text.Contains(Begins, StringComparison.Ordinal) && text.Contains(attribute + "=storylsp", StringComparison.Ordinal);

    private static readonly (string Extension, string Driver)[] Kinds = [("md", "storylsp"), ("markdown", "storylsp"), ("yaml", "storylsp-yaml"), ("yml", "storylsp-yaml"), ("fountain", "storylsp-script")];

    private static (int Start, int End) Find(string text, string prefix)
    {
        var (first, last) = (Begins + NameOf(prefix) + "\n", Ends + NameOf(prefix) + "\n");
        var start = text.StartsWith(first, StringComparison.Ordinal) ? 0 : text.IndexOf("\n" + first, StringComparison.Ordinal) + 1;
        var end = start > 0 || text.StartsWith(first, StringComparison.Ordinal) ? text.IndexOf(last, start, StringComparison.Ordinal) : -1;
        return end < 0 ? (0, 0) : (start, end + last.Length);
    }

    private static string NameOf(string prefix) => prefix.Length == 0 ? "/" : "/" + prefix;

    // A pattern with blanks or quotes stands in quotes; signs of patterns in a folder's name stand for themselves.
    private static string Pattern(string prefix, string name) => prefix.Length == 0 ? name : Quoted("/" + Escaped(prefix) + "**/" + name);

    private static string Escaped(string path)
    {
        var pattern = new StringBuilder();
        foreach (var unit in path)
        {
            pattern.Append(unit is '*' or '?' or '[' or ']' or '\\' ? "\\" : "").Append(unit);
        }

        return pattern.ToString();
    }

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(" \t\"") ? "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"" : text;
}
