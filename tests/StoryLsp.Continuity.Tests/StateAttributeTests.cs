using NUnit.Framework;

namespace StoryLsp.Continuity.Tests;

public class StateAttributeTests
{
    private const string Cast = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: Ada Vane
        eyes: brown
        hair: dark brown, cut short
        pronouns: she/her
        //- characters/tom.yaml
        name: Tom
        eyes: one blue, one green
        //- characters/lena.yaml
        name: Lena
        hair: red

        """;

    [Test]
    public void A_name_may_be_a_wikilink() => RuleCheck.Faults(Cast + """
        //- scenes/1.md
        Everyone looked at her. [[ada|Ada]]'s green eyes did not leave the forks.
        #                                     ^^^^^ state/attribute warning: Ada Vane has green eyes here
        """);

    [Test]
    public void A_colour_that_somebody_does_not_have_is_found() => RuleCheck.Faults(Cast + """
        //- scenes/1.md
        Everyone looked at her. Ada's green eyes did not leave the forks.
        #                             ^^^^^ state/attribute warning: Ada Vane has green eyes here, but `eyes` of Ada Vane was given as `brown`.

        Lena's hair was a deep black.
        #                 ^^^^^^^^^^ state/attribute warning: Lena has deep black hair here

        The grey-eyed Tom came in. Blonde-haired Ada Vane had an icy blue-eyed
        #   ^^^^ state/attribute warning: Tom has grey eyes
        #                          ^^^^^^ state/attribute warning: Ada Vane has blonde hair

        way with her.
        //- characters/more.md
        Ada Vane had blue eyes.
        #            ^^^^ state/attribute warning: Ada Vane has blue eyes
        """);

    [Test]
    public void The_same_colour_its_shades_and_what_is_no_statement_are_no_fault() => RuleCheck.Clean(Cast + """
        //- scenes/1.md
        Ada's brown eyes, Tom's green eyes, Tom's blue eyes, Lena's auburn hair, Ada's dark hair.

        "Ada's green eyes!" said Tom. If Ada had green eyes, he would know. Tom's red hair was wet. Lena's green eyes too.

        Ada, with his green eyes, came in.
        //- scenes/2.md
        ---
        timeline: dream
        ---
        Ada's green eyes were on him.
        //- scenes/3.md
        ---
        timeline: flashback
        ---
        Ada's red hair hung down to her waist.
        """);

    [Test]
    public void What_has_changed_is_known_from_then_on() => RuleCheck.Faults(Cast + """
        //- scenes/1.md
        Ada's red hair was wet.
        #     ^^^ state/attribute warning: Ada Vane has red hair here, but `hair` of Ada Vane was given as `dark brown, cut short`.
        //- scenes/2.md
        ---
        title: The Station
        effects:
          - ada hair: red
        ---
        Ada's brown hair was red at last: Ada's red hair.
        //- scenes/3.md
        Ada's red hair was wet.
        //- scenes/4.md
        Ada's brown hair was wet.
        #     ^^^^^ state/attribute warning: Ada Vane has brown hair here, but `hair` of Ada Vane was set as `red` in *The Station* (scene 2).
        """);

    [Test]
    public void Looks_that_stand_together_are_known() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: Ada Vane
        appearance:
          physical:
            hair: Short, neatly kept blonde hair
            eyes: "Warm blue or gray, showing calm focus"
        //- scenes/1.md
        Ada's brown eyes were on him. Ada's blue eyes, Ada's gray eyes, Ada's fair hair.
        #     ^^^^^ state/attribute warning: was given as `Warm blue or gray, showing calm focus`
        """);

    [Test]
    public void A_change_whose_time_is_open_leaves_it_open() => RuleCheck.Clean(Cast + """
        //- scenes/1.md
        ---
        strand: one
        ---
        Ada's red hair was wet.
        //- scenes/2.md
        ---
        strand: two
        effects:
          - ada hair: red
        ---
        //- notes/hair.md
        Ada Vane has red hair.
        """);

    [TestCase("Ada's green eyes.", "Ada's brown eyes.")]
    [TestCase("Green-eyed Ada came.", "Brown-eyed Ada came.")]
    [TestCase("Blond-haired Ada came.", "Dark-brown-haired Ada came.")]
    [TestCase("Ada had an icy blue pair; Ada was a blue-eyed woman.", "Ada had an icy blue pair; Ada was a brown-eyed woman.")]
    [TestCase("Ada was an auburn-haired woman. Lena was a blond-haired woman.", "Ada was an auburn-haired woman. Lena was a red-haired woman.")]
    public void The_colour_is_set_right(string text, string expected)
    {
        const string scene = Cast + "//- scenes/1.md\n";
        RuleCheck.Fix(scene + text + "\n", "state/attribute", RuleCheck.Titles(scene + text + "\n", "state/attribute")[0], scene + expected + "\n");
    }

    [Test]
    public void A_change_that_later_scenes_contradict_is_not_offered() => Assert.That(
        RuleCheck.Titles(Cast + "//- scenes/1.md\nAda's green eyes were wet.\n//- scenes/2.md\nAda's brown eyes were dry.\n", "state/attribute"),
        Is.EqualTo(new[] { "Replace with `brown`" }));

    [Test]
    public void A_change_can_be_written_down()
    {
        const string fixture = Cast + "//- scenes/1.md\n---\nid: station\n---\nAda's red hair was wet.\n";
        RuleCheck.Fix(fixture, "state/attribute", "Let Ada Vane have red hair from this scene on",
            fixture.Replace("pronouns: she/her\n", "pronouns: she/her\nprogressions: [{from: station, field: hair, to: red}]\n"));
    }
}
