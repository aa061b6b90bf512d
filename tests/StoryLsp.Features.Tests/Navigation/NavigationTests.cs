using System.Text;
using NUnit.Framework;
using StoryLsp.Features.Navigation;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Navigation;

public class NavigationTests
{
    private static readonly FixtureWorkspace Story = FixtureWorkspace.Of(StoryFixture.Files);

    [TestCase("scenes/book.md", "pov: ada", 6, "characters/ada.yaml: Ada Vane")]
    [TestCase("scenes/book.md", "[[Tom Reed]]", 4, "characters/tom.md: Tom Reed")]
    [TestCase("scenes/book.md", "[[tom|Tom]]", 3, "characters/tom.md: Tom Reed")]
    [TestCase("scenes/book.md", "[[tom|Tom]]", 7, "characters/tom.md: Tom Reed")]
    [TestCase("scenes/book.md", "[[Old Mill#Cellar", 4, "locations/Old Mill.md: Cellar")]
    [TestCase("scenes/book.md", "[[Old Mill#Cellar", 13, "locations/Old Mill.md: Cellar")]
    [TestCase("scenes/book.md", "Ada Vane danced", 5, "characters/ada.yaml: Ada Vane")]
    [TestCase("scenes/book.md", "Ada watched", 1, "characters/adam.yaml: Ada")]
    [TestCase("scenes/book.md", "takes clock", 8, "items/clock.yaml: Clock")]
    [TestCase("ships/heron.yaml", "hull", 1, "schemas/ship.yaml: hull")]
    [TestCase("ships/heron.yaml", "guns", 1, "schemas/ship.yaml: guns")]
    [TestCase("ships/heron.yaml", "type: ship", 7, "schemas/ship.yaml: ship")]
    [TestCase("characters/ada.yaml", "home: Old", 7, "locations/Old Mill.md: Old Mill")]
    [TestCase("story.yaml", "the-ball", 1, "scenes/book.md: The Ball")]
    [TestCase("characters/ada.yaml", "type: character", 8, null, Description = "a shipped type has no file")]
    [TestCase("scenes/book.md", "danced", 2, null)]
    public void Definition(string path, string text, int further, string? expected)
    {
        var found = Definitions.At(Story.Snapshot, path, Story.OffsetOf(path, text, further), CancellationToken.None);
        var shown = found is null ? null : string.Join(", ", found.Targets.Select(target => target.Path + ": " + Story.Text(target.Path)!.Slice(target.SelectionSpan)));
        Assert.That(shown, Is.EqualTo(expected));
    }

