using System.Text;
using StoryLsp.Language.Facts;

namespace StoryLsp.Cli.Output;

/// <summary>Findings for a person at a terminal: a block a file, a line a finding, a sum at the end.</summary>
internal static class TextFindings
{
    public static void Write(Stream output, OpenStory story, IReadOnlyList<FoundFinding> findings)
    {
        var isTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;
        using var writer = new StreamWriter(output, new UTF8Encoding(false)) { NewLine = "\n" };
        foreach (var file in findings.GroupBy(found => found.File))
        {
            writer.WriteLine(Styled(file.Key, "1;4", isTerminal));
            foreach (var found in file)
            {
                WriteOne(writer, story, found, isTerminal);
            }

            writer.WriteLine();
        }

        writer.WriteLine(Sum(story, findings));
    }

    private static void WriteOne(TextWriter writer, OpenStory story, FoundFinding found, bool isTerminal)
    {
        var word = FoundFindings.Word(found.Finding.Severity);
        var place = $"{found.Range.Start.Line + 1}:{found.Range.Start.Character + 1}";
        writer.WriteLine($"  {place,-8} {Styled(word, Color(found.Finding.Severity), isTerminal)}  {found.Finding.Message}  {Styled(found.Finding.Code, "2", isTerminal)}");
        foreach (var related in found.Finding.Related)
        {
            var at = FoundFindings.RangeOf(story.Snapshot, related).Start;
            writer.WriteLine($"           {Styled($"{related.Path}:{at.Line + 1}:{at.Character + 1}  {related.Message}", "2", isTerminal)}");
        }
    }

    private static string Sum(OpenStory story, IReadOnlyList<FoundFinding> findings)
    {
        var files = Count(story.Snapshot.DocumentCount, "file");
        if (findings.Count == 0)
        {
            return $"{files}: nothing found.";
        }

        var parts = new[] { (Severity.Error, "error"), (Severity.Warning, "warning"), (Severity.Information, "note"), (Severity.Hint, "hint") }
            .Select(kind => (Count: findings.Count(found => found.Finding.Severity == kind.Item1), kind.Item2))
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
