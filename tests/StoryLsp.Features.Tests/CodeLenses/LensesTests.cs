using NUnit.Framework;
using StoryLsp.Features.CodeLenses;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.CodeLenses;

public class LensesTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- world.yaml
        characters:
          - {id: ada, name: Ada}
          - {id: tom, name: Tom}
          - {id: eve, name: Eve}
          - {id: sam, name: Sam}
        locations: [{id: mill}, {id: moor}]
        items: [{id: lamp}]
        threads: [{id: gun}, {id: ring}, {id: knife}, {id: book}, {id: none}]
        clues: [{id: mud}, {id: ash}]
        //- events/fire.yaml
        id: fire
        participants: [tom, eve]
        location: mill
        //- scenes/1.md
        ---
        title: One
        pov: ada
        characters: [ada, tom]
        mentions: [eve, tom]
        location: mill
        setups: [gun, ring]
        plants: [mud]
        ---
        //- scenes/2.md
        ---
        title: Two
        pov: ada
        characters: [tom]
        mentions: [eve]
        location: mill
        setups: [gun]
        payoffs: [knife]
        plants: [mud]
        ---
        //- scenes/3.md
        ---
        title: Three
        pov: tom
        payoffs: [gun]
        threads: [book]
        plants: [mud]
        ---

        """;

    [Test]
    public void What_is_counted()
    {
        Assert.That(Titles(FixtureWorkspace.Of(Story), "world.yaml"), Is.EqualTo(new[]
        {
            "ada: In 2 scenes, always the point of view",
            "tom: In 3 scenes, point of view in 1 · 1 event",
            "eve: In 1 event · mentioned in 2 more",
            "mill: Setting of 2 scenes · 1 event",
            "gun: Set up in “One” and “Two” → paid off in “Three”",
            "ring: Set up in “One”, not paid off yet",
            "knife: Paid off in “Two”, never set up",
            "book: Carried on in “Three”, never set up",
            "mud: Planted in 3 scenes from “One” to “Three”",
        }));
    }

    [Test]
    public void Where_chapters_alone_say_who_is_there_they_are_counted()
    {
        var workspace = FixtureWorkspace.Of("""
            //- world.yaml
            characters: [{id: ada, name: Ada}, {id: tom, name: Tom}]
            factions: [{id: guild, members: [tom]}]
            chapters: [{id: one, characters: [ada]}, {id: two, characters: [ada]}]
            """);
        Assert.That(Titles(workspace, "world.yaml"), Is.EqualTo(new[] { "ada: In 2 chapters" }));
    }

    [Test]
    public void Where_there_is_nothing_to_say_is_no_lens() => Assert.That(Lenses.In(FixtureWorkspace.Of("""
        //- world.yaml
        characters: [{id: ada, name: Ada}]
        locations: [{id: mill}]
        events: [{id: fire, mentions: [ada]}]
        chapters: [{id: one, mentions: [ada]}]
        scenes: [{id: first, mentions: [mill]}]
        """).Snapshot, "world.yaml", default), Is.Empty);

    [Test]
    public void A_complete_story_pays_off_nothing_any_more() =>
        Assert.That(Titles(FixtureWorkspace.Of(Story.Replace("story: 1\n", "story: 1\nstatus: complete\n", StringComparison.Ordinal)), "world.yaml"), Does.Contain("ring: Set up in “One”, not paid off"));

    [Test]
    public void A_lens_leads_to_what_it_counts_in_the_order_of_reading()
    {
        var workspace = FixtureWorkspace.Of(Story);
        var lens = Lenses.In(workspace.Snapshot, "world.yaml", default)[0];
        var content = LensContents.Of(workspace.Snapshot, lens.Kind, lens.Container, default)!;
        Assert.That(content.Places.Select(place => $"{place.Path} {workspace.Text(place.Path)!.Slice(place.Span)}"), Is.EqualTo(new[] { "scenes/1.md ada", "scenes/2.md ada" }));
    }

    [TestCase("one two three", "3 of 10 words")]
    [TestCase("# A heading\n\nIt — was 5 o'clock; well-known.\n\n## Another\n\n* * *\n\n- a list", "7 of 10 words")]
    [TestCase("[[ada|Ada]]'s [lamp](lamp.md), **re**turned. `code here`<!-- not this -->", "3 of 10 words", Description = "what is no prose has no words")]
    [TestCase("林美雪は来た", "6 of 10 words")]
    [TestCase("", "0 of 10 words")]
    public void Words_against_their_target(string prose, string expected) =>
        Assert.That(Titles(FixtureWorkspace.Of($"//- scenes/1.md\n---\ntarget_words: 10\n---\n{prose}\n"), "scenes/1.md"), Is.EqualTo(new[] { "1: " + expected }));

    [Test]
    public void A_chapter_has_the_words_of_its_scenes()
    {
        var workspace = FixtureWorkspace.Of("""
            //- chapters/1.md
            ---
            number: 1
            title: First
            target_words: 1200
            ---
            An opening.

            ## Scene
            ```story
            type: scene
            target_words: 2
            ```
            Three more words.

            ## Other
            ```story
            type: scene
            chapter: 2
            ```
            Elsewhere.
            //- scenes/far.md
            ---
            chapter: 1
            ---
            By its number.
            //- scenes/name.md
            ---
            chapter: First
            ---
            Named.
            """);
        Assert.That(Titles(workspace, "chapters/1.md"), Is.EqualTo(new[] { "1: 9 of 1,200 words", "scene: 3 of 2 words" }));
    }

    [Test]
    public void Nothing_is_counted_before_all_is_read() => Assert.That(Lenses.In(FixtureWorkspace.Of(Story, isComplete: false).Snapshot, "world.yaml", default), Is.Empty);

    [Test]
    public void What_is_gone_says_nothing() => Assert.That(LensContents.Of(FixtureWorkspace.Of(Story).Snapshot, LensKind.Scenes, new("world.yaml", 99), default), Is.Null);

    private static IEnumerable<string> Titles(FixtureWorkspace workspace, string path) => Lenses.In(workspace.Snapshot, path, default)
        .Select(lens => $"{workspace.Snapshot.ContainersIn(path)[lens.Container.Index].Fact.Id}: {LensContents.Of(workspace.Snapshot, lens.Kind, lens.Container, default)!.Title}");
}
