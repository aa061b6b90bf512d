using NUnit.Framework;
using StoryLsp.Continuity;
using StoryLsp.Features.CodeActions;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.CodeActions;

public class PipelineSubjectTests
{
    private static readonly FixtureWorkspace Story = FixtureWorkspace.Of(StoryFixture.Files);

    [TestCase("scenes/book.md", "Ada Vane danced", "scene", "the-ball")]
    [TestCase("scenes/book.md", "## The Ball", "scene", "the-ball")]
    [TestCase("scenes/book.md", "boat was late", "scene", "arrival")]
    [TestCase("scenes/book.md", "pov: ada", "scene", "the-ball")]
    [TestCase("characters/tom.md", "afraid", "scene", null)]
    [TestCase("characters/tom.md", "afraid", "character", "tom")]
    [TestCase("characters/tom.md", "afraid", "entity", "tom")]
    [TestCase("characters/ada.yaml", "Ada", "scene", null)]
    public void It_is_the_innermost_container_of_the_type(string path, string text, string type, string? expected)
    {
        var found = PipelineSubjects.At(Story.Snapshot, path, new TextSpan(Story.OffsetOf(path, text, 1), 0), type);
        Assert.That(found is null ? null : Story.Snapshot.IdOf(found), Is.EqualTo(expected));
    }

    [Test]
    public void What_lies_around_a_container_of_another_type_counts()
    {
        var story = FixtureWorkspace.Of("//- story.yaml\nstory: 1\n//- scenes/one.yaml\ntype: scene\nid: one\nshots:\n  - {id: first, description: A wheel.}\n");
        var at = new TextSpan(story.OffsetOf("scenes/one.yaml", "A wheel"), 0);
        Assert.That(PipelineSubjects.At(story.Snapshot, "scenes/one.yaml", at, "scene")?.Fact.Id, Is.EqualTo("one"));
    }

    [Test]
    public void A_heading_alone_is_no_prose()
    {
        var story = FixtureWorkspace.Of("# Book\n## One\n```story\nid: one\npov: x\n```\n## Two\n```story\nid: two\n```\nShe ran.\n");
        bool HasProse(string text) => PipelineSubjects.HasProse(PipelineSubjects.At(story.Snapshot, "note.md", new TextSpan(story.OffsetOf("note.md", text), 0), "scene")!);
        Assert.That((HasProse("pov"), HasProse("ran")), Is.EqualTo((false, true)));
    }

    [Test]
    public void Findings_are_those_that_the_range_touches_the_narrowest_first()
    {
        var story = FixtureWorkspace.Of("//- story.yaml\nstory: 1\n//- characters/ada.yaml\nname: Ada\nhome: nowhere\nborn: [broken\n");
        var findings = new Findings();
        var at = PipelineSubjects.FindingsAt(story.Snapshot, findings, "characters/ada.yaml", new TextSpan(story.OffsetOf("characters/ada.yaml", "nowhere"), 0));
        Assert.That(at.Select(finding => finding.Code), Is.EqualTo(new[] { "ref/unresolved" }));
        Assert.That(PipelineSubjects.FindingsAt(story.Snapshot, findings, "characters/ada.yaml", new TextSpan(0, 0)), Is.Empty);
    }
}
