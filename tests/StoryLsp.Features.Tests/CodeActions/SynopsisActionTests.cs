using NUnit.Framework;
using StoryLsp.Features.CodeActions;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.CodeActions;

public class SynopsisActionTests
{
    private static readonly FixtureWorkspace Story = FixtureWorkspace.Of(StoryFixture.Files);

    [TestCase("scenes/book.md", "Ada Vane danced", "the-ball")]
    [TestCase("scenes/book.md", "## The Ball", "the-ball")]
    [TestCase("scenes/book.md", "boat was late", "arrival")]
    [TestCase("scenes/book.md", "pov: ada", "the-ball")]
    [TestCase("characters/tom.md", "afraid", null)]
    [TestCase("characters/ada.yaml", "Ada", null)]
    public void It_is_offered_in_a_scene_that_has_prose(string path, string text, string? expected)
    {
        Assert.That(SynopsisAction.IsOfferedAt(Story.Snapshot, path, new TextSpan(Story.OffsetOf(path, text, 1), 0)), Is.EqualTo(expected));
    }

    [Test]
    public void It_is_not_offered_without_prose_nor_where_models_are_off()
    {
        var empty = FixtureWorkspace.Of("# Book\n## One\n```story\nid: one\npov: x\n```\n## Two\n```story\nid: two\n```\nShe ran.\n");
        var off = FixtureWorkspace.Of("//- story.yaml\nai: {enabled: false}\n//- note.md\n## Two\n```story\nid: two\n```\nShe ran.\n");
        Assert.Multiple(() =>
        {
            Assert.That(SynopsisAction.IsOfferedAt(empty.Snapshot, "note.md", new TextSpan(empty.OffsetOf("note.md", "pov"), 0)), Is.Null);
            Assert.That(SynopsisAction.IsOfferedAt(empty.Snapshot, "note.md", new TextSpan(empty.OffsetOf("note.md", "ran"), 0)), Is.EqualTo("two"));
            Assert.That(SynopsisAction.IsOfferedAt(off.Snapshot, "note.md", new TextSpan(off.OffsetOf("note.md", "ran"), 0)), Is.Null);
        });
    }
}
