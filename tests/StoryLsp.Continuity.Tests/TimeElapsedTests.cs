using NUnit.Framework;

namespace StoryLsp.Continuity.Tests;

public class TimeElapsedTests
{
    private const string First = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: Ada Vane
        //- scenes/1.md
        ---
        title: Dinner
        when: 1926-11-05T19:00
        ---
        They ate.
        //- scenes/2.md
        ---

        """;

    [Test]
    public void Another_gap_than_the_dates_have_is_found() => RuleCheck.Faults(First + """
        title: Morning
        when: 1926-11-08T09:00
        ---
        # The Morning

        The next morning Ada woke. It was three days later.
        #<^^^^^^^^^^^^^^^^ time/elapsed warning: This scene begins three days after *Dinner* (scene 1), by the dates of both; the text says otherwise.
        //- scenes/3.md
        ---
        title: Week
        when: 1926-11-09
        ---
        A week later Ada came.
        #<^^^^^^^^^^^^ time/elapsed warning: one day after *Morning* (scene 2)
        //- scenes/4.md
        ---
        title: Hours
        when: 1926-11-09T20:00
        ---
        They went.
        //- scenes/5.md
        ---
        title: Late
        when: 1926-11-09T21:00
        ---
        Five hours later, Ada came.
        #<^^^^^^^^^^^^^^^^ time/elapsed warning: at most 1 hour after *Hours* (scene 4)
        //- scenes/6.md
        ---
        title: Hours
        when: 1926-12-24
        ---
        That same evening Ada came.
        #<^^^^^^^^^^^^^^^^^ time/elapsed warning: 45 days after *Late* (scene 5)
        """);

    [TestCase("The next morning Ada woke.", "1926-11-06T09:00")]
    [TestCase("The next morning Ada woke.", "1926-11-06")]
    [TestCase("Three days later Ada woke.", "1926-11-08")]
    [TestCase("A week later Ada woke.", "1926-11-11")]
    [TestCase("A week later Ada woke.", "1926-11")]
    [TestCase("A fortnight later Ada woke.", "1926-11-20")]
    [TestCase("Two months later Ada woke.", "1927-01-10")]
    [TestCase("A year later Ada woke.", "1927-10-10")]
    [TestCase("Ten years later Ada woke.", "1936")]
    [TestCase("Two hours later Ada woke.", "1926-11-05T22:30")]
    [TestCase("That same night Ada woke.", "1926-11-06T01:00")]
    [TestCase("Later that evening Ada woke.", "1926-11-05T22:00")]
    [TestCase("Some days later Ada woke.", "1926-12-05")]
    [TestCase("By the next morning after that Ada woke.", "1926-11-09T08:00")]
    [TestCase("The next morning Ada woke.", "1926~")]
    [TestCase("The next morning Ada woke.", "1926-11-01")]
    public void The_gap_that_the_dates_have_is_no_fault(string text, string when) => RuleCheck.Clean(First + $"""
        title: Morning
        when: {when}
        timeline: {(when == "1926-11-01" ? "flashback" : "linear")}
        ---
        {text}
        """);

    [Test]
    public void Another_strand_an_undated_scene_and_a_flashback_between_leave_it_open() => RuleCheck.Clean(First + """
        title: Other
        when: 1926-11-20
        strand: other
        ---
        The next morning Ada woke.
        //- scenes/3.md
        ---
        title: Undated
        ---
        The next morning Ada woke.
        //- scenes/4.md
        ---
        title: After
        when: 1926-12-05
        ---
        The next morning Ada woke.
        //- scenes/5.md
        ---
        title: Before
        timeline: flashback
        ---
        They met.
        //- scenes/6.md
        ---
        title: Then
        when: 1926-12-25
        ---
        The next morning Ada woke.
        """);

    [Test]
    public void Days_of_a_story_without_dates_are_counted() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- scenes/1.md
        ---
        when: Day 3, 20:00
        ---
        They ate.
        //- scenes/2.md
        ---
        when: Day 5
        ---
        The following day they left.
        #<^^^^^^^^^^^^^^^^^ time/elapsed warning: two days after
        """);

    [TestCase("The next morning Ada woke.", "1926-11-08", "Three days later Ada woke.")]
    [TestCase("Four days later Ada woke.", "1926-11-08", "Three days later Ada woke.")]
    [TestCase("It was 4 days later.", "1926-11-08", "It was 3 days later.")]
    [TestCase("A week later Ada woke.", "1926-11-19", "Two weeks later Ada woke.")]
    [TestCase("After a month, Ada woke.", "1926-11-08", "After three days, Ada woke.")]
    [TestCase("Three days later Ada woke.", "1926-11-06", "One day later Ada woke.")]
    [TestCase("The next evening Ada woke.", "1926-11-05T22:00", "Later that evening Ada woke.")]
    [TestCase("Nine hours later Ada woke.", "1926-11-05T22:00", "Three hours later Ada woke.")]
    public void The_words_are_set_right(string text, string when, string expected)
    {
        var scene = First + $"when: {when}\n---\n";
        var title = RuleCheck.Titles(scene + text + "\n", "time/elapsed")[0];
        RuleCheck.Fix(scene + text + "\n", "time/elapsed", title, scene + expected + "\n");
    }
}
