using System.Text;
using NUnit.Framework;
using StoryLsp.Features.Navigation;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Navigation;

/// <summary>References are split into where a thing is defined, where it is present and where it is mentioned.</summary>
public class AppearanceTests
{
    private static readonly FixtureWorkspace Story = FixtureWorkspace.Of("""
        //- story.yaml
        story: 1
        manuscript: [two, one]
        //- characters/ada.yaml
        id: ada
        name: Ada Vane
        aliases: [the Captain]
        //- characters/tom.yaml
        id: tom
        name: Tom Reed
        relations: [{to: ada, kind: friend}]
        //- locations/mill.yaml
        id: mill
        name: Old Mill
        //- items/clock.yaml
        id: clock
        name: Brass Clock
        owner: ada
        //- events/launch.yaml
        id: launch
        participants: [ada, tom]
        //- scenes/one.md
        ---
        id: one
        pov: ada
        characters: [tom, ada]
        location: mill
        effects: [ada takes clock]
        ---
        Ada Vane looked at Tom Reed.
        //- scenes/two.md
        ---
        id: two
        characters: [tom]
        mentions: [ada]
        ---
        Tom Reed spoke of the Captain and of the Old Mill and the Brass Clock. See [[ada]].
        //- scenes/three.md
        ---
        id: three
        characters: [ada]
        ---
        Nobody.

        """);

    [TestCase("ada", """
        defined
          characters/ada.yaml ada
          characters/ada.yaml Ada Vane
          characters/ada.yaml the Captain
        present
          scenes/one.md ada (one)
          scenes/one.md ada (one)
          scenes/one.md ada (one)
          scenes/one.md Ada Vane (one)
          scenes/three.md ada (three)
          events/launch.yaml ada (launch)
        mentioned
          characters/tom.yaml ada (tom)
          items/clock.yaml ada (clock)
          scenes/two.md ada (two)
          scenes/two.md the Captain (two)
          scenes/two.md ada (two)

        """)]
    [TestCase("mill", """
        defined
          locations/mill.yaml mill
          locations/mill.yaml Old Mill
        present
          scenes/one.md mill (one)
        mentioned
          scenes/two.md Old Mill (two)

        """)]
    [TestCase("clock", """
        defined
          items/clock.yaml clock
          items/clock.yaml Brass Clock
        present
          scenes/one.md clock (one)
        mentioned
          scenes/two.md Brass Clock (two)

        """)]
    public void The_places_of_a_container(string id, string expected)
    {
        var container = Story.Snapshot.Resolve(id, null).Container!;
        var split = AllReferences.Split(Story.Snapshot, container, CancellationToken.None);
        var shown = new StringBuilder();
        Write(shown, "defined", split.Defined);
        Write(shown, "present", split.Present);
        Write(shown, "mentioned", split.Mentioned);
        Assert.That(shown.ToString(), Is.EqualTo(expected));
    }

    [Test]
    public void All_references_are_the_groups_one_after_another()
    {
        var container = Story.Snapshot.Resolve("ada", null).Container!;
        var split = AllReferences.Split(Story.Snapshot, container, CancellationToken.None);
        var offset = Story.OffsetOf("characters/ada.yaml", "Ada Vane", 1);
        var all = AllReferences.At(Story.Snapshot, "characters/ada.yaml", offset, withDefinition: true, CancellationToken.None);
        Assert.That(all.Select(found => (found.Path, found.Span)), Is.EqualTo(split.All.Select(found => (found.Path, found.Span))));
        Assert.That(all, Is.Unique);
    }

    [Test]
    public void Scenes_come_in_the_order_of_reading_and_events_last()
    {
        var container = Story.Snapshot.Resolve("tom", null).Container!;
        var found = Presences.Of(Story.Snapshot, container, CancellationToken.None);
        Assert.That(string.Join(' ', found.Select(presence => presence.In!.Fact.Id)), Is.EqualTo("two one launch"));
    }

    [Test]
    public void A_scene_is_in_no_other()
    {
        var container = Story.Snapshot.Resolve("one", null).Container!;
        Assert.That(Presences.Of(Story.Snapshot, container, CancellationToken.None), Is.Empty);
    }

    private static void Write(StringBuilder shown, string title, IReadOnlyList<Appearance> places)
    {
        shown.Append(title).Append('\n');
        foreach (var place in places)
        {
            shown.Append("  ").Append(place.Path).Append(' ').Append(Story.Text(place.Path)!.Slice(place.Span));
            shown.Append(title == "defined" ? "" : $" ({place.In?.Fact.Id})").Append('\n');
        }
    }
}
