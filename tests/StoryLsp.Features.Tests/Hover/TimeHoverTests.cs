using NUnit.Framework;
using StoryLsp.Features.Hover;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Hover;

public class TimeHoverTests
{
    private const string World = """
        //- story.yaml
        story: 1
        //- world.yaml
        characters: [{id: ada, name: Ada, born: 1892-03}, {id: tom, name: Tom}]
        items: [{id: lamp, name: the lamp, owner: ada}]
        facts: [{id: ice, name: The ice}]
        //- scenes/0.md
        ---
        id: start
        title: The Start
        when: 1926-11-01T20:00
        duration: 2 hours
        ---

        """;

    [TestCase("when: 1926-11-⟦05", "**Friday, 5 November 1926** · `when`\n\n4 days later: The Start is the scene that is read before.")]
    [TestCase("when: 1926-11-⟦05T21:20", "**Friday, 5 November 1926, 21:20** · `when`\n\n4 days later: The Start is the scene that is read before.")]
    [TestCase("when: 3 days ⟦after start", "**Thursday, 4 November 1926** · `when`\n\nCounted from The Start, which begins on Monday, 1 November 1926, 20:00.")]
    [TestCase("when: 2 to 3 ⟦days after start", "**Some time from 3 November 1926 to 5 November 1926** · `when`\n\nCounted from The Start, which begins on Monday, 1 November 1926, 20:00.")]
    [TestCase("when: 3 days ⟦after nothing", "**Not known**: nothing of the story is called nothing · `when`")]
    [TestCase("when: c. ⟦1926", "**Only about right** · `when`\n\nSome time from 28 December 1920 to 4 January 1932: nothing within that contradicts it.")]
    [TestCase("when: ../⟦1930", "**Not after 31 December 1930** · `when`")]
    [TestCase("when: Day ⟦3, 21:30", "**Day 3 of the story, 21:30** · `when`")]
    [TestCase("when: 1926-11-05T21:20\nduration: 40 ⟦minutes", "**40 minutes** · `duration`\n\nFrom 21:20 to 22:00.")]
    [TestCase("when: 1926-11-05T23:20\nduration: PT⟦2H", "**2 hours** · `duration`\n\nFrom 23:20 to 6 November 1926, 01:20.")]
    [TestCase("duration: ⟦P3D", "**3 days** · `duration`")]
    public void Times(string scene, string expected) => Assert.That(At(scene), Is.EqualTo(expected));

    [TestCase("when: 1926-02-⟦30", "**No date**")]
    [TestCase("duration: ⟦long", "**Not known how long**")]
    [TestCase("duration: PT2⟦X", "**No length of time**")]
    public void What_cannot_be_read_says_why(string scene, string expected) => Assert.That(At(scene), Does.StartWith(expected));

    [TestCase("effects:\n  - ada ⟦gives lamp to tom", "Ada gives the lamp away; Tom **has it** from here on.")]
    [TestCase("effects:\n  - tom ⟦dies", "Tom **dies**.")]
    [TestCase("effects:\n  - ada ⟦learns ice", "Ada **gets to know** The ice.")]
    [TestCase("effects:\n  - {injures: {who: tom, what: broken ⟦arm, prevents: [climbs, lamp]}}", "Tom is **hurt**: broken arm. It rules out `climbs` and the lamp.")]
    [TestCase("effects:\n  - {sets: {who: ada, field: hair, to: ⟦red}}", "From here on `hair` of Ada is **red**.")]
    public void Effects(string scene, string expected) => Assert.That(At(scene), Is.EqualTo(expected));

    [Test]
    public void A_birth_is_a_date_and_no_scene()
    {
        var workspace = FixtureWorkspace.Of(World);
        Assert.That(Hovers.At(workspace.Snapshot, "world.yaml", workspace.OffsetOf("world.yaml", "1892-03", 2), null, default)!.Markdown, Is.EqualTo("**Some time from 1 March 1892 to 31 March 1892** · `born`"));
    }

    [Test]
    public void A_fence_is_the_scene_that_it_holds()
    {
        var workspace = FixtureWorkspace.Of("# Book\n\n## The Ball\n```story\ntype: scene\nwhen: 1926-11-05\n```\nThey ``danced``.\n");
        Assert.That(Hovers.At(workspace.Snapshot, "note.md", workspace.OffsetOf("note.md", "```story", 5), null, default)!.Markdown, Does.StartWith("**The Ball** · scene\n\nScene 1 of 1 · Friday, 5 November 1926"));
        Assert.That(Hovers.At(workspace.Snapshot, "note.md", workspace.OffsetOf("note.md", "danced", 1), null, default), Is.Null);
    }

    [TestCase("steps", 1, "What is done, one after another.")]
    [TestCase("intercept", 1, "Stops: the prompt is a file")]
    [TestCase("context", 1, "Gathers what the model is told")]
    [TestCase("cast", 1, "Who is there.")]
    [TestCase("roll-back", 1, "The run goes back to its prompt.")]
    [TestCase("input: scene", 8, "A stretch of the manuscript")]
    public void Pipelines_are_explained(string text, int further, string expected)
    {
        var workspace = FixtureWorkspace.Of("//- story.yaml\nstory: 1\n//- pipelines/x.yaml\npipeline: x\ninput: scene\nsteps:\n  - context: {include: [subject, cast]}\n  - intercept\n  - validate: {on_failure: roll-back}\n");
        Assert.That(Hovers.At(workspace.Snapshot, "pipelines/x.yaml", workspace.OffsetOf("pipelines/x.yaml", text, further), null, default)?.Markdown, Does.Contain(expected));
    }

    private static string? At(string scene)
    {
        var at = scene.IndexOf('⟦', StringComparison.Ordinal);
        var workspace = FixtureWorkspace.OfTexts(FixtureWorkspace.Of(World).Files.Select(file => KeyValuePair.Create(file.Path, FixtureWorkspace.Of(World).Text(file.Path)!.Text))
            .Append(new("scenes/1.md", $"---\n{scene.Remove(at, 1)}\n---\n")));
        return Hovers.At(workspace.Snapshot, "scenes/1.md", 4 + at, null, default)?.Markdown;
    }
}
