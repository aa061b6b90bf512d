using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using StoryLsp.Features.Refactorings;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Refactorings;

/// <summary>Scenes are split and merged, and no word is lost.</summary>
public sealed class SplitTests
{
    private const string Files = """
        //- story.yaml
        story: 1
        manuscript:
          - [arrival, the-end]
        //- characters/ada.yaml
        id: ada
        name: Ada Vane
        //- characters/tom.yaml
        id: tom
        name: Tom Reed
        //- scenes/arrival.md
        ---
        id: arrival
        title: Arrival
        pov: ada
        characters: [ada, tom]
        when: 1926-11-05 20:00
        order: 1
        effects:
          - tom dies
        ---

        Ada Vane came.

        Tom Reed fell. See [[#Later]].

        ## Later

        Ada Vane wept. ^wept

        She went.
        //- scenes/end.md
        ---
        id: the-end
        title: The End
        when: 1926-11-06
        order: 2
        characters: [ada]
        target_words: 100
        ---

        Ada Vane slept. [[arrival#Later]] and [[arrival#^wept]].
        //- notes/plan.yaml
        type: case
        reveal: the-end

        """;

    private static readonly FixtureWorkspace Story = FixtureWorkspace.Of(Files);

    [TestCase("Ada [draft]", "Ada draft (2)")]
    [TestCase("\"The #1 suspect\"", "The 1 suspect (2)")]
    [TestCase("Ada | Tom ^ (3)", "Ada Tom (2)")]
    public void A_name_with_signs_of_links_gives_one_without(string name, string second)
    {
        var story = FixtureWorkspace.OfTexts(new Dictionary<string, string> { ["scenes/a.md"] = $"---\ntype: scene\nname: {name}\n---\n\nOne.\n\nTwo.\n" });
        var after = story.Do(story.PlaceAt("scenes/a.md", "Two"), "split-scene");
        Assert.That(after.Snapshot.Containers.Select(container => container.Name), Has.One.EqualTo(second));
        Assert.That(after.Do(after.PlaceAt("scenes/a.md", "One"), "merge-scene").Render(), Is.EqualTo(story.Render()));
    }

    [Test]
    public void An_order_beyond_all_numbers_is_left()
    {
        var story = FixtureWorkspace.OfTexts(new Dictionary<string, string> { ["scenes/a.md"] = "---\ntype: scene\norder: 79228162514264337593543950335\n---\n\nOne.\n\nTwo.\n" });
        Assert.That(story.PlaceAt("scenes/a.md", "Two").Try("split-scene").Refusal, Is.Null);
    }

    [Test]
    public void A_file_is_split_before_the_paragraph_and_all_that_led_to_it_follows()
    {
        var after = Story.Do(Story.PlaceAt("scenes/arrival.md", "wept"), "split-scene");
        Assert.Multiple(() =>
        {
            Assert.That(after.Text("scenes/arrival-2.md")!.Text, Is.EqualTo("---\nid: arrival-2\ntitle: Arrival (2)\npov: ada\ncharacters: [ada]\norder: 1.5\n---\n\nAda Vane wept. ^wept\n\nShe went.\n"));
            Assert.That(after.Text("scenes/arrival.md")!.Text, Does.EndWith("See [[#Later]].\n\n## Later\n"));
            Assert.That(after.Text("scenes/end.md")!.Text, Does.Contain("[[arrival#Later]] and [[arrival-2#^wept]]"));
            Assert.That(after.Text("story.yaml")!.Text, Does.Contain("[arrival, arrival-2, the-end]"));
            Assert.That(after.Words(), Is.EquivalentTo(Story.Words()));
        });
        Assert.That(after.Do(after.PlaceAt("scenes/arrival.md", "came"), "merge-scene").Render(), Is.EqualTo(Story.Render()));
    }

