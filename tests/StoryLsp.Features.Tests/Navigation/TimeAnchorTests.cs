using NUnit.Framework;
using StoryLsp.Features.Hover;
using StoryLsp.Features.Navigation;
using StoryLsp.Features.Rename;
using StoryLsp.Features.Tests.Completion;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Navigation;

/// <summary>What a time is measured from is a reference for the editor, in the plain form too.</summary>
public class TimeAnchorTests
{
    [TestCase("3 days after arri|val", "arrival")]
    [TestCase("2 to 5 days before |arrival", "arrival")]
    [TestCase("\"shortly after arrival|\"", "arrival")]
    [TestCase("the day after the b|all, 21:30", "ball")]
    public void The_name_is_a_place(string when, string expected)
    {
        var story = Story(when, out var offset);
        Assert.Multiple(() =>
        {
            Assert.That(Definitions.At(story.Snapshot, "scenes/2.yaml", offset, CancellationToken.None)?.Targets.Single().Path, Is.EqualTo($"scenes/{expected}.yaml"));
            Assert.That(Hovers.At(story.Snapshot, "scenes/2.yaml", offset, null, CancellationToken.None)?.Markdown, Does.Contain("· scene · `" + expected));
            Assert.That(Renames.Prepare(story.Snapshot, "scenes/2.yaml", offset, CancellationToken.None)?.Placeholder, Is.EqualTo(expected));
        });
    }

    [TestCase("3 da|ys after arrival")]
    [TestCase("3 days after no|where")]
    public void The_rest_is_a_time(string when)
    {
        var story = Story(when, out var offset);
        Assert.Multiple(() =>
        {
            Assert.That(Definitions.At(story.Snapshot, "scenes/2.yaml", offset, CancellationToken.None), Is.Null);
            Assert.That(Hovers.At(story.Snapshot, "scenes/2.yaml", offset, null, CancellationToken.None)?.Markdown, Does.Contain("`when`"));
        });
    }

    private const string Scenes = "\n---\ntype: scene\nid: arrival\nname: The Arrival\n---\ntype: scene\nname: \"One: two\"\n---\ntype: event\nid: fire\nname: The Fire\n";

    [TestCase("when: 3 days after $0", "The Arrival", "when: 3 days after arrival")]
    [TestCase("when: 3 days before ar$0", "The Arrival", "when: 3 days before arrival")]
    [TestCase("when: after $0", "One: two", "when: after one-two")]
    [TestCase("until: the day after f$0", "The Fire", "until: the day after fire")]
    public void What_may_be_measured_from_is_offered(string text, string label, string expected) =>
        Assert.That(Completed.Accept("page.yaml", "type: scene\n" + text + Scenes, label), Is.EqualTo("type: scene\n" + expected + Scenes));

    [TestCase("when: 3 days$0")]
    [TestCase("when: 1926-11-0$0")]
    public void Elsewhere_in_a_time_nothing_is(string text) => Assert.That(Completed.Labels("page.yaml", "type: scene\n" + text + Scenes), Is.Empty);

    private static FixtureWorkspace Story(string when, out int offset)
    {
        var story = FixtureWorkspace.Of($"""
            //- story.yaml
            story: 1
            //- scenes/arrival.yaml
            id: arrival
            name: The Arrival
            when: 1926-11-05
            //- scenes/ball.yaml
            id: ball
            name: The Great Ball
            when: 1926-11-08
            //- scenes/2.yaml
            when: {when.Replace("|", "", StringComparison.Ordinal)}

            """);
        offset = "when: ".Length + when.IndexOf('|', StringComparison.Ordinal);
        return story;
    }
}
