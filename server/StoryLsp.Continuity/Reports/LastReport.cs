using System.Text.Json;
using System.Text.Json.Serialization;
using StoryLsp.Index;

namespace StoryLsp.Continuity.Reports;

/// <summary>
/// The report of the last whole check, kept beside the index. While no file was written since, by the same version of the product, the next
/// check has the same report, and needs to read nothing else. A cache: it may be deleted at any time.
/// </summary>
public static class LastReport
{
    private const string FileName = "check.json";

    // Another build may find other things.
    internal static readonly string Build = string.Join('.',
        typeof(LastReport).Module.ModuleVersionId, typeof(Workspace).Module.ModuleVersionId, typeof(Language.Facts.Finding).Module.ModuleVersionId);

    /// <summary>The report of the files as they are; null when there is none.</summary>
    /// <param name="root">Absolute path of the workspace.</param>
    /// <param name="mark">See <see cref="Workspace.MarkOfFiles"/>.</param>
    public static CheckReport? Find(string root, string mark)
    {
        try
        {
            var path = PathOf(root);
            if (!File.Exists(path))
            {
                return null;
            }

            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize(stream, KeptReportJson.Default.KeptReport) is { } kept && kept.Mark == mark && kept.Build == Build ? kept.Report : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps a report of the whole workspace; without an index beside it, or where nothing may be written, it is not kept.</summary>
    /// <param name="root">Absolute path of the workspace.</param>
    /// <param name="mark">The mark of the files before they were read.</param>
    /// <param name="report">The report.</param>
    public static void Keep(string root, string mark, CheckReport report)
    {
        var path = PathOf(root);
        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            return;
        }

        var draft = $"{path}.{Environment.ProcessId}";
        try
        {
            using (var stream = File.Create(draft))
            {
                JsonSerializer.Serialize(stream, new KeptReport(Build, mark, report), KeptReportJson.Default.KeptReport);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next check looks for itself.
        }
    }

    private static string PathOf(string root) => Path.Combine(root, ".story", "cache", FileName);
}

/// <summary>A report, and for what it holds.</summary>
internal sealed record KeptReport(string Build, string Mark, CheckReport Report);

/// <summary>Reads and writes kept reports.</summary>
[JsonSerializable(typeof(KeptReport))]
internal sealed partial class KeptReportJson : JsonSerializerContext;
