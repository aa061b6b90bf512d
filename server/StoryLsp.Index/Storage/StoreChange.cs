using StoryLsp.Language.Facts;

namespace StoryLsp.Index.Storage;

/// <summary>Something that the index file is to hold, or to forget.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
internal abstract record StoreChange(string Path);

/// <summary>A document's facts; they are turned into bytes when they are written, which nobody waits for.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
/// <param name="Stamp">The state of the file.</param>
/// <param name="Facts">The facts.</param>
/// <param name="KeepsRows">Whether the facts and the text are the ones that were stored before.</param>
internal sealed record StoreDocument(string Path, FileStamp Stamp, DocumentFacts Facts, bool KeepsRows) : StoreChange(Path);

/// <summary>The document is gone.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
internal sealed record StoreRemoval(string Path) : StoreChange(Path);

/// <summary>A point that is reached when all before it is written, and the tables for questions hold everything.</summary>
internal sealed record StoreBarrier(TaskCompletionSource Reached, bool FillsTables) : StoreChange("");
