using StoryLsp.Language.Settings;

namespace StoryLsp.Index;

/// <summary>Finds the root of the workspace that a path belongs to, and the names that paths have in it.</summary>
public static class WorkspaceRoot
{
    /// <summary>The nearest folder, from the path itself upwards, with a <c>story.yaml</c>; without one the folder itself (of a file: its folder).</summary>
    /// <param name="path">A file or folder, absolute or relative to the current folder.</param>
    public static string Find(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var start = File.Exists(full) ? Path.GetDirectoryName(full) ?? full : full;
        for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, SettingsReader.FileName)))
            {
                return folder;
            }
        }

        return start;
    }

    /// <summary>The path of a file relative to a root, with <c>/</c>; null when it lies elsewhere.</summary>
    /// <param name="root">Absolute path of the root.</param>
    /// <param name="path">Absolute path of the file.</param>
    public static string? RelativeTo(string root, string path)
    {
        var relative = Path.GetRelativePath(root, path);
        if (relative == "." || Path.IsPathRooted(relative))
        {
            return null;
        }

        relative = Path.DirectorySeparatorChar == '\\' ? relative.Replace('\\', '/') : relative;
        return relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) ? null : relative;
    }
}
