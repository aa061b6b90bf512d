using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Proposals;

namespace StoryLsp.Pipelines.Tests;

[TestFixture]
internal sealed class ProposalTests
{
    private const string Base = "# a comment of the writer's that is long enough\ntype: scene\nid: arrival-at-the-mill\nname: Arrival\npov: ada-vane\ncharacters: [ada-vane, tom-hale]\nlocation: old-mill\n";
    private const string New = "\nsynopsis: Ada comes.";
    private string _root = "";

    [SetUp]
    public void MakeFolder() => _root = Directory.CreateTempSubdirectory("storylsp-proposals-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_root, true);

    [Test]
    public void AnInsertionFitsWhereItWasMade() => Assert.That(Applied(Insertion(), Base), Is.EqualTo(Expected(Base)));

    [Test]
    public void AnInsertionMovesWithTheTextAroundIt()
    {
        var moved = "# above\n# and more\n" + Base + "when: 1926-11-05\n";
        Assert.That(Applied(Insertion(), moved), Is.EqualTo(Expected(moved)));
    }

    [Test]
    public void AnInsertionIsNeverGuessed()
    {
        Assert.That(State(Insertion(), Base + Base), Is.EqualTo(HunkState.Stale), "twice there");
        Assert.That(State(Insertion(), Base.Replace("name: Arrival", "name: Arriving")), Is.EqualTo(HunkState.Stale), "the line changed");
        Assert.That(State(Insertion(), ""), Is.EqualTo(HunkState.Stale));
        Assert.That(State(Insertion(), null), Is.EqualTo(HunkState.Stale));
    }

    [Test]
    public void WhatIsThereAlreadyIsNotAppliedAgain()
    {
        Assert.That(State(Insertion(), Expected(Base)), Is.EqualTo(HunkState.AlreadyApplied));
        Assert.That(State(Insertion(), "# above\n" + Expected(Base)), Is.EqualTo(HunkState.AlreadyApplied));
        Assert.That(State(Replacement(), Base.Replace("pov: ada-vane", "pov: lena")), Is.EqualTo(HunkState.AlreadyApplied));
    }

    [Test]
    public void AReplacementMovesWithItsTextAndIsStaleWithoutIt()
    {
        var moved = "# above\n" + Base;
        Assert.That(Applied(Replacement(), moved), Is.EqualTo(moved.Replace("pov: ada-vane", "pov: lena")));
        Assert.That(State(Replacement(), Base.Replace("pov: ada-vane", "pov: tom")), Is.EqualTo(HunkState.Stale));
    }

    [Test]
    public void NewFrontMatterGoesToTheBeginningOrNowhere()
    {
        const string prose = "# The Mill\n\nAda waited for a long time beneath the wheel.\n";
        var proposal = ProposalOf(prose, new TextEdit(new TextSpan(0, 0), "---\nsynopsis: x y\n---\n\n"));
        Assert.That(State(proposal, prose + "More.\n"), Is.EqualTo(HunkState.Fits));
        Assert.That(State(proposal, "Above.\n\n" + prose), Is.EqualTo(HunkState.Stale));
    }

    [Test]
    public void HunksThatWouldOverlapAreStale()
    {
        var text = SourceText.From("one two three");
        var proposal = Make(text, Hunk.Of(1, "a.md", text, new(new TextSpan(0, 7), "x"), ""), Hunk.Of(2, "a.md", text, new(new TextSpan(4, 9), "y"), ""));
        Assert.That(ProposalApplication.Place(proposal, _ => text).Select(hunk => hunk.State), Is.All.EqualTo(HunkState.Stale));
        Assert.That(ProposalApplication.Place(proposal, _ => text, new HashSet<int> { 2 }).Single().State, Is.EqualTo(HunkState.Fits));
    }

    [Test]
    public void NoEditOfTheFileMakesAnInsertionGoAstray()
    {
        var edits = (from start in Gen.Choose(0, Base.Length)
                     from length in Gen.Choose(0, 30)
                     from text in Gen.Elements("", "x", "\n", "\nname: Arrival", "# note\n", "ada-vane", Base[40..120])
                     select (start, length, text)).ListOf(3);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(edits.ToArbitrary(), list =>
        {
            var text = Base;
            foreach (var (start, length, words) in list)
            {
                var at = Math.Min(start, text.Length);
                text = text[..at] + words + text[Math.Min(text.Length, at + length)..];
            }

            var placed = ProposalApplication.Place(Insertion(), _ => SourceText.From(text)).Single();
            // It goes behind the line that it was made for, of which there is one, or nowhere.
            return placed.State != HunkState.Fits || text[..placed.Edit!.Value.Span.Start].EndsWith("\nid: arrival-at-the-mill\nname: Arrival", StringComparison.Ordinal);
        }));
    }

