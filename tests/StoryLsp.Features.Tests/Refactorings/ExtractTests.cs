using NUnit.Framework;
using StoryLsp.Features.Refactorings;
using StoryLsp.Index;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Refactorings;

/// <summary>What is selected becomes a container of its own.</summary>
public sealed class ExtractTests
{
    private const string Files = """
        //- story.yaml
        story: 1
        //- characters/ada.md
        # Ada Vane
        //- places/mill.md
        ---
        type: location
        ---
        # The Mill

        It stands. See [the map](../maps/map.md) and [[#Cellar]].

        ## Cellar

        Dark, says [[Ada Vane]]. ^dark

        Wet.
        //- maps/map.md
        The [cellar](../places/mill.md#cellar), [[mill#^dark|dark]].
        //- scenes/one.md
        Ada Vane met Tom Reed at dusk.

        """;

    private static readonly FixtureWorkspace Story = FixtureWorkspace.Of(Files);

    [Test]
    public void A_name_becomes_a_container_of_the_type_that_is_chosen_in_its_folder()
    {
        var place = Story.PlaceAt("scenes/one.md", "Tom Reed", isSelected: true);
        Assert.That(place.Titles("extract-container"), Has.Some.EqualTo("Move “Tom Reed” into the character characters/Tom Reed.md"));
        var after = Story.Do(place, "extract-container", new() { Type = "character" });
        Assert.Multiple(() =>
        {
            Assert.That(after.Text("characters/Tom Reed.md")!.Text, Is.EqualTo("# Tom Reed\n"));
            Assert.That(after.Text("scenes/one.md")!.Text, Is.EqualTo("Ada Vane met [[Tom Reed]] at dusk.\n"));
        });
    }

    [Test]
    public void Paragraphs_move_with_their_links_and_those_that_lead_to_them()
    {
        const string part = "## Cellar\n\nDark, says [[Ada Vane]]. ^dark";
        var after = Story.Do(Story.PlaceAt("places/mill.md", part, isSelected: true), "extract-container", new() { Type = "location", Name = "Cellar" });
        Assert.Multiple(() =>
        {
            Assert.That(after.Text("places/Cellar.md")!.Text, Does.EndWith("# Cellar\n\n## Cellar\n\nDark, says [[Ada Vane]]. ^dark\n"));
            Assert.That(after.Text("places/mill.md")!.Text, Does.EndWith("and [[Cellar#Cellar]].\n\n[[Cellar]]\n\nWet.\n"));
            Assert.That(after.Text("maps/map.md")!.Text, Is.EqualTo("The [cellar](../places/Cellar.md#cellar), [[Cellar#^dark|dark]].\n"));
            Assert.That(after.Words(), Is.SupersetOf(Story.Words().Except(["[[#Cellar]]."])));
        });
    }

    [Test]
    public void Links_are_written_for_the_folder_that_the_text_goes_to()
    {
        var after = Story.Do(Story.PlaceAt("places/mill.md", "See [the map](../maps/map.md) and [[#Cellar]].", isSelected: true), "extract-container", new() { Type = "note", Name = "Map of it" });
        var moved = after.Snapshot.Documents.Single(facts => facts.Path.EndsWith("Map of it.md", StringComparison.Ordinal));
        Assert.That(moved.Links.Select(link => after.Snapshot.ResolveLink(link, moved.Path).Kind),
            Is.All.EqualTo(LinkResolutionKind.Resolved));
    }

    [Test]
    public void A_part_of_a_sentence_goes_without_its_full_stop()
    {
        const string said = "//- story.yaml\nstory: 1\n//- scenes/one.md\nHe rowed. The card had said twelve to the minute. He lost heart.\n";
        var story = FixtureWorkspace.Of(said);
        var after = story.Do(story.PlaceAt("scenes/one.md", "The card had said twelve to the minute", isSelected: true), "extract-container", new() { Type = "note", Name = "Twelve" });
        Assert.That(after.Text("scenes/one.md")!.Text, Is.EqualTo("He rowed. [[Twelve]]. He lost heart.\n"));
        Assert.That(after.Files.Single(file => file.Path.Contains("welve", StringComparison.Ordinal)).Text, Does.EndWith("The card had said twelve to the minute\n"));
    }

