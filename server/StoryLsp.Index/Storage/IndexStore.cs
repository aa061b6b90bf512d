using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using StoryLsp.Language.Text;

namespace StoryLsp.Index.Storage;

/// <summary>
/// The index in SQLite. One thread of its own writes; whoever hands it a change goes on at once. It is a cache: when the file is
/// damaged it is built anew, and when it cannot be written the store stops and says so once.
/// </summary>
internal sealed class IndexStore : IDisposable
{
    private const int LargestTransaction = 1000;
    private static readonly TimeSpan IdleBeforeFilling = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TimeToFinish = TimeSpan.FromSeconds(10);

    private readonly string _source;
    private readonly bool _isMemory;
    private readonly bool _isReadOnly;
    private readonly Func<string, SourceText?> _readText;
    private readonly ILogger _logger;
    private readonly BlockingCollection<StoreChange> _queue = new(new ConcurrentQueue<StoreChange>());
    private readonly CancellationTokenSource _stop = new();
    private readonly List<StoreChange> _batch = [];
    private SqliteConnection _connection;
    private IndexTables _tables;
    private Thread? _thread;
    private volatile bool _isUsable = true;
    private bool _wasRebuilt;
    private bool _saidBusy;

    private IndexStore(string source, bool isMemory, bool isReadOnly, SqliteConnection connection, Func<string, SourceText?> readText, ILogger logger)
    {
        _source = source;
        _isMemory = isMemory;
        _isReadOnly = isReadOnly;
        _connection = connection;
        _tables = new IndexTables(connection, readText);
        _readText = readText;
        _logger = logger;
    }

    /// <summary>Raised when the file was emptied after a start: everything is to be handed in again.</summary>
    public event Action? Emptied;

    /// <summary>Whether the file was emptied after a start, so that what was handed in before may be missing.</summary>
    public bool WasEmptied { get; private set; }

    /// <summary>Whether changes still reach the database.</summary>
    public bool IsUsable => _isUsable;

    /// <summary>Whether questions can be answered: the tables can be filled.</summary>
    public bool CanAnswer => _isUsable && !_isReadOnly;

    /// <summary>Opens the index of a workspace, or builds it anew; null when it can be neither read nor written.</summary>
    public static IndexStore? Open(string root, bool isReadOnly, Func<string, SourceText?> readText, ILogger logger)
    {
        var path = Path.Combine(root, ".story", "cache", "index.db");
        try
        {
            if (isReadOnly)
            {
                return OpenReadOnly(path, readText, logger);
            }

            MakeFolder(Path.GetDirectoryName(path)!);
            return new IndexStore(path, false, false, OpenOrRebuild(path, logger), readText, logger);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            Log.IndexInMemory(logger, path, exception.Message);
            return null;
        }
    }

    /// <summary>Opens an index that is gone when it is closed.</summary>
    public static IndexStore InMemory(Func<string, SourceText?> readText, ILogger logger)
    {
        var name = "storylsp-" + Guid.NewGuid().ToString("N");
        return new IndexStore(name, true, false, IndexDatabase.Open(name, isMemory: true, out _), readText, logger);
    }

