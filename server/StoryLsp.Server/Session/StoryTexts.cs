using StoryLsp.Language.Text;
using StoryLsp.Pipelines.History;

namespace StoryLsp.Server.Session;

/// <summary>
/// Texts of a story as they are now: of the editor's buffers as they stood at one moment, else of the disk. Only the look at the buffers waits in the queue
/// behind what is typed; the disk is read by whoever asks.
/// </summary>
internal sealed class StoryTexts
{
    private readonly StoryFolder _story;
    private readonly IReadOnlyDictionary<string, OpenFile> _open;
    private readonly Dictionary<string, FileText> _read = new(StringComparer.Ordinal);

    private StoryTexts(StoryFolder story, IReadOnlyDictionary<string, OpenFile> open)
    {
        _story = story;
        _open = open;
    }

    /// <summary>Takes the buffers as they stand after every change that came before.</summary>
    public static async Task<StoryTexts> TakeAsync(EditorSession session, StoryFolder story) =>
        new(story, await session.Queue.Ask(() => session.OpenFiles.ToDictionary(file => file.AbsolutePath, StringComparer.Ordinal)).ConfigureAwait(false));

    /// <summary>The text of a file; null where there is none. A file of the disk is read once, so that all who ask see the same.</summary>
    public SourceText? Of(string path)
    {
        if (_open.TryGetValue(_story.AbsolutePath(path), out var open))
        {
            return open.Text;
        }

        // Bytes that are no text are equal to no text, so that nothing is ever placed in them.
        var onDisk = Read(path);
        return onDisk.IsUnreadable ? SourceText.From("\0") : onDisk.Text is { } text ? SourceText.From(text) : null;
    }

    /// <summary>The version of the buffer; null where the file is not open.</summary>
    public int? VersionOf(string path) => _open.TryGetValue(_story.AbsolutePath(path), out var open) ? open.Version : null;

    /// <summary>Whether the file is not open, and what stands on the disk is no text.</summary>
    public bool IsUnreadable(string path) => VersionOf(path) is null && Read(path).IsUnreadable;

    private FileText Read(string path) => _read.TryGetValue(path, out var text) ? text : _read[path] = FileText.Read(_story.Root, path);
}
