namespace StoryLsp.Index.Files;

/// <summary>The rules of one <c>.gitignore</c> file, for paths relative to its folder.</summary>
internal sealed class GitIgnore
{
    private static readonly bool IgnoreCase = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS();

    private readonly List<Rule> _rules = [];

    /// <summary>Reads the lines of a file.</summary>
    public static GitIgnore Parse(string text)
    {
        var result = new GitIgnore();
        foreach (var line in text.Split('\n'))
        {
            result.Add(line.TrimEnd('\r'));
        }

        return result;
    }

    /// <summary>Whether a path is ignored (true), taken back in (false), or not spoken of (null). The last rule that matches decides.</summary>
    /// <param name="path">A path relative to the file's folder.</param>
    /// <param name="isDirectory">Whether it is a folder.</param>
    public bool? Decide(string path, bool isDirectory)
    {
        for (var i = _rules.Count - 1; i >= 0; i--)
        {
            var rule = _rules[i];
            if ((isDirectory || !rule.DirectoriesOnly) && rule.Pattern.Matches(path))
            {
                return !rule.IsNegated;
            }
        }

        return null;
    }

    private void Add(string line)
    {
        line = TrimUnescapedSpaces(line);
        if (line.Length == 0 || line[0] == '#')
        {
            return;
        }

        var negated = line[0] == '!';
        if (negated)
        {
            line = line[1..];
        }

        var directoriesOnly = line.EndsWith('/');
        line = line.TrimEnd('/');
        if (line.Length == 0)
        {
            return;
        }

        // A pattern with a slash is held to the file's folder; one without matches at any depth.
        var anchored = line.Contains('/');
        line = line.TrimStart('/');
        var pattern = GlobPattern.Parse(anchored ? line : "**/" + line, IgnoreCase);
        if (!pattern.HasOpenBracket)
        {
            _rules.Add(new(pattern, negated, directoriesOnly));
        }
    }

    private static string TrimUnescapedSpaces(string line)
    {
        var end = line.Length;
        while (end > 0 && line[end - 1] is ' ' or '\t')
        {
            if (end > 1 && line[end - 2] == '\\')
            {
                break;
            }

            end--;
        }

        return line[..end];
    }

    private readonly record struct Rule(GlobPattern Pattern, bool IsNegated, bool DirectoriesOnly);
}
