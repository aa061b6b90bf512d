namespace StoryLsp.Pipelines.History;

/// <summary>Where a path of the workspace really leads: through a link it may lead out of it.</summary>
internal static class RealPath
{
    /// <summary>Whether a file, or the place where one would be, lies inside of the workspace when all links are followed.</summary>
    /// <param name="root">The root of the workspace.</param>
    /// <param name="path">Workspace-relative path with <c>/</c>.</param>
    /// <exception cref="IOException">A link cannot be followed.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be read.</exception>
    public static bool IsInside(string root, string path)
    {
        var inside = Path.TrimEndingDirectorySeparator(Followed(Path.GetFullPath(root)));
        var at = inside;
        foreach (var part in path.Split('/'))
        {
            at = Followed(Path.Combine(at, part));
            if (!at.StartsWith(inside + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    // What is no link, or is not there, is itself.
    private static string Followed(string path) => new FileInfo(path) is { LinkTarget: not null } file ? file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path : path;
}
