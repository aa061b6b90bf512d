using StoryLsp.Language.Text;

namespace StoryLsp.Index;

/// <summary>A change to files that somebody may make; nothing is written by it.</summary>
/// <param name="Files">The files, each once.</param>
public sealed record WorkspaceChange(IReadOnlyList<FileChange> Files)
{
    /// <summary>A change of one file.</summary>
    public static WorkspaceChange Edit(string path, params IReadOnlyList<TextEdit> edits) => new([new TextChange(path, edits)]);
}

/// <summary>A change to one file.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
public abstract record FileChange(string Path);

/// <summary>Edits of a text; spans are UTF-16 code units of the text before, and do not overlap.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
/// <param name="Edits">The edits.</param>
public sealed record TextChange(string Path, IReadOnlyList<TextEdit> Edits) : FileChange(Path);

/// <summary>A new file. Applying it fails where there is one already.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
/// <param name="Text">The whole text.</param>
public sealed record FileCreation(string Path, string Text) : FileChange(Path);

/// <summary>A file that is taken away.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
public sealed record FileDeletion(string Path) : FileChange(Path);
