using Microsoft.Extensions.Logging;

namespace StoryLsp.Index;

/// <summary>What the index says in the log: one line each, for a person who asks why something is not there.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "The folder {Folder} cannot be read and is left out: {Reason}")]
    public static partial void FolderNotRead(ILogger logger, string folder, string reason);

    [LoggerMessage(2, LogLevel.Warning, "{Path} cannot be read as text and is left out: {Reason}")]
    public static partial void FileNotRead(ILogger logger, string path, string reason);

    [LoggerMessage(3, LogLevel.Warning, "{Path} holds bytes that are not valid in its encoding, the first at byte {Offset}; they are shown as \uFFFD. Save it as UTF-8.")]
    public static partial void InvalidBytes(ILogger logger, string path, int offset);

    [LoggerMessage(4, LogLevel.Warning, "{Count} files are ignored by git; links are checked against the first {Limit} of them only")]
    public static partial void TooManyIgnoredFiles(ILogger logger, int count, int limit);

    [LoggerMessage(5, LogLevel.Warning, "The index {Path} could not be used and is built anew: {Reason}")]
    public static partial void IndexRebuilt(ILogger logger, string path, string reason);

    [LoggerMessage(6, LogLevel.Warning, "The index {Path} cannot be written, so this session keeps it in memory and the next one reads all files again: {Reason}")]
    public static partial void IndexInMemory(ILogger logger, string path, string reason);

    [LoggerMessage(7, LogLevel.Information, "Indexed {Files} files in {Milliseconds} ms: {Read} read, {Reused} unchanged")]
    public static partial void Indexed(ILogger logger, int files, long milliseconds, int read, int reused);

    [LoggerMessage(8, LogLevel.Warning, "Changes of files cannot be watched here ({Reason}); the folder is looked through every {Seconds} seconds instead")]
    public static partial void WatchingByPolling(ILogger logger, string reason, double seconds);

    [LoggerMessage(9, LogLevel.Error, "Updating the workspace failed; the next change tries again")]
    public static partial void UpdateFailed(ILogger logger, Exception exception);

    [LoggerMessage(10, LogLevel.Information, "The index is busy with another process; what it lacks is written later")]
    public static partial void IndexBusy(ILogger logger);

    [LoggerMessage(11, LogLevel.Error, "{Path} could not be read because of a fault in StoryLsp; it is left out, please report it")]
    public static partial void DocumentNotRead(ILogger logger, string path, Exception exception);

    [LoggerMessage(12, LogLevel.Warning, "What the index holds of {Path} is damaged; the file is read again")]
    public static partial void StoredDocumentDamaged(ILogger logger, string path);

    [LoggerMessage(13, LogLevel.Error, "Looking at the files that changed failed; all files are looked at again in {Seconds} seconds")]
    public static partial void LookFailed(ILogger logger, double seconds, Exception exception);
}
