using Microsoft.Data.Sqlite;
using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.History;

/// <summary>A write as the history has it.</summary>
internal sealed record FileWriteIntent(long Id, string Key, TreeEntry Entry, string? Branch, long? Target, RunEvent? Told, IReadOnlyList<FileWriteIntent.File> Files)
{
    internal sealed record File(string Path, string? Before, string? After, bool IsTracked, TextEncoding? Encoding);
}

/// <summary>The statements of writes. Each is called inside of a transaction.</summary>
internal static class FileWriteRows
{
    public const string Done = "done";
    public const string Undone = "undone";

    public static long Add(SqliteConnection connection, FileWriteIntent intent, long at)
    {
        var id = connection.Insert(
            "INSERT INTO file_writes(key, kind, label, by, run, proposal, branch, target, at) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            intent.Key, intent.Entry.Kind, intent.Entry.Label, intent.Entry.By, intent.Entry.Run, intent.Entry.Proposal, intent.Branch, intent.Target, at);
        if (intent.Told is { } told)
        {
            connection.Run(
                "INSERT INTO file_write_told VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)", id, told.Run, told.Kind, told.Step, told.Data, told.Correlation, told.Causation);
        }

        for (var i = 0; i < intent.Files.Count; i++)
        {
            var file = intent.Files[i];
            connection.Run(
                "INSERT INTO file_write_files VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                id, i, file.Path, TreeRows.Keep(connection, file.Before), TreeRows.Keep(connection, file.After), file.IsTracked ? 1 : 0, (int?)file.Encoding);
        }

        return id;
    }

    public static void End(SqliteConnection connection, long id, string outcome, long? treeEvent, IEnumerable<LeftFile> left, long at)
    {
        connection.Run("INSERT INTO file_write_ends VALUES(?1, ?2, ?3, ?4)", id, outcome, treeEvent, at);
        foreach (var file in left)
        {
            connection.Run("INSERT INTO file_write_left VALUES(?1, ?2, ?3)", id, file.Path, file.Why);
        }
    }

    /// <summary>The writes that were begun and not ended, oldest first.</summary>
    public static List<FileWriteIntent> Pending(SqliteConnection connection) =>
        Read(connection, "WHERE id NOT IN (SELECT write FROM file_write_ends) ORDER BY id");

    public static bool HasPending(SqliteConnection connection) =>
        connection.Number("SELECT count(*) FROM file_writes WHERE id NOT IN (SELECT write FROM file_write_ends)") > 0;

    /// <summary>What was done under a key; null when nothing was.</summary>
    public static FileWriteResult? DoneUnder(SqliteConnection connection, string key)
    {
        var ends = connection.Rows(
            "SELECT id, label, event FROM file_writes JOIN file_write_ends ON write = id WHERE key = ?1 AND outcome = ?2 ORDER BY id LIMIT 1",
            row => (Id: row.GetInt64(0), Label: row.GetString(1), Event: row.Whole(2)), key, Done);
        if (ends.Count == 0)
        {
            return null;
        }

        var left = connection.Rows("SELECT path, why FROM file_write_left WHERE write = ?1", row => new LeftFile(row.GetString(0), row.GetString(1)), ends[0].Id);
        var written = connection.Rows("SELECT path FROM file_write_files WHERE write = ?1 ORDER BY number", row => row.GetString(0), ends[0].Id)
            .Where(path => left.All(file => file.Path != path)).ToList();
        return new FileWriteResult(ends[0].Label, FileWriteOutcome.AlreadyDone, written, left, ends[0].Event is { } id ? TreeRows.NameOf(id) : null, null);
    }

    /// <summary>How a file was written when it was last seen, so that one that comes back is written alike.</summary>
    public static TextEncoding LastEncoding(SqliteConnection connection, string path) => (TextEncoding)connection.Number(
        "SELECT encoding FROM file_write_files WHERE path = ?1 AND encoding IS NOT NULL ORDER BY write DESC LIMIT 1", path);

    private static List<FileWriteIntent> Read(SqliteConnection connection, string where)
    {
        var intents = connection.Rows(
            "SELECT id, key, kind, label, by, run, proposal, branch, target FROM file_writes " + where,
            row => new FileWriteIntent(
                row.GetInt64(0), row.GetString(1), new TreeEntry(row.GetString(2), row.GetString(3), row.Text(4), row.Text(5), row.Text(6)), row.Text(7), row.Whole(8), null, []));
        return
        [
            .. intents.Select(intent => intent with
            {
                Told = connection.Rows(
                    "SELECT run, kind, step, data, correlation_id, causation_id FROM file_write_told WHERE write = ?1",
                    row => new RunEvent(0, row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetString(4), row.Whole(5)), intent.Id).FirstOrDefault(),
                Files = connection.Rows(
                    "SELECT path, before, after, is_tracked, encoding FROM file_write_files WHERE write = ?1 ORDER BY number",
                    row => new FileWriteIntent.File(row.GetString(0), TextOf(connection, row.Text(1)), TextOf(connection, row.Text(2)), row.GetInt64(3) != 0, (TextEncoding?)row.Whole(4)),
                    intent.Id),
            }),
        ];
    }

    private static string? TextOf(SqliteConnection connection, string? hash) => hash is null ? null : TreeRows.Text(connection, hash);
}