    /// <summary>All documents that are stored, as bytes by path; called before <see cref="Start"/>. Empty when the file is damaged.</summary>
    public Dictionary<string, byte[]> Load()
    {
        var result = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "SELECT f.path, d.data FROM document_cache d JOIN files f ON f.id = d.file";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                result[reader.GetString(0)] = reader.GetFieldValue<byte[]>(1);
            }
        }
        catch (Exception exception) when (exception is SqliteException or InvalidCastException or InvalidOperationException)
        {
            result.Clear();
            if (!_isReadOnly)
            {
                Rebuild(exception);
            }
        }

        return result;
    }

    /// <summary>Begins to write what was handed in; called once more it does nothing.</summary>
    public void Start()
    {
        if (!_isReadOnly && _isUsable && _thread is null)
        {
            _thread = new Thread(Run) { IsBackground = true, Name = "storylsp index" };
            _thread.Start();
        }
    }

    /// <summary>Hands a change in.</summary>
    public void Add(StoreChange change)
    {
        try
        {
            if (_isUsable && !_isReadOnly && !_queue.IsAddingCompleted)
            {
                _queue.Add(change, _stop.Token);
                return;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException)
        {
            // The store was closed meanwhile; a cache may lack its last change.
        }

        (change as StoreBarrier)?.Reached.TrySetResult();
    }

    /// <summary>Waits until all that was handed in is written.</summary>
    /// <param name="fillTables">Whether the tables for questions must be complete, too.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task FlushAsync(bool fillTables, CancellationToken cancellation)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(new StoreBarrier(reached, fillTables));
        await reached.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>A connection for one question.</summary>
    public SqliteConnection OpenForReading() => IndexDatabase.OpenForReading(_source, _isMemory);

    /// <summary>Throws the file's content away after a reader found it damaged.</summary>
    public void ReportDamage(SqliteException exception) => Add(new StoreDamage(exception));

    /// <inheritdoc/>
    public void Dispose()
    {
        _queue.CompleteAdding();
        if (_thread is not null && !_thread.Join(TimeToFinish))
        {
            _stop.Cancel();
            _thread.Join(TimeToFinish);
        }

        _stop.Cancel();
        _isUsable = false;
        _tables.Dispose();
        _connection.Dispose();
    }

    private static IndexStore? OpenReadOnly(string path, Func<string, SourceText?> readText, ILogger logger)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var connection = IndexDatabase.OpenForReading(path, isMemory: false);
        try
        {
            if (IndexDatabase.VersionOf(connection) == IndexSchema.Version)
            {
                return new IndexStore(path, false, true, connection, readText, logger);
            }
        }
        catch (SqliteException)
        {
            // Nobody asked for it to be written, so a damaged one is left as it is.
        }

        connection.Dispose();
        return null;
    }

    private static void MakeFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        var ignore = Path.Combine(folder, ".gitignore");
        if (!File.Exists(ignore))
        {
            File.WriteAllText(ignore, "*\n");
        }
    }

    private static SqliteConnection OpenOrRebuild(string path, ILogger logger)
    {
        try
        {
            var connection = IndexDatabase.Open(path, isMemory: false, out var rebuilt);
            if (rebuilt is not null)
            {
                Log.IndexRebuilt(logger, path, rebuilt);
            }

            return connection;
        }
        catch (SqliteException exception) when (!IsBusy(exception) && !Directory.Exists(path))
        {
            IndexDatabase.Delete(path);
            var connection = IndexDatabase.Open(path, isMemory: false, out _);
            Log.IndexRebuilt(logger, path, exception.Message);
            return connection;
        }
    }

    private static bool IsBusy(SqliteException exception) => exception.SqliteErrorCode is 5 or 6;

    // Corrupt, no database at all, or without the tables: another process may have emptied it.
    private static bool IsDamaged(SqliteException exception) => exception.SqliteErrorCode is 11 or 26 or 1;

    private void Run()
    {
        try
        {
            while (!_stop.IsCancellationRequested && _isUsable)
            {
                if (_queue.TryTake(out var change, IdleBeforeFilling))
                {
                    _batch.Add(change);
                    WriteBatch();
                }
                else if (_queue.IsCompleted)
                {
                    return;
                }
                else if (_batch.Count > 0)
                {
                    WriteBatch();
                }
                else
                {
                    // There is time now for the tables that only questions need.
                    Try(() => _tables.Fill(limit: 50));
                }
            }
        }
        finally
        {
            GiveUp();
        }
    }

    private void WriteBatch()
    {
        while (_batch.Count < LargestTransaction && _queue.TryTake(out var more, _batch.Count < 8 ? 0 : 20))
        {
            _batch.Add(more);
        }

        var written = Try(() =>
        {
            _tables.Write(_batch);
            if (_batch.Exists(change => change is StoreBarrier { FillsTables: true }))
            {
                while (!_stop.IsCancellationRequested && _tables.Fill(limit: 200))
                {
                }
            }
        });
        if (written || !_isUsable)
        {
            foreach (var change in _batch)
            {
                (change as StoreBarrier)?.Reached.TrySetResult();
            }

            _batch.Clear();
        }
    }

    // False when it is to be tried again later.
    private bool Try(Action action)
    {
        try
        {
            foreach (var change in _batch)
            {
                if (change is StoreDamage damage)
                {
                    Rebuild(damage.Exception);
                }
            }

            action();
            return true;
        }
        catch (SqliteException exception) when (IsBusy(exception))
        {
            _tables.Abandon();
            if (!_saidBusy)
            {
                _saidBusy = true;
                Log.IndexBusy(_logger);
            }

            return _queue.IsAddingCompleted;
        }
        catch (Exception exception) when (exception is SqliteException or IOException or InvalidOperationException or InvalidCastException)
        {
            Rebuild(exception);
            return true;
        }
    }

    private void Rebuild(Exception exception)
    {
        _tables.Dispose();
        _connection.Dispose();
        var mayHelp = exception is not SqliteException sqlite || IsDamaged(sqlite);
        if (_isMemory || _wasRebuilt || !mayHelp)
        {
            _isUsable = false;
            Log.IndexInMemory(_logger, _source, exception.Message);
            return;
        }

        _wasRebuilt = true;
        try
        {
            _connection = OpenEmpty();
            _tables = new IndexTables(_connection, _readText);
            Log.IndexRebuilt(_logger, _source, exception.Message);
            if (_thread is not null)
            {
                WasEmptied = true;
                ThreadPool.QueueUserWorkItem(_ => Emptied?.Invoke());
            }
        }
        catch (Exception second) when (second is SqliteException or IOException or UnauthorizedAccessException)
        {
            _isUsable = false;
            Log.IndexInMemory(_logger, _source, second.Message);
        }
    }

    private SqliteConnection OpenEmpty()
    {
        try
        {
            var connection = IndexDatabase.Open(_source, isMemory: false, out _);
            IndexDatabase.Reset(connection);
            connection.Dispose();
        }
        catch (SqliteException)
        {
            IndexDatabase.Delete(_source);
        }

        return IndexDatabase.Open(_source, isMemory: false, out _);
    }

    private void GiveUp()
    {
        _isUsable = false;
        foreach (var change in _batch)
        {
            (change as StoreBarrier)?.Reached.TrySetResult();
        }

        _queue.CompleteAdding();
        while (_queue.TryTake(out var change))
        {
            (change as StoreBarrier)?.Reached.TrySetResult();
        }
    }
}

/// <summary>Somebody who read found the file damaged.</summary>
internal sealed record StoreDamage(SqliteException Exception) : StoreChange("");
