using NUnit.Framework;
using StoryLsp.Features.CodeLenses;
using StoryLsp.Features.Hover;
using StoryLsp.Features.Navigation;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Navigation;

/// <summary>Who is in a scene is in it for the card, the lens and the hierarchy alike.</summary>
public class PresenceTests
{
    private static readonly FixtureWorkspace Example = FixtureWorkspace.OfFolder(Path.Combine(Repository.Root, "examples", "hollow-creek"));

    private static readonly FixtureWorkspace Story = FixtureWorkspace.Of("""
        //- story.yaml
        story: 1
        //- world.yaml
        characters: [{id: ada, name: Ada}, {id: tom, name: Tom}, {id: eve, name: Eve}]
        //- events/fire.yaml
        id: fire
        participants: [tom, eve]
        //- scenes/1.md
        ---
        title: One
        pov: ada
        characters: [ada, tom]
        mentions: [eve, tom]
        ---
        //- scenes/2.md
        ---
        title: Two
        pov: ada
        mentions: [tom]
        ---
        [[eve]] is not there.

        """);

    [TestCase("ada", "In 2 scenes (point of view in 2), from One to Two")]
    [TestCase("tom", "In 1 scene: One · 1 event · mentioned in 1 more")]
    [TestCase("eve", "In 1 event · mentioned in 1 more")]
    public void A_card_tells_who_is_there_from_who_is_mentioned(string id, string expected)
    {
        var offset = Story.OffsetOf("world.yaml", "id: " + id, 4);
        Assert.That(Hovers.At(Story.Snapshot, "world.yaml", offset, null, CancellationToken.None)!.Markdown.Split('\n'), Has.Some.EqualTo(expected));
    }

    [Test]
    public void Card_and_lens_count_the_same()
    {
        var seen = 0;
        foreach (var container in Example.Snapshot.ContainersOf("character"))
        {
            var found = PresenceSearch.Run(Example.Snapshot, container, CancellationToken.None);
            var scenes = found.Present.Count(place => place.In!.Type == "scene");
            var lens = LensContents.Of(Example.Snapshot, LensKind.Scenes, container.Key, CancellationToken.None)?.Title ?? "";
            var offset = container.Fact.SelectionSpan.Start;
            var card = Hovers.At(Example.Snapshot, container.Path, offset, null, CancellationToken.None)?.Markdown ?? "";
            foreach (var text in scenes == 0 ? [] : new[] { lens, card })
            {
                seen++;
                Assert.That(text, Does.Contain($"In {scenes} scene{(scenes == 1 ? "" : "s")}"), container.Name);
            }
        }

        Assert.That(seen, Is.GreaterThan(10));
    }

    // What is passed over by its letters would have meant somebody else.
    [Test]
    public void Every_reference_is_looked_at()
    {
        var snapshot = Example.Snapshot;
        foreach (var container in snapshot.ContainersOf(null).Where(container => !Presences.IsPage(snapshot, container.Type)))
        {
            var expected = snapshot.ReferencesTo(container)
                .Where(site => Presences.SaysPresent(snapshot, container.Type, site.Field) && snapshot.ContainersIn(site.Document.Path).ElementAtOrDefault(site.Container) is { } owner && Presences.IsScene(snapshot, owner))
                .Select(site => (site.Document.Path, site.Container)).Distinct().Order();
            var found = Presences.Of(snapshot, container, CancellationToken.None)
                .Where(place => !place.Path.EndsWith(".fountain", StringComparison.Ordinal)).Select(place => (place.Path, place.In!.Fact.Index)).Order();
            Assert.That(found, Is.EqualTo(expected), container.Name);
        }
    }
}
