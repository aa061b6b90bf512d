using System.Text;
using StoryLsp.Pipelines.History;

namespace StoryLsp.Pipelines.Tests.History;

/// <summary>Several files written as one act.</summary>
internal sealed class FileWritesTests
{
    private TemporaryFolder _folder = null!;
    private HistoryStore _store = null!;
    private FileWrites _writes = null!;

    [SetUp]
    public void Open()
    {
        _folder = new TemporaryFolder();
        _store = HistoryStore.Open(_folder.Root);
        _writes = new FileWrites(_store);
    }

    [TearDown]
    public void Close()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void FilesAreWrittenMadeAndDeletedAndRecorded()
    {
        _folder["a.md"] = "one";
        _folder["b.md"] = "goes";
        var result = _writes.Write(new("key", "proposal", "Accepted p", [new("a.md", "one", "two"), new("b.md", "goes", null), new("scenes/c.md", null, "new")])
        {
            Besides = [new(".story/provenance/p.json", null, "{}")],
            Proposal = "p",
            By = "ada",
        });
        Assert.That(result.Outcome, Is.EqualTo(FileWriteOutcome.Done));
        Assert.That(result.Written, Is.EqualTo(new[] { "a.md", "b.md", "scenes/c.md", ".story/provenance/p.json" }));
        Assert.That((_folder.TextOf("a.md"), _folder.TextOf("b.md"), _folder.TextOf("scenes/c.md"), _folder.TextOf(".story/provenance/p.json")), Is.EqualTo(("two", (string?)null, "new", "{}")));
        var recorded = _store.Tree.Event(result.Event!)!;
        Assert.That((recorded.Label, recorded.Kind, recorded.By, recorded.Proposal), Is.EqualTo(("Accepted p", "proposal", "ada", "p")));
        Assert.That(recorded.Files.Select(file => file.Path), Is.EqualTo(new[] { "a.md", "b.md", "scenes/c.md" }));
        Assert.That(Directory.GetFiles(_folder.Root, "*storylsp-tmp", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public void WhatWasDoneUnderAKeyIsNotDoneAgain()
    {
        _folder["a.md"] = "one";
        var first = _writes.Write(new("key", "proposal", "x", [new("a.md", "one", "two")]));
        _folder["a.md"] = "one";
        var second = _writes.Write(new("key", "proposal", "x", [new("a.md", "one", "two")]));
        Assert.That((second.Outcome, second.Event), Is.EqualTo((FileWriteOutcome.AlreadyDone, first.Event)));
        Assert.That(_folder["a.md"], Is.EqualTo("one"));
    }

    [Test]
    public void NothingIsWrittenWhereOneFileIsNotWhatItWas()
    {
        _folder["a.md"] = "one";
        _folder["b.md"] = "changed by hand";
        var result = _writes.Write(new("key", "proposal", "x", [new("a.md", "one", "two"), new("b.md", "was", "x"), new("c.md", "was", "x")]));
        Assert.That(result.Outcome, Is.EqualTo(FileWriteOutcome.Stale));
        Assert.That(result.Left.Select(file => file.Path), Is.EqualTo(new[] { "b.md", "c.md" }));
        Assert.That(result.Left.Select(file => file.Why), Has.One.Contains("changed").And.One.Contains("deleted"));
        Assert.That((_folder["a.md"], _folder["b.md"], _folder.Has("c.md")), Is.EqualTo(("one", "changed by hand", false)));
        Assert.That(_store.Tree.Log(null), Has.Count.EqualTo(1));
        _folder["b.md"] = "was";
        _folder["c.md"] = "was";
        Assert.That(_writes.Write(new("key", "proposal", "x", [new("a.md", "one", "two"), new("b.md", "was", "x")])).Outcome, Is.EqualTo(FileWriteOutcome.Done));
    }

    [TestCase("../outside.md")]
    [TestCase("/outside.md")]
    [TestCase("a/../../outside.md")]
    [TestCase("a\\b.md")]
    public void NothingIsWrittenOutsideOfTheStory(string path) =>
        Assert.That(_writes.Write(new("key", "proposal", "x", [new(path, null, "x")])).Outcome, Is.EqualTo(FileWriteOutcome.Stale));

    [Test]
    public void ALinkOutOfTheStoryIsLeftAlone()
    {
        using var outside = new TemporaryFolder();
        outside["theirs.md"] = "one";
        File.CreateSymbolicLink(Path.Combine(_folder.Root, "a.md"), Path.Combine(outside.Root, "theirs.md"));
        Assert.That(_writes.Write(new("key", "proposal", "x", [new("a.md", "one", "two")])).Outcome, Is.EqualTo(FileWriteOutcome.Stale));
        Assert.That(outside["theirs.md"], Is.EqualTo("one"));
        _folder["c.md"] = "one";
        File.CreateSymbolicLink(Path.Combine(_folder.Root, "b.md"), "c.md");
        Assert.That(_writes.Write(new("key", "proposal", "x", [new("b.md", "one", "two")])).Outcome, Is.EqualTo(FileWriteOutcome.Done));
        Assert.That((_folder["c.md"], new FileInfo(Path.Combine(_folder.Root, "b.md")).LinkTarget), Is.EqualTo(("two", "c.md")));
    }

    [TestCaseSource(nameof(Encodings))]
    public void TheBytesAroundTheChangeStayWhatTheyWere(byte[] mark, Encoding encoding)
    {
        File.WriteAllBytes(Path.Combine(_folder.Root, "a.md"), [.. mark, .. encoding.GetBytes("Zoë 😀\r\none\n")]);
        _writes.Write(new("key", "proposal", "x", [new("a.md", "Zoë 😀\r\none\n", "Zoë 😀\r\ntwo\n")]));
        byte[] changed = [.. mark, .. encoding.GetBytes("Zoë 😀\r\ntwo\n")];
        Assert.That(File.ReadAllBytes(Path.Combine(_folder.Root, "a.md")), Is.EqualTo(changed));
        _writes.Write(new("key2", "proposal", "x", [new("a.md", "Zoë 😀\r\ntwo\n", null)]));
        Assert.That(_folder.Has("a.md"), Is.False);
        _writes.Checkout("2", "ada", out _);
        Assert.That(File.ReadAllBytes(Path.Combine(_folder.Root, "a.md")), Is.EqualTo(changed));
    }

    [Test]
    public void AFileThatIsNoTextIsNotWrittenOver()
    {
        byte[] bytes = [1, 0, 2, 0xFF];
        File.WriteAllBytes(Path.Combine(_folder.Root, "a.md"), bytes);
        Assert.That(_writes.Write(new("key", "proposal", "x", [new("a.md", null, "two")])).Left.Single().Why, Does.Contain("cannot be read"));
        Assert.That(File.ReadAllBytes(Path.Combine(_folder.Root, "a.md")), Is.EqualTo(bytes));
    }

    [Test]
    public void WhereOneFileCannotBeWrittenTheOthersArePutBack()
    {
        _folder["a.md"] = "one";
        _folder["b.md"] = "goes";
        // A folder stands where the temporary file of the third would be.
        Directory.CreateDirectory(Path.Combine(_folder.Root, "c.md.storylsp-tmp"));
        var result = _writes.Write(new("key", "proposal", "x", [new("a.md", "one", "two"), new("b.md", "goes", null), new("c.md", null, "new")]));
        Assert.That(result.Outcome, Is.EqualTo(FileWriteOutcome.Undone));
        Assert.That((_folder.TextOf("a.md"), _folder.TextOf("b.md"), _folder.TextOf("c.md")), Is.EqualTo(("one", "goes", (string?)null)));
        Directory.Delete(Path.Combine(_folder.Root, "c.md.storylsp-tmp"));
        Assert.That(_writes.Write(new("key", "proposal", "x", [new("a.md", "one", "two"), new("b.md", "goes", null), new("c.md", null, "new")])).Outcome, Is.EqualTo(FileWriteOutcome.Done));
    }

    [Test]
    public void WhatWasCutOffIsFinishedAtTheNextOpeningButNotOverAHandEdit()
    {
        _folder["a.md"] = "one";
        _folder["b.md"] = "one";
        _folder["c.md"] = "one";
        _store.FaultPoint = point => Stop(point == FaultPoints.AfterRename);
        Assert.That(() => _writes.Write(new("key", "proposal", "Accepted p", [new("a.md", "one", "two"), new("b.md", "one", "two"), new("c.md", "one", "two")])), Throws.TypeOf<Stopped>());
        _store.Dispose();
        Assert.That((_folder["a.md"], _folder["b.md"], _folder["c.md"]), Is.EqualTo(("two", "one", "one")));
        _folder["b.md"] = "one, and a word by hand";
        _store = HistoryStore.Open(_folder.Root);
        Assert.That((_folder["a.md"], _folder["b.md"], _folder["c.md"]), Is.EqualTo(("two", "one, and a word by hand", "two")));
        Assert.That(_store.Notice, Does.Contain("Accepted p").And.Contain("b.md was changed"));
        Assert.That(_store.Tree.Log(null)[0].Files.Select(file => file.Path), Is.EqualTo(new[] { "a.md", "c.md" }));
        _store.Dispose();
        _store = HistoryStore.Open(_folder.Root);
        Assert.That(_store.Notice, Is.Null);
        Assert.That(new FileWrites(_store).Write(new("key", "proposal", "x", [])).Outcome, Is.EqualTo(FileWriteOutcome.AlreadyDone));
    }

    [Test]
    public void WhoOpensWhileAnotherWritesLeavesItToThem()
    {
        _folder["a.md"] = "one";
        _store.FaultPoint = point =>
        {
            if (point == FaultPoints.BeforeRename)
            {
                using var other = HistoryStore.Open(_folder.Root);
                Assert.That((other.Notice, _folder["a.md"]), Is.EqualTo(((string?)null, "one")));
            }
        };
        Assert.That(_writes.Write(new("key", "proposal", "x", [new("a.md", "one", "two")])).Outcome, Is.EqualTo(FileWriteOutcome.Done));
        Assert.That(_store.Tree.Log(null), Has.Count.EqualTo(2));
    }

    [Test]
    public void ACheckoutRecordsHandEditsAndComesBack()
    {
        _folder["a.md"] = "one";
        _writes.Write(new("key", "proposal", "x", [new("a.md", "one", "two"), new("b.md", null, "new")]));
        _folder["a.md"] = "two by hand";
        var back = _writes.Checkout("1", "ada", out var plan);
        Assert.That((back.Outcome, back.Branch, plan.From), Is.EqualTo((FileWriteOutcome.Done, "from-1", "main")));
        Assert.That(back.Written, Is.EqualTo(new[] { "a.md", "b.md" }));
        Assert.That((_folder["a.md"], _folder.Has("b.md")), Is.EqualTo(("one", false)));
        var forth = _writes.Checkout("main", "ada", out _);
        Assert.That(forth.Branch, Is.EqualTo("main"));
        Assert.That((_folder["a.md"], _folder["b.md"]), Is.EqualTo(("two by hand", "new")));
        Assert.That(_writes.Checkout("main", "ada", out _).Written, Is.Empty);
        Assert.That(() => _writes.Checkout("nowhere", "ada", out _), Throws.TypeOf<HistoryException>());
    }

    private static IEnumerable<TestCaseData> Encodings()
    {
        yield return new TestCaseData(Array.Empty<byte>(), Encoding.UTF8) { TestName = "UTF-8" };
        yield return new TestCaseData(new byte[] { 0xEF, 0xBB, 0xBF }, Encoding.UTF8) { TestName = "UTF-8 with a mark" };
        yield return new TestCaseData(new byte[] { 0xFF, 0xFE }, Encoding.Unicode) { TestName = "UTF-16, little endian" };
        yield return new TestCaseData(new byte[] { 0xFE, 0xFF }, Encoding.BigEndianUnicode) { TestName = "UTF-16, big endian" };
    }

    private static void Stop(bool now)
    {
        if (now)
        {
            throw new Stopped();
        }
    }

    private sealed class Stopped : Exception;
}
