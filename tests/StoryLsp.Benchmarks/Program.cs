using System.Globalization;
using StoryLsp.Testing.Worlds;

namespace StoryLsp.Benchmarks;

/// <summary>Measures the figures of speed and prints them as a table.</summary>
internal static class Program
{
    private const string Usage = """
        StoryLsp.Benchmarks [--quick] [--files N] [--strict] [--write FILE] [--part NAME] [--profile cold|warm|type|index|check] [--accuracy]
          --quick      300 files, and few rounds: shows that everything still runs, and what is far off
          --files N    a workspace of so many files (5000)
          --part NAME  one part alone, as "side by side"
          --write      writes the figures as a page of Markdown, too
          --strict     a figure that falls short of its limit fails the run
          --profile    where the time goes, instead of the figures; `index` and `check` repeat the whole, for a profiler
          --accuracy   precision and recall of every rule as a table of Markdown, instead of the figures; with --quick at the size of the tests
        """;

    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["floor", var root])
        {
            // The floor as a process of its own, for the figures of whole processes.
            Floor.Parallel(root);
            return 0;
        }

        if (arguments.Contains("--help"))
        {
            Console.WriteLine(Usage);
            return 0;
        }

        var quick = arguments.Contains("--quick");
        if (arguments.Contains("--accuracy"))
        {
            var bench = quick ? new AccuracyBench() : new AccuracyBench(faults: 120, decoys: 8, clean: 300);
            bench.Run();
            Console.Write(bench.Report());
            return 0;
        }

        var files = Value(arguments, "--files") is { } count ? int.Parse(count, CultureInfo.InvariantCulture) : quick ? 300 : 5000;
        using var story = GeneratedStory.Create(files);
        Console.WriteLine($"{story.Files} files, {story.Bytes / 1e6:F1} MB, {Environment.ProcessorCount} processors");
        if (Value(arguments, "--profile") is { } profile)
        {
            await Profile.Run(profile, story);
            return 0;
        }

        var report = new Report { Only = Value(arguments, "--part") };
        await report.MeasureAsync("the index", into => IndexFigures.AddTo(into, story, rounds: quick ? 2 : 5));
        await report.MeasureAsync("findings", async into =>
        {
            var (_, _, _, faults) = await IndexFigures.Warm(story.Root);
            into.Add(new("findings of error or warning in the generated story", faults, "findings", null, Measure.Value, 0));
        });
        await report.MeasureAsync("mentions", MentionFigures.AddTo);
        await report.MeasureAsync("the story", into => StoryFigures.AddTo(into, quick ? [100, 300] : [100, 1_000, 10_000], edits: quick ? 10 : 40));
        await report.MeasureAsync("typing", async into =>
        {
            using var small = GeneratedStory.Create(100);
            var strokes = quick ? 60 : 300;
            var few = await TypingFigures.AddKeystrokes(into, small, strokes);
            var many = await TypingFigures.AddKeystrokes(into, story, strokes);
            into.Add(new($"keystroke at {story.Files} files by one at 100, median", many, "ms", few, Measure.Ratio, 1.5));
            await TypingFigures.AddFeatures(into, story, strokes);
            await KeystrokeMemory.AddTo(into, story, strokes);
        });
        await report.MeasureAsync("proposals", into => ProposalFigures.AddTo(into, story, quick ? 5 : 20));
        await report.MeasureAsync("processes", into => ProcessFigures.AddTo(into, story, rounds: quick ? 1 : 3, strokes: quick ? 40 : 200));
        await report.MeasureAsync("requests over the wire", into => WireFigures.AddTo(into, story, rounds: quick ? 20 : 100));
        await report.MeasureAsync("side by side", into => SideBySide.AddTo(into, notes: quick ? 300 : 5000, rounds: quick ? 10 : 60));
        Growth? growth = null;
        await report.MeasureAsync("growth", async into => growth = await Growth.Measure(into, quick ? [100, 300] : [100, 5_000, 20_000], quick ? 60 : 200));
        Console.WriteLine(growth?.ToMarkdown());
        var code = report.Print(arguments.Contains("--strict"));
        if (Value(arguments, "--write") is { } page)
        {
            await File.WriteAllTextAsync(page, SpeedPage.Of(report, growth, story));
        }

        return code;
    }

    private static string? Value(string[] arguments, string name)
    {
        var at = Array.IndexOf(arguments, name);
        return at >= 0 && at + 1 < arguments.Length ? arguments[at + 1] : null;
    }
}
