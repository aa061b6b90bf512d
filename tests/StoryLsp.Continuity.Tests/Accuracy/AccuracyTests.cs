using System.Globalization;
using NUnit.Framework;
using StoryLsp.Testing;
using StoryLsp.Testing.Worlds;
using StoryLsp.Testing.Worlds.Faults;

namespace StoryLsp.Continuity.Tests.Accuracy;

/// <summary>
/// The bench of error injection: worlds that are consistent by construction, and faults planted into them in phrasings that were written from the
/// format's page, not from the rules' code.
/// </summary>
public class AccuracyTests
{
    private const double Recall = 0.8;
    private const double Precision = 0.95;

    private static bool IsLong => Environment.GetEnvironmentVariable("STORYLSP_LONG") is { Length: > 0 };

    private AccuracyBench _bench = null!;

    [OneTimeSetUp]
    public void Run()
    {
        _bench = IsLong ? new AccuracyBench(faults: 120, decoys: 8, clean: 300) : new AccuracyBench();
        // A name or a group, for whoever works on one rule: STORYLSP_RULE=time/
        var only = Environment.GetEnvironmentVariable("STORYLSP_RULE");
        _bench.Run(string.IsNullOrEmpty(only) ? null : code => code.StartsWith(only, StringComparison.Ordinal));
        TestContext.Progress.WriteLine(_bench.Table());
        var report = Path.Combine(TestContext.CurrentContext.WorkDirectory, "accuracy.md");
        File.WriteAllText(report, _bench.Report());
        TestContext.Progress.WriteLine("Misses and false alarms: " + report);
    }

    [TestCaseSource(nameof(Codes))]
    public void Rule(string code)
    {
        var row = _bench.Rows.Single(row => row.Code == code);
        if (!row.IsChecked)
        {
            // A rule that is not there cannot be right or wrong; once it is, it is held to the figures.
            Assert.That(Findings.Rules.Select(rule => rule.Code), Has.None.EqualTo(code));
            Assert.Pass("not checked: there is no such rule yet");
        }

        var misses = _bench.Misses.Where(miss => miss.StartsWith(code + " ", StringComparison.Ordinal));
        var alarms = _bench.FalseAlarms.Where(alarm => alarm.Contains(" " + code + " ", StringComparison.Ordinal));
        Assert.That(row.Recall, Is.GreaterThanOrEqualTo(Recall), "recall; not found:\n" + string.Join('\n', misses));
        Assert.That(row.Precision, Is.GreaterThanOrEqualTo(Precision), "precision; no faults:\n" + string.Join('\n', alarms));
    }

    [Test]
    public void The_readme_has_the_table_of_this_run()
    {
        if (IsLong || Environment.GetEnvironmentVariable("STORYLSP_RULE") is { Length: > 0 })
        {
            Assert.Ignore("The README has the table of the usual run.");
        }

        const string begin = "<!-- accuracy: written by the tests -->\n";
        const string end = "<!-- /accuracy -->";
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n");
        var start = readme.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        Verified.MatchRepositoryFile(readme[..start] + _bench.Table() + readme[readme.IndexOf(end, StringComparison.Ordinal)..], "README.md");
    }

    [Test]
    public void Every_rule_of_the_catalogue_has_faults() =>
        Assert.That(FaultCatalogue.All.Select(rule => rule.Code), Is.EquivalentTo(RuleCodes.All.Where(code => !code.StartsWith("model/", StringComparison.Ordinal))));

    [Test]
    public void Every_fault_has_a_world() => Assert.That(_bench.Unfit, Is.Empty);

    [Test]
    public void A_world_is_the_same_each_time([Values(1, 2, 3, 4, 5)] int seed)
    {
        var options = new WorldOptions(seed, 20);
        var once = WorldBuilder.Create(options).Write().Texts;
        Assert.That(WorldBuilder.Create(options).Write().Texts, Is.EqualTo(once));
    }

    [TestCase(5)]
    [TestCase(300)]
    [TestCase(10_000)]
    public void A_world_of_any_size_is_clean(int scenes)
    {
        if (scenes > 1000 && !IsLong)
        {
            Assert.Ignore("A world of ten thousand scenes is for tests/run --long.");
        }

        var workspace = FixtureWorkspace.OfTexts(WorldBuilder.Create(new WorldOptions(scenes, scenes)).Write().Texts);
        Assert.That(workspace.AllFindings().Select(workspace.Describe), Is.Empty);
    }

    [Test, Explicit("for reading what the generator writes: STORYLSP_RULE=code, STORYLSP_SHAPE=its name, STORYLSP_SEED=the seed")]
    public void Print()
    {
        var code = Environment.GetEnvironmentVariable("STORYLSP_RULE");
        var name = Environment.GetEnvironmentVariable("STORYLSP_SHAPE");
        var seed = int.Parse(Environment.GetEnvironmentVariable("STORYLSP_SEED") ?? "7", CultureInfo.InvariantCulture);
        foreach (var rule in FaultCatalogue.All.Where(rule => rule.Code == code))
        {
            foreach (var shape in rule.Faults.Concat(rule.Decoys).Where(shape => name is null || shape.Name == name))
            {
                var (texts, marked) = AccuracyBench.Planted(shape, seed, rule.Scenes)!.Write();
                TestContext.Out.WriteLine($"==== {shape.Name}\n{string.Join('\n', texts.Where(text => name is not null || marked.Count == 0 || marked.Any(mark => mark.Path == text.Key)).Select(text => "//- " + text.Key + "\n" + text.Value))}");
                foreach (var mark in marked)
                {
                    TestContext.Out.WriteLine($"at fault: {mark.Path} `{texts.First(text => text.Key == mark.Path).Value.Substring(mark.Span.Start, mark.Span.Length)}`");
                }
            }
        }
    }

    private static IEnumerable<string> Codes() => FaultCatalogue.All.Select(rule => rule.Code);
}
