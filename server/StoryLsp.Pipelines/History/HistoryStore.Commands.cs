using Microsoft.Data.Sqlite;

namespace StoryLsp.Pipelines.History;

public sealed partial class HistoryStore
{
    /// <summary>
    /// Says that a command is asked for. The first to say it gets a record that is new, and does it; every other gets the first one's record, with
    /// its result where there is one already. A record that is new to nobody and has no result belongs to a process that is at it, or died at it.
    /// </summary>
    /// <param name="key">The key of idempotency.</param>
    /// <param name="kind">What is asked.</param>
    /// <param name="run">The run that it is about, which need not be known yet; empty for none.</param>
    /// <param name="payload">What is asked, as JSON.</param>
    /// <exception cref="HistoryException">It cannot be written.</exception>
    public CommandRecord Begin(string key, string kind, string run, string payload) => _session.Write(FaultPoints.BeginCommand, connection =>
    {
        var isNew = connection.Run("INSERT INTO commands VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING", key, kind, run, payload, _session.NowNumber) > 0;
        return connection.Rows(SelectCommands + " WHERE commands.key = ?1", ReadCommand, key)[0] with { IsNew = isNew };
    });

    /// <summary>Says what came of a command; a result that is there already stays.</summary>
    /// <exception cref="HistoryException">It cannot be written; the command is not known, for one.</exception>
    public void Finish(string key, string result) => _session.Write(
        FaultPoints.FinishCommand, connection => connection.Run("INSERT INTO command_results VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING", key, result, _session.NowNumber));

    /// <summary>The commands about a run, oldest first.</summary>
    /// <exception cref="HistoryException">They cannot be read.</exception>
    public IReadOnlyList<CommandRecord> CommandsOf(string run) =>
        _session.Read(connection => connection.Rows(SelectCommands + " WHERE run = ?1 ORDER BY commands.rowid", ReadCommand, run));

    /// <summary>Keeps a resume handle; one of that id that is there already stays.</summary>
    /// <exception cref="HistoryException">It cannot be written.</exception>
    public void AddHandle(ResumeHandle h) => _session.Write(FaultPoints.AddHandle, connection => connection.Run(
        "INSERT INTO resume_handles VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING", h.Id, h.Run, h.Step, h.Expires.ToUnixTimeMilliseconds(), _session.NowNumber));

    /// <summary>The newest handle of a run that is neither used nor expired; null when there is none.</summary>
    /// <exception cref="HistoryException">It cannot be read.</exception>
    public ResumeHandle? OpenHandle(string run) => _session.Read(connection => connection.Rows(
        "SELECT id, run, step, expires FROM resume_handles WHERE run = ?1 AND expires > ?2 AND id NOT IN (SELECT handle FROM handle_uses) ORDER BY rowid DESC LIMIT 1",
        row => new ResumeHandle(row.GetString(0), row.GetString(1), row.GetInt32(2), row.Time(3)), run, _session.NowNumber)).FirstOrDefault();

    /// <summary>Uses a handle. Of all who ever try, over all processes, exactly one is told that it has it.</summary>
    /// <param name="handle">The handle.</param>
    /// <param name="by">Who uses it.</param>
    /// <param name="usedBy">Who has used it, now or before; empty where it is not known or has expired unused.</param>
    /// <exception cref="HistoryException">It cannot be written.</exception>
    public bool UseHandle(string handle, string by, out string usedBy)
    {
        (var isMine, usedBy) = _session.Write(FaultPoints.UseHandle, connection =>
        {
            var used = connection.Run(
                "INSERT INTO handle_uses SELECT id, ?2, ?3 FROM resume_handles WHERE id = ?1 AND expires > ?3 ON CONFLICT DO NOTHING", handle, by, _session.NowNumber) > 0;
            return (used, connection.Rows("SELECT by FROM handle_uses WHERE handle = ?1", row => row.GetString(0), handle).FirstOrDefault() ?? "");
        });
        return isMine;
    }

    private const string SelectCommands = "SELECT commands.key, kind, run, payload, result, commands.at FROM commands LEFT JOIN command_results ON command_results.key = commands.key";

    private static CommandRecord ReadCommand(SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), false, row.Text(4), row.Time(5));
}