    [Test]
    public void Scenes_of_one_file_are_split_and_merged_in_it()
    {
        var story = FixtureWorkspace.Of(StoryFixture.Files.Replace("Ada Vane danced. Ada", "Ada Vane danced.\n\nAda", StringComparison.Ordinal));
        var after = story.Do(story.PlaceAt("scenes/book.md", "Ada watched"), "split-scene");
        Assert.That(after.Text("scenes/book.md")!.Text, Does.Contain(
            "danced.\n\n## The Ball (2)\n```story\nid: the-ball-2\npov: ada\ncharacters: [ada, \"[[Tom Reed]]\"]\nlocation: Old Mill\n```\nAda watched."));
        Assert.That(after.Text("story.yaml")!.Text, Does.Contain("[arrival, the-ball, the-ball-2]"));
        Assert.That(after.Do(after.PlaceAt("scenes/book.md", "danced"), "merge-scene").Render(), Is.EqualTo(story.Render()));
    }

    [Test]
    public void What_the_second_says_otherwise_stands_at_the_joint()
    {
        var after = Story.Do(Story.PlaceAt("scenes/arrival.md", "came"), "merge-scene");
        Assert.Multiple(() =>
        {
            Assert.That(after.Text("scenes/end.md"), Is.Null);
            Assert.That(after.Text("scenes/arrival.md")!.Text, Does.EndWith("She went.\n\n<!-- “The End” said of itself:\ntitle: The End\nwhen: 1926-11-06\n-->\n\nAda Vane slept. [[#Later]] and [[#^wept]].\n")
                .Or.EndsWith("She went.\n\n<!-- “The End” said of itself:\ntitle: The End\nwhen: 1926-11-06\n-->\n\nAda Vane slept. [[arrival#Later]] and [[arrival#^wept]].\n"));
            Assert.That(after.Text("scenes/arrival.md")!.Text, Does.Contain("  - tom dies\ntarget_words: 100\n---"));
            Assert.That(after.Text("story.yaml")!.Text, Does.Contain("- [arrival]\n"));
            Assert.That(after.Text("notes/plan.yaml")!.Text, Does.Contain("reveal: arrival"));
            Assert.That(after.Words(), Is.EquivalentTo(Story.Words()));
        });
    }

    [TestCase("Ada Vane came")]
    [TestCase("title")]
    public void Where_a_half_would_be_empty_nothing_is_offered(string text) =>
        Assert.That(Story.PlaceAt("scenes/arrival.md", text).Titles("split-scene"), Is.Empty);

    [Test]
    public void Notes_scripts_and_data_are_not_split()
    {
        var story = FixtureWorkspace.Of("//- story.yaml\nstory: 1\n//- one.md\nA.\n\nB.\n//- scenes/a.fountain\nINT. MILL - DAY\n\nHe ran.\n\nHe fell.\n//- scenes/b.yaml\nname: b\nsynopsis: |\n  A.\n\n  B.\n");
        foreach (var (path, text) in new[] { ("one.md", "B."), ("scenes/a.fountain", "He fell"), ("scenes/b.yaml", "B.") })
        {
            Assert.That(story.PlaceAt(path, text).Titles().Where(title => title.StartsWith("Split", StringComparison.Ordinal) || title.StartsWith("Merge", StringComparison.Ordinal)), Is.Empty, path);
        }
    }

    [Test]
    public void An_indented_fence_is_closed_in_both_halves()
    {
        var story = FixtureWorkspace.Of("//- story.yaml\nstory: 1\n//- characters/ada.yaml\nid: ada\nname: Ada\n//- scenes/book.md\n## Ball\n\n  ```story\n  pov: ada\n  ```\nAda came.\n\nShe danced.\n");
        var after = story.Do(story.PlaceAt("scenes/book.md", "She danced"), "split-scene");
        Assert.That(after.Text("scenes/book.md")!.Text, Does.EndWith("## Ball (2)\n```story\npov: ada\n```\nShe danced.\n"));
        Assert.That(after.Do(after.PlaceAt("scenes/book.md", "came"), "merge-scene").Render(), Is.EqualTo(story.Render()));
    }

