using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.History;

namespace StoryLsp.Pipelines.Tests.History;

/// <summary>The undo tree, step by step.</summary>
internal sealed class StoryTreeTests
{
    private TemporaryFolder _folder = null!;
    private HistoryStore _store = null!;

    private StoryTree Tree => _store.Tree;

    [SetUp]
    public void Open()
    {
        _folder = new TemporaryFolder();
        _store = HistoryStore.Open(_folder.Root);
    }

    [TearDown]
    public void Close()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void TheStateIsTheFoldOverTheTextsFirstSeen()
    {
        var first = Change("a.md", "one", "two");
        var second = Change("b.md", null, "new");
        var third = Change("a.md", "two", null);
        Assert.That(first.Parent, Is.EqualTo("1"));
        Assert.That(TextsAt("1"), Is.EqualTo(Texts(("a.md", "one"), ("b.md", null))));
        Assert.That(TextsAt(first.Id), Is.EqualTo(Texts(("a.md", "two"), ("b.md", null))));
        Assert.That(TextsAt(second.Id), Is.EqualTo(Texts(("a.md", "two"), ("b.md", "new"))));
        Assert.That(TextsAt(third.Id), Is.EqualTo(Texts(("a.md", null), ("b.md", "new"))));
        Assert.That(Tree.Log(null).Select(e => e.Id), Is.EqualTo(new[] { third.Id, second.Id, first.Id, "1" }));
        Assert.That(Tree.CurrentBranch.Head, Is.EqualTo(third.Id));
        Assert.That(Tree.Compare("1", third.Id).Select(file => file.Path), Is.EqualTo(new[] { "a.md", "b.md" }));
        Assert.That(Tree.Compare(second.Id, third.Id), Is.EqualTo(new[] { new TreeFile("a.md", StoryTree.HashOf("two"), null) }));
    }

    [Test]
    public void HandEditsAreRecordedBeforeAnythingIsRecordedOverThem()
    {
        Change("a.md", "one", "two");
        var over = Change("a.md", "two, and a word by hand", "three");
        var hand = Tree.Event(over.Parent!)!;
        Assert.That((hand.Kind, hand.Label), Is.EqualTo(("hand", "Edited by hand")));
        Assert.That(Tree.Text(hand.Files[0].After!), Is.EqualTo("two, and a word by hand"));
        Assert.That(Tree.Text(over.Files[0].Before!), Is.EqualTo("two, and a word by hand"));
    }

    [Test]
    public void AnEventWithoutAChangeIsNotRecorded()
    {
        var first = Change("a.md", "one", "two");
        Assert.That(Change("a.md", "two", "two").Id, Is.EqualTo(first.Id));
        Assert.That(() => Tree.Record("x", "proposal", null, null, null, [new("a.md", "two", "x"), new("a.md", "two", "y")]), Throws.ArgumentException);
        Assert.That(Tree.CurrentBranch.Head, Is.EqualTo(first.Id));
    }

    [Test]
    public void BranchesGoTheirOwnWays()
    {
        var first = Change("a.md", "one", "two");
        Tree.CreateBranch("what-if", null);
        Change("a.md", "two", "main's");
        Tree.Record("other", "proposal", "ada", "run", "p", [new("a.md", "two", "other's")], "what-if");
        Assert.That(Tree.Compare("main", "what-if").Select(file => (Tree.Text(file.Before!), Tree.Text(file.After!))), Is.EqualTo(new[] { ("main's", "other's") }));
        Assert.That(Tree.Log("what-if").Select(e => e.Branch), Is.EqualTo(new[] { "what-if", "main", "main" }));
        Assert.That(Tree.Log("what-if")[1].Id, Is.EqualTo(first.Id));
        Assert.That(Tree.Events(), Has.Count.EqualTo(4));
        Assert.That(Tree.Branches().Select(branch => (branch.Name, branch.IsCurrent)), Is.EqualTo(new[] { ("main", true), ("what-if", false) }));
        Tree.Switch("what-if");
        Assert.That(Tree.CurrentBranch.Name, Is.EqualTo("what-if"));
        Tree.CreateBranch("early", "1");
        Assert.That(Tree.Log("early").Single().Kind, Is.EqualTo("root"));
    }

    [TestCase("17")]
    [TestCase("")]
    [TestCase("two words")]
    [TestCase("--at")]
    [TestCase("main")]
    public void ABranchNeedsANameOfItsOwn(string name) => Assert.That(() => Tree.CreateBranch(name, null), Throws.TypeOf<HistoryException>());

