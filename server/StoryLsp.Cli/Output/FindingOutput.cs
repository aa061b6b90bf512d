using StoryLsp.Language.Facts;

namespace StoryLsp.Cli.Output;

/// <summary>What all formats of findings have in common.</summary>
internal static class FindingOutput
{
    /// <summary>
    /// What stands before the workspace's paths in paths of the repository that it lies in, with a slash at its end; empty where the
    /// workspace is the repository's root, or in none. Services of code hosts count from the repository's root.
    /// </summary>
    public static string RepositoryPrefix(string root)
    {
        for (var folder = new DirectoryInfo(root); folder is not null; folder = folder.Parent)
        {
            if (Path.Exists(Path.Combine(folder.FullName, ".git")))
            {
                return Path.GetRelativePath(folder.FullName, root) is var relative and not "." ? relative.Replace('\\', '/') + "/" : "";
            }
        }

        // A runner may have no .git beside the files; it says where they lie.
        var workspace = Environment.GetEnvironmentVariable("GITHUB_WORKSPACE");
        return !string.IsNullOrEmpty(workspace) && Path.GetRelativePath(workspace, root).Replace('\\', '/') is var inside &&
            inside != "." && !inside.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(inside) ? inside + "/" : "";
    }

    /// <summary>The word for a severity.</summary>
    public static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Information => "info",
        _ => "hint",
    };
}
