using StoryLsp.Language.Text;

namespace StoryLsp.Server.Session;

/// <summary>Texts of a story as they are now: of the editor's buffer where it has the file open, else of the disk.</summary>
internal static class StoryTexts
{
    /// <summary>The text of a file; null where there is none. Used on the queue alone.</summary>
    public static SourceText? Of(EditorSession session, StoryFolder story, string path)
    {
        var file = story.AbsolutePath(path);
        if (session.OpenFileOf(file) is { } open)
        {
            return open.Text;
        }

        try
        {
            return File.Exists(file) ? SourceText.Decode(File.ReadAllBytes(file), out _) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
