using NUnit.Framework;
using StoryLsp.Testing;

namespace StoryLsp.Continuity.Tests;

/// <summary>The rules of group <c>mystery</c>.</summary>
public class MysteryRuleTests
{
    private const string Cast = """
        //- story.yaml
        story: 1
        //- characters.yaml
        characters:
          - {id: ada, name: Ada}
          - {id: everett, name: Everett}
          - {id: hugh, name: Hugh}
          - {id: lena, name: Lena}

        """;

    private const string Case = Cast + """
        //- case.yaml
        type: case
        id: hollow-creek
        name: The Hollow Creek Affair
        culprit: everett
        detective: ada
        suspects:
          - {who: hugh, motive: He inherits.}
          - {who: lena}
          - {who: everett}
        clues: [spoon-sheet, watch-clock]
        reveal: "4"
        ---
        type: clue
        id: spoon-sheet
        name: The spoon sheet
        eliminates: [lena]
        ---
        type: clue
        id: watch-clock
        name: The watchman's clock
        eliminates: [hugh]

        """;

    private const string Fair = """
        //- scenes/1.md
        ---
        pov: everett
        plants: [spoon-sheet]
        ---
        //- scenes/2.md
        ---
        plants: [watch-clock]
        ---
        //- scenes/3.md
        The spoon sheet lay on the table.
        //- scenes/4.md
        ---
        pov: ada
        ---
        """;

    [Test]
    public void A_case_that_its_clues_solve_is_no_fault() => RuleCheck.Clean(Case + Fair);

    [TestCase("clues: [spoon-sheet, watch-clock]", "clues: []", TestName = "Clues that no case lists")]
    [TestCase("culprit: everett\n", "", TestName = "A culprit who is not told")]
    [TestCase("- {who: everett}", "- {who: everett}\n  - {who: nobody-yet} # story-ignore", TestName = "A suspect who means nothing")]
    public void A_case_of_which_less_is_known(string old, string with)
    {
        var found = FixtureWorkspace.Of(Case.Replace(old, with) + Fair).AllFindings().Where(one => one.Finding.Code.StartsWith("mystery/", StringComparison.Ordinal));
        Assert.That(found, Is.Empty);
    }

    [Test]
    public void Two_suspects_are_left_and_the_message_is_the_proof() => RuleCheck.Faults(Case.Replace("reveal: \"4\"", "reveal: \"4\"\n#        ^ mystery/unsolvable") + Fair.Replace("plants: [watch-clock]", "status: done"));

    [Test]
    public void The_proof_names_each_step()
    {
        var found = FixtureWorkspace.Of(Case + Fair.Replace("plants: [watch-clock]", "status: done").Replace("pov: ada", "pov: ada\nplants: [watch-clock]")).AllFindings().Single();
        Assert.That(found.Finding.Message, Is.EqualTo(
            "Of Hugh, Lena and Everett, the clues before *4* (scene 4) leave Hugh and Everett, so no reader can know who did it. " +
            "(1) *The spoon sheet*, in *1* (scene 1), clears Lena. " +
            "Nothing that is planted clears Hugh. *The watchman's clock* would, but is planted only in the scene of the solution itself. Plant a clue that `eliminates` Hugh."));
        var workspace = FixtureWorkspace.Of(Case);
        Assert.That(found.Finding.Related.Select(place => (place.Path, workspace.Text(place.Path)?.Slice(place.Span))), Is.EqualTo(new (string, string?)[]
        {
            ("case.yaml", "hugh"), ("case.yaml", "everett"), ("case.yaml", "lena"), ("scenes/1.md", null),
        }));
    }

    [Test]
    public void A_clue_that_clears_who_did_it_is_found_at_the_culprit() => RuleCheck.Faults(Case.Replace("eliminates: [hugh]", "eliminates: [everett]")
        .Replace("culprit: everett", "culprit: everett\n#        ^^^^^^^ mystery/unsolvable error: Everett did it, but before *4* (scene 4) the clues clear Everett. (1) *The watchman's clock*, in *2* (scene 2), clears Everett.") + Fair);

    [Test]
    public void Everybody_is_cleared() => RuleCheck.Faults(Case.Replace("  - {who: everett}\n", "")
        .Replace("reveal: \"4\"", "reveal: \"4\"\n#        ^ mystery/unsolvable error: clear every suspect: Hugh and Lena") + Fair);

    [Test]
    public void A_red_herring_proves_nothing_and_leaves_nobody_for_certain() => RuleCheck.Clean(Case.Replace("eliminates: [hugh]", "eliminates: [hugh]\nred_herring: true") + Fair);

    [Test]
    public void Nobody_reasons_where_nothing_clears_anybody() => RuleCheck.Clean(Case + Fair.Replace("[spoon-sheet]", "[]").Replace("[watch-clock]", "[]"));

    [Test]
    public void What_another_case_lists_proves_nothing_here() => RuleCheck.Clean(Case.Replace("clues: [spoon-sheet, watch-clock]", "clues: []") + """
        //- other.yaml
        type: case
        id: the-theft
        name: The theft
        clues: [watch-clock, spoon-sheet]

        """ + Fair);

