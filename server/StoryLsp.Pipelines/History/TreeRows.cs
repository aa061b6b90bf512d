using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace StoryLsp.Pipelines.History;

/// <summary>The statements of the undo tree. Each is called inside of a transaction.</summary>
internal static class TreeRows
{
    private const string SelectEvents = "SELECT id, parent, branch, kind, label, by, run, proposal, at FROM events";

    /// <summary>The SHA-256 of a text as UTF-8, as a document's content hash is.</summary>
    public static string? HashOf(string? text) => text is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static string NameOf(long id) => id.ToString(CultureInfo.InvariantCulture);

    public static long? NumberOf(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Keeps a text; gives its hash, or null for no text.</summary>
    public static string? Keep(SqliteConnection connection, string? text)
    {
        var hash = HashOf(text);
        if (hash is not null)
        {
            connection.Run("INSERT INTO blobs VALUES(?1, ?2) ON CONFLICT DO NOTHING", hash, Encoding.UTF8.GetBytes(text!));
        }

        return hash;
    }

    public static string? Text(SqliteConnection connection, string hash) =>
        connection.Rows("SELECT text FROM blobs WHERE hash = ?1", row => Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(0)), hash).FirstOrDefault();

    public static string CurrentBranch(SqliteConnection connection) =>
        connection.Rows("SELECT branch FROM branch_switches ORDER BY id DESC LIMIT 1", row => row.GetString(0))[0];

    public static long? Head(SqliteConnection connection, string branch) =>
        connection.Rows("SELECT head FROM branch_moves WHERE branch = ?1 ORDER BY id DESC LIMIT 1", row => (long?)row.GetInt64(0), branch).FirstOrDefault();

    public static List<Branch> Branches(SqliteConnection connection)
    {
        var current = CurrentBranch(connection);
        return connection.Rows(
            "SELECT name, (SELECT head FROM branch_moves WHERE branch = name ORDER BY id DESC LIMIT 1), at FROM branches ORDER BY at, name",
            row => new Branch(row.GetString(0), NameOf(row.GetInt64(1)), row.GetString(0) == current, row.Time(2)));
    }

    public static void AddBranch(SqliteConnection connection, string name, long head, long at)
    {
        connection.Run("INSERT INTO branches VALUES(?1, ?2)", name, at);
        Move(connection, name, head, at);
    }

    public static void Move(SqliteConnection connection, string branch, long head, long at) =>
        connection.Run("INSERT INTO branch_moves(branch, head, at) VALUES(?1, ?2, ?3)", branch, head, at);

    public static void Switch(SqliteConnection connection, string branch, long at)
    {
        if (CurrentBranch(connection) != branch)
        {
            connection.Run("INSERT INTO branch_switches(branch, at) VALUES(?1, ?2)", branch, at);
        }
    }

    /// <summary>The fold from the root: what each file is that the tree has ever seen.</summary>
    public static Dictionary<string, string?> StateAt(SqliteConnection connection, long id)
    {
        var state = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (path, hash) in connection.Rows("SELECT path, hash FROM baselines", row => (row.GetString(0), row.Text(1))))
        {
            state[path] = hash;
        }

        // A child's number is greater than its parent's, so the order of numbers is the order of the line.
        foreach (var (path, hash) in connection.Rows(
            """
            WITH RECURSIVE line(id, parent) AS (
              SELECT id, parent FROM events WHERE id = ?1
              UNION ALL SELECT events.id, events.parent FROM line JOIN events ON events.id = line.parent)
            SELECT path, after FROM line JOIN event_files ON event_files.event = line.id ORDER BY line.id
            """,
            row => (row.GetString(0), row.Text(1)), id))
        {
            state[path] = hash;
        }

        return state;
    }

    public static TreeEvent? Event(SqliteConnection connection, long id) => WithFiles(connection, connection.Rows(SelectEvents + " WHERE id = ?1", Read, id)).FirstOrDefault();

    public static List<TreeEvent> All(SqliteConnection connection) => WithFiles(connection, connection.Rows(SelectEvents + " ORDER BY id DESC", Read));

    public static List<TreeEvent> Line(SqliteConnection connection, long head) => WithFiles(connection, connection.Rows(
        """
        WITH RECURSIVE line(id, parent) AS (
          SELECT id, parent FROM events WHERE id = ?1
          UNION ALL SELECT events.id, events.parent FROM line JOIN events ON events.id = line.parent)
        SELECT events.id, events.parent, branch, kind, label, by, run, proposal, at FROM line JOIN events ON events.id = line.id ORDER BY events.id DESC
        """,
        Read, head));

    public static long Add(SqliteConnection connection, long parent, string branch, TreeEntry entry, IEnumerable<TreeFile> files, long at)
    {
        var id = connection.Insert(
            "INSERT INTO events(parent, branch, kind, label, by, run, proposal, at) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            parent, branch, entry.Kind, entry.Label, entry.By, entry.Run, entry.Proposal, at);
        foreach (var file in files)
        {
            connection.Run("INSERT INTO event_files VALUES(?1, ?2, ?3, ?4)", id, file.Path, file.Before, file.After);
        }

        Move(connection, branch, id, at);
        return id;
    }

    private static List<TreeEvent> WithFiles(SqliteConnection connection, List<TreeEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            var files = connection.Rows(
                "SELECT path, before, after FROM event_files WHERE event = ?1 ORDER BY path", row => new TreeFile(row.GetString(0), row.Text(1), row.Text(2)), NumberOf(events[i].Id));
            events[i] = events[i] with { Files = files };
        }

        return events;
    }

    private static TreeEvent Read(SqliteDataReader row) => new(
        NameOf(row.GetInt64(0)), row.Whole(1) is { } parent ? NameOf(parent) : null, row.GetString(2), row.GetString(3), row.GetString(4),
        row.Text(5), row.Text(6), row.Text(7), [], row.Time(8));
}

/// <summary>What is said of an event besides its files.</summary>
internal sealed record TreeEntry(string Kind, string Label, string? By = null, string? Run = null, string? Proposal = null);
