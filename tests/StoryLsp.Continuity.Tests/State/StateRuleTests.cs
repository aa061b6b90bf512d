using NUnit.Framework;
using StoryLsp.Testing;

namespace StoryLsp.Continuity.Tests.State;

/// <summary>The rules that ask for the state of the world.</summary>
public class StateRuleTests
{
    private const string World = """
        //- story.yaml
        story: 1
        //- world.yaml
        characters:
          - {id: ada, name: Ada Vane}
          - {id: tom, name: Tom}
          - {id: lena, name: Lena}
        items:
          - {id: revolver, name: the revolver}
          - {id: oar, name: the oar}
        facts:
          - {id: forged-will, name: The forged will}
        locations:
          - {id: mill, name: Old Mill}

        """;

    [Test]
    public void Who_has_died_is_not_present_later() => RuleCheck.Faults(World + """
        //- scenes/1.md
        ---
        name: The Fire
        characters: [tom, ada]
        effects: [tom dies]
        ---
        //- scenes/2.md
        ---
        characters: [ada, tom]
        #                 ^^^ time/dead-acts error: Tom is in the cast, but died in *The Fire* (scene 1). Move Tom to `mentions`, or mark this scene as a flashback.
        ---
        //- scenes/3.md
        ---
        characters:
          - tom
          # ^^^ time/dead-acts error: died in *The Fire* (scene 1)
        mentions: [lena]
        ---
        //- scenes/4.md
        ---
        pov: Tom
        #    ^^^ time/dead-acts error: Tom is the point of view here, but died
        ---
        """);

