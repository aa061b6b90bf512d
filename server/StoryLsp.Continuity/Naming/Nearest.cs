namespace StoryLsp.Continuity.Naming;

/// <summary>Finds what a writer probably meant.</summary>
internal static class Nearest
{
    private const int LongestCompared = 64;

    /// <summary>How many slips are forgiven in a word of that length: one up to seven letters, two beyond.</summary>
    public static int Tolerance(int length) => length >= 8 ? 2 : 1;

    /// <summary>The candidates that are near enough to be a misspelling, the nearest first, each once. The text itself is none, nor is another number or date.</summary>
    public static IEnumerable<string> Of(string text, IEnumerable<string> candidates, int? tolerance = null)
    {
        var max = tolerance ?? Tolerance(text.Length);
        return candidates
            .Distinct(StringComparer.Ordinal)
            .Select(candidate => (Text: candidate, Distance: Distance(text, candidate, max)))
            .Where(candidate => candidate.Distance <= max && candidate.Text != text && !DifferInDigits(text, candidate.Text))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Text, StringComparer.Ordinal)
            .Select(candidate => candidate.Text);
    }

    /// <summary>
    /// The number of insertions, deletions, replacements and swaps of neighbours that lead from one text to the other, whatever the
    /// case; <paramref name="max"/> + 1 when there are more.
    /// </summary>
    public static int Distance(string first, string second, int max)
    {
        if (Math.Abs(first.Length - second.Length) > max || first.Length > LongestCompared || second.Length > LongestCompared)
        {
            return string.Equals(first, second, StringComparison.OrdinalIgnoreCase) ? 0 : max + 1;
        }

        Span<int> older = stackalloc int[second.Length + 1];
        Span<int> old = stackalloc int[second.Length + 1];
        Span<int> row = stackalloc int[second.Length + 1];
        for (var column = 0; column <= second.Length; column++)
        {
            old[column] = column;
        }

        for (var line = 1; line <= first.Length; line++)
        {
            row[0] = line;
            var least = line;
            for (var column = 1; column <= second.Length; column++)
            {
                var cost = Same(first[line - 1], second[column - 1]) ? 0 : 1;
                var value = Math.Min(Math.Min(row[column - 1], old[column]) + 1, old[column - 1] + cost);
                if (line > 1 && column > 1 && Same(first[line - 1], second[column - 2]) && Same(first[line - 2], second[column - 1]))
                {
                    value = Math.Min(value, older[column - 2] + 1);
                }

                row[column] = value;
                least = Math.Min(least, value);
            }

            if (least > max)
            {
                return max + 1;
            }

            var spare = older;
            older = old;
            old = row;
            row = spare;
        }

        return Math.Min(old[second.Length], max + 1);
    }

    // 2024-01-02 is another day than 2024-01-01, and chapter 3 another chapter than chapter 2.
    private static bool DifferInDigits(string first, string second)
    {
        static string Letters(string text) => string.Concat(text.Where(unit => !char.IsAsciiDigit(unit)));

        return (first.Any(char.IsAsciiDigit) || second.Any(char.IsAsciiDigit)) && Letters(first).Equals(Letters(second), StringComparison.OrdinalIgnoreCase);
    }

    private static bool Same(char a, char b) => a == b || char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
