using Microsoft.Data.Sqlite;
using StoryLsp.Index.Storage;

namespace StoryLsp.Index;

public sealed partial class Workspace
{
    /// <summary>How long a question may take when nobody says otherwise.</summary>
    public static readonly TimeSpan DefaultQueryTime = TimeSpan.FromSeconds(30);

    /// <summary>Answers a question in SQL over the files as they are on disk; the tables are described in this folder's README.</summary>
    /// <param name="sql">One statement that reads.</param>
    /// <param name="tables">Tables that the question may use beside those of the index.</param>
    /// <param name="cancellation">Stops the question.</param>
    /// <exception cref="QueryException">The question is wrong, writes, or took too long.</exception>
    public async Task<QueryResult> QueryAsync(string sql, IReadOnlyList<QueryTable>? tables = null, CancellationToken cancellation = default)
    {
        try
        {
            return await AskAsync(sql, tables, cancellation).ConfigureAwait(false);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is 11 or 26)
        {
            await RepairStoreAsync(exception, cancellation).ConfigureAwait(false);
        }

        try
        {
            return await AskAsync(sql, tables, cancellation).ConfigureAwait(false);
        }
        catch (SqliteException exception)
        {
            throw new QueryException("The index cannot be read: " + exception.Message.ReplaceLineEndings(" "), exception);
        }
    }

    private async Task<QueryResult> AskAsync(string sql, IReadOnlyList<QueryTable>? tables, CancellationToken cancellation)
    {
        var store = await ReadyStoreAsync(cancellation).ConfigureAwait(false);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(DefaultQueryTime);
        try
        {
            return await Task.Run(() => Ask(store, sql, tables, late.Token), late.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new QueryException("The question took longer than 30 seconds and was stopped.");
        }
    }

    private static QueryResult Ask(IndexStore store, string sql, IReadOnlyList<QueryTable>? tables, CancellationToken cancellation)
    {
        using var connection = store.OpenForReading();
        var runner = new QueryRunner(connection);
        foreach (var table in tables ?? [])
        {
            runner.Add(table);
        }

        return runner.Run(sql, cancellation);
    }

    // The store with its tables complete; one in memory where there is no file.
    private async Task<IndexStore> ReadyStoreAsync(CancellationToken cancellation)
    {
        StoreUnstored();
        StartStore();
        var store = _store;
        if (store is { CanAnswer: true })
        {
            await store.FlushAsync(fillTables: true, cancellation).ConfigureAwait(false);
            if (store.WasEmptied && !_wasStoredAgain)
            {
                // Whoever asks just now must not see a part only.
                await Task.Run(StoreAll, cancellation).ConfigureAwait(false);
                _wasStoredAgain = true;
                await store.FlushAsync(fillTables: true, cancellation).ConfigureAwait(false);
            }

            if (store.CanAnswer)
            {
                return store;
            }
        }

        store = await Task.Run(StoreInMemory, cancellation).ConfigureAwait(false);
        await store.FlushAsync(fillTables: true, cancellation).ConfigureAwait(false);
        return store;
    }

    private IndexStore StoreInMemory()
    {
        IndexStore store;
        lock (_storeGate)
        {
            if (_store is { CanAnswer: true } other)
            {
                return other;
            }

            _store?.Dispose();
            store = IndexStore.InMemory(_loader.Text, _logger);
            store.Start();
            _store = store;
        }

        StoreAll();
        return store;
    }

    private async Task RepairStoreAsync(SqliteException exception, CancellationToken cancellation)
    {
        if (_store is { } store)
        {
            store.ReportDamage(exception);
            await store.FlushAsync(fillTables: false, cancellation).ConfigureAwait(false);
            await Task.Run(StoreAll, cancellation).ConfigureAwait(false);
        }
    }
}
