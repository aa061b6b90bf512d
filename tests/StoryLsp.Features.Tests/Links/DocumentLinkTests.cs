using NUnit.Framework;
using StoryLsp.Features.Links;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Links;

public class DocumentLinkTests
{
    [TestCase("See [[tom|Tom]].", "tom|Tom > characters/tom.md Tom Reed")]
    [TestCase("See [[Old Mill#Cellar|cellar]].", "Old Mill#Cellar|cellar > locations/Old Mill.md:3 Cellar")]
    [TestCase("See ![[Old Mill]].", "Old Mill > locations/Old Mill.md Old Mill")]
    [TestCase("See [the mill](../locations/Old%20Mill.md#upper-floor).", "../locations/Old%20Mill.md#upper-floor > locations/Old Mill.md:1 Upper floor")]
    [TestCase("See [[Miss Vane]].", "Miss Vane > characters/ada.yaml:2 Ada Vane", Description = "an alias; the line is that of the name")]
    [TestCase("See [[the-ball]].", "the-ball > scenes/book.md:2 The Ball", Description = "a scene in a file of several")]
    [TestCase("See [[Old Mill#^boards]].", "Old Mill#^boards > locations/Old Mill.md^boards locations/Old Mill.md")]
    [TestCase("See [[Old Mill#Attic]].", "Old Mill#Attic > locations/Old Mill.md Old Mill", Description = "the page is there")]
    [TestCase("![map](map.png) and ![[map.png]]", "map.png > notes/map.png notes/map.png;map.png > notes/map.png notes/map.png")]
    [TestCase("See [[Nowhere]], [no](no.md), [web](https://example.org) and Ada Vane.", "")]
    [TestCase("# Here\nSee [[#Here]] and [so](#here).", "#Here > notes/page.md:0 Here;#here > notes/page.md:0 Here")]
    [TestCase("`[[tom]]` is code.", "")]
    [TestCase("See [x](../../%00.png) and [[tom]].", "tom > characters/tom.md Tom Reed", Description = "no file can be called so")]
    public void Links_are_clickable_where_they_lead_somewhere(string text, string expected) => Assert.That(Shown("notes/page.md", text), Is.EqualTo(expected));

    [Test]
    public void Wikilinks_and_pictures_in_fields_are_links()
    {
        Assert.That(
            Shown("characters/mo.md", "---\nname: Mo\nhome: \"[[Old Mill]]\"\nimage: ../notes/map.png\nnotes: \"[[tom]]\"\nspecies: Old Mill\n---\n"),
            Is.EqualTo("Old Mill > locations/Old Mill.md Old Mill;../notes/map.png > notes/map.png notes/map.png;tom > characters/tom.md Tom Reed"));
        Assert.That(Shown("characters/mo.yaml", "name: Mo\nimage: https://example.org/mo.png\n"), Is.Empty);
    }

    [Test]
    public void A_target_that_no_file_can_have_costs_no_other_link() =>
        Assert.That(Shown("notes/page.md", "[x](../../%00.png) [y](map.png)"), Is.EqualTo("map.png > notes/map.png notes/map.png"));

    [Test]
    public void A_name_that_means_several_things_is_no_link() =>
        Assert.That(Shown("notes/page.md", "[[Twin]]\n//- characters/a.yaml\nname: Twin\n//- characters/b.yaml\nname: Twin"), Is.Empty);

    [Test]
    public void The_line_of_a_block_is_looked_up()
    {
        var workspace = FixtureWorkspace.Of(StoryFixture.Files);
        Assert.That(DocumentLinks.LineOfBlock(workspace.Snapshot, "locations/Old Mill.md", "boards"), Is.EqualTo(2));
        Assert.That(DocumentLinks.LineOfBlock(workspace.Snapshot, "locations/Old Mill.md", "nothing"), Is.Null);
        Assert.That(DocumentLinks.LineOfBlock(workspace.Snapshot, "no.md", "nothing"), Is.Null);
    }

    private static string Shown(string path, string text)
    {
        var workspace = StoryFixture.With(path, text + "\n//- notes/map.png\n");
        return string.Join(';', DocumentLinks.Of(workspace.Snapshot, path, CancellationToken.None).Select(link =>
            $"{workspace.Text(path)!.Slice(link.Span)} > {Path.GetRelativePath(FixtureWorkspace.Root, link.File).Replace('\\', '/')}{(link.Line is { } line ? ":" + line : "")}{(link.Block is { } block ? "^" + block : "")} {link.Title}"));
    }
}
