using FsCheck;
using FsCheck.Fluent;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Proposals;

namespace StoryLsp.Pipelines.Tests.Proposals;

[TestFixture]
internal sealed class ProposalOrderTests
{
    private string _root = "";

    [SetUp]
    public void MakeFolder() => _root = Directory.CreateTempSubdirectory("storylsp-order-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_root, true);

    [Test]
    public void AllHunksTogetherAreTheDraft() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000),
        Prop.ForAll((from path in Drafts.Path from pair in Drafts.Pair from isNew in Gen.Choose(0, 4) select (path, pair.Before, pair.After, isNew == 0)).ToArbitrary(), draft =>
        {
            var before = draft.Item4 ? null : draft.Before;
            var after = (before is null || SourceText.From(before).DominantLineEnding == "\n") ? draft.After : draft.After + "\r\n";
            Assert.That(Drafts.Applied(Drafts.Of(draft.path, before, after), draft.path, before), Is.EqualTo(after));
        }));

    [Test]
    public void AnyHunksInAnyOrderGiveTheSameText() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(400),
        Prop.ForAll((from path in Drafts.Path from pair in Drafts.Pair from seed in Gen.Choose(0, int.MaxValue - 1) select (path, pair.Before, pair.After, seed)).ToArbitrary(), draft =>
        {
            var proposal = Drafts.Of(draft.path, draft.Before, draft.After);
            var random = new System.Random(draft.seed);
            var wanted = proposal.Hunks.Select(hunk => hunk.Id).Where(_ => random.Next(3) > 0).ToHashSet();
            var expected = Drafts.Applied(proposal, draft.path, draft.Before, wanted);

            // One by one, each decision saved and read again, rejections between them.
            var text = draft.Before;
            new ProposalStore(_root).Save(proposal);
            foreach (var hunk in proposal.Hunks.OrderBy(_ => random.Next()))
            {
                var desk = new ProposalDesk(_root, by: "Ada");
                if (!wanted.Contains(hunk.Id))
                {
                    Assert.That(desk.Reject(proposal.Id, new HashSet<int> { hunk.Id })!.Reports.Single().Outcome, Is.EqualTo(HunkOutcome.Rejected));
                    continue;
                }

                var plan = desk.Plan(proposal.Id, new HashSet<int> { hunk.Id }, _ => SourceText.From(text))!;
                Assert.That(plan.Reports.Single().Outcome, Is.EqualTo(HunkOutcome.Written), "a decision never makes another hunk stale");
                text = plan.After[draft.path]!.Text;
                desk.Confirm(plan);
            }

            Assert.That(text, Is.EqualTo(expected));
            Assert.That(new ProposalStore(_root).Load(proposal.Id), proposal.Hunks.Count > 0 ? Is.Null : Is.Not.Null, "what is decided is gone");
        }));

    [Test]
    public void WhatTheWriterChangedElsewhereStays() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(400),
        Prop.ForAll((from pair in Drafts.Pair from at in Gen.Choose(0, 400) from words in Gen.Elements("More here. ", "x", "\n\nAnother paragraph.\n\n") select (pair.Before, pair.After, at, words)).ToArbitrary(), draft =>
        {
            // Each hunk fits where its old text stands, or is not written; nothing of the writer's is lost.
            var proposal = Drafts.Of("a.md", draft.Before, draft.After);
            var at = Math.Min(draft.at, draft.Before.Length);
            var today = draft.Before[..at] + draft.words + draft.Before[at..];
            foreach (var placed in ProposalApplication.Place(proposal, _ => SourceText.From(today)).Where(placed => placed.Edit is not null))
            {
                Assert.That(today.Substring(placed.Edit!.Value.Span.Start, placed.Edit.Value.Span.Length), Is.EqualTo(placed.Hunk.Old));
                Assert.That(placed.Edit.Value.Span.Overlaps(new TextSpan(at, draft.words.Length)) && !placed.Hunk.Old.Contains(draft.words, StringComparison.Ordinal) &&
                    placed.Edit.Value.Span.Contains(new TextSpan(at, draft.words.Length)), Is.False, "the writer's words are not within");
            }
        }));

    [Test]
    public void ASentenceIsFoundWhereverItStandsNowAndNeverGuessed()
    {
        const string before = "The mill stood still in the evening light.\n\nNobody had come for the letters. He nodded. Ada went. He nodded.\n";
        var proposal = Drafts.Of("a.md", before, before.Replace("in the evening light", "in the dusk", StringComparison.Ordinal).Replace("Ada went.", "Ada left.", StringComparison.Ordinal));
        Assert.That(proposal.Hunks.Select(hunk => (hunk.Old, hunk.New)), Is.EqualTo(new[] { ("The mill stood still in the evening light.", "The mill stood still in the dusk."), ("Ada went.", "Ada left.") }));

        // Moved into the middle of other text: the long sentence is known by itself, the short one by its neighbour.
        const string moved = "Nobody had come for the letters. He nodded. Ada went. She wept.\n\nBut look. The mill stood still in the evening light. So it was.\n";
        Assert.That(Drafts.Applied(proposal, "a.md", moved), Is.EqualTo(moved.Replace("in the evening light", "in the dusk", StringComparison.Ordinal).Replace("Ada went.", "Ada left.", StringComparison.Ordinal)));

        // Twice there, changed, gone: nothing is written.
        foreach (var lost in new[] { "The mill stood still in the evening light. The mill stood still in the evening light.", "The mill stood still in the light.", "Ada went. Ada went.", "" })
        {
            Assert.That(Drafts.Applied(proposal, "a.md", lost), Is.EqualTo(lost));
        }
    }

    [Test]
    public void ANewFileComesParagraphByParagraphAndNeverOverAnother()
    {
        const string head = "---\ntype: scene\nname: Arrival\n---\n\n# Arrival\n\n";
        const string text = head + "Ada came. She waited.\n\nTom came.\n\n## Later\n\n- one\n- two\n";
        var proposal = Drafts.Of("scenes/new.md", null, text);
        Assert.That(proposal.Hunks.Select(hunk => hunk.New), Is.EqualTo(new[] { head + "Ada came. She waited.", "\n\nTom came.", "\n\n## Later\n\n- one\n- two\n" }));
        Assert.That(proposal.Base.Single().Hash, Is.Empty);
        var plan = Desk(proposal).Plan(proposal.Id, null, _ => null)!;
        Assert.That(plan.Change!.Files.Single(), Is.EqualTo(new StoryLsp.Index.FileCreation("scenes/new.md", text)));
        var blocked = Desk(proposal).Plan(proposal.Id, null, _ => SourceText.From("mine"))!;
        Assert.That(blocked.Change, Is.Null);
        Assert.That(blocked.Reports.Select(report => report.Outcome), Is.All.EqualTo(HunkOutcome.Stale));
        var there = Desk(proposal).Plan(proposal.Id, null, _ => SourceText.From(text))!;
        Assert.That(there.Reports.Select(report => report.Outcome), Is.All.EqualTo(HunkOutcome.AlreadyThere));

        // Any of them makes a file that has its front matter and its heading.
        Assert.That(Drafts.Applied(proposal, "scenes/new.md", null, new HashSet<int> { 2 }), Is.EqualTo(head + "Tom came.\n"));
        Assert.That(Drafts.Applied(proposal, "scenes/new.md", null, new HashSet<int> { 1, 3 }), Is.EqualTo(head + "Ada came. She waited.\n\n## Later\n\n- one\n- two\n"));

        // One after the other: the second goes into the file that the first made.
        var first = Desk(proposal).Plan(proposal.Id, new HashSet<int> { 2 }, _ => null)!;
        Desk(null).Confirm(first);
        var second = Desk(null).Plan(proposal.Id, new HashSet<int> { 1, 3 }, _ => first.After["scenes/new.md"])!;
        Assert.That(second.After["scenes/new.md"]!.Text, Is.EqualTo(text));
    }

    [TestCase("notes/a.yaml", "a: 1\nb:\n  - c\n\nd: 2\n", 1)]
    [TestCase("notes/a.md", "---\na: 1\n---\n", 1)]
    [TestCase("notes/a.md", "", 1)]
    [TestCase("notes/a.md", "# One\n\nA. B. C.\n", 1)]
    [TestCase("notes/a.md", "A.\n\n```story\nid: b\n\nc: d\n```\n\nB.\n", 3)]
    [TestCase("a.fountain", "Title: A\nAuthor: B\n\nINT. MILL - DAY\n\nHe came.\n\nTOM\nHush.\n\nINT. BARN - DAY\n\nHe left.\n", 2)]
    public void ANewFileIsNoHeapOfSentences(string path, string text, int count) => Assert.That(Drafts.Of(path, null, text).Hunks, Has.Count.EqualTo(count));

    [Test]
    public void AnyHunksOfANewFileInAnyOrderGiveTheSameText() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll((from path in Drafts.Path from text in Drafts.Text from seed in Gen.Choose(0, int.MaxValue - 1) select (path, text, seed)).ToArbitrary(), draft =>
        {
            var proposal = Drafts.Of(draft.path, null, draft.text);
            var random = new System.Random(draft.seed);
            var wanted = proposal.Hunks.Select(hunk => hunk.Id).Where(_ => random.Next(3) > 0).ToHashSet();
            var expected = Drafts.Applied(proposal, draft.path, null, wanted);
            string? text = null;
            Assert.That(ParagraphBreaks.AreSound(proposal.Hunks), Is.True);
            new ProposalStore(_root).Save(proposal);
            foreach (var hunk in wanted.OrderBy(_ => random.Next()))
            {
                var plan = new ProposalDesk(_root, by: "Ada").Plan(proposal.Id, new HashSet<int> { hunk }, _ => text is null ? null : SourceText.From(text))!;
                text = plan.After[draft.path]!.Text;
                new ProposalDesk(_root, by: "Ada").Confirm(plan);
            }

            Assert.That(text, Is.EqualTo(expected));
        }));

    // The draft has all four sentences; each subset of them makes paragraphs as they were meant.
    [TestCase("Above.\n\nBelow.\n", "Above.\n\nOne. Two.\nThree.\n\nBelow.\n", new[] { 2 }, "Above.\n\nTwo.\n\nBelow.\n")]
    [TestCase("Above.\n\nBelow.\n", "Above.\n\nOne. Two.\nThree.\n\nBelow.\n", new[] { 1, 3 }, "Above.\n\nOne.\nThree.\n\nBelow.\n")]
    [TestCase("Below.\n", "One. Two.\n\nThree.\n\nBelow.\n", new[] { 1 }, "One.\n\nBelow.\n")]
    [TestCase("Below.\n", "One. Two.\n\nThree.\n\nBelow.\n", new[] { 2, 3 }, "Two.\n\nThree.\n\nBelow.\n")]
    [TestCase("Above.", "Above.\n\nOne. Two.\n", new[] { 1 }, "Above.\n\nOne.\n")]
    [TestCase("Above.\n", "Above. One.\n\nTwo. Three.\n", new[] { 3 }, "Above.\n\nThree.\n")]
    [TestCase("Above.\n\nOne. Two.\n\nBelow.\n", "Above.\n\nBelow.\n", new[] { 1 }, "Above.\n\nBelow.\n")]
    public void AParagraphStaysOneWhicheverOfItsSentencesIsTaken(string before, string after, int[] taken, string expected)
    {
        var proposal = Drafts.Of("a.md", before, after);
        Assert.That(Drafts.Applied(proposal, "a.md", before, taken.ToHashSet()), Is.EqualTo(expected));
    }

    [Test]
    public void APartThatNoHunkShowsIsNotRead()
    {
        var proposal = Drafts.Of("a.md", "Above.\n", "Above.\n\nOne. Two.\n");
        var store = new ProposalStore(_root);
        store.Save(proposal);
        Assert.That(store.Load(proposal.Id), Is.Not.Null);
        store.Save(proposal with { Hunks = [.. proposal.Hunks.Select(hunk => hunk with { Paragraph = hunk.Paragraph! with { Break = "\n\nHidden words. " } })] });
        Assert.That(store.Load(proposal.Id), Is.Null);
    }

    [Test]
    public void AFileIsRemovedOnlyWhenAPersonTicksIt()
    {
        var proposal = Drafts.Of("a.md", "One.\n", null);
        var desk = Desk(proposal);
        Assert.That(proposal.Ticked, Is.Empty);
        Assert.That(desk.Plan(proposal.Id, null, _ => SourceText.From("One.\n"))!.Change, Is.Null);
        var plan = desk.Plan(proposal.Id, new HashSet<int> { 1 }, _ => SourceText.From("One.\n"))!;
        Assert.That(plan.Change!.Files.Single(), Is.EqualTo(new StoryLsp.Index.FileDeletion("a.md")));
        Assert.That(desk.Plan(proposal.Id, new HashSet<int> { 1 }, _ => SourceText.From("One. Two.\n"))!.Change, Is.Null, "somebody wrote on");
    }

    [Test]
    public void WhatIsDecidedStaysDecided()
    {
        const string before = "One came. Two went. Three stayed.\n";
        var proposal = Drafts.Of("a.md", before, "One comes. Two goes. Three stays.\n");
        var desk = Desk(proposal);
        var plan = desk.Plan(proposal.Id, new HashSet<int> { 2 }, _ => SourceText.From(before))!;
        desk.Confirm(plan);
        // Confirmed twice, asked for again, rejected afterwards: nothing happens any more.
        desk.Confirm(plan);
        var again = desk.Plan(proposal.Id, new HashSet<int> { 2, 9 }, _ => plan.After["a.md"])!;
        Assert.That(again.Change, Is.Null);
        Assert.That(again.Reports.Select(report => report.Outcome), Is.EqualTo(new[] { HunkOutcome.AlreadyAccepted, HunkOutcome.Unknown }));
        Assert.That(desk.Reject(proposal.Id, new HashSet<int> { 2 })!.Reports.Single().Outcome, Is.EqualTo(HunkOutcome.AlreadyAccepted));
        Assert.That(desk.Reject(proposal.Id)!.IsDecided, Is.True);
        Assert.That(desk.Plan(proposal.Id, null, _ => null), Is.Null);
    }

    [Test]
    public void AnEditorThatWroteMoreThanThePlanLosesNothing()
    {
        const string before = "One came to the mill in the rain. Two went to the mill in the snow.\n";
        var proposal = Drafts.Of("a.md", before, "One comes to the mill in the rain. Two goes to the mill in the snow.\n");
        var desk = Desk(proposal);
        var plan = desk.Plan(proposal.Id, new HashSet<int> { 1 }, _ => SourceText.From(before))!;
        var applied = SourceText.From("Above.\n\nOne comes to the mill in the rain. Two went to the mill in the snow.\n");
        desk.Confirm(plan, new Dictionary<string, SourceText?> { ["a.md"] = applied }!);
        var rest = desk.Plan(proposal.Id, null, _ => applied)!;
        Assert.That(rest.After["a.md"]!.Text, Is.EqualTo("Above.\n\nOne comes to the mill in the rain. Two goes to the mill in the snow.\n"));
    }

    [Test]
    public void WhatAnEditorAppliedAtTheEndOfAFileStaysBeforeTheRest()
    {
        const string before = "Ada came home.\n";
        var proposal = Drafts.Of("a.md", before, "Ada came home.\n\nOne. Two.\n\nThree.\n");
        var desk = Desk(proposal);
        var plan = desk.Plan(proposal.Id, new HashSet<int> { 1 }, _ => SourceText.From(before))!;
        // The editor has put a line end of its own at the end, or a word elsewhere.
        var applied = SourceText.From("Ada Vane came home.\n\nOne.\n\n");
        desk.Confirm(plan, new Dictionary<string, SourceText?> { ["a.md"] = applied }, new HashSet<int> { 1 });
        Assert.That(Desk(null).Plan(proposal.Id, null, _ => applied)!.After["a.md"]!.Text, Does.StartWith("Ada Vane came home.\n\nOne.").And.Not.Contain("Three.\n\nOne"));
        applied = SourceText.From("Ada came home.\n\nOne.\n\n");
        Desk(proposal).Confirm(plan, new Dictionary<string, SourceText?> { ["a.md"] = applied }, new HashSet<int> { 1 });
        Assert.That(Desk(null).Plan(proposal.Id, null, _ => applied)!.After["a.md"]!.Text, Is.EqualTo("Ada came home.\n\nOne. Two.\n\nThree.\n\n"));
    }

    [Test]
    public void WhatSomebodyElseDecidedMeanwhileStaysDecided()
    {
        const string before = "One came. Two went.\n";
        var proposal = Drafts.Of("a.md", before, "One comes. Two goes.\n");
        var plan = Desk(proposal).Plan(proposal.Id, null, _ => SourceText.From(before))!;
        Desk(null).Reject(proposal.Id);
        Desk(null).Confirm(plan, null, new HashSet<int> { 1 });
        Assert.That(new ProposalStore(_root).Load(proposal.Id), Is.Null);
    }

    [Test]
    public void WhatIsNotToBeWrittenIsLeftWithTheReason()
    {
        using var history = StoryLsp.Pipelines.History.HistoryStore.Open(_root);
        var outside = Directory.CreateTempSubdirectory("storylsp-outside-").FullName;
        try
        {
            File.CreateSymbolicLink(Path.Combine(_root, "linked"), outside);
            File.WriteAllBytes(Path.Combine(_root, "latin.md"), [(byte)'c', 0xE9, (byte)'\n']);
            File.WriteAllText(Path.Combine(_root, "locked.md"), "One.\n");
            File.SetAttributes(Path.Combine(_root, "locked.md"), FileAttributes.ReadOnly);
            foreach (var (path, text, reason) in ((string, string?, string)[])[("linked/evil.md", null, "leads out of the story"), ("latin.md", "One.\n", "no UTF-8"), ("locked.md", "One.\n", "write-protected"), ("gone.md", "One.\n", "no longer there")])
            {
                var proposal = Drafts.Of(path, text, "Two.\n");
                new ProposalStore(_root).Save(proposal);
                var result = new ProposalDesk(_root, history, by: "Ada").Accept(proposal.Id)!;
                Assert.That(result.Reports.Select(report => report.Why), Is.All.Contains(reason), path);
                Assert.That(result.Files, Is.Empty, path);
            }

            Assert.That(Directory.EnumerateFileSystemEntries(outside), Is.Empty);
            Assert.That(File.ReadAllText(Path.Combine(_root, "locked.md")), Is.EqualTo("One.\n"));
        }
        finally
        {
            File.SetAttributes(Path.Combine(_root, "locked.md"), FileAttributes.Normal);
            Directory.Delete(outside, true);
        }
    }

    [TestCase("story.yaml", "ai: {provider: offline}\n", "settings")]
    [TestCase("run.sh", "echo\n", "no part of the story")]
    public void WhatIsNoStoryIsNeverTicked(string path, string text, string reason) =>
        Assert.That(Drafts.Of(path, "a: 1\n", text).Hunks.Select(hunk => hunk.Doubt), Is.All.Contains(reason));

    [Test]
    public void TwoDecisionsAtOnceAreBothKept()
    {
        var before = string.Concat(Enumerable.Range(0, 40).Select(i => $"Sentence number {i} stands here. "));
        var proposal = Drafts.Of("a.md", before, before.Replace("stands", "stood", StringComparison.Ordinal));
        Desk(proposal);
        Parallel.ForEach(proposal.Hunks.Where(hunk => hunk.Id > 1), new ParallelOptions { MaxDegreeOfParallelism = 4 }, hunk => new ProposalDesk(_root, by: "Ada").Reject(proposal.Id, new HashSet<int> { hunk.Id }));
        Assert.That(new ProposalStore(_root).Load(proposal.Id)!.Open.Select(hunk => hunk.Id), Is.EqualTo(new[] { 1 }));
    }

    private ProposalDesk Desk(Proposal? proposal)
    {
        if (proposal is not null)
        {
            new ProposalStore(_root).Save(proposal);
        }

        return new ProposalDesk(_root, by: "Ada");
    }
}
