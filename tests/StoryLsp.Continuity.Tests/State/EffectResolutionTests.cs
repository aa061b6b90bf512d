using NUnit.Framework;
using StoryLsp.Continuity.State;
using StoryLsp.Index;
using StoryLsp.Testing;

namespace StoryLsp.Continuity.Tests.State;

public class EffectResolutionTests
{
    private const string World = """
        //- story.yaml
        story: 1
        //- world.yaml
        characters:
          - {id: ada, name: Ada Vane, born: 1899-03-12}
          - {id: tom, name: Tom Took, died: 1926-11-05}
        items:
          - {id: revolver, name: Old Revolver, owner: tom}
          - {id: oar}
        facts:
          - {id: forged-will, known_by: [tom, Ada Vane]}
        locations:
          - {id: mill, name: The Mill, built: 1850, progressions: [{from: fire, field: roof, to: gone}]}
        //- scenes/fire.md
        ---
        id: fire
        pov: ada
        effects:
        EFFECTS
        ---
        """;

    [TestCase("- Ada Vane takes Old Revolver", "Takes(ada, revolver)")]
    [TestCase("- ada vane took the old revolver", "Takes(ada, revolver)")]
    [TestCase("- takes oar", "Takes(ada, oar)", Description = "who is left out is the pov")]
    [TestCase("- Tom Took takes oar", "Takes(tom, oar)", Description = "a name that holds a verb")]
    [TestCase("- ada gives revolver to Tom Took", "Gives(ada, revolver, tom)")]
    [TestCase("- nobody-here takes revolver", "Takes(?, revolver)", Description = "who has it is unknown from then on")]
    [TestCase("- ada takes mill", "Takes(ada, anything)", Description = "a place is no item")]
    [TestCase("- ada hides the old revolver in the mill", "Unclear(ada) Unclear(mill) Unclear(revolver)", Description = "all that it may be about")]
    [TestCase("- The Mill is destroyed", "Destroys(mill)")]
    [TestCase("- Ada Vane hair: red", "Sets(ada, hair, red)")]
    [TestCase("- ada eye colour: red", "Sets(ada, eye colour, red)")]
    [TestCase("- {injures: {who: tom, what: broken arm, prevents: [climbs, oar]}}", "Injures(tom, broken arm, climbs|oar)")]
    public void Names_of_an_effect_are_found(string effects, string expected)
    {
        var snapshot = FixtureWorkspace.Of(World.Replace("EFFECTS", effects)).Snapshot;
        Assert.That(string.Join(' ', (Read(snapshot, "fire")?.Effects ?? []).Select(effect => Describe(snapshot, effect.Effect)).Order(StringComparer.Ordinal)), Is.EqualTo(expected));
    }

    [TestCase("ada", "Begins Begins(ada)")]
    [TestCase("tom", "Ends Dies(tom)")]
    [TestCase("revolver", "Start Takes(tom, revolver)")]
    [TestCase("forged-will", "Start Learns(tom, forged-will), Start Learns(ada, forged-will)")]
    [TestCase("mill", "Begins Begins(mill), Happens Sets(mill, roof, gone)")]
    public void Fields_of_other_containers_are_facts_of_the_same_kind(string id, string expected)
    {
        var snapshot = FixtureWorkspace.Of(World.Replace("EFFECTS", "[]")).Snapshot;
        Assert.That(string.Join(", ", Read(snapshot, id)!.Effects.Select(effect => effect.At.Kind + " " + Describe(snapshot, effect.Effect))), Is.EqualTo(expected));
    }

    private static SourceEffects? Read(Snapshot snapshot, string id)
    {
        var container = snapshot.Resolve(id, null).Container!;
        return EffectResolution.Of(container.Fact, container.Key, container.Type, snapshot.Resolve("ada", "character").Container!.Key,
            (text, type) => snapshot.Resolve(text, type).Container?.Key);
    }

    private static string Describe(Snapshot snapshot, Effect effect)
    {
        string Id(ContainerKey? key) => key is { Path: "" } ? "anything" : key is { } known ? snapshot.ContainersIn(known.Path)[known.Index].Fact.Id : "?";
        return effect switch
        {
            Begins begins => $"Begins({Id(begins.What)})",
            Dies dies => $"Dies({Id(dies.Who)})",
            Learns learns => $"Learns({Id(learns.Who)}, {Id(learns.Fact)})",
            Takes takes => $"Takes({Id(takes.Who)}, {Id(takes.Item)})",
            Gives gives => $"Gives({Id(gives.Who)}, {Id(gives.Item)}, {Id(gives.To)})",
            Destroys destroys => $"Destroys({Id(destroys.What)})",
            Sets sets => $"Sets({Id(sets.Who)}, {sets.Field}, {sets.To})",
            Injures injures => $"Injures({Id(injures.Who)}, {injures.What}, {string.Join('|', injures.Prevents.Fields.Concat(injures.Prevents.Items.Select(item => Id(item))))})",
            Unclear unclear => $"Unclear({Id(unclear.What)})",
            _ => effect.ToString(),
        };
    }
}
