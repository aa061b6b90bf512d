using NUnit.Framework;
using StoryLsp.Features.Refactorings;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Refactorings;

/// <summary>Lists, dates, changes, and what is missing.</summary>
public sealed class SmallTests
{
    private const string Files = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        id: ada
        name: Ada Vane
        hair: brown
        traits: [proud, "exact", dry]   # three
        born: 2 March 1892
        died: c. 1926
        aliases:
          - the Clerk
          - Miss Vane
        tags:
          - b  # last
          - a
        //- scenes/one.md
        ---
        when: "5 November 1926 21:30"
        pov: ada
        effects:
          - ada takes hat
          - ada loses hat
        ---
        Ada Vane's red hair was wet. [[Tom Reed]] ran.
        //- items/hat.yaml
        id: hat
        name: Hat

        """;

    private static readonly FixtureWorkspace Story = FixtureWorkspace.Of(Files);

    [TestCase("proud", "traits: [dry, \"exact\", proud]   # three")]
    [TestCase("the Clerk", "aliases:\n  - Miss Vane\n  - the Clerk\n")]
    public void A_list_is_sorted_and_what_stands_between_stays(string at, string expected)
    {
        var after = Story.Do(Story.PlaceAt("characters/ada.yaml", at), "sort-list");
        Assert.That(after.Text("characters/ada.yaml")!.Text, Does.Contain(expected));
        Assert.That(after.PlaceAt("characters/ada.yaml", at).Titles("sort-list"), Is.Empty);
    }

    [TestCase("characters/ada.yaml", "- b")]
    [TestCase("scenes/one.md", "ada takes")]
    [TestCase("characters/ada.yaml", "Ada Vane")]
    public void Where_order_or_a_comment_would_be_lost_nothing_is_sorted(string path, string at) =>
        Assert.That(Story.PlaceAt(path, at, further: 2).Titles("sort-list"), Is.Empty);

    [Test]
    public void Dates_say_as_iso_dates_exactly_what_they_said()
    {
        var one = Story.Do(Story.PlaceAt("scenes/one.md", "5 Nov"), "normalise-dates");
        Assert.That(one.Text("scenes/one.md")!.Text, Does.Contain("when: \"1926-11-05T21:30\""));
        Assert.That(one.PlaceAt("scenes/one.md", "1926-11").Titles("normalise-dates"), Is.Empty);
        var all = Story.Do(Story.PlaceAt("characters/ada.yaml", "name"), "normalise-all-dates");
        Assert.That(all.Text("characters/ada.yaml")!.Text, Does.Contain("born: 1892-03-02\n").And.Contains("died: 1926~\n"));
    }

    [Test]
    public void A_change_that_the_prose_tells_goes_into_the_effects()
    {
        var place = Story.PlaceAt("scenes/one.md", "red hair", further: 1);
        Assert.That(place.Titles("add-progression"), Is.EqualTo(new[] { "From “One” on, hair of Ada Vane: red" }));
        var after = Story.Do(place, "add-progression");
        Assert.That(after.Text("scenes/one.md")!.Text, Does.Contain("  - ada loses hat\n  - {sets: {who: ada, field: hair, to: red}}\n---"));
        Assert.That(place.Try("add-progression", new() { Who = "ada" }).Refusal, Does.Contain("`field`"));
        Assert.That(Story.PlaceAt("scenes/one.md", "was wet").Titles("add-progression"), Is.Empty);
    }

    [Test]
    public void What_a_link_misses_is_made()
    {
        var place = Story.PlaceAt("scenes/one.md", "Tom Reed");
        Assert.That(place.Titles("create-container"), Has.Exactly(3).Items);
        var after = Story.Do(place, "create-container", new() { Type = "character" });
        Assert.That(after.Text("characters/Tom Reed.md")!.Text, Does.EndWith("# Tom Reed\n"));
        Assert.That(after.PlaceAt("scenes/one.md", "Tom Reed").Titles("create-container"), Is.Empty);
    }

    [Test]
    public void Each_has_a_name_and_a_kind_of_the_protocol()
    {
        Assert.That(AllRefactorings.List.Select(one => one.Name), Is.Unique);
        Assert.That(AllRefactorings.List.Select(one => one.Kind), Is.All.Matches("^(refactor\\.(extract|inline|rewrite|move)|source)\\."));
    }

    [Test]
    public void Front_matter_comes_behind_a_byte_order_mark()
    {
        var story = FixtureWorkspace.OfTexts(new Dictionary<string, string>
        {
            ["story.yaml"] = "story: 1\n", ["characters/ada.yaml"] = "id: ada\nname: Ada Vane\nhair: brown\n", ["scenes/one.md"] = "\uFEFFAda Vane's red hair was wet.\n",
        });
        var after = story.Apply(story.PlaceAt("scenes/one.md", "red").Try("add-progression", new() { Who = "ada", Field = "hair", Value = "red" }).Change!);
        Assert.That(after.Text("scenes/one.md")!.Text, Does.StartWith("\uFEFF---\n").And.EndsWith("---\nAda Vane's red hair was wet.\n"));
    }
}