    [Test]
    public void TheTextBesideAHunkIsNotInTheFile()
    {
        new ProposalStore(_root).Save(Insertion());
        Assert.That(File.ReadAllText(Directory.GetFiles(_root, "*.json", SearchOption.AllDirectories).Single()), Does.Not.Contain("ada-vane").And.Not.Contain("Arrival\\n"));
    }

    [Test]
    public void AProposalIsKeptAsItIsAndReadable()
    {
        var store = new ProposalStore(_root);
        var proposal = Insertion() with { Origin = "Written by “Ü” & 川 🦊." };
        Assert.That(store.Save(proposal), Is.EqualTo(".story/proposals/abc123.json"));
        var loaded = store.Load("abc123")!;
        Assert.That(loaded.Hunks, Is.EqualTo(proposal.Hunks));
        Assert.That(loaded.Base, Is.EqualTo(proposal.Base));
        Assert.That(loaded with { Hunks = proposal.Hunks, Base = proposal.Base }, Is.EqualTo(proposal));
        Assert.That(Directory.GetFiles(Path.Combine(_root, ".story", "proposals")), Has.Length.EqualTo(1));
        Assert.That(File.ReadAllText(Path.Combine(_root, ".story", "proposals", "abc123.json")), Does.Contain("“Ü” & 川").And.Not.Contain("\r").And.EndsWith("}\n"));
        Assert.That(store.Remove("abc123"), Is.True);
        Assert.That(store.Remove("abc123"), Is.False);
        Assert.That(store.Load("abc123"), Is.Null);
    }

    [TestCase(""), TestCase("."), TestCase(".."), TestCase("../x"), TestCase("a/b"), TestCase("a\\b"), TestCase("/etc/passwd"), TestCase("a.json"), TestCase("a\0"), TestCase("é")]
    public void AnIdCannotLeadOutOfTheFolder(string id)
    {
        Directory.CreateDirectory(Path.Combine(_root, ".story"));
        File.WriteAllText(Path.Combine(_root, ".story", "x.json"), JsonOf(Insertion()));
        var store = new ProposalStore(_root);
        Assert.That(store.Load(id), Is.Null);
        Assert.That(store.Remove(id), Is.False);
        Assert.That(() => store.Save(Insertion() with { Id = id }), Throws.ArgumentException);
    }

    [TestCase("", ""), TestCase("{", ""), TestCase("null", ""), TestCase("[]", ""), TestCase("{}", "")]
    [TestCase(null, "\"hunks\": null"), TestCase(null, "\"base\": [null]"), TestCase(null, "\"hunks\": [null]"), TestCase(null, "\"id\": \"other\"")]
    public void ADamagedFileIsNoProposal(string? content, string replacement)
    {
        var store = new ProposalStore(_root);
        store.Save(Insertion());
        var path = Path.Combine(_root, ".story", "proposals", "abc123.json");
        if (content is null)
        {
            var key = replacement.Split(':')[0].Trim('"');
            using var parsed = JsonDocument.Parse(File.ReadAllText(path));
            content = "{" + string.Join(",", parsed.RootElement.EnumerateObject().Where(entry => entry.Name != key).Select(entry => entry.ToString()).Append(replacement)) + "}";
        }

        File.WriteAllText(path, content);
        Assert.That(store.Load("abc123"), Is.Null);
        Assert.That(store.Remove("abc123"), Is.True);
    }

