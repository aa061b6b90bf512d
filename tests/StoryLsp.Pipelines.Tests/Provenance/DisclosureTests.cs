using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Provenance;
using StoryLsp.Pipelines.Tests.Proposals;
using StoryLsp.Testing;

namespace StoryLsp.Pipelines.Tests.Provenance;

[TestFixture]
internal sealed class DisclosureTests
{
    private const string Scene = "scenes/one.md";
    private const string Before = "# Arrival\n\nAda walked down to the old mill by the river. She was late, and it rained hard. Nobody had come for the letters.\n";

    private readonly SteppingClock _clock = new();
    private string _root = "";

    [SetUp]
    public void MakeFolder() => _root = Directory.CreateTempSubdirectory("storylsp-disclosure-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_root, true);

    [Test]
    public void WhatIsAcceptedIsRecordedSentenceBySentence()
    {
        var after = Before.Replace("it rained hard", "the rain fell hard", StringComparison.Ordinal).TrimEnd() + " The wheel stood still. “Who is there?” she asked.\n";
        Accept(Before, after);
        var record = new ProvenanceStore(_root).Load("abc123")!;
        Assert.That((record.Model, record.Provider, record.Run, record.Pipeline, record.PromptHash), Is.EqualTo(("m", "openai", "run1", "draft", "f00")));
        Assert.That(record.Hunks.Select(hunk => (hunk.Hunk, hunk.File, hunk.Container, hunk.By)), Is.All.Matches<(int, string, string?, string)>(hunk => hunk is { Item2: Scene, Item3: "one", Item4: "Ada" }));
        Assert.That(record.Hunks.SelectMany(hunk => hunk.Sentences).Select(sentence => (sentence.Text, sentence.Of is not null)), Is.EqualTo(new[]
        {
            ("She was late, and the rain fell hard.", true), ("The wheel stood still.", false), ("“Who is there?” she asked.", false),
        }));
        var file = File.ReadAllText(Path.Combine(_root, ".story", "provenance", "abc123.json"));
        Assert.That(file, Does.Contain("“Who is there?” she asked.").And.EndsWith("}\n"));
    }

    [Test]
    public void APersonsOwnAssistedAndGeneratedAreToldApart()
    {
        var after = Before.Replace("it rained hard", "the rain fell hard", StringComparison.Ordinal).TrimEnd() + " The great wheel stood still in the dark.\n";
        Accept(Before, after);
        var report = Report(after);
        Assert.That(report.Whole[Authorship.Assisted], Is.EqualTo(new TextAmount(1, 8)));
        Assert.That(report.Whole[Authorship.Generated], Is.EqualTo(new TextAmount(1, 8)));
        Assert.That(report.Whole[Authorship.Person].Sentences, Is.EqualTo(3), "the heading and two sentences");
        Assert.That(report.KdpAnswer, Is.EqualTo("Some sections, with minimal or no editing"));
        Assert.That(report.Models, Is.EqualTo(new[] { "m" }));
        Assert.That(report.Chapters.Single().Name, Is.EqualTo("Arrival"));
    }

    private const string Added = "The great wheel stood still in the dark, and no water ran over its boards. Somebody had left a lamp burning in the upper window. She climbed the stairs slowly, counting every step as she went.";

    [TestCase("as it was", "{0}", 3, 0)]
    [TestCase("other quotation marks and dashes, other lines, other case", "She called – “mother”… and THE GREAT wheel stood\nstill in the dark, and no   water ran over its boards.\n\nSomebody had left a lamp *burning* in the upper window. She climbed the stairs slowly,\ncounting every step as she went.", 2, 1)]
    [TestCase("one reworded", "The great wheel stood still in the dark, and no water ran over its boards. Somebody had left a candle burning in the lower window. She climbed the stairs slowly, counting every step as she went.", 2, 1)]
    [TestCase("one cut in two", "The great wheel stood still in the dark. No water ran over its boards. Somebody had left a lamp burning in the upper window. She climbed the stairs slowly, counting every step as she went.", 2, 2)]
    [TestCase("two put together", "The great wheel stood still in the dark, and no water ran over its boards. Somebody had left a lamp burning in the upper window, and she climbed the stairs slowly, counting every step as she went.", 1, 1)]
    [TestCase("one gone", "The great wheel stood still in the dark, and no water ran over its boards. She climbed the stairs slowly, counting every step as she went.", 2, 0)]
    [TestCase("another order", "She climbed the stairs slowly, counting every step as she went. Somebody had left a lamp burning in the upper window. The great wheel stood still in the dark, and no water ran over its boards.", 3, 0)]
    [TestCase("all of it the writer's own", "Water is patient. It wore the stones down over a hundred winters. Then came the war.", 0, 0)]
    public void EditsOfManyKindsAreSurvived(string how, string today, int generated, int edited)
    {
        var after = Before.TrimEnd() + "\n\n" + Added + "\n";
        Accept(Before, after);
        var report = Report(Before.TrimEnd() + "\n\n" + string.Format(System.Globalization.CultureInfo.InvariantCulture, today, Added) + "\n");
        Assert.That((report.Whole[Authorship.Generated].Sentences, report.Whole[Authorship.Edited].Sentences), Is.EqualTo((generated, edited)), how);
    }

    [Test]
    public void ASceneThatIsSplitAndMovedKeepsItsOrigin()
    {
        var after = Before.TrimEnd() + "\n\n" + Added + "\n";
        Accept(Before, after);
        var parts = Added.Split(". ");
        var workspace = FixtureWorkspace.OfTexts(
        [
            KeyValuePair.Create("part two/scenes/b.md", "# Second\n\n" + parts[0] + ".\n"),
            KeyValuePair.Create("scenes/c.md", "# Third\n\n“" + parts[1] + ".” " + parts[2]),
            KeyValuePair.Create("characters/ada.yaml", "name: Ada\n"),
        ]);
        var report = Disclosure.Of(workspace.Snapshot, new ProvenanceStore(_root).All());
        Assert.That(report.Whole[Authorship.Generated].Sentences, Is.EqualTo(3));
        Assert.That(report.Chapters.Select(chapter => (chapter.Name, chapter[Authorship.Generated].Sentences)), Is.EquivalentTo(new[] { ("Second", 1), ("Third", 2) }));
        var part = Disclosure.Of(workspace.Snapshot, new ProvenanceStore(_root).All(), "scenes");
        Assert.That((part.Chapters.Single().Name, part.Whole[Authorship.Generated].Sentences), Is.EqualTo(("Third", 2)));
    }

    [Test]
    public void AShortSentenceThatStandsTwiceIsAModelsOnce()
    {
        Accept(Before, Before.TrimEnd() + " He nodded.\n");
        Assert.That(Report(Before + "\nHe nodded. It was late. He nodded.\n").Whole[Authorship.Generated].Sentences, Is.EqualTo(1));
    }

    [Test]
    public void AnotherWordingOfAModelsSentenceIsAModelsStill()
    {
        var first = Before.TrimEnd() + " The great wheel stood still in the dark.\n";
        Accept(Before, first);
        var second = first.Replace("in the dark", "in the dusk", StringComparison.Ordinal);
        Accept(first, second, "abc124");
        var report = Report(second);
        Assert.That((report.Whole[Authorship.Generated].Sentences, report.Whole[Authorship.Assisted].Sentences), Is.EqualTo((1, 0)));
    }

    [TestCase("The clock struck.", TestName = "A sentence that was cut short and put back is a person's own")]
    [TestCase("The old clock struck nine times.", TestName = "A sentence that was reworded and put back is a person's own")]
    [TestCase("The clock, it struck nine. The clock had struck nine before.", TestName = "A sentence that was doubled and put back is a person's own")]
    [TestCase("THE *clock* struck nine.", TestName = "A sentence in another dress is a person's own")]
    public void WhatStandsAsItStoodIsAPersonsOwn(string wording)
    {
        var own = Before.TrimEnd() + " The clock struck nine.\n";
        Accept(own, own.Replace("The clock struck nine.", wording, StringComparison.Ordinal));
        AssertOwn(own);
        // And so it is when a model had a second try meanwhile.
        var second = own.Replace("The clock struck nine.", "Somewhere the clock struck nine.", StringComparison.Ordinal);
        Accept(own.Replace("The clock struck nine.", wording, StringComparison.Ordinal), second, "abc124");
        AssertOwn(own);
        Assert.That(Report(second).Whole[Authorship.Person].Sentences, Is.EqualTo(4), "The second wording is not the writer's own.");
    }

    [Test]
    public void ASentenceThatAModelsResembledIsAPersonsOwnWithoutIt()
    {
        Accept(Before, Before.TrimEnd() + " Ada had walked down to the old mill by the river.\n");
        AssertOwn(Before);
    }

    [Test]
    public void APersonsSentenceThatAModelMovesIsAPersonsOwn()
    {
        var after = "# Arrival\n\nNobody had come for the letters. Ada walked down to the old mill by the river. She was late, and it rained hard.\n";
        Accept(Before, after);
        AssertOwn(after);
    }

    [Test]
    public void WhatAPersonMadeOfAModelsSentenceIsThatAgainAfterAnotherModelsWording()
    {
        var first = Before.TrimEnd() + " The great wheel stood still in the dark.\n";
        Accept(Before, first);
        var edited = first.Replace("great wheel", "iron wheel", StringComparison.Ordinal);
        Accept(edited, edited.Replace("in the dark", "in the dusk", StringComparison.Ordinal), "abc124");
        var report = Report(edited);
        Assert.That((report.Whole[Authorship.Edited].Sentences, report.Whole[Authorship.Person].Sentences), Is.EqualTo((1, 4)));
    }

    [Test]
    public void TrailersTellOnlyOfWhatStillStands()
    {
        var after = Before.Replace("it rained hard", "the rain fell hard", StringComparison.Ordinal).TrimEnd() + " The great wheel stood still in the dark.\n";
        Accept(Before, after);
        string[] Told(string text) => [.. GitTrailers.Of(Disclosure.Surviving(Story(text), new ProvenanceStore(_root).All()), _ => null)];
        Assert.That(Told(after), Has.Length.EqualTo(3));
        Assert.That(Told(after.Replace("the rain fell hard", "it rained hard", StringComparison.Ordinal)), Is.EqualTo(new[] { "Assisted-by: storylsp:m (pipeline draft)", "AI-Generated: 1 sentence, 8 words" }));
        Assert.That(Told(Before), Is.Empty);
    }

    [Test]
    public void ADamagedRecordIsToldAndNotWrittenOver()
    {
        var first = Before.TrimEnd() + " The great wheel stood still in the dark.\n";
        Accept(Before, first);
        var store = new ProvenanceStore(_root);
        Assert.That(store.Damaged(), Is.Empty);
        var file = Path.Combine(_root, ".story", "provenance", "abc123.json");
        var damaged = "<<<<<<< HEAD\n" + File.ReadAllText(file) + "=======\n>>>>>>> other\n";
        File.WriteAllText(file, damaged);
        Assert.That(store.Damaged(), Is.EqualTo(new[] { ".story/provenance/abc123.json" }));
        var second = first.TrimEnd() + " Somebody had left a lamp burning.\n";
        Accept(first, second);
        Accept(second, second.TrimEnd() + " And nobody came.\n", "abc124");
        Assert.That(File.ReadAllText(file), Is.EqualTo(damaged));
        Assert.That(store.All().SelectMany(record => record.Hunks).SelectMany(hunk => hunk.Sentences).Select(sentence => sentence.Text), Is.EquivalentTo(new[] { "Somebody had left a lamp burning.", "And nobody came." }));
        Assert.That(store.Damaged(), Has.Count.EqualTo(1));
    }

    [Test]
    public void WhatAProgramMadeWithoutAModelIsCountedApart()
    {
        Accept(Before, Before.TrimEnd() + " The great wheel stood still in the dark.\n", provider: "offline");
        var report = Report(Before.TrimEnd() + " The great wheel stood still in the dark.\n");
        Assert.That(report.Whole[Authorship.Mechanical].Sentences, Is.EqualTo(1));
        Assert.That((report.IsGenerated, report.KdpAnswer, report.Models), Is.EqualTo((false, "None", Array.Empty<string>())));
    }

    [Test]
    public void TheAnswerForPublishersSaysHowMuchAndHowEdited()
    {
        var text = Added;
        Accept("", text);
        Assert.That(Report(text).KdpAnswer, Is.EqualTo("Entire work, with minimal or no editing"));
        var edited = text.Replace("great", "old", StringComparison.Ordinal).Replace("lamp", "candle", StringComparison.Ordinal).Replace("slowly", "fast", StringComparison.Ordinal);
        Assert.That(Report(edited).KdpAnswer, Is.EqualTo("Entire work, with extensive editing"));
        Assert.That(Report("").KdpAnswer, Is.EqualTo("None"));
        var own = string.Concat(Enumerable.Range(0, 30).Select(i => $"The writer's sentence number {i} says what no other says. "));
        Assert.That(Report(own + edited).KdpAnswer, Is.EqualTo("Some sections, with extensive editing"));
    }

    [Test]
    public void ScenesOfOneChapterAreCountedTogetherAndNotesAreNot()
    {
        var workspace = FixtureWorkspace.Of("""
            //- story.yaml
            story: 1
            //- chapters/first.md
            ---
            type: chapter
            number: 1
            name: The First
            ---
            //- scenes/a.md
            ---
            chapter: 1
            ---
            One came home.
            //- scenes/b.md
            ---
            chapter: The First
            ---
            Two went away again.
            //- scenes/c.md
            ---
            chapter: 7
            ---
            Three.
            //- notes/idea.md
            An idea of mine.
            """);
        var report = Disclosure.Of(workspace.Snapshot, []);
        Assert.That(report.Chapters.Where(chapter => chapter.All.Words > 0).Select(chapter => (chapter.Name, chapter.All.Words)), Is.EqualTo(new[] { ("The First", 7), ("Chapter 7", 1) }));
        Assert.That(report.Whole[Authorship.Person].Words, Is.EqualTo(8));
    }

    [Test]
    public void TrailersTellOfWhatIsNotCommittedYet()
    {
        var after = Before.Replace("it rained hard", "the rain fell hard", StringComparison.Ordinal).TrimEnd() + " The wheel stood still.\n";
        Accept(Before, after);
        Accept(after, after + "\nMore came.\n", "abc124", "offline");
        var records = new ProvenanceStore(_root).All();
        Assert.That(GitTrailers.Of(records, _ => null), Is.EqualTo(new[]
        {
            "Assisted-by: storylsp:m (pipeline draft)", "AI-Generated: 1 sentence, 4 words", "AI-Assisted: 1 sentence, 8 words",
        }));
        Assert.That(GitTrailers.Of(records, id => records.First(record => record.Proposal == id)), Is.Empty);
        var first = records[0] with { Hunks = [.. records[0].Hunks.Take(1)], Model = "evil\nSigned-off-by: x" };
        Assert.That(GitTrailers.Of([first], _ => null)[0], Is.EqualTo("Assisted-by: storylsp:evilSigned-off-by: x (pipeline draft)"));
    }

    private void Accept(string before, string after, string id = "abc123", string provider = "openai")
    {
        var workspace = FixtureWorkspace.OfTexts([KeyValuePair.Create(Scene, before)]);
        var proposal = ProposalBuilder.Build(
            Drafts.Request() with { Id = id, Provider = provider, PromptHash = "f00", Files = [new(Scene, before, after)] }, workspace.Snapshot);
        new ProposalStore(_root).Save(proposal);
        var desk = new ProposalDesk(_root, by: "Ada", time: _clock);
        var plan = desk.Plan(id, null, _ => SourceText.From(before))!;
        Assert.That(plan.After[Scene]!.Text, Is.EqualTo(after));
        Assert.That(desk.Confirm(plan).IsDecided, Is.True);
    }

    private void AssertOwn(string text)
    {
        var whole = Report(text).Whole;
        Assert.That(whole.Amounts.Keys, Is.EqualTo(new[] { Authorship.Person }), string.Join(", ", whole.Amounts));
    }

    private DisclosureReport Report(string text) => Disclosure.Of(Story(text), new ProvenanceStore(_root).All());

    private static StoryLsp.Index.Snapshot Story(string text) => FixtureWorkspace.OfTexts([KeyValuePair.Create(Scene, text)]).Snapshot;

    /// <summary>A clock on which no two moments are the same.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        private int _seconds;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddSeconds(_seconds++);
    }
}
