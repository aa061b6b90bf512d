using NUnit.Framework;
using StoryLsp.Features.Hierarchies;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Hierarchies;

/// <summary>Who shares scenes with whom.</summary>
public class SharedScenesTests
{
    private static readonly FixtureWorkspace Story = FixtureWorkspace.Of("""
        //- story.yaml
        story: 1
        manuscript: [two, one, three]
        //- characters/ada.yaml
        id: ada
        name: Ada Vane
        //- characters/tom.yaml
        id: tom
        name: Tom Reed
        //- characters/mo.yaml
        id: mo
        name: Mo
        //- locations/mill.yaml
        id: mill
        name: Old Mill
        //- notes/page.md
        Ada Vane.
        //- scenes/one.md
        ---
        title: One
        pov: ada
        characters: [tom, ada]
        location: mill
        when: 1926-11-05
        ---
        Ada Vane looked up.
        //- scenes/two.md
        ---
        title: Two
        characters: [tom, mo, ada]
        ---
        Tom Reed.
        //- scenes/three.md
        ---
        title: Three
        characters: [mo]
        mentions: [ada]
        ---
        Mo.

        """);

    [TestCase("notes/page.md", "Ada Vane", "Ada Vane")]
    [TestCase("characters/ada.yaml", "name: Ada", "Ada Vane")]
    [TestCase("scenes/one.md", "pov: a", "Ada Vane")]
    [TestCase("scenes/one.md", "looked", "One", Description = "the scene around it")]
    [TestCase("scenes/one.md", "location: m", "Old Mill")]
    public void What_is_asked_about(string path, string text, string expected)
    {
        var found = SharedScenes.At(Story.Snapshot, path, Story.OffsetOf(path, text, text.Length), CancellationToken.None);
        Assert.That(string.Join(' ', found.Select(one => one.Name)), Is.EqualTo(expected));
    }

    [Test]
    public void A_note_shares_no_scenes() =>
        Assert.That(SharedScenes.At(FixtureWorkspace.Of("//- notes/page.md\nText.\n").Snapshot, "notes/page.md", 2, CancellationToken.None), Is.Empty);

    [TestCase("ada", "Two (scene 1) ada; One (scene 2 · 1926-11-05) ada,ada")]
    [TestCase("mill", "One (scene 2 · 1926-11-05) mill")]
    [TestCase("one", "Ada Vane (character) Ada Vane; Tom Reed (character) Tom Reed; Old Mill (location) Old Mill")]
    public void Incoming(string id, string expected) => Assert.That(
        Shown(SharedScenes.Incoming(Story.Snapshot, Story.Snapshot.Resolve(id, null).Container!, CancellationToken.None), null), Is.EqualTo(expected));

    [TestCase("ada", "Tom Reed (2 scenes: Two, One) Ada Vane; Mo (1 scene: Two) Ada Vane")]
    [TestCase("mill", "Ada Vane (1 scene: One) Old Mill; Tom Reed (1 scene: One) Old Mill")]
    [TestCase("one", "Ada Vane (character) ada,ada; Tom Reed (character) tom; Old Mill (location) mill")]
    public void Outgoing(string id, string expected)
    {
        var asked = Story.Snapshot.Resolve(id, null).Container!;
        Assert.That(Shown(SharedScenes.Outgoing(Story.Snapshot, asked, CancellationToken.None), asked.Path), Is.EqualTo(expected));
    }

    [Test]
    public void Events_are_no_scenes()
    {
        var story = FixtureWorkspace.Of("""
            //- world.yaml
            characters: [{id: ada, name: Ada}, {id: tom, name: Tom}, {id: mo, name: Mo}]
            locations: [{id: mill, name: Mill}]
            events: [{id: fire, name: The Fire, participants: [ada, tom], location: mill}]
            //- scenes/one.md
            ---
            title: One
            characters: [tom, mo]
            location: mill
            ---

            """);
        Assert.That(SharedScenes.Outgoing(story.Snapshot, story.Snapshot.Resolve("mill", null).Container!, CancellationToken.None).Select(step => $"{step.Other.Name} ({step.Detail})"),
            Is.EqualTo(new[] { "Tom (1 scene: One · 1 event: The Fire)", "Ada (1 event: The Fire)", "Mo (1 scene: One)" }));
    }

    // The places lie in the document of the one who calls: of what comes in the other's, of what goes out the own.
    private static string Shown(IReadOnlyList<SharedStep> steps, string? path) => string.Join("; ", steps.Select(step =>
        $"{step.Other.Name} ({step.Detail}) {string.Join(',', step.Places.Select(place => Story.Text(path ?? step.Other.Path)!.Slice(place)))}"));
}