    [Test]
    public void WhatIsNotThereIsSaid()
    {
        Assert.That(() => Tree.Resolve("nowhere"), Throws.TypeOf<HistoryException>().With.Message.Contains("nowhere"));
        Assert.That(() => Tree.Log("nowhere"), Throws.TypeOf<HistoryException>());
        Assert.That(() => Tree.Switch("nowhere"), Throws.TypeOf<HistoryException>());
        Assert.That(() => Tree.CreateBranch("x", "99"), Throws.TypeOf<HistoryException>());
        Assert.That(Tree.Event("99"), Is.Null);
        Assert.That(Tree.Event("main"), Is.Null);
        Assert.That(() => Tree.Text("00"), Throws.TypeOf<HistoryException>());
    }

    [Test]
    public void ACheckoutOfAnOlderEventMakesABranchAndKeepsTodaysWords()
    {
        var first = Change("a.md", "one\r\nend 😀", "two\r\nend 😁");
        Change("b.md", null, "new");
        var today = Texts(("a.md", "two\r\nby hand\r\nend 😁"), ("b.md", "new"));
        var plan = Tree.PlanCheckout(first.Id, path => today[path]);
        Assert.That((plan.Branch, plan.IsNewBranch, plan.From), Is.EqualTo(("from-" + first.Id, true, "main")));
        Assert.That(plan.ByHand.Select(file => file.Path), Is.EqualTo(new[] { "a.md" }));
        Assert.That(Applied(today, plan.Change), Is.EqualTo(Texts(("a.md", "two\r\nend 😁"), ("b.md", null))));
        Tree.Keep(plan);
        Tree.Keep(plan);
        Assert.That(Tree.Commit(plan), Is.EqualTo(plan.Branch));
        Assert.That(Tree.Log("main").Count(e => e.Kind == "hand"), Is.EqualTo(1));
        Assert.That(TextsAt("main"), Is.EqualTo(today));
        Assert.That(Tree.CurrentBranch, Is.EqualTo(new Branch(plan.Branch, first.Id, true, Tree.CurrentBranch.At)));

        var back = Tree.PlanCheckout("main", path => Texts(("a.md", "two\r\nend 😁"), ("b.md", null))[path]);
        Assert.That(back.ByHand, Is.Empty);
        Assert.That(Applied(Texts(("a.md", "two\r\nend 😁"), ("b.md", null)), back.Change), Is.EqualTo(today));
        Assert.That(Tree.Commit(back), Is.EqualTo("main"));
    }

    [Test]
    public void ACheckoutOfWhereOneIsRecordsTodayAndChangesNothing()
    {
        Change("a.md", "one", "two");
        var plan = Tree.PlanCheckout("main", _ => "by hand");
        Assert.That(plan.Files, Is.Empty);
        Assert.That(Tree.Commit(plan), Is.EqualTo("main"));
        Assert.That(TextsAt("main"), Is.EqualTo(Texts(("a.md", "by hand"))));
    }

    [Test]
    public void ACheckoutOfTheNewestEventTakesHandEditsBackOntoABranch()
    {
        var first = Change("a.md", "one", "two");
        var plan = Tree.PlanCheckout(first.Id, _ => "by hand");
        Assert.That(plan.Branch, Is.EqualTo("from-" + first.Id));
        Tree.Commit(plan);
        Assert.That(TextsAt("main"), Is.EqualTo(Texts(("a.md", "by hand"))));
        Assert.That(TextsAt(Tree.CurrentBranch.Name), Is.EqualTo(Texts(("a.md", "two"))));
    }

    [Test]
    public void AFileThatIsNoTextIsLeftAlone()
    {
        var first = Change("a.md", "one", "two");
        Change("b.md", null, "new");
        var plan = Tree.PlanCheckout("1", _ => null, path => path == "a.md");
        Assert.That(plan.LeftAlone, Is.EqualTo(new[] { "a.md" }));
        Assert.That(plan.Files.Concat(plan.ByHand).Select(file => file.Path), Has.None.EqualTo("a.md"));
        Assert.That(first.Files, Has.Count.EqualTo(1));
    }

    internal static Dictionary<string, string?> Applied(IReadOnlyDictionary<string, string?> texts, WorkspaceChange change)
    {
        var result = new Dictionary<string, string?>(texts);
        foreach (var file in change.Files)
        {
            result[file.Path] = file switch
            {
                FileCreation creation when result.GetValueOrDefault(file.Path) is null => creation.Text,
                TextChange text => SourceText.From(result[file.Path]!).WithEdits(text.Edits).Text,
                FileDeletion => null,
                _ => throw new InvalidOperationException("A file is made where there is one."),
            };
        }

        return result;
    }

    private static Dictionary<string, string?> Texts(params (string Path, string? Text)[] files) => files.ToDictionary(file => file.Path, file => file.Text);

    private TreeEvent Change(string path, string? before, string? after) => Tree.Record("a change", "proposal", "ada", null, null, [new(path, before, after)]);

    private Dictionary<string, string?> TextsAt(string branchOrEvent) =>
        Tree.StateAt(branchOrEvent).ToDictionary(file => file.Key, file => file.Value is null ? null : Tree.Text(file.Value));
}
