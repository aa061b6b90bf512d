using System.Globalization;
using System.Text;
using StoryLsp.Pipelines.History;

namespace StoryLsp.CrashHost;

/// <summary>A history and the files of its workspace written out, without the times.</summary>
internal static class HistoryText
{
    public static string Of(string root)
    {
        var text = new StringBuilder();
        using (var store = HistoryStore.Open(root))
        {
            AddRuns(text, store);
            AddTree(text, store.Tree);
            text.AppendLine(CultureInfo.InvariantCulture, $"unfinished {store.Session.Read(FileWriteRows.HasPending)}");
            text.AppendLine(CultureInfo.InvariantCulture, $"check {store.Session.Read(connection => connection.Rows("PRAGMA integrity_check", row => row.GetString(0))[0])}");
        }

        foreach (var file in Directory.GetFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var path = Path.GetRelativePath(root, file).Replace('\\', '/');
            if (!path.StartsWith(".story/history.db", StringComparison.Ordinal))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"file {path}: {File.ReadAllText(file)}");
            }
        }

        return text.ToString();
    }

    private static void AddRuns(StringBuilder text, HistoryStore store)
    {
        foreach (var run in store.Runs())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"run {run.Id} {run.Pipeline} {run.Input} by {run.By}");
            foreach (var artifact in store.Artifacts(run.Id))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  artifact {artifact.Id} step {artifact.Step} {artifact.Kind} {artifact.Version} of {artifact.Parent}: {artifact.Content}");
            }

            foreach (var command in store.CommandsOf(run.Id))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  command {command.Key} {command.Kind} {command.Payload}: {command.Result}");
            }

            text.AppendLine(CultureInfo.InvariantCulture, $"  open handle {store.OpenHandle(run.Id)?.Id}");
        }

        foreach (var e in store.EventsAfter(0))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"event {e.Id} {e.Run} {e.Kind} {e.Step} after {e.Causation}: {e.Data}");
        }
    }

    private static void AddTree(StringBuilder text, StoryTree tree)
    {
        foreach (var e in tree.Events())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"tree {e.Id} after {e.Parent} on {e.Branch}: {e.Kind} {e.Label} {e.By} {e.Run} {e.Proposal}");
            foreach (var file in e.Files)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {file.Path}: {TextOf(tree, file.Before)} -> {TextOf(tree, file.After)}");
            }
        }

        foreach (var branch in tree.Branches())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"branch {branch.Name} at {branch.Head}{(branch.IsCurrent ? ", current" : "")}");
        }
    }

    private static string TextOf(StoryTree tree, string? hash) => hash is null ? "none" : tree.Text(hash);
}
