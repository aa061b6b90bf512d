using System.Globalization;
using System.Text;
using StoryLsp.Features.Completion;
using StoryLsp.Features.Hover;

namespace StoryLsp.Benchmarks;

/// <summary>The same figures at workspaces of several sizes: what grows with the workspace, and what does not.</summary>
internal sealed class Growth
{
    private readonly List<int> _sizes = [];
    private readonly List<(string Name, List<double> Values)> _rows = [];

    /// <summary>Measures all sizes, the smallest first, and adds what must not grow to a report.</summary>
    public static async Task<Growth> Measure(Report report, int[] sizes, int strokes)
    {
        var growth = new Growth();
        foreach (var size in sizes)
        {
            await Console.Error.WriteLineAsync($"measuring {size} files");
            using var story = GeneratedStory.Create(size);
            await growth.Add(story, strokes);
        }

        foreach (var (name, limit, gate) in new[] { (Keystroke, 1.5, (double?)null), (KeystrokeBytes, 1.5, 1.6) })
        {
            var values = growth._rows.First(row => row.Name == name).Values;
            report.Add(new($"{name}, {growth._sizes[^1]} files by {growth._sizes[0]}", values[^1], "", values[0], Benchmarks.Measure.Ratio, limit) { Gate = gate });
        }

        return growth;
    }

    private const string Keystroke = "keystroke to findings, median, ms";
    private const string KeystrokeBytes = "allocated by a keystroke, kB";

    private async Task Add(GeneratedStory story, int strokes)
    {
        _sizes.Add(story.Files);
        Note("megabytes of text", story.Bytes / 1e6);
        await IndexFigures.Cold(story);
        var start = Environment.CpuUsage.TotalTime;
        await IndexFigures.Cold(story);
        Note("cold index, processor time a file, ms", (Environment.CpuUsage.TotalTime - start).TotalMilliseconds / story.Files);
        var (first, _, _, _) = await IndexFigures.Warm(story.Root);
        Note("warm start to the first findings, s", first);
        var ignored = new Report();
        Note(Keystroke, await TypingFigures.AddKeystrokes(ignored, story, strokes));
        Note(KeystrokeBytes, await KeystrokeMemory.PerKeystroke(story, strokes) / 1e3);
        Note("workspace symbols, p95, ms", (await KeystrokeMemory.WorkspaceSymbols(story, strokes)).Percentile(95));
        await AddFeatures(story, strokes);
    }

    private async Task AddFeatures(GeneratedStory story, int strokes)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var workspace = IndexFigures.Open(story.Root);
        await workspace.IndexAsync();
        var scene = workspace.Text(story.LongScene)!.Text;
        var (completion, hover) = (new Samples(), new Samples());
        var reference = scene.IndexOf("pov: ", StringComparison.Ordinal) + 6;
        for (var i = 0; i < strokes + 40; i++)
        {
            if (i == 40)
            {
                completion.Clear();
                hover.Clear();
            }

            var snapshot = TypingFigures.Type(workspace, story.LongScene, i);
            completion.Time(() => Completions.At(snapshot, story.LongScene, reference, new CompletionOptions(), CancellationToken.None));
            hover.Time(() => Hovers.At(snapshot, story.LongScene, reference, null, CancellationToken.None));
        }

        Note("completion of a reference, p95, ms", completion.Percentile(95));
        Note("hover, p95, ms", hover.Percentile(95));
        Note("held by the workspace, MB", (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6);
        GC.KeepAlive(workspace.Current);
    }

    private void Note(string name, double value)
    {
        var row = _rows.FirstOrDefault(row => row.Name == name);
        if (row.Values is null)
        {
            _rows.Add(row = (name, []));
        }

        row.Values.Add(value);
    }

    /// <summary>The table, in Markdown.</summary>
    public string ToMarkdown()
    {
        var page = new StringBuilder();
        page.Append("| |").AppendJoin("|", _sizes.Select(size => string.Create(CultureInfo.InvariantCulture, $" {size:N0} files "))).Append("| last by first |\n|---|");
        page.AppendJoin("", _sizes.Select(_ => "--:|")).Append("--:|\n");
        foreach (var (name, values) in _rows)
        {
            page.Append("| ").Append(name).Append(" | ").AppendJoin(" | ", values.Select(Text)).Append(" | ").Append(Text(values[^1] / values[0])).Append(" |\n");
        }

        return page.ToString();
    }

    private static string Text(double value) => value.ToString(value >= 100 ? "F0" : value >= 10 ? "F1" : "F2", CultureInfo.InvariantCulture);
}
