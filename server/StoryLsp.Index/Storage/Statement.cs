using System.Globalization;
using Microsoft.Data.Sqlite;

namespace StoryLsp.Index.Storage;

/// <summary>Prepared statements whose parameters are <c>?1</c>, <c>?2</c>, …</summary>
internal static class Statement
{
    public static SqliteCommand Of(SqliteConnection connection, string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; i <= parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = "?" + i.ToString(CultureInfo.InvariantCulture) });
        }

        return command;
    }

    public static void Bind(this SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }
}
