using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace StoryLsp.Pipelines.History;

/// <summary>Opens the file of the history, brings it to this program's version, and puts aside what is no database.</summary>
internal static class HistoryDatabase
{
    private const int PatienceSeconds = 15;
    private const int NotADatabase = 26;

    static HistoryDatabase() => Batteries_V2.Init();

    /// <summary>The path of the file.</summary>
    public static string PathOf(string root) => Path.Combine(root, ".story", "history.db");

    /// <summary>Opens the file, and makes it where there is none.</summary>
    /// <param name="root">The root of the workspace.</param>
    /// <param name="now">What the clock says, for the name of a file that is put aside.</param>
    /// <param name="notice">A sentence about a file that was put aside; else null.</param>
    /// <exception cref="HistoryException">It cannot be opened, or is not to be written.</exception>
    public static SqliteConnection Open(string root, DateTimeOffset now, out string? notice)
    {
        notice = null;
        try
        {
            Directory.CreateDirectory(Path.Combine(root, ".story"));
            IgnoreFile.Ensure(root);
            try
            {
                return Open(PathOf(root));
            }
            catch (SqliteException exception) when (exception.SqliteErrorCode == NotADatabase)
            {
                notice = PutAside(root, now);
                return Open(PathOf(root));
            }
        }
        catch (SqliteException exception)
        {
            throw HistoryException.From(exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HistoryException("The folder .story cannot be written, so there is no history to keep. Allow writing there, and try again.", exception);
        }
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            DefaultTimeout = PatienceSeconds,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, PatienceSeconds * 1000);
            Refuse(connection);
            // FULL waits for the disk at each commit: what was said to be kept is kept, even when the power goes. REPLACE fires the triggers that
            // refuse a deletion only with recursive triggers.
            connection.Run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; PRAGMA journal_size_limit=16777216;");
            Migrate(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // Asked before anything is written: another program's database, or a newer version's, stays as it is.
    private static void Refuse(SqliteConnection connection)
    {
        var version = connection.Number("PRAGMA user_version");
        if (version > HistorySchema.Version)
        {
            throw new HistoryException(string.Create(CultureInfo.InvariantCulture, $"The history (.story/history.db) was written by a newer StoryLsp (version {version}; this one knows {HistorySchema.Version}). It was left as it is: use the newer StoryLsp."));
        }

        if (connection.Number("SELECT count(*) FROM sqlite_master") > 0 && connection.Number("PRAGMA application_id") != HistorySchema.ApplicationId)
        {
            throw new HistoryException("The file .story/history.db is another program's database. It was left as it is: move it away, and a history is begun.");
        }
    }

    private static void Migrate(SqliteConnection connection)
    {
        if (connection.Number("PRAGMA user_version") == HistorySchema.Version)
        {
            return;
        }

        // Two processes may come here at once: the second waits, and finds it done.
        connection.Run("BEGIN IMMEDIATE");
        for (var version = (int)connection.Number("PRAGMA user_version"); version < HistorySchema.Version; version++)
        {
            connection.Run(HistorySchema.Scripts[version]);
        }

        connection.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id={HistorySchema.ApplicationId}; PRAGMA user_version={HistorySchema.Version}; COMMIT"));
    }

    // Whether it is a database only SQLite is asked: it locks by the process, and would lose its locks when the same process closed the
    // file that it has open elsewhere.
    private static string? PutAside(string root, DateTimeOffset now)
    {
        var path = PathOf(root);
        using var held = FileLock.Take(root, FileLock.Opening, CancellationToken.None);
        try
        {
            // Only one process renames, and it looks again: another may have begun a new history by now.
            Open(path).Dispose();
            return null;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == NotADatabase && !WasDatabase(path))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"history.db.damaged-{now.UtcDateTime:yyyyMMdd-HHmmssfff}");
            // The file itself goes last: while it is there nobody begins a new one, whose log this would be.
            foreach (var suffix in (ReadOnlySpan<string>)["-wal", "-shm", ""])
            {
                if (File.Exists(path + suffix))
                {
                    File.Move(path + suffix, Path.Combine(root, ".story", name + suffix));
                }
            }

            return $"The file .story/history.db was no database. It was renamed to {name}, and a new history was begun.";
        }
    }

    // What begins as a database is one that is damaged, and may be mended: it stays where it is.
    private static bool WasDatabase(string path)
    {
        Span<byte> header = stackalloc byte[16];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length && header.SequenceEqual("SQLite format 3\0"u8);
    }
}
