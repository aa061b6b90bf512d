using System.Globalization;
using System.Text;
using StoryLsp.Continuity.Reports;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Cli.Output;

/// <summary>Findings as GitHub's workflow commands, which become annotations of a pull request.</summary>
internal static class GithubFindings
{
    private const int Shown = 10;

    public static void Write(Stream output, string root, CheckReport report)
    {
        // Annotations are placed from the repository's root, which may lie above the story's.
        var prefix = FindingOutput.RepositoryPrefix(root);
        using var writer = new StreamWriter(output, new UTF8Encoding(false)) { NewLine = "\n" };
        foreach (var many in report.Findings.GroupBy(Level).Where(level => level.Count() > Shown))
        {
            writer.WriteLine($"::notice title=storylsp::{Text($"There are {many.Count()} {many.Key}s. GitHub shows {Shown} of a kind beside the lines; the log of this step has all.")}");
        }

        // Those that GitHub shows are the worst ones.
        foreach (var found in report.Findings.OrderBy(found => found.Severity))
        {
            writer.WriteLine($"::{Level(found)} file={Property(prefix + found.File)},{Place(found.Range)},title={Property(found.Code)}::{Text(found.Message)}");
        }
    }

    private static string Level(ReportedFinding found) => found.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "notice" };

    // GitHub takes columns only where the lines are the same.
    private static string Place(LineRange range) => range.Start.Line == range.End.Line
        ? string.Create(CultureInfo.InvariantCulture, $"line={range.Start.Line + 1},col={range.Start.Character + 1},endLine={range.End.Line + 1},endColumn={range.End.Character + 1}")
        : string.Create(CultureInfo.InvariantCulture, $"line={range.Start.Line + 1},endLine={range.End.Line + 1}");

    private static string Text(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Text(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
