using StoryLsp.Continuity;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Testing;

namespace StoryLsp.Pipelines.Tests.Proposals;

[TestFixture]
internal sealed class ProposalContinuityTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        id: ada
        name: Ada Vane
        //- characters/tom.yaml
        id: tom
        name: Tom Hale
        //- locations/mill.yaml
        id: mill
        name: Old Mill
        //- scenes/01.md
        ---
        id: one
        order: 1
        when: 1926-11-04
        characters: [ada, tom]
        ---

        Ada Vane waited by the wheel. The rain fell. Tom Hale slept.
        //- scenes/02.md
        ---
        id: two
        order: 2
        when: 1926-11-06
        characters: [ada, tom]
        ---

        Tom Hale spoke. Ada Vane listened.
        """;

    [Test]
    public void AHunkThatBringsAnErrorIsUntickedWithTheReason()
    {
        var judged = Judged(("scenes/01.md", "characters: [ada, tom]", "characters: [ada, tom]\neffects:\n  - tom dies"), ("scenes/01.md", "The rain fell.", "The rain had stopped."));
        Assert.That(judged.Findings, Is.Not.Null);
        Assert.That(judged.Findings!.AddedErrors, Is.EqualTo(1), judged.Findings.Summary);
        Assert.That(judged.Findings.List[0].Code, Is.EqualTo("time/dead-acts"));
        Assert.That(judged.Findings.List[0].Hunks, Is.EqualTo(new[] { 1 }));
        Assert.That(judged.Findings.Summary, Does.StartWith("+1 error, −0"));
        Assert.That(judged.Hunks[0].Doubt, Does.Contain("time/dead-acts").And.Contain("scenes/02.md"));
        Assert.That(judged.Ticked, Is.EqualTo(new[] { 2 }));
    }

    [Test]
    public void WhatItMendsIsCounted()
    {
        var story = Story.Replace("characters: [ada, tom]\n---\n\nTom", "characters: [ada, nobody]\n---\n\nTom", StringComparison.Ordinal);
        var judged = Judge(story, ("scenes/02.md", "characters: [ada, nobody]", "characters: [ada, tom]"));
        Assert.That((judged.Findings!.AddedErrors, judged.Findings.RemovedErrors), Is.EqualTo((0, 1)));
        Assert.That(judged.Findings.Summary, Does.StartWith("+0 errors, −1"));
        Assert.That(judged.Ticked, Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void TwoHunksThatBringAnErrorOnlyTogetherAreBothUnticked()
    {
        var judged = Judged(
            ("characters/tom.yaml", "name: Tom Hale", "name: Tom Hale\ndied: 1926-11-05"),
            ("scenes/01.md", "The rain fell.", "The rain had stopped."));
        Assert.That(judged.Findings!.List.Select(found => found.Code), Does.Contain("time/dead-acts"), "dead on the fifth, present on the sixth");
        Assert.That(judged.Ticked, Is.EqualTo(new[] { 2 }));

        var other = Story.Replace("characters: [ada, tom]\n---\n\nTom", "characters: [ada]\n---\n\nTom", StringComparison.Ordinal);
        judged = Judge(
            other,
            ("characters/tom.yaml", "name: Tom Hale", "name: Tom Hale\ndied: 1926-11-05"),
            ("scenes/02.md", "characters: [ada]", "characters: [ada, tom]"),
            ("scenes/01.md", "The rain fell.", "The rain had stopped."));
        Assert.That(judged.Ticked, Is.EqualTo(new[] { judged.Hunks.Single(hunk => hunk.New.Contains("rain", StringComparison.Ordinal)).Id }));
        Assert.That(judged.Hunks.Where(hunk => !hunk.IsTicked).Select(hunk => hunk.Doubt), Has.All.Contain("together with #"));
    }

    [Test]
    public void WhatTookAwaySomethingThatIsNeededElsewhereIsFound()
    {
        var judged = Judged(
            ("scenes/01.md", "The rain fell.", "The rain had stopped."),
            ("characters/tom.yaml", "id: tom", "id: thomas"),
            ("scenes/02.md", "Ada Vane listened.", "Ada Vane laughed."));
        Assert.That(judged.Hunks.Where(hunk => !hunk.IsTicked).Select(hunk => hunk.New), Is.EqualTo(new[] { "id: thomas" }));
        Assert.That(judged.Hunks.Single(hunk => !hunk.IsTicked).Doubt, Does.Contain("ref/unresolved"));
    }

    [Test]
    public void AHunkThatLeansOnOneThatIsNotTakenIsNotTakenEither()
    {
        // The new character is made by the first hunk, which breaks something else.
        var workspace = FixtureWorkspace.Of(Story);
        var proposal = ProposalBuilder.Build(
            Drafts.Request() with
            {
                Files =
                [
                    new("characters/lena.yaml", null, "id: tom\nname: Lena\n"),
                    new("scenes/02.md", null, workspace.Text("scenes/02.md")!.Text.Replace("listened.", "listened. Lena laughed.", StringComparison.Ordinal)),
                ],
            },
            workspace.Snapshot);
        var judged = ProposalContinuity.Judged(proposal, workspace.Snapshot, new Findings());
        Assert.That(judged.Ticked, Is.Empty, string.Join('\n', judged.Hunks.Select(hunk => hunk.Doubt)));
        Assert.That(judged.Hunks[0].Doubt, Does.Contain("ref/duplicate-id"));
        Assert.That(judged.Hunks[1].Doubt, Does.Contain("Lena"));
    }

    [TestCase("Zebulon Crake knocked.", "Zebulon Crake")]
    [TestCase("He had heard of Pettigrew once.", "Pettigrew")]
    [TestCase("She saw Mrs. Baker in the road.", "Baker")]
    [TestCase("Then Margaret laughed.", "Margaret")]
    [TestCase("“Come in,” said Hawkins.", "Hawkins")]
    [TestCase("Ada Crake laughed.", "Crake")]
    public void AHunkThatNamesSomebodyUnknownIsUnticked(string sentence, string name)
    {
        var judged = Judged(("scenes/01.md", "The rain fell.", sentence));
        Assert.That(judged.Ticked, Is.Empty);
        Assert.That(judged.Hunks.Single().Doubt, Does.Contain(name).And.Contain("whom nothing in the story knows"));
    }

    [TestCase("Ada Vane looked at Tom, and Tom at her.")]
    [TestCase("On Monday they went to London. The English spring was late.")]
    [TestCase("Hale's boots stood by the Old Mill. Vane laughed.")]
    [TestCase("“Hush,” she said. “The Captain is here, Sir.”")]
    [TestCase("NOBODY came. Hmmm. Aaah! I know.")]
    [TestCase("Suddenly Nothing mattered to the Vanes.")]
    public void WhoIsKnownOrNobodyStaysTicked(string sentence) =>
        Assert.That(Judged(("scenes/01.md", "The rain fell.", sentence)).Hunks.Select(hunk => hunk.Doubt), Is.All.Null);

    [TestCase("Magdalena Kruspe comes to the mill.", "Kruspe")]
    [TestCase("Ada meets Mr. Zebulon there.", "Zebulon")]
    [TestCase("Ada Crake and Tom wait.", "Crake")]
    [TestCase("Ada Vane and Tom Hale wait in the Old Mill on Monday, in London.", null)]
    [TestCase("The English Channel at night; Captain Hale is mentioned. Great Northern Railway.", null)]
    public void ASynopsisWithSomebodyUnknownIsUnticked(string synopsis, string? name)
    {
        var hunk = Judged(("scenes/01.md", "order: 1", $"order: 1\nsynopsis: {synopsis.Replace(";", ",", StringComparison.Ordinal)}")).Hunks.Single();
        Assert.That(hunk.Doubt, name is null ? Is.Null : Does.Contain(name));
    }

    private static string AfterDeath(string cast = "ada") => Story.Replace("characters: [ada, tom]\n---\n\nAda", "characters: [ada, tom]\neffects:\n  - tom dies\n---\n\nAda", StringComparison.Ordinal)
        .Replace("characters: [ada, tom]\n---\n\nTom Hale spoke.", $"pov: ada\ncharacters: [{cast}]\n---\n\nThe rain fell.", StringComparison.Ordinal);

    [TestCase("Tom said, “I am here.”", "speaks")]
    [TestCase("“I am here,” Tom said.", "speaks")]
    [TestCase("“I am here!” said Tom.", "speaks")]
    [TestCase("\"I am here,\" Tom Hale answered quietly.", "speaks")]
    [TestCase("Tom walked into the mill.", "acts")]
    [TestCase("The door creaked, and Tom stepped in.", "acts")]
    [TestCase("Then old Tom slowly opened the door.", "acts")]
    public void WhoIsDeadNeitherSpeaksNorActs(string sentence, string does)
    {
        foreach (var cast in (string[])["ada", "ada, tom"])
        {
            var judged = Judge(AfterDeath(cast), ("scenes/02.md", "The rain fell.", sentence));
            Assert.That(judged.Ticked, Is.Empty);
            Assert.That(judged.Hunks.Single().Doubt, Does.Contain($"Tom Hale died in *01* (scene 1), and {does} here."));
        }

        // In the scene of the death, in a flashback and in a dream it is well.
        Assert.That(Judged(("scenes/01.md", "The rain fell.", sentence)).Hunks.Select(hunk => hunk.Doubt), Is.All.Null);
        foreach (var timeline in (string[])["flashback", "dream"])
        {
            Assert.That(Judge(AfterDeath().Replace("pov: ada\n", $"pov: ada\ntimeline: {timeline}\n", StringComparison.Ordinal), ("scenes/02.md", "The rain fell.", sentence)).Hunks.Select(hunk => hunk.Doubt), Is.All.Null, timeline);
        }
    }

    [TestCase("She remembered how Tom walked here.")]
    [TestCase("She remembered the summer. Tom laughed and ran into the water.")]
    [TestCase("Tom had said, “I am here.”")]
    [TestCase("Two years before, they had gone to the sea. Tom laughed.")]
    [TestCase("“Tom walked here,” she said.")]
    [TestCase("Tom's boots stood by the door.")]
    [TestCase("Tom smiled at her from the photograph.")]
    [TestCase("In his letter Tom said, “I am here.”")]
    [TestCase("Ada walked as Tom walked.")]
    [TestCase("She thought of Tom.")]
    [TestCase("If Tom walked in now, she would laugh.")]
    [TestCase("Tom lay in his grave. Tom was dead.")]
    [TestCase("“Do you remember him?” Ada said. Tom came to mind.")]
    [TestCase("It was the lane where Tom walked.")]
    [TestCase("Ada said, “Tom said, ‘I am here.’”")]
    [TestCase("Did Tom walk here? Ada told Tom that it rained.")]
    [TestCase("Ada laughed. Ada nodded to Tom.")]
    public void WhoIsDeadIsRememberedAndNamed(string sentence) =>
        Assert.That(Judge(AfterDeath(), ("scenes/02.md", "The rain fell.", sentence)).Hunks.Select(hunk => hunk.Doubt), Is.All.Null);

    [Test]
    public void WhoIsNotYetBornDoesNotActAndWhatStoodThereIsNoNews()
    {
        var story = Story.Replace("name: Tom Hale", "name: Tom Hale\nborn: 1930-01-01", StringComparison.Ordinal);
        var judged = Judge(story, ("scenes/01.md", "The rain fell.", "Tom laughed."));
        Assert.That(judged.Hunks.Single().Doubt, Does.Contain("Tom Hale is born only on 1930-01-01, and acts here."));
        story = AfterDeath("ada, tom").Replace("The rain fell.", "Tom Hale laughed in the rain.", StringComparison.Ordinal);
        Assert.That(Judge(story, ("scenes/02.md", "in the rain", "in the cold rain")).Hunks.Select(hunk => hunk.Doubt), Is.All.Null);
    }

    [Test]
    public void WhoIsDeadHasNoLineInAScript()
    {
        var story = AfterDeath() + """

            //- scenes/03.fountain
            INT. MILL - DAY

            [[id: three]]
            [[order: 3]]
            [[when: 1926-11-08]]

            ADA
            Hush.

            TOM
            I am silent.

            """;
        var judged = Judge(story, ("scenes/03.fountain", "I am silent.", "I am here."));
        Assert.That(judged.Hunks.Single().Doubt, Does.Contain("Tom Hale died in *01* (scene 1), and speaks here."));
    }

    [Test]
    public void AHunkThatHitsUponASecretIsUnticked()
    {
        var story = Story.Replace("name: Tom Hale", "name: Tom Hale\nsecret: He keeps the plumquartz under the floor\nhidden_name: x", StringComparison.Ordinal) + """

            //- facts/will.yaml
            type: fact
            id: will
            statement: The burnt will named the quiet gardener of the mill
            secret_until: two
            """;
        var judged = Judge(story, ("scenes/01.md", "The rain fell.", "The burnt will named the quiet gardener."));
        Assert.That(judged.Hunks.Single().Doubt, Does.Contain("secret").Or.Contain("reveal-leak"));
        Assert.That(judged.Hunks.Single().Doubt, Does.Not.Contain("gardener"));
    }

    [Test]
    public void ANameThatIsASecretIsNotTheOneThatIsNear()
    {
        const string person = """

            //- characters/pettigrew.yaml
            id: pettigrew
            name: Maria Pettigrew
            """;
        const string heir = """

            //- facts/heir.yaml
            type: fact
            id: heir
            statement: The heir of the mill is a woman
            secret_until: two
            terms: [Pettigrew]
            """;
        string Doubt(string story) => Judge(story, ("scenes/01.md", "The rain fell.", "She saw Mrs. Pettigrow in the road.")).Hunks.Single().Doubt!;
        Assert.That(Doubt(Story + person), Does.Contain("Pettigrew is near"));
        Assert.That(Doubt(Story + person + heir), Does.Contain("whom nothing in the story knows").And.Not.Contain("Pettigrew"));
    }

    [Test]
    public void APersonWhomTheProposalMakesIsKnown()
    {
        var workspace = FixtureWorkspace.Of(Story);
        var proposal = ProposalBuilder.Build(
            Drafts.Request() with
            {
                Files =
                [
                    new("characters/lena.yaml", null, "id: lena\nname: Lena Crake\n"),
                    new("scenes/02.md", null, workspace.Text("scenes/02.md")!.Text.Replace("listened.", "listened. Lena Crake laughed.", StringComparison.Ordinal)),
                ],
            },
            workspace.Snapshot);
        Assert.That(ProposalContinuity.Judged(proposal, workspace.Snapshot, new Findings()).Hunks.Select(hunk => hunk.Doubt), Is.All.Null);
    }

    [Test]
    public void ASecretOfTheStoryIsNotKeptInTheReason()
    {
        var workspace = FixtureWorkspace.Of(Story + """

            //- facts/will.yaml
            type: fact
            id: will
            statement: The burnt will named the quiet gardener
            secret_until: two
            terms: [burnt will]
            """);
        var before = workspace.Text("scenes/01.md")!.Text;
        var proposal = ProposalBuilder.Build(Drafts.Request() with { Files = [new("scenes/01.md", before, before.Replace("The rain fell.", "It rained on the burnt will.", StringComparison.Ordinal))] }, workspace.Snapshot);
        var judged = ProposalContinuity.Judged(proposal, workspace.Snapshot, new Findings());
        Assert.That(judged.Findings!.List.Select(found => found.Code), Does.Contain("know/reveal-leak"));
        Assert.That(judged.Findings.List.Select(found => found.Message), Has.None.Contain("gardener").And.None.Contain("burnt"));
    }

    [Test]
    public void TheProjectionIsTheStoryAsItWouldBe()
    {
        // Judged on the projection as if the files had been changed and the story opened anew.
        var workspace = FixtureWorkspace.Of(Story);
        string?[] texts = ["id: tom\nname: Tom Vane\n", null, "id: new\ntype: character\nname: New\n"];
        var changes = new Dictionary<string, string?> { ["characters/tom.yaml"] = texts[0], ["locations/mill.yaml"] = texts[1], ["characters/new.yaml"] = texts[2], ["story.yaml"] = "story: 1\nrules: {name/cast-unused: off}\n" };
        var projected = Projection.Of(workspace.Snapshot, changes);
        var fresh = FixtureWorkspace.OfTexts(workspace.Files.ToDictionary(file => file.Path, file => file.Text).Where(file => !changes.ContainsKey(file.Key))
            .Concat(changes.Where(change => change.Value is not null).Select(change => KeyValuePair.Create(change.Key, change.Value!))));
        var findings = new Findings();
        _ = workspace.AllFindings();
        Assert.That(projected.Documents.Select(facts => facts.Path).Order(), Is.EqualTo(fresh.Snapshot.Documents.Select(facts => facts.Path).Order()));
        foreach (var facts in fresh.Snapshot.Documents)
        {
            Assert.That(findings.Beside().Of(projected, facts.Path), Is.EqualTo(new Findings().Of(fresh.Snapshot, facts.Path)).Using<StoryLsp.Language.Facts.Finding>((a, b) => a.Code == b.Code && a.Span == b.Span && a.Message == b.Message), facts.Path);
        }

        Assert.That(workspace.Snapshot.Document("characters/tom.yaml")!.Text.Text, Does.Contain("Tom Hale"), "the snapshot itself is as it was");
    }

    [Test]
    public void ManyHunksThatEachBringAnErrorAreAllFound()
    {
        var workspace = FixtureWorkspace.OfTexts([KeyValuePair.Create("story.yaml", "story: 1\n"), KeyValuePair.Create("scenes/a.md", string.Concat(Enumerable.Range(0, 200).Select(i => $"Sentence {i} stands alone in its paragraph.\n\n")))]);
        var before = workspace.Text("scenes/a.md")!.Text;
        var proposal = ProposalBuilder.Build(Drafts.Request() with { Files = [new("scenes/a.md", before, before.Replace("its paragraph", "its [[missing]] paragraph", StringComparison.Ordinal))] }, workspace.Snapshot);
        Assert.That(proposal.Hunks, Has.Count.EqualTo(200));
        var judged = ProposalContinuity.Judged(proposal, workspace.Snapshot, new Findings());
        Assert.That(judged.Ticked, Is.Empty);
        Assert.That(judged.Hunks.Select(hunk => hunk.Doubt), Is.All.Contains("ref/unresolved"));
    }

    private static Proposal Judged(params (string Path, string Old, string New)[] changes) => Judge(Story, changes);

    private static Proposal Judge(string story, params (string Path, string Old, string New)[] changes)
    {
        var workspace = FixtureWorkspace.Of(story);
        var files = changes.GroupBy(change => change.Path).Select(file => new FileDraft(file.Key, null, file.Aggregate(workspace.Text(file.Key)!.Text, (text, change) =>
        {
            Assert.That(text, Does.Contain(change.Old));
            return text.Replace(change.Old, change.New, StringComparison.Ordinal);
        }))).ToList();
        var proposal = ProposalBuilder.Build(Drafts.Request() with { Files = files }, workspace.Snapshot);
        return ProposalContinuity.Judged(proposal, workspace.Snapshot, new Findings());
    }
}