    [TestCase("See [the ⟦mill⟧]($0../locations/Old%20Mill.md#upper-floor).", "locations/Old Mill.md: Upper floor")]
    [TestCase("See [the mill](../locations/Old%20$0Mill.md).", "locations/Old Mill.md: Old Mill")]
    [TestCase("See [[Old Mill#^bo$0ards]].", "locations/Old Mill.md: ^boards")]
    [TestCase("See [[#He$0re]].\n## Here", "notes/page.md: Here")]
    [TestCase("See ![[Old M$0ill]].", "locations/Old Mill.md: Old Mill")]
    [TestCase("See [[No$0where]].", null)]
    public void Links_lead_to_pages_headings_and_blocks(string text, string? expected)
    {
        var workspace = StoryFixture.With("notes/page.md", text);
        var found = Definitions.At(workspace.Snapshot, workspace.CursorPath, workspace.CursorOffset, CancellationToken.None);
        var shown = found is null ? null : string.Join(", ", found.Targets.Select(target => target.Path + ": " + workspace.Text(target.Path)!.Slice(target.SelectionSpan)));
        Assert.That(shown, Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase(" {crlf}")]
    public void A_name_is_found_where_the_line_is_wrapped_in_it(string flags)
    {
        var workspace = StoryFixture.With("notes/page.md" + flags, "There was Ada\nVane, and Miss\n\nVane was not.");
        var found = AllReferences.At(workspace.Snapshot, "characters/ada.yaml", workspace.OffsetOf("characters/ada.yaml", "Ada Vane"), false, CancellationToken.None);
        var names = found.Where(location => location.Path == "notes/page.md").Select(location => workspace.Text("notes/page.md")!.Slice(location.Span).ReplaceLineEndings(" "));
        Assert.That(names, Is.EqualTo((string[])["Ada Vane"]));
    }

    [Test]
    public void A_name_in_another_name_is_no_reference_to_it()
    {
        var found = References("characters/adam.yaml", "name: Ada", 7);
        Assert.That(found, Does.Contain("⟦Ada⟧ watched").And.Not.Contain("⟦Ada⟧ Vane").And.Not.Contain("⟦Ada⟧m"));
    }

    [Test]
    public void References_are_the_same_from_wherever_they_are_asked_for()
    {
        var fromReference = References("scenes/book.md", "pov: ada", 6);
        Assert.Multiple(() =>
        {
            Assert.That(References("scenes/book.md", "Ada Vane danced", 2), Is.EqualTo(fromReference));
            Assert.That(References("characters/ada.yaml", "Ada Vane", 2), Is.EqualTo(fromReference));
            Assert.That(References("characters/ada.yaml", "Miss Vane", 2), Is.EqualTo(fromReference));
            Assert.That(References("ships/heron.yaml", "captain: ada", 10), Is.EqualTo(fromReference));
        });
        Verified.Match(fromReference, "ada");
    }

    [Test]
    public void References_to_other_things()
    {
        var text = new StringBuilder();
        text.Append("tom\n").Append(References("characters/tom.md", "Tom Reed", 2));
        text.Append("the type ship\n").Append(References("ships/heron.yaml", "type: ship", 7));
        text.Append("the field characters\n").Append(References("scenes/book.md", "characters", 1));
        text.Append("the heading Cellar\n").Append(References("locations/Old Mill.md", "Cellar", 1));
        Verified.Match(text.ToString(), "others");
    }

    [Test]
    public void Without_the_definition_a_container_does_not_list_its_own_names()
    {
        var offset = Story.OffsetOf("characters/ada.yaml", "Ada Vane", 1);
        var found = AllReferences.At(Story.Snapshot, "characters/ada.yaml", offset, withDefinition: false, CancellationToken.None);
        Assert.That(found.Select(location => location.Path), Has.None.EqualTo("characters/ada.yaml").And.Some.EqualTo("scenes/book.md"));
    }

    [Test]
    public void Highlights_are_the_places_of_one_document()
    {
        var offset = Story.OffsetOf("scenes/book.md", "Ada Vane danced", 2);
        var found = Highlights.At(Story.Snapshot, "scenes/book.md", offset, CancellationToken.None);
        var text = Story.Text("scenes/book.md")!;
        Assert.That(found.Select(highlight => text.Slice(highlight.Span)), Is.EqualTo((string[])["ada", "ada", "ada", "Ada Vane", "Miss Vane", "ada", "Ada Vane"]));
    }

    [Test]
    public void A_search_that_is_given_up_ends()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.That(
            () => AllReferences.At(Story.Snapshot, "characters/ada.yaml", 0, true, cancel.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    private static string References(string path, string text, int further)
    {
        var found = AllReferences.At(Story.Snapshot, path, Story.OffsetOf(path, text, further), withDefinition: true, CancellationToken.None);
        var shown = new StringBuilder();
        foreach (var location in found)
        {
            var source = Story.Text(location.Path)!;
            var line = source.GetLineSpan(source.Lines.GetLine(location.Span.Start));
            shown.Append("  ").Append(location.Path).Append(": ").Append(source.Text, line.Start, location.Span.Start - line.Start)
                .Append('⟦').Append(source.Slice(location.Span)).Append('⟧').Append(source.Text, location.Span.End, line.End - location.Span.End).Append('\n');
        }

        return shown.ToString();
    }
}
