using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace StoryLsp.Pipelines.History;

/// <summary>One connection to the history, used by one thread at a time.</summary>
internal sealed class HistorySession(string root, SqliteConnection connection, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();

    public string Root { get; } = root;

    /// <summary>Called by name before and after each commit and each write of a file; a test throws or kills the process there.</summary>
    public Action<string>? FaultPoint { get; set; }

    public DateTimeOffset Now => time.GetUtcNow();

    public long NowNumber => Now.ToUnixTimeMilliseconds();

    public void Reach(string point) => FaultPoint?.Invoke(point);

    /// <summary>Reads; several statements see one state.</summary>
    public T Read<T>(Func<SqliteConnection, T> work) => Inside("BEGIN", null, work);

    /// <summary>Writes everything or nothing; waits for other writers first.</summary>
    /// <param name="name">The name of the fault points around the commit.</param>
    /// <param name="work">What writes.</param>
    public T Write<T>(string name, Func<SqliteConnection, T> work) => Inside("BEGIN IMMEDIATE", name, work);

    public void Dispose()
    {
        lock (_gate)
        {
            connection.Dispose();
        }
    }

    private T Inside<T>(string begin, string? name, Func<SqliteConnection, T> work)
    {
        lock (_gate)
        {
            try
            {
                connection.Run(begin);
                var result = work(connection);
                if (name is not null)
                {
                    Reach(name + FaultPoints.BeforeCommit);
                }

                connection.Run("COMMIT");
                if (name is not null)
                {
                    Reach(name + FaultPoints.AfterCommit);
                }

                return result;
            }
            catch (SqliteException exception)
            {
                throw HistoryException.From(exception);
            }
            finally
            {
                Leave();
            }
        }
    }

    private void Leave()
    {
        if (connection.Handle is { } handle && raw.sqlite3_get_autocommit(handle) == 0)
        {
            connection.Run("ROLLBACK");
        }
    }
}
