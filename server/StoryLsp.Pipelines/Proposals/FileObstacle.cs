using StoryLsp.Pipelines.History;

namespace StoryLsp.Pipelines.Proposals;

/// <summary>Why a file on the disk is not to be written, as it is.</summary>
internal static class FileObstacle
{
    /// <summary>The reason, in a sentence with the remedy; null where nothing is in the way.</summary>
    /// <param name="root">The root of the workspace.</param>
    /// <param name="path">Workspace-relative path with <c>/</c>.</param>
    public static string? Of(string root, string path)
    {
        try
        {
            if (!RealPath.IsInside(root, path))
            {
                return $"{path} leads out of the story by a link, so nothing is written there.";
            }

            var full = Path.Combine(root, path);
            if (FileText.Read(root, path).IsUnreadable)
            {
                return Directory.Exists(full) ? $"{path} is a folder, so nothing is written there." : $"{path} cannot be read as text: it holds bytes that are no UTF-8. Save it as UTF-8, and accept again.";
            }

            return File.Exists(full) && (File.GetAttributes(full) & FileAttributes.ReadOnly) != 0
                ? $"{path} is write-protected, so it was left alone. Allow writing to it, and accept again."
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be read, so nothing is written there.";
        }
    }
}
