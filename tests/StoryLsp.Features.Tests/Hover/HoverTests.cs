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
