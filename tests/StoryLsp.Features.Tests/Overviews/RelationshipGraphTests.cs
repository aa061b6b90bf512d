using NUnit.Framework;
using StoryLsp.Features.Overviews;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Overviews;

/// <summary>Who is what to whom, and who shares scenes with whom.</summary>
public sealed class RelationshipGraphTests
{
    private const string Files = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: Ada Vane
        home: Old Mill
        factions: [crew]
        relations:
          - {to: tom, kind: sister, description: "of [[Lena]]"}
          - "[[Lena]]"
        //- characters/tom.yaml
        name: Tom
        relations: [{to: ada, kind: brother}, {to: nobody, kind: enemy}]
        //- characters/lena.yaml
        name: Lena
        //- characters/bo.yaml
        name: Bo
        //- factions/crew.yaml
        name: The Crew
        leader: tom
        members: [ada]
        //- locations/mill.yaml
        name: Old Mill
        within: town
        //- locations/town.yaml
        name: Town
        //- scenes/one.md
        ---
        pov: ada
        characters: [tom, lena]
        location: Old Mill
        ---
        //- scenes/two.md
        ---
        characters: [tom, ada]
        mentions: [bo]
        ---
        //- events/three.yaml
        participants: [lena, tom]
        """;

    [Test]
    public void The_whole_has_people_and_groups_with_what_is_written_first_and_then_the_scenes_they_share() =>
        Assert.That(Lines(RelationshipGraph.Of(FixtureWorkspace.Of(Files).Snapshot, CancellationToken.None)), Is.EqualTo(new[]
        {
            "Ada Vane, Bo, Lena, The Crew, Tom",
            "Ada Vane -> Tom: sister",
            "Ada Vane -> Lena: relation",
            "Tom -> Ada Vane: brother",
            "The Crew -> Tom: leader",
            "The Crew -> Ada Vane: member",
            "Ada Vane - Tom: 2 scenes",
            "Lena - Tom: 2 scenes",
            "Ada Vane - Lena: 1 scene",
        }));

    [Test]
    public void Around_a_place_are_what_it_names_what_names_it_and_who_was_there()
    {
        var story = FixtureWorkspace.Of(Files);
        var mill = story.Snapshot.Resolve("Old Mill", null).Container!;
        Assert.That(Lines(RelationshipGraph.Around(story.Snapshot, mill, 1, CancellationToken.None))[0], Is.EqualTo("Old Mill, Ada Vane, Lena, Tom, Town"));
        Assert.That(Lines(RelationshipGraph.Around(story.Snapshot, mill, 2, CancellationToken.None))[0], Is.EqualTo("Old Mill, Ada Vane, Lena, The Crew, Tom, Town"));
        var town = story.Snapshot.Resolve("town", null).Container!;
        Assert.That(Lines(RelationshipGraph.Around(story.Snapshot, town, 1, CancellationToken.None)), Is.EqualTo(new[] { "Town, Old Mill", "Old Mill -> Town: within" }));
    }

    [Test]
    public void Of_a_scene_are_those_who_are_in_it()
    {
        var story = FixtureWorkspace.Of(Files);
        var two = story.Snapshot.Resolve("two", "scene").Container!;
        Assert.That(Lines(RelationshipGraph.Around(story.Snapshot, two, 1, CancellationToken.None)), Is.EqualTo(new[]
        {
            "Two, Ada Vane, Tom",
            "Ada Vane -> Tom: sister",
            "Tom -> Ada Vane: brother",
            "Ada Vane - Tom: 2 scenes",
            "Two -> Tom: has",
            "Two -> Ada Vane: has",
        }));
    }

    private static string[] Lines(RelationshipGraph graph) =>
        [string.Join(", ", graph.Nodes.Select(node => node.Name)), .. graph.Ties.Select(tie => $"{tie.From.Name} {(tie.Scenes is null ? "->" : "-")} {tie.To.Name}: {tie.Label}")];
}
