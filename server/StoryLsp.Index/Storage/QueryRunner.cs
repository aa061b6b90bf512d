using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace StoryLsp.Index.Storage;

/// <summary>Answers one question in SQL on a connection that cannot write.</summary>
internal sealed class QueryRunner(SqliteConnection connection)
{
    private const int InterruptCode = 9;

    /// <summary>Makes the tables that only this question has.</summary>
    public void Add(QueryTable table)
    {
        var columns = string.Join(", ", table.Columns.Select(Identifier));
        IndexDatabase.Execute(connection, $"CREATE TEMP TABLE {Identifier(table.Name)}({columns})");
        IndexDatabase.Execute(connection, "BEGIN");
        var values = string.Join(',', Enumerable.Range(1, table.Columns.Count).Select(i => "?" + i.ToString(CultureInfo.InvariantCulture)));
        using var insert = Statement.Of(connection, $"INSERT INTO temp.{Identifier(table.Name)} VALUES({values})", table.Columns.Count);
        foreach (var row in table.Rows)
        {
            insert.Bind([.. row]);
            insert.ExecuteNonQuery();
        }

        IndexDatabase.Execute(connection, "COMMIT");
    }

    /// <summary>Runs the question.</summary>
    public QueryResult Run(string sql, CancellationToken cancellation)
    {
        IndexDatabase.Execute(connection, "PRAGMA query_only = 1");
        var database = connection.Handle!;
        // Virtual tables make themselves known, when they are first used, by a statement that would be refused below.
        IndexDatabase.Number(connection, "SELECT count(*) FROM (SELECT 1 FROM search, json_each('[]'), json_tree('[]'), pragma_table_info('files') LIMIT 0)");
        // Another database must not be read by a question that a model wrote.
        raw.sqlite3_set_authorizer(database, Authorize, null);
        var statement = PrepareOnly(database, sql);
        try
        {
            using var interrupt = cancellation.Register(() => raw.sqlite3_interrupt(database));
            cancellation.ThrowIfCancellationRequested();
            return Read(database, statement, cancellation);
        }
        finally
        {
            statement.Dispose();
        }
    }

    private static int Authorize(object userData, int action, string first, string second, string database, string inner) => action switch
    {
        raw.SQLITE_SELECT or raw.SQLITE_READ or raw.SQLITE_FUNCTION or raw.SQLITE_RECURSIVE => raw.SQLITE_OK,
        raw.SQLITE_PRAGMA when second is null || IsAboutTables(first) => raw.SQLITE_OK,
        _ => raw.SQLITE_DENY,
    };

    private static bool IsAboutTables(string pragma) =>
        pragma is "table_info" or "table_xinfo" or "table_list" or "index_list" or "index_info" or "index_xinfo" or "foreign_key_list" or "data_version";

    private static sqlite3_stmt PrepareOnly(sqlite3 database, string sql)
    {
        var code = raw.sqlite3_prepare_v2(database, sql, out var statement, out var rest);
        if (code != raw.SQLITE_OK)
        {
            throw Failure(database, code);
        }

        if (statement is null || statement.IsInvalid)
        {
            throw new QueryException("There is no question: write a SELECT.");
        }

        if (!string.IsNullOrWhiteSpace(rest))
        {
            // A comment behind the statement is no statement.
            var restCode = raw.sqlite3_prepare_v2(database, rest, out var second, out _);
            var isMore = restCode != raw.SQLITE_OK || (second is not null && !second.IsInvalid);
            second?.Dispose();
            if (isMore)
            {
                statement.Dispose();
                throw new QueryException("One statement at a time: ask the second question by itself.");
            }
        }

        if (raw.sqlite3_stmt_readonly(statement) == 0)
        {
            statement.Dispose();
            throw new QueryException("The index is for reading alone: write a SELECT.");
        }

        return statement;
    }

    private static QueryResult Read(sqlite3 database, sqlite3_stmt statement, CancellationToken cancellation)
    {
        var columns = new string[raw.sqlite3_column_count(statement)];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = raw.sqlite3_column_name(statement, i).utf8_to_string();
        }

        var rows = new List<IReadOnlyList<object?>>();
        int code;
        while ((code = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
        {
            var row = new object?[columns.Length];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = Value(statement, i);
            }

            rows.Add(row);
        }

        if (code != raw.SQLITE_DONE)
        {
            cancellation.ThrowIfCancellationRequested();
            throw Failure(database, code);
        }

        return new(columns, rows);
    }

    private static object? Value(sqlite3_stmt statement, int column) => raw.sqlite3_column_type(statement, column) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, column),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, column),
        raw.SQLITE_TEXT => raw.sqlite3_column_text(statement, column).utf8_to_string(),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(statement, column).ToArray(),
        _ => null,
    };

    private static Exception Failure(sqlite3 database, int code)
    {
        var message = raw.sqlite3_errmsg(database).utf8_to_string().ReplaceLineEndings(" ");
        return (code & 0xFF) switch
        {
            // Damage is for the caller: the index is built anew, and the question asked once more.
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new SqliteException(message, code & 0xFF),
            InterruptCode => new QueryException("The question took too long and was stopped."),
            raw.SQLITE_AUTH or raw.SQLITE_READONLY => new QueryException("The index is for reading alone: write a SELECT over its tables."),
            _ => new QueryException("SQL: " + message),
        };
    }

    private static string Identifier(string name) => "\"" + name.Replace("\"", "\"\"") + "\"";
}