    [Test]
    public void An_essential_clue_that_comes_too_late_is_the_only_fault() => RuleCheck.Faults(Case.Replace("eliminates: [lena]", "eliminates: [lena]\nessential: true")
        .Replace("clues: [spoon-sheet, watch-clock]", "clues: [spoon-sheet, watch-clock]\n#       ^^^^^^^^^^^ mystery/unfair-clue error: The clue *The spoon sheet* is essential, but is planted only in the scene of the solution itself")
        + Fair.Replace("plants: [spoon-sheet]", "status: done").Replace("pov: ada", "pov: ada\nplants: [spoon-sheet]"));

    [Test]
    public void The_fixes_plant_it_where_it_is_named_where_the_detective_is_and_last() => Assert.That(
        RuleCheck.Titles(Case.Replace("eliminates: [lena]", "essential: true") + """
            //- scenes/1.md
            She took the spoon sheet.
            //- scenes/2.md
            ---
            characters: [ada]
            ---
            //- scenes/3.md
            Nothing.
            //- scenes/4.md
            The end.
            """, "mystery/unfair-clue"),
        Is.EqualTo(["Plant it in *1*", "Plant it in *2*", "Plant it in *3*"]));

    [TestCase("no scene plants it", "scenes/3.md", "status: done", "manuscript: [one]")]
    [TestCase("is planted only in *5* (scene 5), after the solution", "scenes/5.md", "plants: [spoon-sheet]", "title: x")]
    [TestCase("is planted only in *0*, which the manuscript leaves out", "scenes/0.md", "plants: [spoon-sheet]", "manuscript: [\"1\", \"2\", \"3\", \"4\"]")]
    public void The_message_says_where_it_is(string words, string path, string field, string setting)
    {
        var fixture = Case.Replace("eliminates: [lena]", "essential: true").Replace("story: 1", "story: 1\n" + setting) + Fair.Replace("plants: [spoon-sheet]", "status: done") + $"\n//- {path}\n---\n{field}\n---\n";
        fixture = path == "scenes/3.md" ? fixture.Replace("manuscript: [one]\n", "").Replace("//- scenes/3.md\nThe spoon sheet lay on the table.\n", "") : fixture;
        Assert.That(FixtureWorkspace.Of(fixture).AllFindings().Select(found => found.Finding.Message), Has.One.Contains(words));
    }

    [Test]
    public void A_slip_among_the_plants_is_the_only_fault() => Assert.That(
        FixtureWorkspace.Of(Case.Replace("eliminates: [lena]", "eliminates: [lena]\nessential: true") + Fair.Replace("[spoon-sheet]", "[spon-sheet]")).AllFindings().Select(found => found.Finding.Code),
        Is.EqualTo(["ref/unresolved"]));

    [Test]
    public void A_culprit_who_comes_late_is_found() => RuleCheck.Faults(Case
        .Replace("culprit: everett", "culprit: everett\n#        ^^^^^^^ mystery/late-culprit warning: Everett did it, but is first there in *3* (scene 3) of four") + Fair
        .Replace("pov: everett", "mentions: [everett]").Replace("The spoon sheet lay on the table.", "---\ncharacters: [everett]\n---"));

    [Test]
    public void A_culprit_who_is_not_there_yet_is_no_fault() => RuleCheck.Clean(Case + Fair.Replace("pov: everett", "mentions: [everett]"));

    private const string Herring = Cast + """
        //- case.yaml
        type: case
        id: hollow-creek
        name: The Hollow Creek Affair
        culprit: everett
        red_herrings: [red-cuffs]
        ---
        type: clue
        id: red-cuffs
        name: Red cuffs
        points_to: [hugh]
        ---
        type: clue
        id: watch-clock
        name: The watchman's clock
        eliminates: [hugh]
        ---
        type: fact
        id: hugh-at-mill
        name: Hugh was at the mill
        //- scenes/1.md
        ---
        plants: [red-cuffs]
        ---

        """;

    [Test]
    public void A_red_herring_that_nothing_clears_up_is_found() => RuleCheck.Faults(Herring.Replace("story: 1", "story: 1\nstatus: complete")
        .Replace("red_herrings: [red-cuffs]", "red_herrings: [red-cuffs]\n#              ^^^^^^^^^ mystery/red-herring-unresolved warning: The red herring *Red cuffs* misleads the reader from *1* (scene 1) on and is never cleared up: no clue clears Hugh"));

    [Test]
    public void A_red_herring_that_marks_itself_is_found() => RuleCheck.Faults(Herring.Replace("story: 1", "story: 1\nstatus: complete")
        .Replace("points_to: [hugh]", "establishes: hugh-at-mill\nred_herring: true")
        .Replace("red_herrings: [red-cuffs]", "clues: [red-cuffs]\n#       ^^^^^^^^^ mystery/red-herring-unresolved warning: no scene reveals *Hugh was at the mill*"));

