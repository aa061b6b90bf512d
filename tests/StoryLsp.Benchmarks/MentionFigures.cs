using StoryLsp.Language.Mentions;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Benchmarks;

/// <summary>How right the mentions are by the gold set, and how fast they are found.</summary>
internal static class MentionFigures
{
    private const int Rounds = 7;

    /// <summary>Adds the figures of the labelled novels, where the real data is, and of the matcher.</summary>
    public static Task AddTo(Report report)
    {
        var all = new GoldMentions();
        var novels = 0;
        foreach (var (name, file) in GoldMentions.Novels)
        {
            if (Find(file) is not { } path)
            {
                report.Add(new($"mentions in {name} that are wrong", null, "%", null, Measure.Value, 5) { Reason = "the real data is not here" });
                continue;
            }

            all.Add(name, File.ReadAllText(path));
            novels++;
        }

        if (novels > 0)
        {
            report.Add(new($"mentions in {novels} labelled novels: wrong of those found", (1 - all.Precision) * 100, "%", null, Measure.Value, 5));
            report.Add(new($"mentions in {novels} labelled novels: missed of those labelled", (1 - all.Recall) * 100, "%", null, Measure.Value, 10));
        }

        AddSpeed(report);
        return Task.CompletedTask;
    }

    private static void AddSpeed(Report report)
    {
        var text = string.Join("\n\n", Enumerable.Range(0, 200).Select(i => new Prose(new Random(i), ["Ada Vane", "Tom Hale", "Lena", "Inspector Crome"], ["mill"]).Write(1000)));
        var few = Median(text, 10);
        var many = Median(text, 10_000);
        report.Add(new("looking for 10,000 names by looking for ten", many, "ms", few, Measure.Ratio, 1.5));
        report.Add(new("prose looked through for 10,000 names in a second", text.Length * 2 / 1e6 / (many / 1000), "MB", null, Measure.None, 0));
    }

    private static double Median(string text, int names)
    {
        var patterns = Enumerable.Range(0, names).Select(i => new NamePattern(i, NameKind.Person, i switch { 0 => "Ada Vane", 1 => "Tom Hale", _ => $"Ka{i}ra Lo{i}ve" })).ToList();
        var matcher = NameMatcher.Compile(patterns, []);
        var times = new Samples();
        var found = new List<Mention>();
        for (var i = 0; i < Rounds; i++)
        {
            found.Clear();
            times.Time(() => matcher.Scan(text, new TextSpan(0, text.Length), found));
        }

        return times.Percentile(50);
    }

    private static string? Find(string file)
    {
        var roots = new List<string> { Path.Combine(Repository.Root, "..", "shared", "data") };
        if (Environment.GetEnvironmentVariable(TestData.Variable) is { Length: > 0 } root)
        {
            roots.Insert(0, root);
        }

        return roots.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }
}
