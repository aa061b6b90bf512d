using StoryLsp.Language.Facts;

namespace StoryLsp.Index.Storage;

/// <summary>Something that the index file is to hold, or to forget.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
internal abstract record StoreChange(string Path);

/// <summary>A document's facts, already as bytes.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
/// <param name="Kind">What kind of document it is.</param>
/// <param name="Stamp">The state of the file.</param>
/// <param name="Blob">What <see cref="StoredDocument"/> wrote.</param>
/// <param name="KeepsRows">Whether the facts and the text are the ones that were stored before.</param>
internal sealed record StoreDocument(string Path, DocumentKind Kind, FileStamp Stamp, byte[] Blob, bool KeepsRows) : StoreChange(Path);

/// <summary>The document is gone.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
internal sealed record StoreRemoval(string Path) : StoreChange(Path);

/// <summary>A point that is reached when all before it is written, and the tables for questions hold everything.</summary>
internal sealed record StoreBarrier(TaskCompletionSource Reached, bool FillsTables) : StoreChange("");