    [TestCase("points_to: [hugh]", "plants: [watch-clock]", TestName = "Who was suspected is cleared")]
    [TestCase("establishes: hugh-at-mill", "reveals: [hugh-at-mill]", TestName = "What was behind it is revealed")]
    [TestCase("establishes: hugh-at-mill", "effects: [ada learns hugh-at-mill]", TestName = "Somebody learns what was behind it")]
    [TestCase("points_to: [everett]", "status: done", TestName = "It points to who did it")]
    [TestCase("text: Red to the elbow.", "status: done", TestName = "Nobody knows what it is about")]
    public void A_red_herring_that_is_cleared_up(string herring, string scene) =>
        RuleCheck.Clean(Herring.Replace("story: 1", "story: 1\nstatus: complete").Replace("points_to: [hugh]", herring) + $"//- scenes/2.md\n---\n{scene}\n---\n");

    [Test]
    public void A_story_that_is_not_complete_may_still_clear_it_up() => RuleCheck.Clean(Herring);

    private const string Manor = Cast + """
        //- places.yaml
        locations:
          - {id: manor, name: The manor}
          - {id: kitchen, name: The kitchen, within: manor}
          - {id: study, name: The study, within: manor}
          - {id: landing, name: The landing}

        """;

    [TestCase("when: 1926-11-05T20:45", TestName = "At a moment within it")]
    [TestCase("when: 1926-11-05T20:00\n        duration: PT1H", TestName = "For longer")]
    [TestCase("when: {after: dinner, by: PT40M}\n        duration: PT5M", TestName = "Some time after something else")]
    public void An_alibi_that_the_story_contradicts_is_found(string time) => RuleCheck.Faults($$"""
        {{Manor}}
        //- case.yaml
        type: case
        id: hollow-creek
        suspects:
          - who: lena
            alibi:
              where: kitchen
              #      ^^^^^^^ mystery/alibi error: Lena claims to have been at The kitchen, but *The shot* shows Lena at The study at that time
              from: 1926-11-05T20:30
              until: 1926-11-05T20:55
          - who: hugh
            alibi: {where: landing, from: 1926-11-05T20:30, until: 1926-11-05T21:00, lie: true}
        //- events/dinner.yaml
        id: dinner
        when: 1926-11-05T20:00
        //- events/shot.yaml
        name: The shot
        participants: [everett, lena, hugh]
        location: study
        {{time.Replace("        ", "")}}
        """);

    [Test]
    public void An_alibi_in_one_line_is_marked_as_a_lie() => RuleCheck.Fix(Manor + """
        //- case.yaml
        type: case
        suspects: [{who: lena, alibi: {where: landing, from: "Day 3, 20:30", lie: false, until: "Day 3, 21:00"}}]
        //- scenes/1.md
        ---
        pov: lena
        location: study
        when: Day 3, 20:45
        ---
        """, "mystery/alibi", "Mark it as a lie", Manor + """
        //- case.yaml
        type: case
        suspects: [{who: lena, alibi: {where: landing, from: "Day 3, 20:30", lie: true, until: "Day 3, 21:00"}}]
        //- scenes/1.md
        ---
        pov: lena
        location: study
        when: Day 3, 20:45
        ---
        """);

    [TestCase("where: manor, from: 1926-11-05T20:30, until: 1926-11-05T21:00", "", TestName = "At a larger place")]
    [TestCase("where: kitchen, from: 1926-11-05T20:45, until: 1926-11-05T21:00", "", TestName = "Afterwards")]
    [TestCase("where: kitchen, from: 1926-11-05T19:00, until: 1926-11-05T20:30", "", TestName = "Before")]
    [TestCase("where: kitchen, from: 1926-11-05, until: 1926-11-05", "", TestName = "On that day, at what time is not known")]
    [TestCase("where: kitchen, from: 1926-11-05T21:00, until: 1926-11-05T20:00", "", TestName = "Ended before it began")]
    [TestCase("where: kitchen", "", TestName = "For no time")]
    [TestCase("where: kitchen, from: 1926-11-05T20:30, until: 1926-11-05T21:00, lie: perhaps", "", TestName = "Nobody knows whether it is a lie")]
    [TestCase("where: kitchen, from: 1926-11-05T20:30, until: 1926-11-05T21:00", "timeline: dream", TestName = "Dreamt otherwise")]
    [TestCase("where: kitchen, from: 1926-11-05T20:30, until: 1926-11-05T21:00", "characters: [hugh]", TestName = "Of somebody else")]
    public void An_alibi_that_may_hold(string alibi, string field)
    {
        var found = FixtureWorkspace.Of($$"""
            {{Manor}}
            //- case.yaml
            type: case
            suspects:
              - who: lena
                alibi: { {{alibi}} }
            //- scenes/1.md
            ---
            {{(field.StartsWith("characters", StringComparison.Ordinal) ? field : "characters: [lena]\n" + field)}}
            location: study
            when: 1926-11-05T20:30
            duration: PT15M
            ---
            """).AllFindings();
        Assert.That(found.Where(one => one.Finding.Code == "mystery/alibi"), Is.Empty);
    }
}
