using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Cli;

/// <summary><c>storylsp facts</c></summary>
public sealed class FactsTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- world.yaml
        characters:
          - {id: ada, name: Ada Vane, born: 1899-03-12, hair: brown}
          - {id: tom, name: Tom, age: 40}
          - {id: kit, name: Kit, born: 1930-01-01}
        items: [{id: revolver, name: Old Revolver, owner: tom}, {id: oar, location: pier}]
        facts: [{id: forged-will, name: The forged will, known_by: [tom]}]
        locations: [{id: mill, name: Old Mill}, {id: pier}]
        //- scenes/1.md
        ---
        id: fire
        name: The Fire
        when: 1926-11-05T21:00
        pov: ada
        characters: [ada, tom]
        location: mill
        effects:
          - tom gives revolver to ada
          - {injures: {who: ada, what: broken arm, prevents: [oar]}}
          - ada learns forged-will
          - ada hair: grey
          - mill destroyed
          - tom dies
        ---
        //- scenes/2.md
        ---
        id: after
        when: 1926-11-06
        ---
        //- events/one-day.yaml
        name: One Day
        """;

    [Test]
    public async Task The_state_when_a_scene_begins_is_that_before_its_own_effects()
    {
        using var folder = new StoryOnDisk(Story);
        var result = await StoryCli.RunAsync(folder.Root, "facts", "--at", "fire", "--format", "json");
        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(result.Json.ToJsonString(), Is.EqualTo("""{"scene":"fire","containers":{"ada":{"alive":true,"age":27,"location":"mill","fields":{"hair":"brown"}},"kit":{"alive":false},"tom":{"alive":true,"age":40,"location":"mill","holds":["revolver"],"knows":["forged-will"]},"revolver":{"fields":{"owner":"tom"}}}}"""));
    }

    [Test]
    public async Task After_a_scene_its_effects_hold()
    {
        using var folder = new StoryOnDisk(Story);
        var result = await StoryCli.RunAsync(folder.Root, "facts", ".", "--at", "after", "--format", "json");
        Assert.That(result.Json.ToJsonString(), Is.EqualTo("""{"scene":"after","containers":{"ada":{"alive":true,"age":27,"location":"mill","holds":["revolver"],"injuries":["broken arm"],"knows":["forged-will"],"fields":{"hair":"grey"}},"kit":{"alive":false},"tom":{"alive":false,"location":"mill","knows":["forged-will"]},"mill":{"fields":{"destroyed":"true"}},"revolver":{"fields":{"owner":"ada"}}}}"""));
    }

    [Test]
    public async Task A_writer_reads_it_as_text()
    {
        using var folder = new StoryOnDisk(Story);
        var result = await StoryCli.RunAsync(folder.Root, "facts", "--at", "after", "--who", "Ada Vane");
        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(result.Lines, Is.EqualTo(new[]
        {
            "When 2 (scene 2), 6 November 1926 begins:", "Ada Vane (ada)", "  alive, 27 years old, at Old Mill", "  has Old Revolver", "  knows: The forged will", "  hurt: broken arm", "  hair: grey",
        }));
    }

    [TestCase("fir", "no scene or event has the id or name `fir`")]
    [TestCase("one-day", "nothing says when `one-day` happens")]
    public async Task What_is_not_there_is_said_in_one_line(string scene, string message)
    {
        using var folder = new StoryOnDisk(Story);
        StoryCli.AssertOneLine(await StoryCli.RunAsync(folder.Root, "facts", "--at", scene), message);
        StoryCli.AssertOneLine(await StoryCli.RunAsync(folder.Root, "facts", "--at", "fire", "--who", "nobody"), "nothing here has the id or name `nobody`");
        StoryCli.AssertOneLine(await StoryCli.RunAsync(folder.Root, "facts"), "--at");
    }
}
