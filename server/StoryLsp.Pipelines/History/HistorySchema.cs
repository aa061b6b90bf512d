namespace StoryLsp.Pipelines.History;

/// <summary>The tables of the history, one script a version. A script that was once released is never changed: a later one is added.</summary>
internal static class HistorySchema
{
    /// <summary>Marks the file as a history, so that another program's database is not written into.</summary>
    public const int ApplicationId = 0x53_54_4C_48;

    /// <summary>The version that this program writes.</summary>
    public static int Version => Scripts.Count;

    /// <summary>What leads from version <c>n</c> to <c>n + 1</c>.</summary>
    public static IReadOnlyList<string> Scripts => [Runs + Tree + Writes + AppendOnly(FirstTables), Told + AppendOnly(["file_write_told"])];

    private const string Runs = """
        CREATE TABLE runs(
          id TEXT PRIMARY KEY NOT NULL, pipeline TEXT NOT NULL, pipeline_version INTEGER NOT NULL, pipeline_source TEXT NOT NULL,
          input TEXT NOT NULL, arguments TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE run_events(
          id INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL REFERENCES runs(id), kind TEXT NOT NULL, step INTEGER NOT NULL, data TEXT NOT NULL,
          correlation_id TEXT NOT NULL, causation_id INTEGER REFERENCES run_events(id), at INTEGER NOT NULL);
        CREATE INDEX run_events_by_run ON run_events(run, id);
        CREATE TABLE artifacts(
          id INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL REFERENCES runs(id), step INTEGER NOT NULL, kind TEXT NOT NULL, version INTEGER NOT NULL,
          parent_artifact_id INTEGER REFERENCES artifacts(id), prompt_version INTEGER, model_name TEXT, content TEXT NOT NULL, at INTEGER NOT NULL);
        CREATE INDEX artifacts_by_run ON artifacts(run, id);
        CREATE TABLE artifact_inputs(
          artifact INTEGER NOT NULL REFERENCES artifacts(id), number INTEGER NOT NULL, path TEXT NOT NULL, hash TEXT NOT NULL,
          PRIMARY KEY(artifact, number)) WITHOUT ROWID;
        CREATE TABLE commands(
          key TEXT PRIMARY KEY NOT NULL, kind TEXT NOT NULL, run TEXT NOT NULL, payload TEXT NOT NULL, at INTEGER NOT NULL);
        CREATE INDEX commands_by_run ON commands(run);
        CREATE TABLE command_results(key TEXT PRIMARY KEY NOT NULL REFERENCES commands(key), result TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE resume_handles(
          id TEXT PRIMARY KEY NOT NULL, run TEXT NOT NULL REFERENCES runs(id), step INTEGER NOT NULL, expires INTEGER NOT NULL, at INTEGER NOT NULL);
        CREATE INDEX resume_handles_by_run ON resume_handles(run);
        CREATE TABLE handle_uses(handle TEXT PRIMARY KEY NOT NULL REFERENCES resume_handles(id), by TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;

        """;

    // A branch's head is its newest move, the current branch the newest switch: what was is never overwritten.
    private const string Tree = """
        CREATE TABLE blobs(hash TEXT PRIMARY KEY NOT NULL, text BLOB NOT NULL);
        CREATE TABLE events(
          id INTEGER PRIMARY KEY AUTOINCREMENT, parent INTEGER REFERENCES events(id), branch TEXT NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL,
          by TEXT, run TEXT, proposal TEXT, at INTEGER NOT NULL);
        CREATE INDEX events_by_parent ON events(parent);
        CREATE TABLE event_files(
          event INTEGER NOT NULL REFERENCES events(id), path TEXT NOT NULL, before TEXT REFERENCES blobs(hash), after TEXT REFERENCES blobs(hash),
          PRIMARY KEY(event, path)) WITHOUT ROWID;
        CREATE TABLE baselines(path TEXT PRIMARY KEY NOT NULL, hash TEXT REFERENCES blobs(hash)) WITHOUT ROWID;
        CREATE TABLE branches(name TEXT PRIMARY KEY NOT NULL, at INTEGER NOT NULL);
        CREATE TABLE branch_moves(
          id INTEGER PRIMARY KEY AUTOINCREMENT, branch TEXT NOT NULL REFERENCES branches(name), head INTEGER NOT NULL REFERENCES events(id), at INTEGER NOT NULL);
        CREATE INDEX branch_moves_by_branch ON branch_moves(branch, id);
        CREATE TABLE branch_switches(id INTEGER PRIMARY KEY AUTOINCREMENT, branch TEXT NOT NULL REFERENCES branches(name), at INTEGER NOT NULL);
        INSERT INTO events(id, parent, branch, kind, label, at) VALUES(1, NULL, 'main', 'root', 'The story as it was first seen', 0);
        INSERT INTO branches(name, at) VALUES('main', 0);
        INSERT INTO branch_moves(branch, head, at) VALUES('main', 1, 0);
        INSERT INTO branch_switches(branch, at) VALUES('main', 0);

        """;

    private const string Writes = """
        CREATE TABLE file_writes(
          id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL, by TEXT, run TEXT, proposal TEXT,
          branch TEXT, target INTEGER REFERENCES events(id), at INTEGER NOT NULL);
        CREATE INDEX file_writes_by_key ON file_writes(key);
        CREATE TABLE file_write_files(
          write INTEGER NOT NULL REFERENCES file_writes(id), number INTEGER NOT NULL, path TEXT NOT NULL, before TEXT REFERENCES blobs(hash),
          after TEXT REFERENCES blobs(hash), is_tracked INTEGER NOT NULL, encoding INTEGER, PRIMARY KEY(write, number)) WITHOUT ROWID;
        CREATE INDEX file_write_files_by_path ON file_write_files(path);
        CREATE TABLE file_write_ends(
          write INTEGER PRIMARY KEY NOT NULL REFERENCES file_writes(id), outcome TEXT NOT NULL, event INTEGER REFERENCES events(id), at INTEGER NOT NULL);
        CREATE TABLE file_write_left(write INTEGER NOT NULL REFERENCES file_writes(id), path TEXT NOT NULL, why TEXT NOT NULL, PRIMARY KEY(write, path)) WITHOUT ROWID;

        """;

    private const string Told = """
        CREATE TABLE file_write_told(
          write INTEGER PRIMARY KEY NOT NULL REFERENCES file_writes(id), run TEXT NOT NULL REFERENCES runs(id), kind TEXT NOT NULL, step INTEGER NOT NULL, data TEXT NOT NULL,
          correlation_id TEXT NOT NULL, causation_id INTEGER REFERENCES run_events(id));

        """;

    private static readonly string[] FirstTables =
    [
        "runs", "run_events", "artifacts", "artifact_inputs", "commands", "command_results", "resume_handles", "handle_uses",
        "blobs", "events", "event_files", "baselines", "branches", "branch_moves", "branch_switches",
        "file_writes", "file_write_files", "file_write_ends", "file_write_left",
    ];

    private static string AppendOnly(IEnumerable<string> tables) => string.Concat(tables.Select(table => $"""
        CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
        CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;

        """));
}
