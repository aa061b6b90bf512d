using NUnit.Framework;

namespace StoryLsp.Continuity.Tests;

public class TimeAgeTests
{
    private const string Cast = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: Ada Vane
        born: 1892-03-01
        //- characters/tom.yaml
        name: Tom
        born: 1900
        //- characters/lena.yaml
        name: Lena

        """;

    [Test]
    public void An_age_that_disagrees_with_the_birth_is_found() => RuleCheck.Faults(Cast + """
        //- scenes/1.md
        ---
        title: Dinner
        when: 1926-11-05T19:00
        ---
        Ada Vane, aged thirty-two, had never seen the sea. It was late.
        #              ^^^^^^^^^^ time/age warning: Ada Vane was born on 1892-03-01, so is 34 in this scene, not 32.
        //- scenes/2.md
        ---
        when: 1926-11
        ---
        Thirty-year-old Tom came in.
        #<^^^^^^ time/age warning: Tom was born in 1900, so is 25 or 26 in this scene, not 30
        //- scenes/3.md
        ---
        when: 3 days after dinner
        ---
        Tom, 31 years old, came in.
        #    ^^ time/age warning: so is 25 or 26 in this scene
        """);

    [Test]
    public void A_name_may_be_a_wikilink() => RuleCheck.Faults(Cast + """
        //- scenes/1.md
        ---
        title: Dinner
        when: 1926-11-05T19:00
        ---
        [[ada|Miss Vane]], aged thirty-two, had never seen the sea. [[tom|Tom]] was thirty years old.
        #                       ^^^^^^^^^^ time/age warning: Ada Vane was born on 1892-03-01, so is 34 in this scene, not 32.
        #                                                                           ^^^^^^ time/age warning: Tom was born in 1900
        """);

    [Test]
    public void An_age_of_whom_a_wikilink_does_not_name_is_no_fault() => RuleCheck.Clean(Cast + """
        //- scenes/1.md
        ---
        title: Dinner
        when: 1926-11-05T19:00
        ---
        The sister of [[ada|Miss Vane]] was thirty-two years old. [[ada|Ada Vane]]'s brother was thirty years old. [[ada|She]], aged thirty-four, came in.
        """);

    [Test]
    public void An_age_that_the_dates_allow_is_no_fault() => RuleCheck.Clean(Cast + """
        //- scenes/1.md
        ---
        when: 1926-11-05
        ---
        Ada Vane, aged thirty-four, and Tom, aged 25, came in. Tom was 26 years old. Lena was ten years old.

        "Ada is ten years old," said Tom. When Ada was ten years old she was small. Ada was almost thirty-five.
        //- scenes/2.md
        ---
        when: 1926~
        ---
        Ada was thirty-nine years old.
        //- scenes/3.md
        Ada was thirty-nine years old.
        //- scenes/4.md
        ---
        when: 1926-11-05
        timeline: dream
        ---
        Ada was ten years old.
        //- scenes/5.md
        ---
        when: 1902-11-05
        timeline: flashback
        ---
        Ada was ten years old.
        //- notes/ada.md
        Ada Vane, aged 32, has never seen the sea.
        """);

    [Test]
    public void The_dead_keep_their_age() => RuleCheck.Clean("""
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: Ada Vane
        born: 1892-03-01
        died: 1902-05-01
        //- scenes/1.md
        ---
        when: 1926-11-05
        ---
        Ada Vane, aged ten, looked down from the wall.
        """);

    [Test]
    public void An_age_field_that_no_scene_makes_true_is_found() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: Ada Vane
        age: 25
        #    ^^ time/age warning: Ada Vane was born on 2003-06-05, so is never 25 in the one scene that has a date, but 21
        born: 2003-06-05
        //- characters/tom.md
        ---
        name: Tom
        age: "thirty"
        #     ^^^^^^ time/age warning: Tom was born in 2003, so is never 30 in the one scene that has a date, but 21 or 22
        born: 2003
        ---
        //- scenes/1.md
        ---
        when: 2025-04-01
        ---
        """);

    [Test]
    public void An_age_field_that_one_scene_makes_true_or_that_is_no_number_is_no_fault() => RuleCheck.Clean("""
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: Ada Vane
        age: 25
        born: 2003-06-05
        //- characters/tom.yaml
        name: Tom
        age: in his thirties
        born: 2003
        //- scenes/1.md
        ---
        when: 2025-04-01
        ---
        //- scenes/2.md
        ---
        when: 2028-08-01
        ---
        """);

    [Test]
    public void Without_a_dated_scene_an_age_field_is_no_fault() => RuleCheck.Clean("""
        //- characters/ada.yaml
        type: character
        name: Ada Vane
        age: 25
        born: 2003-06-05
        """);

    [TestCase("Ada Vane, aged thirty-two, came.", "Replace with `thirty-four`", "Ada Vane, aged thirty-four, came.")]
    [TestCase("Ada Vane, aged 32, came.", "Replace with `34`", "Ada Vane, aged 34, came.")]
    [TestCase("Thirty-two-year-old Ada came.", "Replace with `Thirty-four`", "Thirty-four-year-old Ada came.")]
    public void The_age_is_set_right_in_the_same_style(string text, string title, string expected)
    {
        const string scene = Cast + "//- scenes/1.md\n---\nwhen: 1926-11-05T19:00\n---\n";
        RuleCheck.Fix(scene + text + "\n", "time/age", title, scene + expected + "\n");
    }
}
