using NUnit.Framework;
using StoryLsp.Features.Overviews;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Overviews;

/// <summary>Everything that a story knows, by type.</summary>
public sealed class StoryBibleTests
{
    [Test]
    public void Types_stand_in_the_order_of_the_schemas_and_containers_by_name_and_scenes_in_neither()
    {
        var story = FixtureWorkspace.Of("""
            //- story.yaml
            story: 1
            //- schemas/ship.yaml
            schema: ship
            extends: location
            //- schemas/star_map.yaml
            schema: star_map
            extends: entity
            //- maps/first.yaml
            type: star_map
            name: The First
            //- ships/heron.yaml
            type: ship
            name: Heron
            //- characters/zoe.yaml
            name: Zoe
            //- characters/ada.yaml
            name: ada
            color: firebrick
            description: |
              Keeps her
                word.
            //- characters/many.yaml
            characters:
              - {name: Guard 10}
              - {name: Guard 9, colour: no colour}
            //- scenes/one.md
            # One
            //- chapters/first.md
            # First
            //- things/odd.yaml
            type: gizmo
            name: Odd
            """);
        var lines = StoryBible.Of(story.Snapshot, CancellationToken.None)
            .Select(type => $"{type.Title} ({type.Type}): " + string.Join(", ", type.Entries.Select(entry => entry.Name + (entry.Colour is { } colour ? " " + colour : "") + (entry.Detail is { } detail ? $" “{detail}”" : ""))));
        Assert.That(lines, Is.EqualTo(new[]
        {
            "Characters (character): ada #b22222 “Keeps her word.”, Guard 9, Guard 10, Zoe",
            "Ships (ship): Heron",
            "Star maps (star_map): The First",
            "Gizmos (gizmo): Odd",
        }));
    }

    [Test]
    public void A_container_without_a_name_is_called_by_its_id()
    {
        var story = FixtureWorkspace.Of("//- story.yaml\nstory: 1\n//- characters/ada.yaml\nid: ada\nname: \"\"\n");
        Assert.That(StoryBible.Of(story.Snapshot, CancellationToken.None).Single().Entries.Single().Name, Is.Not.Empty);
    }
}