    [Test]
    public void A_name_that_is_called_more_fully_shows_what_it_showed()
    {
        var after = Story.Do(Story.PlaceAt("scenes/one.md", "Tom Reed", isSelected: true), "extract-container", new() { Type = "character", Name = "Thomas Reed" });
        Assert.That(after.Text("scenes/one.md")!.Text, Is.EqualTo("Ada Vane met [[Thomas Reed|Tom Reed]] at dusk.\n"));
        Assert.That(after.Text("characters/Thomas Reed.md")!.Text, Is.EqualTo("# Thomas Reed\n"));
    }

    [TestCase("Ada Vane met", "")]
    [TestCase("no", "Ada Vane")]
    public void A_name_that_is_taken_is_refused(string selected, string name)
    {
        var place = Story.PlaceAt("scenes/one.md", selected == "no" ? "Tom Reed" : "Ada Vane", isSelected: true);
        Assert.That(place.Try("extract-container", new() { Type = "character", Name = name.Length == 0 ? null : name }).Refusal, Does.Contain("is called so already"));
    }

    [Test]
    public void Without_a_selection_and_in_attributes_nothing_is_offered()
    {
        Assert.That(Story.PlaceAt("scenes/one.md", "Tom").Titles("extract-container"), Is.Empty);
        Assert.That(Story.PlaceAt("places/mill.md", "location", isSelected: true).Titles("extract-container"), Is.Empty);
        Assert.That(Story.PlaceAt("places/mill.md", "[[Ada", isSelected: true).Titles("extract-container"), Is.Empty);
        Assert.That(Story.PlaceAt("story.yaml", "story", isSelected: true).Titles("extract-container"), Is.Empty);
    }

    [TestCase("She met Hugh and [[ada|Ada]] there.", "She met Hugh and Ada there")]
    [TestCase("“Where is the Cup?” said Lena to Tom.", "Where is the Cup")]
    public void A_name_is_made_of_the_words_that_are_seen(string text, string name)
    {
        var story = FixtureWorkspace.Of($"//- characters/ada.yaml\nid: ada\nname: Ada\n//- one.md\nA b.\n\n{text}\n\nE f.\n");
        Assert.That(story.PlaceAt("one.md", text, isSelected: true).Titles("extract-container").Single(), Does.StartWith($"Move “{name}” into"));
    }

    [TestCase("Ada")]
    [TestCase("She sat. [^1]")]
    public void A_name_that_is_known_or_a_text_without_its_footnote_is_not_offered(string selected)
    {
        var story = FixtureWorkspace.Of("//- story.yaml\nstory: 1\n//- characters/ada.yaml\nid: ada\nname: Ada Vane\naliases: [Ada]\n//- one.md\nAda came.\n\nShe sat. [^1]\n\n[^1]: A note.\n");
        Assert.That(story.PlaceAt("one.md", selected, isSelected: true).Titles("extract-container"), Is.Empty);
    }

    [Test]
    public void Line_ends_are_those_of_the_file()
    {
        var story = FixtureWorkspace.Of("//- one.md {crlf}\nA b.\n\nC d.\n\nE f.\n");
        var after = story.Do(story.PlaceAt("one.md", "C d.", isSelected: true), "extract-container", new() { Name = "Two" });
        Assert.That((after.Text("one.md")!.Text, after.Text("Two.md")!.Text), Is.EqualTo(("A b.\r\n\r\n[[Two]]\r\n\r\nE f.\r\n", "# Two\r\n\r\nC d.\r\n")));
    }
}
