namespace StoryLsp.Language.Documents;

/// <summary>Matches workspace-relative paths against globs: <c>*</c>, <c>?</c> and <c>**</c>, ignoring case.</summary>
public static class PathGlob
{
    /// <summary>Whether a path fits a glob.</summary>
    /// <param name="glob">The glob, without braces.</param>
    /// <param name="path">Workspace-relative path with <c>/</c>.</param>
    public static bool Matches(string glob, string path)
    {
        glob = glob.Replace('\\', '/').TrimStart('/');
        return MatchesSegments((glob.StartsWith("./", StringComparison.Ordinal) ? glob[2..] : glob).Split('/'), path.Split('/'));
    }

    private static bool MatchesSegments(ReadOnlySpan<string> globs, ReadOnlySpan<string> names)
    {
        if (globs.IsEmpty)
        {
            return names.IsEmpty;
        }

        if (globs[0] != "**")
        {
            return !names.IsEmpty && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(globs[0], names[0], true)
                && MatchesSegments(globs[1..], names[1..]);
        }

        for (var skipped = 0; skipped <= names.Length; skipped++)
        {
            if (MatchesSegments(globs[1..], names[skipped..]))
            {
                return true;
            }
        }

        return false;
    }
}
