using Microsoft.Data.Sqlite;

namespace StoryLsp.Pipelines.History;

public sealed partial class HistoryStore
{
    /// <summary>Keeps an artifact; gives its number.</summary>
    /// <exception cref="HistoryException">It cannot be written.</exception>
    public long AddArtifact(Artifact a) => _session.Write(FaultPoints.AddArtifact, connection => Insert(connection, a));

    /// <summary>Keeps an artifact and appends the event that tells of it: both or neither. Gives the artifact's number.</summary>
    /// <exception cref="HistoryException">They cannot be written.</exception>
    public long Append(Artifact a, RunEvent e) => _session.Write(FaultPoints.AppendArtifactAndEvent, connection =>
    {
        var id = Insert(connection, a);
        Insert(connection, e);
        return id;
    });

    /// <summary>The artifacts of a run, oldest first.</summary>
    /// <exception cref="HistoryException">They cannot be read.</exception>
    public IReadOnlyList<Artifact> Artifacts(string run) => _session.Read(connection =>
    {
        var inputs = connection.Rows(
                "SELECT artifact, path, hash FROM artifact_inputs WHERE artifact IN (SELECT id FROM artifacts WHERE run = ?1) ORDER BY artifact, number",
                row => (Artifact: row.GetInt64(0), Input: new ArtifactInput(row.GetString(1), row.GetString(2))), run)
            .ToLookup(row => row.Artifact, row => row.Input);
        return connection.Rows(
            "SELECT id, run, step, kind, version, parent_artifact_id, prompt_version, model_name, content, at FROM artifacts WHERE run = ?1 ORDER BY id",
            row => new Artifact(
                row.GetInt64(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetInt32(4), row.Whole(5), (int?)row.Whole(6), row.Text(7),
                [.. inputs[row.GetInt64(0)]], row.GetString(8), row.Time(9)),
            run);
    });

    private long Insert(SqliteConnection connection, Artifact a)
    {
        var id = connection.Insert(
            "INSERT INTO artifacts(run, step, kind, version, parent_artifact_id, prompt_version, model_name, content, at) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            a.Run, a.Step, a.Kind, a.Version, a.Parent, a.PromptVersion, a.Model, a.Content, NumberOf(a.At));
        for (var i = 0; i < a.Inputs.Count; i++)
        {
            connection.Run("INSERT INTO artifact_inputs VALUES(?1, ?2, ?3, ?4)", id, i, a.Inputs[i].Path, a.Inputs[i].Hash);
        }

        return id;
    }
}