    [TestCase("../outside.md"), TestCase("/etc/passwd"), TestCase("a/../../b.md"), TestCase(".git/config"), TestCase("C:\\x"), TestCase("a\\..\\b"), TestCase("")]
    public void AProposalThatWouldWriteOutsideOfTheWorkspaceIsNoProposal(string file)
    {
        var store = new ProposalStore(_root);
        store.Save(Insertion() with { Hunks = [Insertion().Hunks[0] with { File = file }] });
        Assert.That(store.Load("abc123"), Is.Null);
    }

    [Test]
    public void ProposalsAreListedOldestFirst()
    {
        var store = new ProposalStore(_root);
        Assert.That(store.List(), Is.Empty);
        foreach (var (id, age) in new[] { ("b", 3), ("a", 1), ("c", 2) })
        {
            store.Save(Insertion() with { Id = id });
            File.SetLastWriteTimeUtc(Path.Combine(_root, ".story", "proposals", id + ".json"), new DateTime(2026, 3, 10 - age, 0, 0, 0, DateTimeKind.Utc));
        }

        File.WriteAllText(Path.Combine(_root, ".story", "proposals", "no-id.json"), "{}");
        File.WriteAllText(Path.Combine(_root, ".story", "proposals", "d.json.tmp"), "{}");
        Assert.That(store.List(), Is.EqualTo(new[] { "b", "c", "a" }));
    }

    [Test]
    public void AFolderThatCannotBeWrittenIsOneKindOfFault()
    {
        File.WriteAllText(Path.Combine(_root, ".story"), "a file where the folder should be");
        Assert.That(() => new ProposalStore(_root).Save(Insertion()), Throws.InstanceOf<IOException>());
        Assert.That(new ProposalStore(_root).List(), Is.Empty);
    }

    [Test]
    public void TheJsonOfTheCommandLine() => Assert.That(JsonOf(Replacement(), new FindingsChange(2, 1)), Is.EqualTo("""
        {
          "run": "run1",
          "status": "done",
          "proposal": "abc123",
          "hunks": [
            {
              "id": 1,
              "file": "a.md",
              "old": "ada-vane",
              "new": "lena"
            }
          ],
          "findings": {
            "added": 2,
            "removed": 1
          }
        }

        """.ReplaceLineEndings("\n")));

    private static string JsonOf(Proposal proposal, FindingsChange? findings = null)
    {
        using var stream = new MemoryStream();
        ProposalJsonOutput.Write(stream, proposal, "done", findings);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static Proposal Insertion() => ProposalOf(Base, new TextEdit(new TextSpan(Base.IndexOf("\npov", StringComparison.Ordinal), 0), New));

    private static Proposal Replacement() => ProposalOf(Base, new TextEdit(new TextSpan(Base.IndexOf("ada-vane", StringComparison.Ordinal), 8), "lena"));

    private static string Expected(string text) => text.Replace("name: Arrival", "name: Arrival" + New);

    private static Proposal ProposalOf(string text, TextEdit edit) => Make(SourceText.From(text), Hunk.Of(1, "a.md", SourceText.From(text), edit, "Write"));

    private static Proposal Make(SourceText text, params Hunk[] hunks) => new()
    {
        Id = "abc123", Run = "run1", Pipeline = "synopsis", Model = "m", Origin = "o", Input = "arrival", Hunks = hunks,
        Base = [new("a.md", Convert.ToHexStringLower(text.ContentHash))],
    };

    private static HunkState State(Proposal proposal, string? text) =>
        ProposalApplication.Place(proposal, _ => text is null ? null : SourceText.From(text)).Single().State;

    private static string Applied(Proposal proposal, string text)
    {
        var change = ProposalApplication.ChangeOf(ProposalApplication.Place(proposal, _ => SourceText.From(text)));
        return SourceText.From(text).WithEdits(((StoryLsp.Index.TextChange)change!.Files.Single()).Edits).Text;
    }
}
