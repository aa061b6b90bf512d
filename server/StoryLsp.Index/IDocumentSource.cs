using StoryLsp.Language.Documents;
using StoryLsp.Language.Text;

namespace StoryLsp.Index;

/// <summary>Where a snapshot reads texts from: open buffers first, then files. It must be safe for use by several threads.</summary>
public interface IDocumentSource
{
    /// <summary>The text, or null when the file cannot be read.</summary>
    SourceText? Text(string path);

    /// <summary>The text that a snapshot was made of, where it is still known; else the newest one.</summary>
    SourceText? Text(string path, Snapshot snapshot) => Text(path);

    /// <summary>The parsed document, or null when the file cannot be read.</summary>
    Document? Document(string path, Snapshot snapshot);
}
