using NUnit.Framework;
using StoryLsp.Features.Hierarchies;
using StoryLsp.Features.Navigation;
using StoryLsp.Language.Schemas;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Hierarchies;

public class TypeTreeTests
{
    private static readonly FixtureWorkspace Story = FixtureWorkspace.Of(StoryFixture.Files + """
        //- schemas/character.yaml
        schema: character
        extends: character
        fields:
          rank: {type: string}
        //- schemas/round.yaml
        schema: a-round
        extends: b-round
        ---
        schema: b-round
        extends: a-round
        fields: {x: {type: string}}

        """);

    [TestCase("ships/heron.yaml", "type: sh", "ship schemas/ship.yaml")]
    [TestCase("ships/heron.yaml", "hul", "ship schemas/ship.yaml", Description = "a key of its own schema")]
    [TestCase("ships/heron.yaml", "She carr", "ship schemas/ship.yaml", Description = "the container around it")]
    [TestCase("ships/heron.yaml", "captain: a", "character schemas/character.yaml", Description = "what a reference names")]
    [TestCase("schemas/ship.yaml", "extends: loc", "location")]
    [TestCase("schemas/ship.yaml", "schema: sh", "ship schemas/ship.yaml")]
    [TestCase("scenes/book.md", "Ada Vane da", "scene", Description = "prose of a scene")]
    [TestCase("items/clock.yaml", "type: it", "item")]
    [TestCase("story.yaml", "story", "")]
    public void The_type_at_a_place(string path, string text, string expected)
    {
        var found = TypeTree.At(Story.Snapshot, path, Story.OffsetOf(path, text, text.Length), CancellationToken.None);
        Assert.That(Shown(found), Is.EqualTo(expected));
    }

    [TestCase("ship", false, "location", "")]
    [TestCase("location", true, "entity", "ship schemas/ship.yaml")]
    [TestCase("character", false, "character", "", Description = "the workspace's own stands in the place of the shipped one")]
    [TestCase("character", true, "entity", "character schemas/character.yaml")]
    [TestCase("a-round", false, "b-round schemas/round.yaml", "b-round schemas/round.yaml", Description = "a circle ends")]
    [TestCase("entity", true, "", null)]
    public void Up_and_down(string name, bool isShipped, string up, string? down)
    {
        var schema = SchemaKinship.Find(Story.Snapshot, name, isShipped)!;
        Assert.Multiple(() =>
        {
            Assert.That(Shown(TypeTree.Supertypes(Story.Snapshot, schema)), Is.EqualTo(up));
            var children = Shown(TypeTree.Subtypes(Story.Snapshot, schema));
            if (down is not null)
            {
                Assert.That(children, Is.EqualTo(down));
            }
            else
            {
                Assert.That(children.Split(';'), Does.Contain("scene").And.Contain("location").And.Not.Contain("ship schemas/ship.yaml"));
            }
        });
    }

    [TestCase("characters/tom.md", "He is", "schemas/character.yaml character")]
    [TestCase("locations/Old Mill.md", "Dark", " location")]
    [TestCase("ships/heron.yaml", "guns", "schemas/ship.yaml guns", Description = "a key leads to its field")]
    [TestCase("characters/ada.yaml", "born", " born", Description = "inherited from a shipped schema")]
    [TestCase("scenes/book.md", "time_of_day", " time_of_day")]
    public void The_schema_of_a_container(string path, string text, string expected)
    {
        var found = TypeDefinitions.At(Story.Snapshot, path, Story.OffsetOf(path, text, 1), CancellationToken.None)!;
        Assert.That(string.Join(';', found.Targets.Select(target => $"{target.Path} {target.Text!.Slice(target.SelectionSpan)}")), Is.EqualTo(expected));
        Assert.That(found.Targets.All(target => target.Span.Contains(target.SelectionSpan)));
    }

    [Test]
    public void Every_shipped_schema_can_be_shown()
    {
        foreach (var schema in SchemaSet.Shipped.All)
        {
            Assert.That(SchemaSet.ShippedText(schema.Name)?.Text ?? "", Does.Contain("schema: " + schema.Name), schema.Name);
            Assert.That(Shown([.. TypeTree.Supertypes(Story.Snapshot, schema)]), schema.Name == "entity" ? Is.Empty : Is.Not.Empty, schema.Name);
        }

        Assert.That(SchemaSet.ShippedText("../character"), Is.Null);
    }

    private static string Shown(IReadOnlyList<SchemaPlace> places) =>
        string.Join(';', places.Select(place => place.Path is null ? place.Schema.Name : place.Schema.Name + " " + place.Path));
}