    [TestCase("She sat. [^1]\n\n[^1]: A note.\n", true)]
    [TestCase("She sat. [^2]\n\n[^1]: A note.\n[^2]: Another.\n", false)]
    [TestCase("She sat.\n\n[ref]: http://example.org\n", false)]
    public void Footnotes_and_definitions_stay_with_what_uses_them(string second, bool isOffered)
    {
        var story = FixtureWorkspace.Of($"//- story.yaml\nstory: 1\n//- scenes/foot.md\nAda came{(isOffered ? "" : ".[^1] She saw [ref] it")}.\n\n{second}");
        Assert.That(story.PlaceAt("scenes/foot.md", "She sat").Titles("split-scene").Any(), Is.EqualTo(isOffered));
    }

    [Test]
    public void Name_id_and_file_have_one_number_that_no_link_means_and_mentions_go_along()
    {
        var story = FixtureWorkspace.Of("//- story.yaml\nstory: 1\n//- characters/ada.yaml\nid: ada\nname: Ada\n//- notes/a.md\nSee [[vat-2]].\n//- scenes/vat.md\n---\nid: vat\ntitle: The Vat\nmentions: [ada]\norder: 1\n---\nHe came.\n\nHe spoke of Ada.\n");
        var after = story.Do(story.PlaceAt("scenes/vat.md", "He spoke"), "split-scene");
        Assert.That(after.Text("scenes/vat-3.md")!.Text, Is.EqualTo("---\nid: vat-3\ntitle: The Vat (3)\nmentions: [ada]\norder: 2\n---\n\nHe spoke of Ada.\n"));
    }

    [Test]
    public void Split_and_merged_again_every_text_has_the_bytes_that_it_had()
    {
        var paragraph = Gen.Elements("Ada Vane ran.", "Tom said \"no\".\nAnd went.", "* * *", "- one\n- two", "> “Yes.”", "## Later", "🦊 é.", "See [[ada]].");
        var breaks = Gen.Elements("\n\n", "\n\n\n", "\n \n");
        var front = Gen.Elements("", "---\nid: x\npov: ada\n---\n", "---\ntitle: One\neffects:\n  - {dies: tom}\n---\n\n", "# One\n\n", "---\n# a remark\npov: ada # not sure\nmentions: [tom]\n---\n");
        var texts =
            from head in front
            from paragraphs in paragraph.NonEmptyListOf()
            from gaps in breaks.ListOf(paragraphs.Count)
            from last in Gen.Elements("", "\n", "\n\n")
            from isCrlf in Gen.Elements(false, true)
            let body = head + string.Concat(paragraphs.Zip(gaps, (one, gap) => one + gap)).TrimEnd() + last
            select isCrlf ? body.Replace("\n", "\r\n", StringComparison.Ordinal) : body;
        var split = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var story = FixtureWorkspace.OfTexts(
            [
                new("story.yaml", "story: 1\n"), new("characters/ada.yaml", "id: ada\nname: Ada Vane\n"), new("characters/tom.yaml", "id: tom\nname: Tom\n"),
                new("scenes/01-one.md", text), new("scenes/02-two.md", "Two.\n"),
            ]);
            for (var at = 0; at <= text.Length; at += 7)
            {
                var place = RefactoringPlace.Of(story.Snapshot, "scenes/01-one.md", new(at, 0), CancellationToken.None)!;
                if (!place.Titles("split-scene").Any())
                {
                    continue;
                }

                var after = story.Do(place, "split-scene");
                Assert.That(after.Words(), Is.EquivalentTo(story.Words()));
                var back = after.Do(RefactoringPlace.Of(after.Snapshot, "scenes/01-one.md", new(after.Text("scenes/01-one.md")!.Length, 0), CancellationToken.None)!, "merge-scene");
                Assert.That(back.Render(), Is.EqualTo(story.Render()));
                split++;
            }
        }));
        Assert.That(split, Is.GreaterThan(20));
    }
}
