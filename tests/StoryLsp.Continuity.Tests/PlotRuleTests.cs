using NUnit.Framework;

namespace StoryLsp.Continuity.Tests;

/// <summary>The rules of group <c>plot</c>.</summary>
public class PlotRuleTests
{
    private const string Threads = """
        //- story.yaml
        story: 1
        status: complete
        //- threads.yaml
        threads:
          - id: gun-on-wall
            name: The gun on the wall
          - id: the-letter
            name: The letter

        """;

    [Test]
    public void A_setup_that_nothing_pays_off_is_found_where_it_is_set_up_first() => RuleCheck.Faults(Threads + """
        //- scenes/1.md
        ---
        setups: [the-letter, gun-on-wall]
        #                    ^^^^^^^^^^^ plot/setup-unpaid warning: *The gun on the wall* is set up here and never paid off
        ---
        //- scenes/2.md
        ---
        setups: gun-on-wall
        payoffs: [the-letter]
        ---
        """);

    [Test]
    public void A_story_that_is_not_complete_may_still_pay() => RuleCheck.Clean(Threads.Replace("complete", "draft") + """
        //- scenes/1.md
        ---
        setups: [gun-on-wall]
        ---
        """);

    [Test]
    public void A_scene_that_the_manuscript_leaves_out_promises_nothing() => RuleCheck.Clean(Threads.Replace("status", "manuscript: [one]\nstatus") + """
        //- scenes/one.md
        The only scene.
        //- scenes/two.md
        ---
        setups: [gun-on-wall]
        ---
        """);

    [Test]
    public void A_slip_among_the_payoffs_is_the_only_fault()
    {
        var found = StoryLsp.Testing.FixtureWorkspace.Of(Threads + """
            //- scenes/1.md
            ---
            setups: [gun-on-wall]
            ---
            //- scenes/2.md
            ---
            payoffs: [gun-on-wal]
            ---
            """).AllFindings();
        Assert.That(found.Select(one => one.Finding.Code), Is.EqualTo(["ref/unresolved"]));
    }

    [Test]
    public void A_payoff_before_the_setup_is_found() => RuleCheck.Faults(Threads + """
        //- scenes/1.md
        ---
        payoffs: [gun-on-wall]
        #         ^^^^^^^^^^^ plot/payoff-first error: *The gun on the wall* is paid off here, before it is set up in *2* (scene 2)
        ---
        //- scenes/2.md
        ---
        setups: [gun-on-wall]
        ---
        //- scenes/10.md
        ---
        payoffs: [gun-on-wall]
        ---
        """);

    [Test]
    public void The_order_is_that_of_the_manuscript() => RuleCheck.Faults(Threads.Replace("status", "manuscript: [two, one]\nstatus") + """
        //- scenes/one.md
        ---
        setups: [gun-on-wall]
        ---
        //- scenes/two.md
        ---
        payoffs: [gun-on-wall]
        #         ^^^^^^^^^^^ plot/payoff-first error: set up in *One* (scene 2)
        ---
        """);

    [TestCase("setups: [gun-on-wall]\npayoffs: [gun-on-wall]", "setups: [gun-on-wall]", TestName = "In the scene that sets it up")]
    [TestCase("payoffs: [gun-on-wall]", "threads: [gun-on-wall]", TestName = "A thread that is never set up")]
    [TestCase("payoffs: [gun-on-wall]\ntimeline: flashforward", "setups: [gun-on-wall]", TestName = "A flashforward")]
    public void A_payoff_that_is_no_fault(string first, string second) => RuleCheck.Clean($"""
        {Threads}
        //- scenes/1.md
        ---
        {first}
        ---
        //- scenes/2.md
        ---
        {second}
        ---
        //- scenes/3.md
        ---
        payoffs: [gun-on-wall]
        ---
        """);

    [Test]
    public void The_pairs_of_StoryLine_are_compared() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        manuscript: ["1", "2", "3", "4", "5"]
        //- scenes/1.md
        ---
        setup_scenes: ["[[3]]"]
        #                 ^ plot/payoff-first error: *1* (scene 1) pays off what *3* (scene 3) sets up
        ---
        //- scenes/2.md
        ---
        ---
        //- scenes/3.md
        ---
        payoff_scenes: ["[[2]]", "[[4]]"]
        #                  ^ plot/payoff-first error: *2* (scene 2) pays off what *3* (scene 3) sets up
        ---
        //- scenes/4.md
        ---
        setup_scenes: ["[[2]]", "[[5]]"]
        ---
        //- scenes/5.md
        ---
        ---
        """);

    [Test]
    public void Pairs_of_StoryLine_are_not_held_against_the_order_of_file_names() => RuleCheck.Clean("""
        //- story.yaml
        story: 1
        //- scenes/One.md
        ---
        setup_scenes: ["[[Two]]"]
        ---
        //- scenes/Two.md
        ---
        ---
        """);

    [Test]
    public void A_long_rest_is_told_where_it_ends() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- threads.yaml
        threads: [{id: gun-on-wall, name: The gun on the wall}]
        //- characters.yaml
        characters: [{id: ada, name: Ada}, {id: lena, name: Lena}]
        //- scenes/1.md
        ---
        pov: ada
        setups: [gun-on-wall]
        ---
        //- scenes/2.md
        ---
        pov: lena
        ---
        //- scenes/3.md
        ---
        pov: lena
        characters: [lena, ada]
        ---
        //- scenes/4.md
        ---
        pov: lena
        threads: [gun-on-wall]
        ---
        //- scenes/5.md
        ---
        pov: ada
        #    ^^^ plot/dormant info: Ada has told nothing for three scenes of five since *1* (scene 1)
        payoffs: [gun-on-wall]
        ---
        """);

    [Test]
    public void Only_the_scenes_of_the_manuscript_count_for_a_rest() => RuleCheck.Clean("""
        //- story.yaml
        story: 1
        manuscript: [a, b, c]
        //- threads.yaml
        threads: [{id: gun-on-wall, name: The gun on the wall}]
        //- scenes/a.md
        ---
        threads: [gun-on-wall]
        ---
        //- scenes/b.md
        Nothing of it.
        //- scenes/c.md
        ---
        threads: [gun-on-wall]
        ---
        //- scenes/d.md
        One.
        //- scenes/e.md
        Two.
        //- scenes/f.md
        ---
        threads: [gun-on-wall]
        ---
        """);
}