    [Test]
    public void Who_has_died_by_a_date_is_not_present_later() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- characters/tom.yaml
        name: Tom
        died: 1926-11-05
        //- characters/ada.yaml
        name: Ada
        //- events/fall.yaml
        name: The Fall
        participants: [ada]
        when: 1926-11-06T10:00
        effects:
          - ada dies
        //- scenes/1.md
        ---
        characters: [ada, tom]
        when: 1926-11-05
        ---
        //- scenes/2.md
        ---
        characters: [Tom, ada]
        #            ^^^ time/dead-acts error: Tom is in the cast, but died on 1926-11-05.
        #                 ^^^ time/dead-acts error: Ada is in the cast, but died in *The Fall*.
        when: 1926-11-07T09:00
        ---
        """);

    [Test]
    public void The_dead_are_silent_where_nothing_says_that_they_come_back() => RuleCheck.Clean(World + """
        //- scenes/1.md
        ---
        characters: [tom, ada]
        when: 1926-11-05
        effects: [tom dies, ada dies]
        ---
        //- scenes/2.md
        ---
        characters: [ada]
        mentions: [tom]
        when: 1926-11-06
        timeline: dream
        ---
        //- scenes/3.md
        ---
        characters: [tom]
        timeline: flashback
        ---
        //- scenes/4.md
        ---
        characters: [tom]
        strand: other
        ---
        //- scenes/5.md
        ---
        characters: [tom]
        when: 1926-11-04
        strand: other
        ---
        //- scenes/6.md
        ---
        characters: [ada]
        effects: [ada revives]
        ---
        //- scenes/7.md
        ---
        characters: [ada]
        ---
        //- scenes/8.md
        ---
        characters: [lena]
        timeline: dream
        effects: [lena dies]
        ---
        //- scenes/9.md
        ---
        characters: [lena]
        ---
        """);

    [Test]
    public void An_undated_revival_may_have_been_in_time() => RuleCheck.Clean(World + """
        //- scenes/1.md
        ---
        effects: [tom dies]
        ---
        //- scenes/2.md
        ---
        characters: [tom]
        ---
        //- events/rescue.yaml
        effects: [tom revives]
        """);

    [Test]
    public void What_nobody_understands_may_have_brought_them_back() => RuleCheck.Clean(World + """
        //- scenes/1.md
        ---
        effects: [tom dies]
        ---
        //- scenes/2.md
        ---
        effects: [tom comes back from the dead]
        ---
        //- scenes/3.md
        ---
        characters: [tom]
        ---
        """);

    [Test]
    public void The_dead_are_moved_to_mentions_or_the_scene_is_a_flashback()
    {
        const string before = World + """
            //- scenes/1.md
            ---
            effects: [tom dies]
            ---
            //- scenes/2.md
            ---
            characters: [ada, tom]
            ---
            """;
        RuleCheck.Fix(before, "time/dead-acts", "Move Tom to `mentions`", before.Replace("characters: [ada, tom]", "characters: [ada]\nmentions: [tom]"));
        RuleCheck.Fix(before, "time/dead-acts", "Mark this scene as a flashback", before.Replace("characters: [ada, tom]", "characters: [ada, tom]\ntimeline: flashback"));
    }

    [Test]
    public void Nobody_is_present_before_they_are_born() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- characters/kit.yaml
        name: Kit
        born: 1930-05-01
        //- scenes/1.md
        ---
        characters: [Kit]
        #            ^^^ time/before-birth error: Kit is in the cast, but is born only on 1930-05-01, after this scene.
        when: 1926-11-05
        ---
        //- scenes/2.md
        ---
        characters: [Kit]
        when: 1930-05-01
        ---
        //- scenes/3.md
        ---
        characters: [Kit]
        timeline: dream
        when: 1920-05-01
        ---
        //- scenes/4.md
        ---
        mentions: [Kit]
        when: 1930-04-01
        strand: other
        ---
        """);

    [Test]
    public void A_place_is_there_from_the_day_it_is_built_until_it_is_destroyed() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- locations/mill.yaml
        name: Old Mill
        built: 1850-01-01
        //- locations/pier.yaml
        name: The Pier
        destroyed: 1926-01-01
        //- scenes/1.md
        ---
        location: Old Mill
        #         ^^^^^^^^ state/place-gone error: which is built only on 1850-01-01
        when: 1840-01-01
        ---
        //- scenes/2.md
        ---
        name: The Fire
        location: Old Mill
        when: 1926-11-05
        effects: [Old Mill destroyed]
        ---
        //- scenes/3.md
        ---
        location: Old Mill
        #         ^^^^^^^^ state/place-gone error: This scene is set at Old Mill, which was destroyed in *The Fire* (scene 2). Set it elsewhere
        when: 1926-11-06
        ---
        //- scenes/4.md
        ---
        location: The Pier
        #         ^^^^^^^^ state/place-gone error: destroyed on 1926-01-01
        when: 1926-11-07
        ---
        //- scenes/5.md
        ---
        location: Old Mill
        when: 1926-11-08
        timeline: dream
        ---
        //- scenes/6.md
        ---
        location: Old Mill
        timeline: flashback
        ---
        """);

    [Test]
    public void Nobody_uses_what_they_cannot_have() => RuleCheck.Faults(World + """
        //- scenes/1.md
        ---
        name: The Boat
        characters: [tom]
        effects: [tom takes oar, tom takes revolver, tom loses revolver]
        ---
        //- scenes/2.md
        ---
        characters: [ada]
        pov: ada
        uses: [oar, {who: ada, item: revolver}]
        #      ^^^ state/possession error: Ada Vane uses the oar here, but Tom has it since it changed hands in *The Boat* (scene 1), and is not in this scene.
        #                            ^^^^^^^^ state/possession error: Ada Vane uses the revolver here, but it was lost in *The Boat* (scene 1). Let somebody take it first.
        ---
        //- scenes/3.md
        ---
        name: The Storm
        characters: [tom]
        effects: [oar destroyed]
        ---
        //- scenes/4.md
        ---
        uses: [{who: tom, item: oar}]
        #                       ^^^ state/possession error: Tom uses the oar here, but it was destroyed in *The Storm* (scene 3).
        ---
        """);

    [Test]
    public void What_is_destroyed_stays_so_whatever_else_that_day_brings() => RuleCheck.Faults(World + """
        //- events/made.yaml
        id: made
        when: 1917-07-17
        time_of_day: afternoon
        effects: [tom takes oar]
        //- events/burnt.yaml
        id: burnt
        name: The Fire
        when: 1917-07-17
        time_of_day: evening
        effects: [oar destroyed]
        //- scenes/1.md
        ---
        pov: ada
        when: 1917-07-18
        uses: [oar]
        #      ^^^ state/possession error: Ada Vane uses the oar here, but it was destroyed in *The Fire*. Let Ada Vane use something else.
        ---
        //- scenes/2.md
        ---
        pov: tom
        when: 1917-07-19
        uses: [oar]
        #      ^^^ state/possession error: Tom uses the oar here, but it was destroyed in *The Fire*.
        effects: [tom takes oar]
        ---
        """);

    [Test]
    public void What_may_be_destroyed_later_may_be_used() => RuleCheck.Clean(World + """
        //- events/burnt.yaml
        id: burnt
        when: 1917-07
        effects: [oar destroyed]
        //- scenes/1.md
        ---
        pov: ada
        when: 1917-07-18
        uses: [oar]
        ---
        """);

    [Test]
    public void An_item_is_handed_over_where_both_were_last()
    {
        const string Begin = World + """
            //- scenes/1.md
            ---
            name: The Boat
            characters: [tom, ada]
            effects: [tom takes oar]
            ---
            //- scenes/2.md
            ---
            name: The Quay
            characters: [tom, ada]

            """;
        const string End = """
            ---
            //- scenes/3.md
            ---
            pov: ada
            uses: [oar]
            ---
            """;
        RuleCheck.Fix(Begin + End, "state/possession", "Let Tom give it to Ada Vane in The Quay", Begin + "effects: [tom gives oar to ada]\n" + End);
    }

    [Test]
    public void What_is_owned_taken_given_or_nobodys_may_be_used() => RuleCheck.Clean("""
        //- story.yaml
        story: 1
        //- world.yaml
        characters: [{id: ada}, {id: tom}, {id: lena}]
        items: [{id: revolver, owner: ada}, {id: oar, owner: tom}, {id: lamp}]
        //- scenes/1.md
        ---
        pov: ada
        characters: [tom, ada]
        uses: [revolver, oar, lamp]
        ---
        //- scenes/2.md
        ---
        pov: ada
        uses: [oar]
        effects: [ada takes oar]
        ---
        //- scenes/3.md
        ---
        pov: lena
        effects: [ada gives revolver to lena]
        ---
        //- scenes/4.md
        ---
        pov: lena
        uses: [revolver]
        ---
        //- scenes/5.md
        ---
        pov: tom
        uses: [revolver]
        timeline: dream
        ---
        //- scenes/6.md
        ---
        effects: [lena hides revolver somewhere]
        ---
        //- scenes/7.md
        ---
        pov: tom
        uses: [revolver]
        ---
        """);

    [Test]
    public void An_owner_has_it_from_the_start() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        //- world.yaml
        characters: [{id: ada}, {id: tom}]
        items:
          - id: revolver
            owner: tom
        //- scenes/1.md
        ---
        pov: ada
        uses: [revolver]
        #      ^^^^^^^^ state/possession error: ada uses revolver here, but tom has it from the start
        ---
        """);

    [Test]
    public void An_injury_rules_things_out_until_it_heals() => RuleCheck.Faults(World + """
        //- scenes/1.md
        ---
        name: The Fall
        effects:
          - {injures: {who: tom, what: broken arm, prevents: [climbs, oar]}}
        ---
        //- scenes/2.md
        ---
        name: The Wait
        characters: [ada]
        ---
        //- scenes/3.md
        ---
        uses: [{who: tom, item: oar}]
        #                       ^^^ state/injury warning: Tom uses the oar here, but was hurt in *The Fall* (scene 1): the broken arm rules that out
        effects:
          - {sets: {who: tom, field: climbs, to: yes}}
          #                          ^^^^^^ state/injury warning: Tom has `climbs` set here
        ---
        //- scenes/4.md
        ---
        effects:
          - {heals: {who: tom, what: Broken Arm}}
        ---
        //- scenes/5.md
        ---
        uses: [{who: tom, item: oar}, {who: ada, item: oar}]
        ---
        """);

    [Test]
    public void An_injury_is_healed_in_the_scene_before()
    {
        const string before = World + """
            //- scenes/1.md
            ---
            effects:
              - {injures: {who: tom, what: broken arm, prevents: [oar]}}
            ---
            //- scenes/2.md
            ---
            name: The Wait
            ---
            //- scenes/3.md
            ---
            uses: [{who: tom, item: oar}]
            ---
            """;
        RuleCheck.Fix(before, "state/injury", "Heal it in The Wait", before.Replace("name: The Wait\n", "name: The Wait\neffects: [{heals: {who: tom, what: broken arm}}]\n"));
    }

    [Test]
    public void Nobody_relies_on_what_they_have_not_learned() => RuleCheck.Faults(World + """
        //- scenes/1.md
        ---
        name: The Supper
        characters: [ada]
        ---
        //- scenes/2.md
        ---
        relies_on: [{who: ada, fact: forged-will}, {who: lena, fact: forged-will}]
        #                            ^^^^^^^^^^^ know/too-early error: Ada Vane relies on *The forged will* here, but Ada Vane learns it only in *The Desk* (scene 3), and does not know it from the start. Let Ada Vane learn it in an earlier scene.
        #                                                            ^^^^^^^^^^^ know/too-early error: no scene or event has Lena learn it, and Lena does not know it from the start. Let Lena
        ---
        //- scenes/3.md
        ---
        name: The Desk
        effects: [ada learns forged-will]
        ---
        //- scenes/4.md
        ---
        pov: ada
        relies_on: [forged-will]
        ---
        """);

    [Test]
    public void Whose_point_of_view_it_is_belongs_to_the_proof_where_nobody_else_is_named()
    {
        var workspace = FixtureWorkspace.Of(World + """
            //- scenes/1.md
            ---
            effects: [tom takes oar, tom loses oar]
            ---
            //- scenes/2.md
            ---
            pov: ada
            uses: [oar]
            relies_on: [forged-will]
            ---
            //- scenes/3.md
            ---
            pov: ada
            uses: [{who: tom, item: oar}]
            ---
            """);
        RuleCheck.Fixes(workspace);
        Assert.That(workspace.AllFindings().Select(found => (found.Path, found.Finding.Code, found.Finding.Related.Any(place => place.Message == "Ada Vane is meant, whose point of view it is."))), Is.EquivalentTo(new[]
        {
            ("scenes/2.md", "state/possession", true),
            ("scenes/2.md", "know/too-early", true),
            ("scenes/3.md", "state/possession", false),
        }));
    }

    [Test]
    public void What_is_known_from_the_start_learned_here_or_perhaps_before_is_known() => RuleCheck.Clean("""
        //- story.yaml
        story: 1
        //- world.yaml
        characters: [{id: ada}, {id: tom}, {id: lena}]
        facts: [{id: forged-will, known_by: [ada]}, {id: early-shot}, {id: the-ice}]
        //- scenes/1.md
        ---
        pov: ada
        relies_on: [forged-will]
        ---
        //- scenes/2.md
        ---
        pov: tom
        relies_on: [forged-will, {who: lena, fact: early-shot}]
        effects: [tom learns forged-will]
        ---
        //- scenes/3.md
        ---
        pov: tom
        relies_on: [the-ice]
        timeline: dream
        ---
        //- scenes/4.md
        ---
        effects: [everybody hears of the-ice]
        ---
        //- scenes/5.md
        ---
        pov: tom
        relies_on: [the-ice]
        ---
        //- events/before.yaml
        effects: [lena learns early-shot]
        """);

    [Test]
    public void What_is_relied_on_is_learned_in_a_scene_before()
    {
        const string before = World + """
            //- scenes/1.md
            ---
            name: The Supper
            characters: [ada]
            ---
            //- scenes/2.md
            ---
            pov: ada
            relies_on: [forged-will]
            ---
            """;
        RuleCheck.Fix(before, "know/too-early", "Let Ada Vane learn it in The Supper", before.Replace("characters: [ada]\n", "characters: [ada]\neffects: [ada learns forged-will]\n"));
        RuleCheck.Fix(before, "know/too-early", "Let Ada Vane learn it in this scene", before.Replace("relies_on: [forged-will]\n", "relies_on: [forged-will]\neffects: [ada learns forged-will]\n"));
    }
}
