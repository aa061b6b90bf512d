using NUnit.Framework;

namespace StoryLsp.Continuity.Tests;

public class KnowRevealLeakTests
{
    private const string Secret = """
        //- story.yaml
        story: 1
        //- facts/will.yaml
        name: The forged will
        statement: Lyman forged the will.
        secret_until: reading
        terms:
          - forgery
          - false hand
          - o'dowd
        //- scenes/3.md
        ---
        title: The Reading
        id: reading
        ---
        It was a forgery. Lyman forged the will.

        """;

    [Test]
    public void Words_that_give_a_fact_away_too_early_are_found() => RuleCheck.Faults(Secret + """
        //- scenes/1.md
        ---
        title: The Forgery
        #          ^^^^^^^ know/reveal-leak warning: `Forgery` gives away *The forged will*, which the reader is not to learn before *The Reading* (scene 3)
        ---
        There were two forgeries on the desk, and the forgery's ink was wet.
        #                                             ^^^^^^^ know/reveal-leak warning
        //- scenes/2.md
        ---
        title: Two
        ---
        It was written in a false hand. Everybody knew that
        #                   ^^^^^^^^^^ know/reveal-leak warning: `false hand`
        LYMAN forged the will.
        #<^^^^^^^^^^^^^^^^^^^^^ know/reveal-leak warning: `LYMAN forged the will`

        ## O’Dowd’s
        #  ^^^^^^ know/reveal-leak warning
        """);

    [Test]
    public void A_title_that_a_heading_repeats_is_one_leak() => RuleCheck.Faults(Secret + """
        //- chapters/1.md
        # One

        ## The Forgery

        ```story
        title: The Forgery
        #          ^^^^^^^ know/reveal-leak warning
        type: scene
        ```
        He went.
        //- scenes/2.md
        ---
        title: A Forgery
        #        ^^^^^^^ know/reveal-leak warning
        ---
        # A Forgery

        He went.
        """);

    [Test]
    public void Other_words_other_places_and_later_scenes_are_no_leak() => RuleCheck.Clean(Secret + """
        //- scenes/1.md
        ---
        title: The Forger
        synopsis: The forgery is made.
        notes: forgery
        ---
        <!-- the forgery -->
        He forged it. It was no forgeryman's work, and his hand was false. `forgery`
        //- scenes/4.md
        ---
        title: After the forgery
        ---
        The forgery was known.
        //- notes/plan.md
        The forgery comes out late.
        """);

    [Test]
    public void A_secret_without_an_end_guards_nothing() => RuleCheck.Clean("""
        //- story.yaml
        story: 1
        //- facts/will.yaml
        name: The forged will
        terms: [forgery]
        //- scenes/1.md
        It was a forgery.
        """);
}
