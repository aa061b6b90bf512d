using System.Text;
using StoryLsp.Continuity.Reports;
using StoryLsp.Language.Facts;

namespace StoryLsp.Cli.Output;

/// <summary>Findings for a person at a terminal: a block a file, a line a finding, a sum at the end.</summary>
internal static class TextFindings
{
    public static void Write(Stream output, CheckReport report)
    {
        var isTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;
        using var writer = new StreamWriter(output, new UTF8Encoding(false)) { NewLine = "\n" };
        foreach (var file in report.Findings.GroupBy(found => found.File))
        {
            writer.WriteLine(Styled(file.Key, "1;4", isTerminal));
            foreach (var found in file)
            {
                WriteOne(writer, found, isTerminal);
            }

            writer.WriteLine();
        }

        writer.WriteLine(Sum(report));
    }

    private static void WriteOne(TextWriter writer, ReportedFinding found, bool isTerminal)
    {
        var word = FindingOutput.Word(found.Severity);
        var place = $"{found.Range.Start.Line + 1}:{found.Range.Start.Character + 1}";
        writer.WriteLine($"  {place,-8} {Styled(word, Color(found.Severity), isTerminal)}  {found.Message}  {Styled(found.Code, "2", isTerminal)}");
        foreach (var related in found.Related)
        {
            var at = related.Range.Start;
            writer.WriteLine($"           {Styled($"{related.File}:{at.Line + 1}:{at.Character + 1}  {related.Message}", "2", isTerminal)}");
        }
    }

    private static string Sum(CheckReport report)
    {
        var files = Count(report.Files, "file");
        if (report.Findings.Count == 0)
        {
            return $"{files}: nothing found.";
        }

        var parts = new[] { (Severity.Error, "error"), (Severity.Warning, "warning"), (Severity.Information, "note"), (Severity.Hint, "hint") }
            .Select(kind => (Count: report.Findings.Count(found => found.Severity == kind.Item1), kind.Item2))
            .Where(kind => kind.Count > 0)
            .Select(kind => Count(kind.Count, kind.Item2));
        return $"{files}: {string.Join(", ", parts)}.";
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static string Color(Severity severity) => severity switch
    {
        Severity.Error => "31",
        Severity.Warning => "33",
        Severity.Information => "36",
        _ => "2",
    };

    private static string Styled(string text, string style, bool isTerminal) => isTerminal ? $"\u001b[{style}m{text}\u001b[0m" : text;
}
