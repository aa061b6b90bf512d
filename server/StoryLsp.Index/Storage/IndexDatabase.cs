using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace StoryLsp.Index.Storage;

/// <summary>Opens, creates and resets the database of an index.</summary>
internal static class IndexDatabase
{
    private const int ResetDatabase = 1009;

    static IndexDatabase() => Batteries_V2.Init();

    /// <summary>Seconds for which a statement waits for another process.</summary>
    public const int PatienceSeconds = 5;

    /// <summary>Opens a database for writing, and makes its tables where it has none.</summary>
    /// <param name="source">A path, or the name of a database in memory.</param>
    /// <param name="isMemory">Whether it is in memory.</param>
    /// <param name="rebuilt">What an older index was thrown away for; null when it was not.</param>
    /// <exception cref="SqliteException">The file is not to be used.</exception>
    public static SqliteConnection Open(string source, bool isMemory, out string? rebuilt)
    {
        rebuilt = null;
        var connection = Connect(source, isMemory ? SqliteOpenMode.Memory : SqliteOpenMode.ReadWriteCreate);
        try
        {
            if (!isMemory)
            {
                // Even with `kill -9` a log in WAL mode stays whole; NORMAL saves a wait for the disk with every commit.
                Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=16777216;");
            }

            Execute(connection, "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8000;");
            rebuilt = Prepare(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens a database that is there for reading alone.</summary>
    public static SqliteConnection OpenForReading(string source, bool isMemory) =>
        Connect(source, isMemory ? SqliteOpenMode.Memory : SqliteOpenMode.ReadOnly);

    /// <summary>The version that a database says it has.</summary>
    public static long VersionOf(SqliteConnection connection) => Number(connection, "PRAGMA user_version");

    /// <summary>Makes a database empty, whatever it held, without pulling the file from under another process.</summary>
    public static void Reset(SqliteConnection connection)
    {
        raw.sqlite3_db_config(connection.Handle, ResetDatabase, 1, out _);
        try
        {
            Execute(connection, "VACUUM");
        }
        finally
        {
            raw.sqlite3_db_config(connection.Handle, ResetDatabase, 0, out _);
        }

        Execute(connection, "PRAGMA journal_mode=WAL");
    }

    /// <summary>Deletes the file with what belongs to it.</summary>
    public static void Delete(string path)
    {
        File.Delete(path);
        File.Delete(path + "-wal");
        File.Delete(path + "-shm");
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar() ?? 0L, CultureInfo.InvariantCulture);
    }

    private static SqliteConnection Connect(string source, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = source,
            Mode = mode,
            Cache = mode == SqliteOpenMode.Memory ? SqliteCacheMode.Shared : SqliteCacheMode.Default,
            DefaultTimeout = PatienceSeconds,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, PatienceSeconds * 1000);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static string? Prepare(SqliteConnection connection)
    {
        if (VersionOf(connection) == IndexSchema.Version)
        {
            return null;
        }

        var old = VersionOf(connection);
        string? rebuilt = null;
        if (Number(connection, "SELECT count(*) FROM sqlite_master") > 0)
        {
            rebuilt = string.Create(CultureInfo.InvariantCulture, $"it is of version {old}, this is version {IndexSchema.Version}");
            Reset(connection);
        }

        // Two processes may come here at once: the second waits, and finds the tables made.
        Execute(connection, "BEGIN IMMEDIATE");
        if (VersionOf(connection) != IndexSchema.Version)
        {
            Execute(connection, IndexSchema.Create + string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version={IndexSchema.Version};"));
        }

        Execute(connection, "COMMIT");
        return rebuilt;
    }
}
