using NUnit.Framework;

namespace StoryLsp.Continuity.Tests;

/// <summary>The rules of group <c>board</c>.</summary>
public class BoardRuleTests
{
    private const string Scenes = """
        //- story.yaml
        story: 1
        //- scenes/vat.md
        The vat.
        //- scenes/water.md
        The water.

        """;

    // printf 'Ada leans over, the tapé in her hand.\nThe plank turns.' | sha256sum, in NFC.
    private const string Approved = "8934272acef6e1295c32f99c1dc6840e9656b6eae039ea27b8b2ce41a801b24f";

    [Test]
    public void A_number_of_two_scenes_is_found_at_the_later() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- scenes/1.md
        ---
        chapter: 1
        order: 2
        ---
        //- scenes/2.md
        ---
        chapter: 01
        order: 2.0
        #      ^^^ board/scene-number warning: *1* (scene 1) has this place in the chapter already
        ---
        //- scenes/3.md
        ---
        chapter: 1
        order: 3
        ---
        //- scenes/4.md
        ---
        chapter: 2
        order: 2
        ---
        """);

    [Test]
    public void The_next_number_that_is_free_is_given() => RuleCheck.Fix("""
        //- scenes/1.md
        ---
        chapter: One
        order: 2
        ---
        //- scenes/2.md
        ---
        chapter: one
        order: 2
        ---
        //- scenes/3.md
        ---
        chapter: One
        order: 3
        ---
        """, "board/scene-number", "Renumber to `4`", """
        //- scenes/1.md
        ---
        chapter: One
        order: 2
        ---
        //- scenes/2.md
        ---
        chapter: one
        order: 4
        ---
        //- scenes/3.md
        ---
        chapter: One
        order: 3
        ---
        """);

    [Test]
    public void Chapters_are_counted_anew_in_each_part() => RuleCheck.Clean("""
        //- scenes/1.md
        ---
        act: 1
        chapter: 1
        order: 2
        ---
        //- scenes/2.md
        ---
        act: 2
        chapter: 1
        order: 2
        ---
        //- scenes/3.md
        ---
        chapter: 1
        ---
        //- scenes/4.md
        ---
        chapter: 1
        ---
        """);

    [Test]
    public void A_shot_number_that_is_there_twice_is_found_at_the_later() => RuleCheck.Faults(Scenes + """
        //- shots.yaml
        shots:
          - id: vat-1
            scene: vat
            number: 3a
          - id: vat-2
            scene: vat
            number: 4
          - id: water-1
            scene: water
            number: "4"
        //- zoom.yaml
        shots:
          - id: vat-9
            scene: vat
            number: "3A"
            #       ^^^^ board/shot-number error: *Vat* (scene 1) has a shot 3A already: vat-1
          - id: vat-10
            scene: vat
            number: 4
            #       ^ board/shot-number error: *Vat* (scene 1) has a shot 4 already: vat-2
          - id: nowhere
            scene: vat
            number: 5
        """);

    [Test]
    public void A_shot_gets_the_next_number_or_the_next_letter() => Assert.That(RuleCheck.Titles(Scenes + """
        //- shots.yaml
        shots:
          - {id: a, scene: vat, number: 3}
          - {id: b, scene: vat, number: 3}
          - {id: c, scene: vat, number: 4}
          - {id: d, scene: vat, number: 3A}
        """, "board/shot-number"), Is.EqualTo(["Renumber to `5`", "Renumber to `3B`"]));

    [Test]
    public void A_shot_of_no_scene_and_a_panel_of_no_shot_are_found() => RuleCheck.Faults(Scenes + """
        //- shots.yaml
        shots:
          - id: vat-1
            name: The vat from above
            #     ^^^^^^^^^^^^^^^^^^ board/orphan warning: The vat from above belongs to no scene
            panel: panel-1
          - id: vat-2
            scene: vat
        //- panels.yaml
        panels:
          - {id: panel-1, name: The vat}
          - {id: panel-2, name: The water}
          #                     ^^^^^^^^^ board/orphan warning: The water belongs to no shot
        """);

    [Test]
    public void A_folder_called_shots_is_no_storyboard() => RuleCheck.Clean("""
        //- Shots/beach.md
        f/8, and the sun behind me.
        //- Panels/solar.md
        Twelve of them.
        """);

    [Test]
    public void A_slip_in_the_name_of_a_panel_is_the_only_fault()
    {
        var found = StoryLsp.Testing.FixtureWorkspace.Of(Scenes + """
            //- shots.yaml
            shots: [{id: vat-1, scene: vat, panel: panel-on}, {id: vat-2, scene: what}]
            //- panels.yaml
            panels: [{id: panel-one, name: The vat}]
            """).AllFindings();
        Assert.That(found.Select(one => one.Finding.Code), Is.EqualTo(["ref/unresolved", "ref/unresolved"]));
    }

    [TestCase("locked")]
    [TestCase("approved")]
    public void A_change_under_an_approval_is_found(string status) => RuleCheck.Faults($$"""
        {{Scenes}}
        //- shots.yaml
        shots:
          - id: vat-1
            name: The plank
            scene: vat
            description: The plank turned.
            #            ^^^^^^^^^^^^^^^^^ board/locked-edit warning: The plank is {{status}}, but this is not the wording
            approval:
              hash: {{Approved}}
              status: {{status}}
              by: [Ada]
          - id: vat-2
            scene: vat
            description: The plank turned.
            #            ^^^^^^^^^^^^^^^^^ board/locked-edit warning:
            approval: {status: "{{status}}", hash: {{Approved}}}
        """);

    [TestCase("status: review, hash: " + Approved, TestName = "Under review")]
    [TestCase("status: locked", TestName = "Without a hash")]
    [TestCase("status: locked, hash: to do", TestName = "With a hash that is none")]
    public void What_binds_nobody_may_change(string approval) => RuleCheck.Clean($$"""
        {{Scenes}}
        //- shots.yaml
        shots:
          - id: vat-1
            scene: vat
            description: Any.
            approval: { {{approval}} }
        """);

    [TestCase("|\n      Ada leans over, the tapé in her hand.\n      The plank turns.\n", TestName = "As a block")]
    [TestCase("\"  Ada leans over, the tape\u0301 in her hand.\\r\\nThe plank turns.\"", TestName = "Decomposed, with CRLF and spaces around")]
    public void The_same_content_in_another_form_is_the_same(string description) => RuleCheck.Clean($$"""
        {{Scenes}}
        //- shots.yaml
        shots:
          - id: vat-1
            scene: vat
            description: {{description}}
            approval: {status: locked, hash: {{Approved.ToUpperInvariant()}}}
        """);
}
