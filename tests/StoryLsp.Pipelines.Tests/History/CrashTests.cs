using StoryLsp.CrashHost;
using StoryLsp.Pipelines.History;

namespace StoryLsp.Pipelines.Tests.History;

/// <summary>
/// Fault injection: whatever is killed at whatever point, begun again it ends as if nothing had happened. Every point is tried by an
/// exception after which nothing more is committed or written; each distinct name also by a process that kills itself.
/// </summary>
internal sealed class CrashTests
{
    private static IEnumerable<string> Scenarios => CrashScenarios.All.Select(scenario => scenario.Name);

    [TestCaseSource(nameof(Scenarios))]
    public async Task KilledAtAnyPointItEndsAsIfNothingHadHappened(string name)
    {
        var scenario = CrashScenarios.Named(name);
        var (points, end) = await WholeAsync(scenario);
        for (var n = 0; n < points.Count; n++)
        {
            using var folder = new TemporaryFolder();
            scenario.Prepare(folder.Root);
            var kill = new Killing(n);
            Assert.That(() => scenario.RunAsync(folder.Root, kill.Reach), Throws.Exception, $"{n}: {points[n]}");
            Assert.That(kill.IsDead, Is.True);
            Assert.That(scenario.Broken(folder.Root), Is.Null, $"{n}: {points[n]}");

            // The finishing dies as well, at another point each time.
            var again = new Killing(n % 7);
            try
            {
                await scenario.RunAsync(folder.Root, again.Reach);
            }
            catch (Exception) when (again.IsDead)
            {
                Assert.That(scenario.Broken(folder.Root), Is.Null, $"{n}: {points[n]}, again");
            }

            await scenario.RunAsync(folder.Root, _ => { });
            Assert.That(scenario.State(folder.Root), Is.EqualTo(end), $"{n}: {points[n]}");
        }
    }

    [TestCaseSource(nameof(Scenarios))]
    public async Task KilledAsAProcessItEndsAsIfNothingHadHappened(string name)
    {
        var scenario = CrashScenarios.Named(name);
        var (points, end) = await WholeAsync(scenario);
        await Parallel.ForEachAsync(await ForProcessesAsync(scenario, points), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (point, _) =>
        {
            using var folder = new TemporaryFolder();
            scenario.Prepare(folder.Root);
            using var host = new HostProcess("run", name, folder.Root, point.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Assert.That(await host.EndAsync(), Is.Not.Zero.And.Not.EqualTo(2), point.Point);
            Assert.That(await host.ErrorsAsync(), Is.Empty, point.Point);
            Assert.That(scenario.Broken(folder.Root), Is.Null, point.Point);
            await scenario.RunAsync(folder.Root, _ => { });
            Assert.That(scenario.State(folder.Root), Is.EqualTo(end), point.Point);
        });
    }

    [Test]
    public async Task EveryFaultPointIsReachedByAScenario()
    {
        var reached = new HashSet<string>();
        foreach (var scenario in CrashScenarios.All)
        {
            reached.UnionWith((await WholeAsync(scenario)).Points);
        }

        Assert.That(reached, Is.SupersetOf(FaultPoints.All));
    }

    // A process takes its time to start: each name once over all scenarios, and some more of each scenario.
    private static async Task<List<(string Point, int Number)>> ForProcessesAsync(ICrashScenario scenario, List<string> points)
    {
        var elsewhere = new HashSet<string>();
        foreach (var earlier in CrashScenarios.All.TakeWhile(each => each != scenario))
        {
            elsewhere.UnionWith((await WholeAsync(earlier)).Points);
        }

        var numbered = points.Select((point, n) => (Point: point, Number: n)).ToList();
        return [.. numbered.DistinctBy(point => point.Point).Where(point => !elsewhere.Contains(point.Point)).Concat(numbered.Where(point => point.Number % (points.Count / 6) == 3)).Distinct()];
    }

    private static async Task<(List<string> Points, string End)> WholeAsync(ICrashScenario scenario)
    {
        using var folder = new TemporaryFolder();
        scenario.Prepare(folder.Root);
        var points = new List<string>();
        await scenario.RunAsync(folder.Root, points.Add);
        return (points, scenario.State(folder.Root));
    }

    /// <summary>From its point on every point throws, as a process that is dead writes nothing more, whoever catches what.</summary>
    private sealed class Killing(int at)
    {
        private int _reached;

        public bool IsDead { get; private set; }

        public void Reach(string point)
        {
            IsDead |= _reached++ == at;
            if (IsDead)
            {
                throw new InvalidOperationException("Killed at " + point);
            }
        }
    }
}
