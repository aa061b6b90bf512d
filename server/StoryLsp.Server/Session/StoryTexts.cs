using StoryLsp.Language.Text;
using StoryLsp.Pipelines.History;

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

        // Bytes that are no text are equal to no text, so that nothing is ever placed in them.
        var onDisk = FileText.Read(story.Root, path);
        return onDisk.IsUnreadable ? SourceText.From("\0") : onDisk.Text is { } text ? SourceText.From(text) : null;
    }
}
