using System.Globalization;
using StoryLsp.Continuity;
using StoryLsp.Features.Symbols;
using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Benchmarks;

/// <summary>
/// What one workspace costs while a person types in it. Bytes are the same on every machine and under any load, so that these are the figures
/// that a gate can hold.
/// </summary>
internal static class KeystrokeMemory
{
    private const int WarmUp = 40;

    /// <summary>Bytes that a keystroke to its new findings allocates, in the median.</summary>
    public static Task<double> PerKeystroke(GeneratedStory story, int count) => PerKeystroke(story, count, TypingFigures.Keystroke);

    private static async Task<double> PerKeystroke(GeneratedStory story, int count, Func<SourceText, int, TextEdit> keystroke)
    {
        await using var workspace = IndexFigures.Open(story.Root);
        await workspace.IndexAsync();
        workspace.OpenDocument(story.LongScene, 1, workspace.Text(story.LongScene)!);
        var findings = new Findings();
        var bytes = new List<double>();
        for (var i = 0; i < count + WarmUp; i++)
        {
            var edit = keystroke(workspace.BufferText(story.LongScene)!, i);
            var before = GC.GetTotalAllocatedBytes(precise: true);
            findings.Of(workspace.ChangeDocument(story.LongScene, i + 2, [edit]), story.LongScene);
            if (i >= WarmUp)
            {
                bytes.Add(GC.GetTotalAllocatedBytes(precise: true) - before);
            }
        }

        bytes.Sort();
        return bytes[bytes.Count / 2];
    }

    /// <summary>Times of looking for a name as a person types it, letter by letter, on a snapshot that has just changed.</summary>
    public static async Task<Samples> WorkspaceSymbols(GeneratedStory story, int count)
    {
        await using var workspace = IndexFigures.Open(story.Root);
        await workspace.IndexAsync();
        workspace.OpenDocument(story.LongScene, 1, workspace.Text(story.LongScene)!);
        string[] queries = ["a", "ad", "ada", "the", "chap 1", "zzzz", "part 1-2", "scn"];
        var times = new Samples();
        for (var i = 0; i < count + WarmUp; i++)
        {
            if (i == WarmUp)
            {
                times.Clear();
            }

            var end = workspace.BufferText(story.LongScene)!.Length;
            var snapshot = workspace.ChangeDocument(story.LongScene, i + 2, [i % 2 == 0 ? new TextEdit(new TextSpan(end, 0), "x") : new TextEdit(new TextSpan(end - 1, 1), "")]);
            times.Time(() => Features.Symbols.WorkspaceSymbols.Find(snapshot, queries[i % queries.Length], CancellationToken.None));
        }

        return times;
    }

    /// <summary>Adds the figures.</summary>
    public static async Task AddTo(Report report, GeneratedStory story, int count)
    {
        using var small = GeneratedStory.Create(100);
        var few = await PerKeystroke(small, count);
        var many = await PerKeystroke(story, count);
        var text = new FileInfo(Path.Combine(story.Root, story.LongScene)).Length * 2.0;
        report.Add(new($"allocated by a keystroke, {story.Files} files, by the scene itself", many / 1e3, "kB", text / 1e3, Measure.Ratio, 40) { Gate = 40 });
        report.Add(new(string.Create(CultureInfo.InvariantCulture, $"allocated by a keystroke, {story.Files} files by 100"), many / 1e3, "kB", few / 1e3, Measure.Ratio, 1.5) { Gate = 1.5 });
        foreach (var (name, anchor) in new[] { ("the front matter's synopsis", "synopsis:"), ("a date", "when: ") })
        {
            few = await PerKeystroke(small, count, (before, i) => TypingFigures.Keystroke(before, anchor, i));
            many = await PerKeystroke(story, count, (before, i) => TypingFigures.Keystroke(before, anchor, i));
            report.Add(new(string.Create(CultureInfo.InvariantCulture, $"allocated by a keystroke in {name}, {story.Files} files by 100"), many / 1e3, "kB", few / 1e3, Measure.None, 0));
        }

        var symbols = await WorkspaceSymbols(story, count);
        report.Add(new($"workspace symbols, {story.Files} files, p95", symbols.Percentile(95), "ms", null, Measure.Value, 5));
    }
}
