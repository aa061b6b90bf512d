using Microsoft.Data.Sqlite;

namespace StoryLsp.Pipelines.History;

/// <summary>The history cannot be opened, read or written. The message says what, why and what to do; the file is never thrown away.</summary>
public sealed class HistoryException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">One sentence or two for the writer.</param>
    /// <param name="inner">What was behind it.</param>
    public HistoryException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    internal static HistoryException From(SqliteException exception) => new(
        exception.SqliteErrorCode switch
        {
            5 or 6 => "The history (.story/history.db) is in use by another program for too long. Nothing was written; try again.",
            8 => "The history (.story/history.db) cannot be written: the file or its folder is read-only. Allow writing there, and try again.",
            11 or 26 => "The history (.story/history.db) is damaged. It was left as it is: put a copy from a backup in its place, or move it away to begin a new one.",
            13 => "The disk is full, so the history (.story/history.db) could not be written. Make room, and try again.",
            14 => "The history (.story/history.db) cannot be opened. See that the folder .story can be read and written.",
            _ => $"The history (.story/history.db) could not be read or written: {exception.Message}",
        },
        exception);
}
