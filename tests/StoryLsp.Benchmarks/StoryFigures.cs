using System.Globalization;
using StoryLsp.Continuity.State;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Text;
using StoryLsp.Testing;
using StoryLsp.Testing.Worlds;

namespace StoryLsp.Benchmarks;

/// <summary>The timeline and the state of the world, at sizes that show how they grow: from nothing, and after one edit.</summary>
internal static class StoryFigures
{
    public static Task AddTo(Report report, int[] sizes, int edits)
    {
        double? before = null;
        foreach (var size in sizes)
        {
            var world = WorldBuilder.Create(new WorldOptions(7, size) { Exact = true, Days = false, Layout = SceneLayout.Files, Entries = EntryLayout.Files, Fountain = false });
            var texts = world.Write().Texts;
            var workspace = FixtureWorkspace.OfTexts(texts);
            var snapshot = workspace.Snapshot;
            var (timeline, state) = (new Samples(), new Samples());
            var fresh = Fresh(snapshot);
            for (var round = 0; round < 3; round++)
            {
                fresh = Fresh(snapshot);
                timeline.Time(() => StoryWorld.Of(fresh));
                state.Time(() => StoryState.Of(fresh));
            }

            report.Add(new($"timeline, {size:N0} scenes, from nothing", timeline.Percentile(0), "ms", null, Measure.None, 0));
            report.Add(new($"state of the world, {size:N0} scenes, from nothing", state.Percentile(0), "ms", null, Measure.None, 0));
            var (date, prose) = Edits(fresh, texts, edits);
            report.Add(new($"prose edited in one of {size:N0} scenes: timeline and state, median", prose, "ms", null, Measure.None, 0));
            report.Add(new($"date of one of {size:N0} scenes: timeline and state, median", date, "ms", before, Measure.None, 0));
            before = date;
        }

        return Task.CompletedTask;
    }

    // A snapshot of which nothing was derived yet.
    private static Snapshot Fresh(Snapshot snapshot) =>
        Snapshot.Empty(snapshot.Root, snapshot.Settings, snapshot.Schemas, new NoSource()).With([.. snapshot.Documents], [], snapshot.Files, true);

    private static (double Date, double Prose) Edits(Snapshot snapshot, IReadOnlyList<KeyValuePair<string, string>> texts, int edits)
    {
        var context = new ReadingContext(snapshot.Schemas, snapshot.Settings, []);
        var scenes = texts.Where(text => text.Value.Contains("\nwhen: ", StringComparison.Ordinal) && char.IsAsciiDigit(text.Value[text.Value.IndexOf("\nwhen: ", StringComparison.Ordinal) + 7]) && text.Key.EndsWith(".md", StringComparison.Ordinal)).ToList();
        var (dates, proses) = (new Samples(), new Samples());
        for (var i = 0; i < edits; i++)
        {
            var (path, text) = scenes[(int)((long)i * 7919 % scenes.Count)];
            snapshot = Step(snapshot, context, path, text + "\nMore.\n", proses);
            snapshot = Step(snapshot, context, path, Later(text), dates);
            snapshot = Step(snapshot, context, path, text, dates);
        }

        return (dates.Percentile(50), proses.Percentile(50));
    }

    private static Snapshot Step(Snapshot snapshot, ReadingContext context, string path, string text, Samples times)
    {
        var next = snapshot.With([DocumentReader.Read(path, SourceText.From(text), context).Facts], []);
        times.Time(() => StoryState.Of(next));
        return next;
    }

    // The same scene in the next year.
    private static string Later(string text)
    {
        var at = text.IndexOf("\nwhen: ", StringComparison.Ordinal) + 7;
        var year = int.Parse(text.AsSpan(at, 4), NumberStyles.None, CultureInfo.InvariantCulture);
        return string.Concat(text.AsSpan(0, at), (year + 1).ToString(CultureInfo.InvariantCulture), text.AsSpan(at + 4));
    }

    private sealed class NoSource : IDocumentSource
    {
        public Document? Document(string path, Snapshot snapshot) => null;

        public SourceText? Text(string path) => null;
    }
}
