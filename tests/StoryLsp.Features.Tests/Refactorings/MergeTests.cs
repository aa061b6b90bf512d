using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using StoryLsp.Features.Refactorings;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Refactorings;

/// <summary>Scenes that were written apart are merged, and nothing that was written is lost.</summary>
public sealed class MergeTests
{
    private const string Cast = "//- story.yaml\nstory: 1\n//- characters/ada.yaml\nid: ada\nname: Ada Vane\n//- characters/tom.yaml\nid: tom\nname: Tom\n//- places/mill.yaml\ntype: location\nid: mill\nname: Mill\n";

    private static FixtureWorkspace Two(string first, string second, string more = "") => FixtureWorkspace.Of($"{Cast}//- scenes/01.md\n{first}//- scenes/02.md\n{second}{more}");

    private static string Merged(FixtureWorkspace story) => story.Do(story.PlaceAt("scenes/01.md", "One."), "merge-scene", mayBeWorse: true).Text("scenes/01.md")!.Text;

    [TestCase("effects:\n  - tom dies\n", "location: mill\neffects:\n  - ada leaves\n", "effects:\n  - tom dies\n  - ada leaves\nlocation: mill\n---")]
    [TestCase("characters:\n- ada\n", "location: mill\ncharacters:\n- tom\n", "characters:\n- ada\n- tom\nlocation: mill\n---")]
    public void Items_of_a_list_at_the_end_stand_before_new_entries(string first, string second, string joined) =>
        Assert.That(Merged(Two($"---\n{first}---\nOne.\n", $"---\n{second}---\nTwo.\n")), Does.StartWith($"---\n{joined}"));

    [Test]
    public void A_title_of_its_own_and_all_lines_that_are_no_attribute_stand_at_the_joint() =>
        Assert.That(Merged(Two("---\npov: ada\ncharacters: [ada]\n---\nOne.\n",
            "---\n# Ada still has the key here!\npov: ada # not sure\ncharacters: [ada, tom]\nbroken line\n---\n# The Quarrel at Dawn\n\nTwo.\n")),
            Is.EqualTo("---\npov: ada\ncharacters: [ada, tom]\n---\nOne.\n\n<!-- “The Quarrel at Dawn” said of itself:\n# The Quarrel at Dawn\n# Ada still has the key here!\npov: ada # not sure\nbroken line\n-->\n\nTwo.\n"));

    [Test]
    public void Notes_of_the_fence_of_the_second_heading_stay()
    {
        var story = FixtureWorkspace.Of(Cast + "//- scenes/01.md\n## One\n```story\npov: ada\neffects:\n  - ada leaves\n```\nOne.\n\n## Two\n```story\npov: ada\neffects:\n  - tom dies # note\n```\nTwo.\n");
        Assert.That(Merged(story), Does.Contain("  - ada leaves\n  - tom dies\n```").And.Contains("## Two\n  - tom dies # note\n-->"));
    }

    [Test]
    public void Links_lead_to_the_file_that_is_meant_and_not_to_one_of_its_name()
    {
        var story = FixtureWorkspace.Of(Cast + "//- scenes/a/01.md\nOther.\n//- scenes/b/01.md\nOne.\n//- scenes/b/02.md\nTwo. See [[02]].\n//- notes/plan.md\n[[b/02]] and [x](../scenes/b/02.md).\n");
        var after = story.Do(story.PlaceAt("scenes/b/01.md", "One."), "merge-scene");
        var links = after.Snapshot.Documents.SelectMany(facts => facts.Links.Select(link => after.Snapshot.ResolveLink(link, facts.Path).Path)).ToList();
        Assert.That(links, Has.Count.EqualTo(3).And.All.EqualTo("scenes/b/01.md"));
    }

    [TestCase("One.[^1]\n\n[^1]: A note.\n", "Two.[^1]\n\n[^1]: Another.\n")]
    [TestCase("One.\n\n```\nopen\n", "Two.\n")]
    [TestCase("One.\n\n## Later\n\nMore.\n", "Two, see [[#Later]].\n\n## Later\n\nEnd.\n")]
    public void What_would_mean_something_else_is_not_merged(string first, string second) =>
        Assert.That(Two(first, second).PlaceAt("scenes/01.md", "One.").Try("merge-scene").Refusal, Is.Not.Null);

