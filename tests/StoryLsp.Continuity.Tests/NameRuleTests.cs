using NUnit.Framework;

namespace StoryLsp.Continuity.Tests;

/// <summary>The rules of group <c>name</c> that look at names which are known.</summary>
public class NameRuleTests
{
    private const string Cast = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: Ada Vane
        //- characters/tom.yaml
        id: tom
        name: Tom Hale
        aliases:
          - the Captain
        //- characters/lena.yaml
        name: Lena Hale
        aliases:
          - the Captain

        """;

    [Test]
    public void An_alias_of_two_is_found_where_the_cast_does_not_decide() => RuleCheck.Faults(Cast + """
        //- scenes/1.md
        ---
        pov: ada
        ---
        They asked the Captain.
        #          ^^^^^^^^^^^ name/ambiguous-alias warning: the Captain may be Lena Hale or Tom Hale
        //- scenes/2.md
        ---
        characters: [Ada Vane, tom, Lena Hale]
        ---
        Ada saw Tom and Lena, and The Captain too.
        #                         ^^^^^^^^^^^ name/ambiguous-alias warning: The Captain may be
        """);

    [Test]
    public void An_alias_of_two_is_no_fault_where_one_is_in_the_cast_or_nobody_has_a_cast() => RuleCheck.Clean(Cast + """
        //- scenes/1.md
        ---
        mentions: [tom]
        ---
        They asked the Captain. The captain of the guard was gone, and Captain Ahab.
        //- notes/plan.md
        The Captain is the question.
        //- scenes/2.md
        They asked [[tom|the Captain]].
        """);

    [Test]
    public void Linking_decides_an_alias_of_two() => RuleCheck.Fix(Cast + """
        //- scenes/1.md
        They asked the Captain's men.
        """, "name/ambiguous-alias", "Link to Tom Hale", Cast + """
        //- scenes/1.md
        They asked [[tom|the Captain]]'s men.
        """);

    private const string Unmasking = """
        //- story.yaml
        story: 1
        manuscript: [one, two]
        //- characters/josiah.yaml
        name: Josiah Crane
        aliases: [the Weaver]
        matching:
          aliases_from: two

        """;

    [Test]
    public void An_alias_before_its_scene_is_found() => RuleCheck.Faults(Unmasking + """
        //- scenes/one.md
        Josiah was there. Nobody saw the Weaver.
        #                            ^^^^^^^^^^ name/alias-too-early warning: Josiah Crane may be called the Weaver from *Two* (scene 2) on
        //- scenes/two.md
        The Weaver was Josiah.
        """);

    [Test]
    public void An_alias_from_its_scene_on_or_in_notes_is_no_fault() => RuleCheck.Clean(Unmasking + """
        //- scenes/one.md
        Josiah was there. A weaver sat beside him.
        //- scenes/two.md
        The Weaver was Josiah, and the Weaver's hand was cold.
        //- notes/plan.md
        The Weaver is Josiah.
        """);

    [Test]
    public void A_character_who_is_named_and_not_in_the_cast_is_found() => RuleCheck.Faults(Cast + """
        //- scenes/1.md
        ---
        pov: ada
        characters: [ada, Lena Hale]
        ---
        Ada and Lena waited. Then Tom came, and Tom's dog.
        #                         ^^^ name/cast-missing hint: Tom Hale is named in this scene
        //- scenes/2.md
        ---
        mentions:
          - Lena Hale
        ---
        So Miss Vane spoke of Lena.
        #  ^^^^^^^^^ name/cast-missing hint: Ada Vane is named
        """);

    [Test]
    public void A_cast_that_is_complete_or_absent_or_unclear_is_no_fault() => RuleCheck.Clean(Cast + """
        //- scenes/1.md
        ---
        characters: [tom, ada]
        mentions: [Lena Hale]
        ---
        Ada saw Tom, who spoke of Lena. The Hales were away.
        //- scenes/2.md
        ---
        pov: ada
        ---
        Tom came.
        //- scenes/3.md
        ---
        characters:
        ---
        Tom came.
        //- notes/plan.md
        Tom came.
        """);

    [Test]
    public void A_named_character_is_added_by_the_id_that_is_written() => RuleCheck.Fix(Cast + """
        //- scenes/1.md
        ---
        characters: [ada]
        ---
        Ada saw Tom.
        """, "name/cast-missing", "Add Tom Hale to `mentions`", Cast + """
        //- scenes/1.md
        ---
        characters: [ada]
        mentions: [tom]
        ---
        Ada saw Tom.
        """);

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("rain", count - 4)) + ".";

    [Test]
    public void A_character_who_is_listed_and_never_named_is_found() => RuleCheck.Faults(Cast + $"""
        //- scenes/1.md
        ---
        pov: ada
        characters: [ada, tom, lena]
        #                 ^^^ name/cast-unused hint: Tom Hale is in the cast
        ---
        And so Lena waited. {Words(220)}
        """);

    [Test]
    public void The_full_name_of_a_relative_names_nobody_else() => RuleCheck.Faults(Cast + $"""
        //- scenes/1.md
        ---
        pov: ada
        characters: [ada, tom, lena]
        #                 ^^^ name/cast-unused hint: Tom Hale is in the cast
        ---
        And so Lena Hale waited. {Words(220)}
        """);

    [Test]
    public void A_listed_character_in_a_short_scene_or_half_named_or_linked_is_no_fault() => RuleCheck.Clean(Cast + $"""
        //- scenes/1.md
        ---
        characters: [tom]
        ---
        {Words(190)}
        //- scenes/2.md
        ---
        characters: [tom, lena]
        ---
        So old Hale went. {Words(220)}
        //- scenes/3.md
        ---
        characters: [tom]
        ---
        So [[tom|he]] went. {Words(220)}
        //- scenes/4.md
        ---
        characters: [ada]
        ---
        Of the Vanes nobody came. {Words(220)}
        """);

    [Test]
    public void Names_that_are_nearly_the_same_in_one_scene_are_found() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- characters/marla.yaml
        name: Marla Stone
        //- characters/marta.yaml
        name: Marta Weld
        #     ^^^^^^^^^^ name/confusable hint: Marta Weld and Marla Stone are easily taken for each other, and meet in *Dinner* (scene 1).
        //- characters/maria.yaml
        name: Maria
        //- scenes/1.yaml
        title: Dinner
        characters:
          - Marla Stone
          - Marta Weld
        """);

    [Test]
    public void Names_of_other_initials_or_in_other_scenes_are_no_fault() => RuleCheck.Clean("""
        //- story.yaml
        story: 1
        //- characters/marla.yaml
        name: Marla Stone
        //- characters/marta.yaml
        name: Marta Weld
        //- characters/carla.yaml
        name: Carla Stone
        //- characters/marla-jr.yaml
        name: Marla Winterbottom
        //- scenes/1.yaml
        characters: [Marla Stone, Carla Stone, Marla Winterbottom]
        //- scenes/2.yaml
        characters: [Marta Weld]
        mentions: [Marla Stone]
        """);
}
