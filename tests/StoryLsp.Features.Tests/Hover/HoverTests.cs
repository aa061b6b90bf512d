using System.Text;
using NUnit.Framework;
using StoryLsp.Features.Hover;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Hover;

public class HoverTests
{
    private static readonly FixtureWorkspace Story = FixtureWorkspace.Of(StoryFixture.Files);

    [Test]
    public void Cards()
    {
        var cards = new StringBuilder();
        Card(cards, "scenes/book.md", "pov: ada", 6, "a reference");
        Card(cards, "scenes/book.md", "[[tom|Tom]]", 3, "a wikilink");
        Card(cards, "scenes/book.md", "[[Old Mill#Cellar", 12, "an anchor");
        Card(cards, "scenes/book.md", "Ada Vane danced", 1, "a name in prose");
        Card(cards, "scenes/book.md", "Miss Vane", 6, "an alias in prose");
        Card(cards, "scenes/book.md", "takes clock", 8, "an id in an effect");
        Card(cards, "scenes/book.md", "characters", 2, "a key");
        Card(cards, "scenes/book.md", "night", 2, "a value of an enum");
        Card(cards, "ships/heron.yaml", "hull", 1, "a key of an own schema");
        Card(cards, "ships/heron.yaml", "log", 1, "a secret key");
        Card(cards, "ships/heron.yaml", "guns", 1, "a nested key");
        Card(cards, "ships/heron.yaml", "ship", 1, "a type");
        Card(cards, "ships/heron.yaml", "Heron", 1, "its own name, with a secret field");
        Card(cards, "scenes/book.md", "## The Ball", 5, "a heading that is a scene");
        Card(cards, "story.yaml", "manuscript", 1, "a key of the settings");
        Card(cards, "story.yaml", "the-ball", 1, "a scene in the manuscript");
        Card(cards, "schemas/ship.yaml", "extends", 1, "a key of a schema file");
        Verified.Match(cards.ToString(), "cards");
    }

    [TestCase("One", "When this scene begins: 27 years old · at mill · has the lamp\n", Description = "before the scene's own effects")]
    [TestCase("Two", "When this scene begins: 27 years old · at mill · hurt: broken arm · knows The ice and The fire · hair: grey\n")]
    [TestCase("Three", "When this scene begins: **dead** (died in *Two*) · at mill · hurt: broken arm · knows The ice and The fire · hair: grey\n")]
    public void A_card_says_how_things_stand_in_the_scene(string scene, string expected)
    {
        var workspace = FixtureWorkspace.Of("""
            //- world.yaml
            characters: [{id: ada, name: Ada, born: 1899-01-01}, {id: tom, name: Tom}]
            items: [{id: lamp, name: the lamp, owner: ada}]
            facts: [{id: ice, name: The ice}, {id: fire, name: The fire}]
            locations: [{id: mill}]
            //- scenes/book.md
            # One
            ```story
            type: scene
            when: 1926-05-01
            pov: ada
            location: mill
            effects:
              - ada gives lamp to tom
              - {injures: {who: ada, what: broken arm}}
              - ada learns ice
              - ada learns fire
              - ada hair: grey
            ```
            Ada in One.

            # Two
            ```story
            type: scene
            when: 1926-05-02
            effects: [ada dies]
            ```
            Ada in Two.

            # Three
            ```story
            type: scene
            when: 1926-05-03
            ```
            Ada in Three.
            """);
        var offset = workspace.Text("scenes/book.md")!.Text.IndexOf($"Ada in {scene}", StringComparison.Ordinal);
        Assert.That(Hovers.At(workspace.Snapshot, "scenes/book.md", offset + 1, null, CancellationToken.None)!.Markdown, Does.Contain(expected));
    }

    [Test]
    public void A_word_inside_another_is_no_name()
    {
        Assert.That(Hovers.At(Story.Snapshot, "scenes/book.md", Story.OffsetOf("scenes/book.md", "Adam said", 1), null, CancellationToken.None), Is.Null);
    }

    [Test]
    public void The_longest_name_wins()
    {
        var hover = Hovers.At(Story.Snapshot, "scenes/book.md", Story.OffsetOf("scenes/book.md", "Ada Vane's", 1), null, CancellationToken.None)!;
        Assert.Multiple(() =>
        {
            Assert.That(Story.Text("scenes/book.md")!.Slice(hover.Span), Is.EqualTo("Ada Vane"));
            Assert.That(hover.Markdown, Does.StartWith("**Ada Vane**"));
        });
    }

    [TestCase("Then 林美雪さん⟦林美⟧雪は", "林美", Description = "no spaces between words")]
    [TestCase("𠮷野 saw ⟦𠮷野⟧家", "𠮷野", Description = "letters beyond the basic plane")]
    [TestCase("⟦O'Neil Jr.⟧ came", "O'Neil Jr.")]
    [TestCase("⟦Ärzte⟧, they", "Ärzte")]
    public void Names_of_every_script_are_found(string prose, string name)
    {
        var workspace = FixtureWorkspace.Of($"{prose}\n//- characters/x.yaml\ntype: character\nname: \"{name}\"\n");
        var mark = workspace.Marks[0];
        for (var at = mark.Span.Start; at <= mark.Span.End; at++)
        {
            var hover = Hovers.At(workspace.Snapshot, mark.Path, at, null, CancellationToken.None);
            Assert.That(hover?.Span, Is.EqualTo(mark.Span), $"at {at}");
        }
    }

    private static void Card(StringBuilder cards, string path, string text, int further, string what)
    {
        var offset = Story.OffsetOf(path, text, further);
        var hover = Hovers.At(Story.Snapshot, path, offset, (file, position) => $"{file}#{position.Line + 1}", CancellationToken.None);
        var on = hover is null ? "" : Story.Text(path)!.Slice(hover.Span);
        cards.Append("===== ").Append(what).Append(": ").Append(on).Append('\n').Append(hover?.Markdown ?? "(nothing)").Append("\n\n");
    }
}
