using StoryLsp.Language.Text;

namespace StoryLsp.Index;

/// <summary>A change to files that somebody may make; nothing is written by it.</summary>
/// <param name="Files">The files, each once; but edits of a file may stand before its move, and those that fill a new file behind its creation.</param>
public sealed record WorkspaceChange(IReadOnlyList<FileChange> Files)
{
    /// <summary>A change of one file.</summary>
    public static WorkspaceChange Edit(string path, params IReadOnlyList<TextEdit> edits) => new([new TextChange(path, edits)]);
}

/// <summary>What some changes have in common, so that an editor shows them together and a person decides of them together.</summary>
/// <param name="Id">A word that no other group of the change has.</param>
/// <param name="Label">What a person reads.</param>
/// <param name="NeedsConfirmation">Whether a person is asked first, by an editor that asks.</param>
/// <param name="Description">More that a person may read.</param>
public sealed record ChangeGroup(string Id, string Label, bool NeedsConfirmation = false, string? Description = null)
{
    /// <summary>Whether it is only guessed at: an editor that cannot ask a person leaves it out.</summary>
    public bool IsDoubtful { get; init; }
}

/// <summary>A change to one file.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
public abstract record FileChange(string Path)
{
    /// <summary>The group of what is done to the file itself; null: none.</summary>
    public ChangeGroup? Group { get; init; }
}

/// <summary>Edits of a text; spans are UTF-16 code units of the text before, and do not overlap.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
/// <param name="Edits">The edits.</param>
public sealed record TextChange(string Path, IReadOnlyList<TextEdit> Edits) : FileChange(Path)
{
    /// <summary>The group of each edit, in their order; empty: all are of the group of the change.</summary>
    public IReadOnlyList<ChangeGroup?> Groups { get; init; } = [];

    /// <summary>The group of an edit, or null.</summary>
    /// <param name="edit">Index of the edit.</param>
    public ChangeGroup? GroupOf(int edit) => edit < Groups.Count ? Groups[edit] : Group;
}

/// <summary>A new file. Applying it fails where there is one already.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
/// <param name="Text">The whole text.</param>
public sealed record FileCreation(string Path, string Text) : FileChange(Path);

/// <summary>A file that is taken away.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
public sealed record FileDeletion(string Path) : FileChange(Path);

/// <summary>A file that gets another path. Applying it fails where there is a file already.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>, before the move.</param>
/// <param name="To">Workspace-relative path with <c>/</c>, after it.</param>
public sealed record FileMove(string Path, string To) : FileChange(Path);
