using NUnit.Framework;

namespace StoryLsp.Continuity.Tests.State;

/// <summary>What the rules of references say of the names in effects.</summary>
public class EffectReferenceTests
{
    private const string World = """
        //- story.yaml
        story: 1
        //- world.yaml
        characters: [{id: ada, name: Ada Vane}, {id: tom}]
        items: [{id: revolver, name: Old Revolver}]
        facts: [{id: forged-will, known_by: [ada]}]
        locations: [{id: mill}]

        """;

    [TestCase("- ada takes «revolvr»", "unresolved")]
    [TestCase("- «adda» takes revolver", "unresolved")]
    [TestCase("- {gives: {who: ada, item: revolver, to: «Tomm Reed»}}", "unresolved")]
    [TestCase("- destroys: «mil»", "unresolved")]
    [TestCase("- ada learns «revolver»", "wrong-type")]
    [TestCase("- «adda» hair: red", "unresolved")]
    public void An_id_in_an_effect_that_names_nothing_is_found(string effect, string rule) => Check("effects:\n" + effect, rule);

    [TestCase("uses: [«revolvr»]", "unresolved")]
    [TestCase("relies_on: [{who: «revolver», fact: forged-will}]", "wrong-type")]
    public void A_use_that_names_nothing_is_found(string line, string rule) => Check(line, rule);

    [TestCase("- ada takes the old revolver")]
    [TestCase("- Ada Vane takes Old Revolver")]
    [TestCase("- ada learns that the will is forged")]
    [TestCase("- Somebody takes revolver")]
    [TestCase("- everybody goes home")]
    [TestCase("- {injures: {who: tom, what: broken arm, prevents: [climbs, revolver]}}")]
    public void Plain_words_are_no_fault(string effects) => RuleCheck.Clean(World + $"""
        //- scenes/one.md
        ---
        pov: ada
        effects:
        {effects}
        ---
        """);

    // The guillemets enclose the fault.
    private static void Check(string field, string rule)
    {
        var line = field[(field.IndexOf('\n') + 1)..];
        var carets = new string(' ', line.IndexOf('«') - 1) + new string('^', line.IndexOf('»') - line.IndexOf('«') - 1);
        var plain = field.Replace("«", "").Replace("»", "");
        RuleCheck.Faults(World + $"//- scenes/one.md\n---\npov: ada\n{plain}\n" + $"#{carets} ref/{rule}\n---\n");
    }
}
