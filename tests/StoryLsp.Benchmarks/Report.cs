namespace StoryLsp.Benchmarks;

/// <summary>The figures of a run, and what they come to.</summary>
internal sealed class Report
{
    private static readonly string[] Head = ["figure", "measured", "floor", "ratio", "limit", "verdict"];
    private readonly List<Figure> _figures = [];
    private readonly List<(string Name, int First)> _parts = [];

    /// <summary>The part that alone is measured; null: all.</summary>
    public string? Only { get; init; }

    public void Add(Figure figure) => _figures.Add(figure);

    /// <summary>Adds what a measurement gives; when it breaks, that is a figure of its own that fails.</summary>
    public async Task MeasureAsync(string name, Func<Report, Task> measure)
    {
        if (Only is not null && Only != name)
        {
            return;
        }

        await Console.Error.WriteLineAsync("measuring " + name);
        _parts.Add((name, _figures.Count));
        try
        {
            await measure(this);
        }
        catch (Exception exception)
        {
            Console.WriteLine($"{name} broke: {exception}");
            _figures.Add(new(name, double.PositiveInfinity, "", null, Measure.Value, 0));
        }
    }

    /// <summary>The figures as tables of Markdown, one for each part.</summary>
    public string ToMarkdown()
    {
        var page = new System.Text.StringBuilder();
        for (var i = 0; i < _parts.Count; i++)
        {
            var end = i + 1 < _parts.Count ? _parts[i + 1].First : _figures.Count;
            if (end == _parts[i].First)
            {
                continue;
            }

            page.Append("## ").Append(char.ToUpperInvariant(_parts[i].Name[0])).Append(_parts[i].Name.AsSpan(1)).Append("\n\n| figure | measured | beside it | ratio | limit | |\n|---|--:|--:|--:|--:|---|\n");
            foreach (var figure in _figures[_parts[i].First..end])
            {
                page.Append("| ").AppendJoin(" | ", figure.Row().Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
            }

            page.Append('\n');
        }

        return page.ToString();
    }

    /// <summary>Prints the table and gives the exit code.</summary>
    /// <param name="strict">Whether a figure that falls short fails the run.</param>
    public int Print(bool strict)
    {
        var rows = _figures.Select(figure => figure.Row()).Prepend(Head).ToList();
        var widths = Enumerable.Range(0, Head.Length).Select(i => rows.Max(row => row[i].Length)).ToArray();
        foreach (var row in rows)
        {
            Console.WriteLine(string.Join("  ", row.Select((cell, i) => i is 0 or 5 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd());
        }

        var judged = _figures.Where(figure => figure.Measure != Measure.None).ToList();
        var failed = judged.Count(figure => strict ? figure.IsShort : figure.IsBroken);
        var unmet = judged.Count(figure => figure.IsShort);
        var skipped = judged.Count(figure => figure.IsSkipped);
        if (unmet > failed)
        {
            Console.WriteLine($"{unmet} SHORT of the limit. Without --strict a clock fails nothing, for the machine may be busy; what is SHORT is counted as skipped, not as passed.");
        }

        Console.WriteLine($"{judged.Count - unmet - skipped} passed, {failed} failed, {skipped + unmet - failed} skipped");
        return failed > 0 ? 1 : 0;
    }
}
