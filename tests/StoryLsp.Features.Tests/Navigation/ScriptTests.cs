using NUnit.Framework;
using StoryLsp.Features.Hierarchies;
using StoryLsp.Features.Hover;
using StoryLsp.Features.Navigation;
using StoryLsp.Features.Rename;
using StoryLsp.Features.SemanticTokens;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Navigation;

/// <summary>Who speaks in a script, and where its scenes are.</summary>
public class ScriptTests
{
    private const string Script = "radio/teaser.fountain";

    private static readonly FixtureWorkspace Story = FixtureWorkspace.Of("""
        //- world.yaml
        characters: [{id: tom, name: Tom Rudd}, {id: ada, name: Ada Vane}]
        locations: [{id: halt, name: Quarry Halt}, {id: weir-house, name: Weir House}, {id: kitchen, name: Kitchen}]
        //- radio/teaser.fountain
        Title: Teaser

        EXT. QUARRY HALT - DAY

        A train leaves.

        TOM RUDD (V.O.)
        You'd be the lady that counts.

        ADA
        I am.

        INT. WEIR HOUSE - KITCHEN - NIGHT

        A tap.

        TOM RUDD
        That's nothing.

        NOBODY
        No.

        """);

    [TestCase("TOM RUDD (V", "Tom Rudd")]
    [TestCase("ADA\n", "Ada Vane")]
    [TestCase("QUARRY", "Quarry Halt")]
    [TestCase("WEIR HOUSE", "Weir House")]
    [TestCase("KITCHEN", "Kitchen")]
    public void A_cue_and_the_place_of_a_heading_lead_to_what_they_name(string text, string expected)
    {
        var offset = Story.OffsetOf(Script, text, 2);
        var found = Definitions.At(Story.Snapshot, Script, offset, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(found?.Targets.Select(target => Story.Text(target.Path)!.Slice(target.SelectionSpan)), Is.EqualTo(new[] { expected }));
            Assert.That(Hovers.At(Story.Snapshot, Script, offset, null, CancellationToken.None)?.Markdown, Does.StartWith($"**{expected}**"));
            Assert.That(Renames.Prepare(Story.Snapshot, Script, offset, CancellationToken.None)?.Placeholder, Is.EqualTo(expected));
        });
    }

    [TestCase("EXT.", "EXT. QUARRY HALT - DAY")]
    [TestCase("NOBODY", null)]
    public void What_names_nobody_leads_nowhere_else(string text, string? expected)
    {
        var found = Definitions.At(Story.Snapshot, Script, Story.OffsetOf(Script, text, 2), CancellationToken.None);
        Assert.That(found?.Targets.Select(target => Story.Text(target.Path)!.Slice(target.SelectionSpan)).Single(), Is.EqualTo(expected));
    }

    [Test]
    public void They_are_coloured() => Assert.That(
        NameTokens.In(Story.Snapshot, Script, new TextSpan(0, 1000), CancellationToken.None).Select(token => $"{Story.Text(Script)!.Slice(token.Span)} {token.Kind}"),
        Is.SupersetOf(new[] { "EXT.  Scene", "QUARRY HALT Place", " - DAY Scene", "TOM RUDD Character", "ADA Character", "WEIR HOUSE Place", "KITCHEN Place" }));

    [TestCase("tom", "EXT. QUARRY HALT - DAY, INT. WEIR HOUSE - KITCHEN - NIGHT")]
    [TestCase("ada", "EXT. QUARRY HALT - DAY")]
    [TestCase("kitchen", "INT. WEIR HOUSE - KITCHEN - NIGHT")]
    public void Who_speaks_in_a_scene_is_in_it(string id, string expected)
    {
        var who = Story.Snapshot.Resolve(id, null).Container!;
        var split = AllReferences.Split(Story.Snapshot, who, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(string.Join(", ", Presences.Of(Story.Snapshot, who, CancellationToken.None).Select(place => place.In!.Name)), Is.EqualTo(expected));
            Assert.That(string.Join(", ", SharedScenes.Incoming(Story.Snapshot, who, CancellationToken.None).Select(step => step.Other.Name)), Is.EqualTo(expected));
            Assert.That(string.Join(", ", split.Present.Select(place => place.In!.Name).Distinct()), Is.EqualTo(expected));
        });
    }

    [Test]
    public void They_share_the_scene() => Assert.That(
        SharedScenes.Outgoing(Story.Snapshot, Story.Snapshot.Resolve("ada", null).Container!, CancellationToken.None).Select(step => step.Other.Name + ", " + step.Detail),
        Is.EqualTo(new[] { "Tom Rudd, 1 scene: EXT. QUARRY HALT - DAY" }));
}
