using System.Text.Json;

namespace StoryLsp.Continuity.Reports;

/// <summary>
/// The reports of states of a story that git knows by the hash of their tree, kept beside the index: the same tree has the same report, by the same version of the product. A cache: it may
/// be deleted at any time.
/// </summary>
public static class TreeReports
{
    private const int Most = 8;

    /// <summary>The report of a tree; null when it is not known.</summary>
    /// <param name="root">Absolute path of the workspace.</param>
    /// <param name="tree">The hash of the tree.</param>
    public static CheckReport? Find(string root, string tree)
    {
        try
        {
            if (!IsHash(tree) || !File.Exists(PathOf(root, tree)))
            {
                return null;
            }

            using var stream = File.OpenRead(PathOf(root, tree));
            return JsonSerializer.Deserialize(stream, KeptReportJson.Default.KeptReport) is { } kept && kept.Mark == tree && kept.Build == LastReport.Build ? kept.Report : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps the report of a tree, and forgets those that were kept long ago. Where there is no index beside it, nothing is kept.</summary>
    /// <param name="root">Absolute path of the workspace.</param>
    /// <param name="tree">The hash of the tree.</param>
    /// <param name="report">The report.</param>
    public static void Keep(string root, string tree, CheckReport report)
    {
        var path = PathOf(root, tree);
        var folder = Path.GetDirectoryName(path)!;
        if (!IsHash(tree) || !Directory.Exists(Path.GetDirectoryName(folder)))
        {
            return;
        }

        var draft = $"{path}.{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(folder);
            using (var stream = File.Create(draft))
            {
                JsonSerializer.Serialize(stream, new KeptReport(LastReport.Build, tree, report), KeptReportJson.Default.KeptReport);
            }

            File.Move(draft, path, overwrite: true);
            foreach (var old in new DirectoryInfo(folder).GetFiles().OrderByDescending(file => file.LastWriteTimeUtc).Skip(Most))
            {
                old.Delete();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next check looks for itself.
        }
    }

    private static bool IsHash(string tree) => tree.Length is 40 or 64 && tree.All(char.IsAsciiHexDigitLower);

    private static string PathOf(string root, string tree) => Path.Combine(root, ".story", "cache", "trees", tree + ".json");
}
