namespace StoryLsp.Pipelines.History;

/// <summary>Files that are to be written together.</summary>
/// <param name="Key">The key of idempotency: what was done under it is not done again.</param>
/// <param name="Kind">What writes, as the undo tree's event will have it.</param>
/// <param name="Label">What it does, for a person.</param>
/// <param name="Files">Files of the story, each once; they become an event of the undo tree.</param>
public sealed record FileWriteRequest(string Key, string Kind, string Label, IReadOnlyList<FileTransition> Files)
{
    /// <summary>Files that are written along, and are no part of the story: a proposal's record, provenance.</summary>
    public IReadOnlyList<FileTransition> Besides { get; init; } = [];

    /// <summary>Who does it.</summary>
    public string? By { get; init; }

    /// <summary>The run that it comes from.</summary>
    public string? Run { get; init; }

    /// <summary>The proposal that it comes from.</summary>
    public string? Proposal { get; init; }

    /// <summary>An event of a run that tells of it; it is appended with the end, so it is there exactly when the files are written.</summary>
    public RunEvent? Told { get; init; }

    /// <summary>The branch on which it is recorded; the current one when null.</summary>
    public string? Branch { get; init; }
}

/// <summary>How a write ended.</summary>
public enum FileWriteOutcome
{
    /// <summary>Every file is written but those that are named as left.</summary>
    Done,

    /// <summary>It was done before under the same key; nothing was written now.</summary>
    AlreadyDone,

    /// <summary>A file is no longer what it was, so nothing was written at all.</summary>
    Stale,

    /// <summary>A file could not be written, and those before it were put back.</summary>
    Undone,

    /// <summary>It was cut off, or could not be put back; it is finished when the history is opened next.</summary>
    Pending,
}

/// <summary>A file that was not written.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
/// <param name="Why">A sentence for a person.</param>
public sealed record LeftFile(string Path, string Why);

/// <summary>What came of a write.</summary>
/// <param name="Label">What it was to do.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Written">The files that stand as they were wanted.</param>
/// <param name="Left">The files that do not, and why.</param>
/// <param name="Event">The event in the undo tree; null where there is none.</param>
/// <param name="Branch">The current branch after a checkout; else null.</param>
public sealed record FileWriteResult(string Label, FileWriteOutcome Outcome, IReadOnlyList<string> Written, IReadOnlyList<LeftFile> Left, string? Event, string? Branch);
