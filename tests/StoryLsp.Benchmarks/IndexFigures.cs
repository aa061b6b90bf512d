using System.Diagnostics;
using StoryLsp.Continuity;
using StoryLsp.Continuity.Reports;
using StoryLsp.Index;

namespace StoryLsp.Benchmarks;

/// <summary>The cold index, the warm start and the warm check, against the floor.</summary>
internal static class IndexFigures
{
    public static async Task AddTo(Report report, GeneratedStory story, int rounds)
    {
        // The first round only warms up. Of the others the best counts on both sides: what disturbs a machine only ever adds.
        double single = double.MaxValue, floor = double.MaxValue, cold = double.MaxValue, ready = double.MaxValue, answer = double.MaxValue, check = double.MaxValue, again = double.MaxValue;
        double floorBytes = 0, coldBytes = 0;
        double floorWork = double.MaxValue, coldWork = double.MaxValue, checkWork = double.MaxValue;
        var reread = 0;
        for (var round = 0; round <= rounds; round++)
        {
            var isWarmUp = round == 0;
            Settle();
            var start = Processor;
            var bytes = GC.GetTotalAllocatedBytes();
            var bare = Floor.Parallel(story.Root).TotalSeconds;
            var bareWork = Processor - start;
            floorBytes = GC.GetTotalAllocatedBytes() - bytes;
            Settle();
            start = Processor;
            bytes = GC.GetTotalAllocatedBytes();
            var (answering, index) = await Cold(story);
            var indexWork = Processor - start;
            coldBytes = GC.GetTotalAllocatedBytes() - bytes;
            Settle();
            bare = Math.Min(bare, Floor.Parallel(story.Root).TotalSeconds);
            Settle();
            start = Processor;
            var (first, all, read, _) = await Warm(story.Root);
            var allWork = Processor - start;
            await Check(story.Root);
            Settle();
            var repeated = await Check(story.Root);
            if (isWarmUp)
            {
                continue;
            }

            (floor, cold, answer, check) = (Math.Min(floor, bare), Math.Min(cold, index), Math.Min(answer, first), Math.Min(check, all));
            (again, ready) = (Math.Min(again, repeated), Math.Min(ready, answering));
            (floorWork, coldWork, checkWork) = (Math.Min(floorWork, bareWork), Math.Min(coldWork, indexWork), Math.Min(checkWork, allWork));
            reread = Math.Max(reread, read);
            single = Math.Min(single, Floor.Single(story.Root).TotalSeconds);
        }

        report.Add(new("floor on one processor", single, "s", null, Measure.None, 0));
        report.Add(new("floor on all processors", floor, "s", null, Measure.None, 0));
        report.Add(new("cold index, on disk", cold, "s", floor, Measure.Ratio, 1.5));
        report.Add(new("the same, until it answers (it is written to disk behind that), by the floor on one processor", ready, "s", single, Measure.None, 0));
        report.Add(new("warm start to the first answer", answer, "s", floor, Measure.Value, 1));
        report.Add(new("warm check, nothing written since the last", again, "s", floor, Measure.Ratio, 0.8));
        report.Add(new("all findings of all rules anew, from a warm index", check, "s", floor, Measure.None, 0));
        report.Add(new("cold index, processor time", coldWork, "s", floorWork, Measure.None, 0) { Gate = 8 });
        report.Add(new("cold index, bytes allocated", coldBytes / 1e6, "MB", floorBytes / 1e6, Measure.Ratio, 1.2) { Gate = 1.2 });
        report.Add(new("all findings anew, processor time", checkWork, "s", floorWork, Measure.None, 0) { Gate = 10 });
        report.Add(new("files parsed again by a warm check", reread, "files", null, Measure.Value, 0));
    }

    /// <summary>Seconds to index a workspace without an index, until it answers, and until the index is closed on disk.</summary>
    public static async Task<(double Answering, double OnDisk)> Cold(GeneratedStory story)
    {
        story.ForgetIndex();
        var clock = Stopwatch.StartNew();
        double answering;
        await using (var workspace = Open(story.Root))
        {
            await workspace.IndexAsync();
            answering = clock.Elapsed.TotalSeconds;
        }

        return (answering, clock.Elapsed.TotalSeconds);
    }

    /// <summary>Seconds to the findings of one file and to those of all, how many files were parsed, and how many findings of error or warning severity there are.</summary>
    public static async Task<(double First, double All, int Read, int Faults)> Warm(string root)
    {
        var clock = Stopwatch.StartNew();
        await using var workspace = Open(root);
        await workspace.IndexAsync();
        var snapshot = workspace.Current;
        var findings = new Findings();
        findings.Of(snapshot, "story.yaml");
        var first = clock.Elapsed.TotalSeconds;
        var faults = snapshot.Documents.AsParallel().Sum(document =>
            findings.Of(snapshot, document.Path).Count(finding => finding.Severity <= Language.Facts.Severity.Warning));

        return (first, clock.Elapsed.TotalSeconds, workspace.DocumentsRead, faults);
    }

    /// <summary>Seconds for a check as the command makes it, with the memory of the last one.</summary>
    public static async Task<double> Check(string root)
    {
        var clock = Stopwatch.StartNew();
        await using var workspace = Open(root);
        var mark = workspace.MarkOfFiles(CancellationToken.None);
        if (mark is null || LastReport.Find(root, mark) is null)
        {
            await workspace.IndexAsync();
            var report = CheckReport.Of(workspace.Current, new Findings(), _ => true);
            if (mark is not null)
            {
                LastReport.Keep(root, mark, report);
            }
        }

        return clock.Elapsed.TotalSeconds;
    }

    public static Workspace Open(string root) => Workspace.Open(new WorkspaceOptions { Root = root, DocumentRules = Findings.DocumentRules });

    // Other programs on the machine change it less than the time on the clock.
    private static double Processor => Environment.CpuUsage.TotalTime.TotalSeconds;

    private static void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