    [Test]
    public void No_word_of_two_scenes_is_lost()
    {
        var entry = Gen.Elements(
            "pov: ada", "location: mill", "effects:\n  - tom dies", "effects:\n- ada leaves # why", "characters: [ada, tom]", "characters:\n  - tom\n  # waits\n  - ada", "# a remark",
            "when: 1926-11-05", "synopsis: |\n  It rains.\n\n  Still.", "mood: dark", "unread line", "target_words: 100", "mentions: &who [tom]", "status: draft  # late");
        var body = Gen.Elements("Ada came.", "# A Title\n\nTom fell.", "“No,” she said.\n\n## Later\n\nHe ran.", "- one\n- two", "Look[^1].\n\n[^1]: There.", "See [[ada]] and [[01]].", "%% hidden %% seen");
        var scenes =
            from entries in entry.ListOf()
            from text in body
            from hasFront in Gen.Elements(true, true, false)
            from isCrlf in Gen.Elements(false, false, true)
            let front = entries.Count > 0 && hasFront ? "---\n" + string.Join('\n', entries.DistinctBy(line => line.Split(':')[0])) + "\n---\n" : ""
            select isCrlf ? (front + text + "\n").Replace("\n", "\r\n", StringComparison.Ordinal) : front + text + "\n";
        var merged = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(scenes.ToArbitrary(), scenes.ToArbitrary(), (first, second) =>
        {
            var story = FixtureWorkspace.OfTexts(
            [
                new("story.yaml", "story: 1\n"), new("characters/ada.yaml", "id: ada\nname: Ada Vane\n"), new("characters/tom.yaml", "id: tom\nname: Tom\n"),
                new("places/mill.yaml", "type: location\nid: mill\nname: Mill\n"), new("scenes/01.md", first), new("scenes/02.md", second),
            ]);
            var place = RefactoringPlace.Of(story.Snapshot, "scenes/01.md", new(first.Length, 0), CancellationToken.None)!;
            if (place.Try("merge-scene").Change is not { } change)
            {
                return;
            }

            var text = story.Apply(change).Text("scenes/01.md")!.Text;
            var words = text.Split((char[])[' ', '\r', '\n', '[', ']', ','], StringSplitOptions.RemoveEmptyEntries);
            var were = (first + " " + second).Split((char[])[' ', '\r', '\n', '[', ']', ','], StringSplitOptions.RemoveEmptyEntries).Where(word => word is not ("100" or "200" or "---" or "-"));
            Assert.That(were.Except(words), Is.Empty, text);
            merged++;
        }));
        Assert.That(merged, Is.GreaterThan(60));
    }

    [Test]
    public void A_remark_behind_the_second_scene_in_the_manuscript_is_a_reason_to_refuse()
    {
        var story = FixtureWorkspace.OfTexts(new Dictionary<string, string> { ["story.yaml"] = "story: 1\nmanuscript:\n  - a\n  - b # cut the rain?\n", ["scenes/a.md"] = "A.\n", ["scenes/b.md"] = "B.\n" });
        Assert.That(story.PlaceAt("scenes/a.md", "A.").Try("merge-scene").Refusal, Does.Contain("comment"));
    }

    [Test]
    public void A_remark_in_a_list_that_has_both_scenes_is_kept()
    {
        var story = FixtureWorkspace.OfTexts(new Dictionary<string, string>
        {
            ["story.yaml"] = "story: 1\nmanuscript: [a, b]\n", ["scenes/a.md"] = "A.\n", ["scenes/b.md"] = "B.\n", ["threads/t.yaml"] = "type: thread\nscenes:\n  - a\n  - b # the turn\n",
        });
        Assert.That(story.Do(story.PlaceAt("scenes/a.md", "A."), "merge-scene", mayBeWorse: true).Text("threads/t.yaml")!.Text, Does.Contain("# the turn"));
    }
}
