namespace StoryLsp.Features.Fields;

/// <summary>Patterns of paths as <c>story.yaml</c> has them: <c>*</c> inside a name, <c>**</c> over folders, <c>?</c> for one character.</summary>
internal static class PathPattern
{
    /// <summary>Whether a path fits a pattern, whatever the case.</summary>
    /// <param name="pattern">The pattern, without braces.</param>
    /// <param name="path">Workspace-relative path with <c>/</c>.</param>
    public static bool Matches(string pattern, string path)
    {
        var trimmed = pattern.StartsWith("./", StringComparison.Ordinal) ? pattern[2..] : pattern.TrimStart('/');
        return Segments(trimmed.Split('/'), path.Split('/'));
    }

    private static bool Segments(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        if (pattern.IsEmpty)
        {
            return path.IsEmpty;
        }

        if (pattern[0] == "**")
        {
            for (var skip = 0; skip <= path.Length; skip++)
            {
                if (Segments(pattern[1..], path[skip..]))
                {
                    return true;
                }
            }

            return false;
        }

        return !path.IsEmpty && Name(pattern[0], path[0]) && Segments(pattern[1..], path[1..]);
    }

    // The usual two-pointer match: on a mismatch the last star takes one character more.
    private static bool Name(string pattern, string name)
    {
        int p = 0, n = 0, star = -1, mark = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = n;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || char.ToLowerInvariant(pattern[p]) == char.ToLowerInvariant(name[n])))
            {
                p++;
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }
}
