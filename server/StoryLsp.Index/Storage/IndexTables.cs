using System.Globalization;
using Microsoft.Data.Sqlite;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Index.Storage;

/// <summary>
/// Writes the tables of an index. What a start needs (a file's state and its facts as bytes) is written at once; the rows that only
/// questions need are filled in later, so that the first index does not wait for them.
/// </summary>
internal sealed class IndexTables(SqliteConnection connection, Func<string, SourceText?> readText) : IDisposable
{
    private readonly StringPool _pool = new();
    private SqliteCommand? _upsert;
    private SqliteCommand? _cache;
    private RowWriter? _rows;
    private bool _isInTransaction;

    /// <summary>Writes changes in one transaction.</summary>
    public void Write(IReadOnlyList<StoreChange> changes)
    {
        Begin();
        foreach (var change in changes)
        {
            switch (change)
            {
                case StoreDocument document:
                    Write(document);
                    break;
                case StoreRemoval removal:
                    Remove(removal.Path);
                    break;
            }
        }

        Commit();
    }

    /// <summary>Fills in the rows of some files that lack them, in one transaction; false when none lacks any.</summary>
    public bool Fill(int limit)
    {
        if (IndexDatabase.Number(connection, "SELECT EXISTS(SELECT 1 FROM files WHERE has_rows = 0)") == 0)
        {
            return false;
        }

        Begin();
        var pending = new List<(long File, string Path, byte[]? Blob)>();
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT f.id, f.path, d.data FROM files f LEFT JOIN document_cache d ON d.file = f.id WHERE f.has_rows = 0 LIMIT " +
                limit.ToString(CultureInfo.InvariantCulture);
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                pending.Add((reader.GetInt64(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<byte[]>(2)));
            }
        }

        _rows ??= new RowWriter(connection);
        foreach (var (file, path, blob) in pending)
        {
            var facts = blob is null ? null : StoredDocument.Read(path, blob, _pool)?.Facts;
            if (facts is null)
            {
                // Damaged bytes: forgotten here, so that the next start reads the file itself.
                Remove(path);
            }
            else
            {
                _rows.Write(file, facts, facts.Kind == DocumentKind.Unreadable ? null : readText(path));
            }
        }

        _rows.ForgetOldTexts();
        Commit();
        return pending.Count > 0;
    }

    /// <summary>Leaves a transaction that could not be finished.</summary>
    public void Abandon()
    {
        if (_isInTransaction)
        {
            _isInTransaction = false;
            try
            {
                IndexDatabase.Execute(connection, "ROLLBACK");
            }
            catch (SqliteException)
            {
                // SQLite has rolled back by itself.
            }
        }
    }

    public void Dispose()
    {
        Abandon();
        _upsert?.Dispose();
        _cache?.Dispose();
        _rows?.Dispose();
    }

    private void Begin()
    {
        IndexDatabase.Execute(connection, "BEGIN IMMEDIATE");
        _isInTransaction = true;
    }

    private void Commit()
    {
        IndexDatabase.Execute(connection, "COMMIT");
        _isInTransaction = false;
    }

    private void Write(StoreDocument document)
    {
        byte[] blob;
        try
        {
            blob = StoredDocument.Write(document.Stamp, document.Facts);
        }
        catch (InsufficientExecutionStackException)
        {
            // Nested deeper than what is worth keeping: it is read again with the next start.
            Remove(document.Path);
            return;
        }

        _upsert ??= Statement.Of(connection, """
            INSERT INTO files(path, kind, size, modified, hash) VALUES(?1, ?2, ?3, ?4, ?5)
            ON CONFLICT(path) DO UPDATE SET kind = ?2, size = ?3, modified = ?4, hash = ?5, has_rows = CASE WHEN ?6 THEN has_rows ELSE 0 END
            RETURNING id
            """, 6);
        _cache ??= Statement.Of(connection, "INSERT OR REPLACE INTO document_cache(file, data) VALUES(?1, ?2)", 2);
        var stamp = document.Stamp;
        var modified = new DateTimeOffset(Math.Clamp(stamp.Modified, 0, DateTime.MaxValue.Ticks), TimeSpan.Zero).ToUnixTimeMilliseconds();
        _upsert.Bind(document.Path, KindName(document.Facts.Kind), stamp.Size, modified, stamp.Hash, document.KeepsRows ? 1L : 0L);
        var id = Convert.ToInt64(_upsert.ExecuteScalar(), CultureInfo.InvariantCulture);
        _cache.Bind(id, blob);
        _cache.ExecuteNonQuery();
    }

    private void Remove(string path)
    {
        using var find = Statement.Of(connection, "SELECT id FROM files WHERE path = ?1", 1);
        find.Bind(path);
        if (find.ExecuteScalar() is long file)
        {
            _rows ??= new RowWriter(connection);
            _rows.Remove(file);
            foreach (var sql in (string[])["DELETE FROM document_cache WHERE file = ?1", "DELETE FROM files WHERE id = ?1"])
            {
                using var delete = Statement.Of(connection, sql, 1);
                delete.Bind(file);
                delete.ExecuteNonQuery();
            }
        }
    }

    private static string KindName(DocumentKind kind) => kind switch
    {
        DocumentKind.Yaml => "yaml",
        DocumentKind.Markdown => "markdown",
        DocumentKind.Fountain => "fountain",
        DocumentKind.Schema => "schema",
        DocumentKind.Settings => "settings",
        DocumentKind.Pipeline => "pipeline",
        _ => "unreadable",
    };
}
