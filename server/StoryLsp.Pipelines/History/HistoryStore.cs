using Microsoft.Data.Sqlite;

namespace StoryLsp.Pipelines.History;

/// <summary>
/// Runs, their events and artifacts, commands, resume handles and the undo tree in <c>.story/history.db</c>. Rows are added and never
/// changed. Safe for several processes and threads; a call that has returned is on the disk.
/// </summary>
public sealed partial class HistoryStore : IDisposable
{
    private readonly HistorySession _session;

    private HistoryStore(HistorySession session, string? notice)
    {
        _session = session;
        Notice = notice;
        Tree = new StoryTree(session);
    }

    /// <summary>The undo tree of the story's texts.</summary>
    public StoryTree Tree { get; }

    /// <summary>For the writer: a damaged file that was put aside at opening, or a write that was cut off and has been finished; else null.</summary>
    public string? Notice { get; private set; }

    internal Action<string>? FaultPoint
    {
        get => _session.FaultPoint;
        set => _session.FaultPoint = value;
    }

    internal HistorySession Session => _session;

    /// <summary>Whether a workspace has a history yet.</summary>
    /// <param name="root">The root of the workspace.</param>
    public static bool Exists(string root) => File.Exists(HistoryDatabase.PathOf(root));

    /// <summary>Opens the history of a workspace, and makes it where there is none.</summary>
    /// <param name="root">The root of the workspace.</param>
    /// <param name="time">The clock; the system's when left out.</param>
    /// <exception cref="HistoryException">It cannot be opened, is damaged, or is of a newer version.</exception>
    public static HistoryStore Open(string root, TimeProvider? time = null) => Open(root, time, null);

    internal static HistoryStore Open(string root, TimeProvider? time, Action<string>? faultPoint)
    {
        time ??= TimeProvider.System;
        var full = Path.GetFullPath(root);
        var connection = HistoryDatabase.Open(full, time.GetUtcNow(), out var notice);
        var store = new HistoryStore(new HistorySession(full, connection, time) { FaultPoint = faultPoint }, notice);
        try
        {
            store.Recover();
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Writes a run down; a run of that id that is there already stays as it is.</summary>
    /// <param name="run">The run.</param>
    /// <returns>Whether it is new.</returns>
    /// <exception cref="HistoryException">It cannot be written.</exception>
    public bool AddRun(RunRecord run) => _session.Write(FaultPoints.AddRun, connection => connection.Run(
        "INSERT INTO runs VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
        run.Id, run.Pipeline, run.PipelineVersion, run.PipelineSource, run.Input, run.Arguments, run.By, NumberOf(run.At)) > 0);

    /// <summary>A run; null when there is none of that id.</summary>
    /// <exception cref="HistoryException">It cannot be read.</exception>
    public RunRecord? Run(string id) => _session.Read(connection => connection.Rows(SelectRuns + " WHERE id = ?1", ReadRun, id)).FirstOrDefault();

    /// <summary>All runs, oldest first.</summary>
    /// <exception cref="HistoryException">They cannot be read.</exception>
    public IReadOnlyList<RunRecord> Runs() => _session.Read(connection => connection.Rows(SelectRuns + " ORDER BY at, id", ReadRun));

    /// <summary>Appends an event; gives its number.</summary>
    /// <exception cref="HistoryException">It cannot be written; the run is not known, for one.</exception>
    public long Append(RunEvent e) => _session.Write(FaultPoints.AppendRunEvent, connection => Insert(connection, e));

    /// <summary>The events after one, in the order in which they were committed: nothing is ever found later between two that were read.</summary>
    /// <param name="id">The last event that the caller has; zero for none.</param>
    /// <param name="run">Of this run alone.</param>
    /// <param name="limit">At most so many.</param>
    /// <exception cref="HistoryException">They cannot be read.</exception>
    public IReadOnlyList<RunEvent> EventsAfter(long id, string? run = null, int limit = 1000) => _session.Read(connection => run is null
        ? connection.Rows(SelectEvents + " WHERE id > ?1 ORDER BY id LIMIT ?2", ReadEvent, id, limit)
        : connection.Rows(SelectEvents + " WHERE run = ?3 AND id > ?1 ORDER BY id LIMIT ?2", ReadEvent, id, limit, run));

    /// <summary>Closes the history.</summary>
    public void Dispose() => _session.Dispose();

    private void Recover()
    {
        foreach (var result in new FileWrites(this).Recover())
        {
            var sentence = result.Written.Count > 0
                ? $"A write that was cut off has been finished ({result.Label}): {string.Join(", ", result.Written)}."
                : $"A write that was cut off could not be finished ({result.Label}).";
            Notice = string.Join(' ', ((string?[])[Notice, sentence, .. result.Left.Select(file => file.Why)]).OfType<string>());
        }
    }

    private const string SelectRuns = "SELECT id, pipeline, pipeline_version, pipeline_source, input, arguments, by, at FROM runs";

    private const string SelectEvents = "SELECT id, run, kind, step, data, correlation_id, causation_id, at FROM run_events";

    private static RunRecord ReadRun(SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), row.Time(7));

    private static RunEvent ReadEvent(SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetString(4), row.GetString(5), row.Whole(6), row.Time(7));

    private long NumberOf(DateTimeOffset at) => (at == default ? _session.Now : at).ToUnixTimeMilliseconds();

    internal long Insert(SqliteConnection connection, RunEvent e) => connection.Insert(
        "INSERT INTO run_events(run, kind, step, data, correlation_id, causation_id, at) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        e.Run, e.Kind, e.Step, e.Data, e.Correlation, e.Causation, NumberOf(e.At));
}
