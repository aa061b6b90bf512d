using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StoryLsp.Language.Facts;

namespace StoryLsp.Index;

/// <summary>How a workspace is opened.</summary>
public sealed record WorkspaceOptions
{
    /// <summary>Absolute path of the root; see <see cref="WorkspaceRoot.Find"/>.</summary>
    public required string Root { get; init; }

    /// <summary>The rules whose findings are kept with the facts of each document.</summary>
    public IReadOnlyList<IDocumentRule> DocumentRules { get; init; } = [];

    /// <summary>Where the workspace says what it could not do.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>False: nothing is read from or written to <c>.story/cache</c>.</summary>
    public bool UseIndexFile { get; init; } = true;

    /// <summary>True: an index that is there is read, and never written.</summary>
    public bool ReadOnlyIndex { get; init; }
}

/// <summary>How far indexing is.</summary>
/// <param name="Done">Files that are done.</param>
/// <param name="Total">All files to be looked at.</param>
public readonly record struct IndexProgress(int Done, int Total);

/// <summary>What happened to a file.</summary>
public enum FileEventKind
{
    /// <summary>It is new.</summary>
    Created,

    /// <summary>Its content may be another.</summary>
    Changed,

    /// <summary>It is gone.</summary>
    Deleted,
}

/// <summary>Something that happened to a file or folder.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
/// <param name="Kind">What happened.</param>
public readonly record struct FileEvent(string Path, FileEventKind Kind);

/// <summary>The workspace has another snapshot.</summary>
/// <param name="Snapshot">The new snapshot.</param>
/// <param name="Paths">
/// Documents that are gone, or whose facts changed, or whose findings may differ because of others; null: all, as the settings or the
/// schemas changed or the first index is complete.
/// </param>
public sealed record SnapshotChange(Snapshot Snapshot, IReadOnlyCollection<string>? Paths);
