using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Provenance;

namespace StoryLsp.Pipelines.Tests.Proposals;

/// <summary>A process that dies in the middle of an acceptance leaves all of it or none, and nothing is done twice.</summary>
[TestFixture]
internal sealed class ProposalCrashTests
{
    private const string Before = "One came to the mill in the rain. Two went to the mill in the snow.\n";
    private const string After = "One comes to the mill in the rain. Two goes to the mill in the snow.\n";

    private string _root = "";

    [SetUp]
    public void MakeFolder() => _root = Directory.CreateTempSubdirectory("storylsp-crash-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_root, true);

    [Test]
    public void ACrashAtAnyPointLosesNothingAndDoesNothingTwice()
    {
        var points = 0;
        for (var at = 1; ; at++)
        {
            var folder = Path.Combine(_root, at.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Directory.CreateDirectory(folder);
            Write(folder, "a.md", Before);
            Write(folder, "b.md", Before);
            var proposal = TwoFiles();
            new ProposalStore(folder).Save(proposal);
            if (!Dies(folder, at))
            {
                points = at - 1;
                break;
            }

            // The next process opens the history and asks for the same.
            using (var history = HistoryStore.Open(folder))
            {
                new ProposalDesk(folder, history, "Ada").Accept(proposal.Id);
                Assert.That((Read(folder, "a.md"), Read(folder, "b.md")), Is.EqualTo((After, After)), $"died at point {at}");
                Assert.That(history.Tree.Log(null).Count(entry => entry.Kind == "proposal"), Is.EqualTo(1), $"died at point {at}");
            }

            Assert.That(new ProvenanceStore(folder).Load(proposal.Id)!.Hunks, Has.Count.EqualTo(4));
            Assert.That(new ProposalStore(folder).List(), Is.Empty);
            Assert.That(Directory.GetFiles(folder, "*tmp*", SearchOption.AllDirectories), Is.Empty);
        }

        Assert.That(points, Is.GreaterThan(8));
    }

    [Test]
    public void AnEditorThatDiesBeforeItSaysSoIsUnderstood()
    {
        Write(_root, "a.md", Before);
        var proposal = Drafts.Of("a.md", Before, After);
        new ProposalStore(_root).Save(proposal);
        // The editor has applied the first hunk, and never confirmed it.
        Write(_root, "a.md", Before.Replace("came", "comes", StringComparison.Ordinal));
        using var history = HistoryStore.Open(_root);
        var result = new ProposalDesk(_root, history, "Ada").Accept(proposal.Id)!;
        Assert.That(result.Reports.Select(report => report.Outcome), Is.EqualTo(new[] { HunkOutcome.AlreadyThere, HunkOutcome.Written }));
        Assert.That(Read(_root, "a.md"), Is.EqualTo(After));
        Assert.That(result.IsDecided, Is.True);
    }

    [Test]
    public void TwoWhoAcceptAtOnceWriteItOnce()
    {
        Write(_root, "a.md", Before);
        var proposal = Drafts.Of("a.md", Before, Before + "\nThree.\n");
        new ProposalStore(_root).Save(proposal);
        var written = 0;
        Parallel.For(0, 4, _ =>
        {
            using var history = HistoryStore.Open(_root);
            var result = new ProposalDesk(_root, history, "Ada").Accept(proposal.Id);
            Interlocked.Add(ref written, result?.Files.Count ?? 0);
        });
        Assert.That(written, Is.EqualTo(1));
        Assert.That(Read(_root, "a.md"), Is.EqualTo(Before + "\nThree.\n"));
    }

    [Test]
    public void AFileThatIsNoTextIsLeftAlone()
    {
        File.WriteAllBytes(Path.Combine(_root, "a.md"), [1, 0, 2, 0xFF]);
        var proposal = Drafts.Of("a.md", null, "New.\n");
        new ProposalStore(_root).Save(proposal);
        using var history = HistoryStore.Open(_root);
        var result = new ProposalDesk(_root, history, "Ada").Accept(proposal.Id)!;
        Assert.That(result.Reports.Single().Outcome, Is.EqualTo(HunkOutcome.NotWritten));
        Assert.That(File.ReadAllBytes(Path.Combine(_root, "a.md")), Is.EqualTo(new byte[] { 1, 0, 2, 0xFF }));
    }

    private static Proposal TwoFiles()
    {
        var workspace = StoryLsp.Testing.FixtureWorkspace.OfTexts([KeyValuePair.Create("a.md", Before), KeyValuePair.Create("b.md", Before)]);
        return ProposalBuilder.Build(Drafts.Request() with { Files = [new("a.md", null, After), new("b.md", null, After)] }, workspace.Snapshot);
    }

    private static bool Dies(string folder, int at)
    {
        var left = at;
        using var history = HistoryStore.Open(folder);
        history.FaultPoint = point =>
        {
            if (--left == 0)
            {
                throw new Death(point);
            }
        };
        try
        {
            new ProposalDesk(folder, history, "Ada").Accept("abc123");
            return false;
        }
        catch (Death)
        {
            return true;
        }
    }

    private static void Write(string folder, string path, string text) => File.WriteAllText(Path.Combine(folder, path), text);

    private static string Read(string folder, string path) => File.ReadAllText(Path.Combine(folder, path));

    private sealed class Death(string point) : Exception(point);
}
