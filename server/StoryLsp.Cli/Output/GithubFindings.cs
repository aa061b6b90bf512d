using System.Text;
using StoryLsp.Continuity.Reports;
using StoryLsp.Language.Facts;

namespace StoryLsp.Cli.Output;

/// <summary>Findings as GitHub's workflow commands, which become annotations of a pull request.</summary>
internal static class GithubFindings
{
    public static void Write(Stream output, string root, CheckReport report)
    {
        // Annotations are placed from the repository's root, which may lie above the story's.
        var prefix = FindingOutput.RepositoryPrefix(root);
        using var writer = new StreamWriter(output, new UTF8Encoding(false)) { NewLine = "\n" };
        foreach (var found in report.Findings)
        {
            var level = found.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "notice" };
            writer.WriteLine($"::{level} file={Property(prefix + found.File)},line={found.Range.Start.Line + 1},col={found.Range.Start.Character + 1}," +
                $"endLine={found.Range.End.Line + 1},endColumn={found.Range.End.Character + 1},title={Property(found.Code)}::{Text(found.Message)}");
        }
    }

    private static string Text(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Text(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
