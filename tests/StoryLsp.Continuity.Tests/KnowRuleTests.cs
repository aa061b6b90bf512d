using NUnit.Framework;

namespace StoryLsp.Continuity.Tests;

/// <summary>The rules of group <c>know</c>.</summary>
public class KnowRuleTests
{
    private const string Cast = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: Ada Vane
        //- characters/tom.yaml
        name: Tom
        //- characters/lena.yaml
        name: Lena

        """;

    [Test]
    public void A_narrator_who_is_not_in_the_list_is_found() => RuleCheck.Faults(Cast + """
        //- scenes/1.md
        ---
        pov: ada
        #    ^^^ know/pov-absent warning: Ada Vane tells this scene
        characters: [tom, lena]
        ---
        //- scenes/2.md
        ---
        characters:
          - tom
          - Lena
        pov: Ada Vane
        #    ^^^^^^^^ know/pov-absent warning: Ada Vane tells this scene
        ---
        """);

    [Test]
    public void A_narrator_by_any_name_and_a_scene_without_a_list_are_no_fault() => RuleCheck.Clean(Cast + """
        //- scenes/1.md
        ---
        pov: Ada Vane
        characters: [tom, ada]
        ---
        //- scenes/2.md
        ---
        pov: ada
        ---
        //- scenes/3.md
        ---
        pov: ada
        characters:
        ---
        """);
}
