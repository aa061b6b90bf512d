using NUnit.Framework;
using StoryLsp.Testing;

namespace StoryLsp.Continuity.Tests.Time;

/// <summary>The rules of group <c>time</c> that ask calendars and the timeline.</summary>
public class TimeRuleTests
{
    private const string Story = """
        //- story.yaml
        story: 1

        """;

    private const string Places = Story + """
        //- characters/ada.yaml
        name: Ada Vane
        //- characters/tom.yaml
        name: Tom
        //- locations/places.yaml
        id: village
        name: Hollow Creek
        ---
        id: manor
        name: The Manor
        within: village
        routes:
          - to: mill
            time: PT5H
        ---
        id: library
        name: The Library
        within: manor
        ---
        id: mill
        name: The Mill
        ---
        id: vat-room
        name: The Vat Room
        within: mill
        ---
        id: city
        name: The City
        ---
        id: moon
        name: The Moon

        """;

    [Test]
    public void What_is_no_date_is_found_at_its_value() => RuleCheck.Faults(Story + """
        //- characters/ada.yaml
        name: Ada
        born: 1893-02-30
        #     ^^^^^^^^^^ time/bad-date error: February 1893 has 28 days. Write `1893-02-28`
        died: someday
        #     ^^^^^^^ time/bad-date error: is no date
        //- events/e.yaml
        - id: a
        //- scenes/1.md
        ---
        when: "1926-13-05T10:00"
        #     ^^^^^^^^^^^^^^^^^^ time/bad-date error: A year has 12 months. Write `1926-05-13T10:00`
        until: 21:30
        #      ^^^^^ time/bad-date error: A time of day wants its date before it
        ---
        //- scenes/2.md
        ---
        when: {after: 1, by: soonish}
        #                    ^^^^^^^ time/bad-date error: This is no length of time
        ---
        //- scenes/3.md
        ---
        when: 25/12/1926
        #     ^^^^^^^^^^ time/bad-date error: Write `1926-12-25`
        ---
        """);

    [Test]
    public void Every_form_of_a_date_is_one() => RuleCheck.Clean(Story + """
        //- characters/ada.yaml
        name: Ada
        born: c. 1893
        died: ../1930
        //- scenes/1.md
        ---
        when: 5 November 1926, 21:30
        ---
        //- scenes/2.md
        ---
        when: Day 3
        ---
        //- scenes/3.md
        ---
        when:
        until: unknown
        ---
        //- scenes/4.md
        ---
        when: "{{date}}"
        ---
        """);

    [Test]
    public void The_calendar_says_what_is_a_date() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        calendar:
          months: {Frostmoon: 30, Thawmoon: 31}
          intercalary: [{name: Midwinter, after: Frostmoon}]
        //- characters/ada.yaml
        name: Ada
        born: 17 Thawmoon 1203
        died: 1203-01-31
        #     ^^^^^^^^^^ time/bad-date error: Frostmoon has 30 days. Write `1203-01-30`
        //- characters/tom.yaml
        name: Tom
        born: Midwinter 1180
        died: 5 November 1203
        #     ^^^^^^^^^^^^^^^ time/bad-date error: is no date
        """);

    [Test]
    public void A_calendar_that_cannot_be_understood_is_reported_once() => RuleCheck.Faults("""
        //- story.yaml
        story: 1
        calendar: lunar
        #         ^^^^^ schema/wrong-type error: no calendar that is known
        //- characters/ada.yaml
        name: Ada
        born: 17 Thawmoon 1203
        """);

    [Test]
    public void A_length_of_time_without_its_unit_is_none() => RuleCheck.Faults(Story + """
        //- scenes/1.md
        ---
        duration: 30
        #         ^^ schema/wrong-type error: `duration` takes a length of time. A number alone
        ---
        //- scenes/2.md
        ---
        duration: all night
        ---
        """);

    [Test]
    public void The_nearest_date_is_offered() => RuleCheck.Fix(Story + """
        //- characters/ada.yaml
        name: Ada
        born: 1926-09-31
        """, "time/bad-date", "Write `1926-09-30`", Story + """
        //- characters/ada.yaml
        name: Ada
        born: 1926-09-30
        """);

    [Test]
    public void Times_that_go_round_in_a_circle_are_found() => RuleCheck.Faults(Story + """
        //- scenes/arrival.md
        ---
        when: a day after letter
        timeline: parallel
        ---
        //- scenes/ball.md
        ---
        when: 2 days after arrival
        timeline: parallel
        ---
        //- scenes/letter.md
        ---
        when: after ball
        #     ^^^^^^^^^^ time/contradiction error: the times of *Arrival* (scene 1) and *Ball* (scene 2)
        timeline: parallel
        ---
        //- scenes/other.md
        ---
        when: 2 days after arrival
        timeline: parallel
        ---
        """);

    [Test]
    public void An_end_before_its_beginning_is_found() => RuleCheck.Faults(Story + """
        //- scenes/arrival.md
        ---
        when: 1926-11-05T21:00
        until: 1926-11-05T20:00
        #      ^^^^^^^^^^^^^^^^ time/contradiction error: ends before it begins
        ---
        """);

    [Test]
    public void Times_that_can_hold_are_no_contradiction() => RuleCheck.Clean(Story + """
        //- scenes/arrival.md
        ---
        when: 1926-11-05T16:00
        until: 1926-11-05
        ---
        //- scenes/ball.md
        ---
        when: 2 to 5 days after arrival
        timeline: parallel
        ---
        //- scenes/letter.md
        ---
        when: before ball
        timeline: parallel
        ---
        """);

    [Test]
    public void A_scene_before_the_one_before_it_is_found() => RuleCheck.Faults(Story + """
        //- scenes/1 arrival.md
        ---
        when: 1926-11-05
        ---
        //- scenes/2 walk.md
        ---
        pov:
        ---
        //- scenes/3 dinner.md
        ---
        when: 1926-11-04T19:00
        #     ^^^^^^^^^^^^^^^^ time/order warning: before *1 arrival* (scene 1), which the reader meets earlier
        ---
        //- scenes/4 far.md
        ---
        when: 3 days before 1-arrival
        #     ^^^^^^^^^^^^^^^^^^^^^^^ time/order warning: at least 1 day, 19 hours before *3 dinner* (scene 3)
        ---
        """);

    [Test]
    public void Scenes_in_order_and_those_that_look_back_are_no_fault() => RuleCheck.Clean(Story + """
        //- scenes/1.md
        ---
        when: 1926-11-05T21:30
        ---
        //- scenes/2.md
        ---
        when: 1926-11-05
        ---
        //- scenes/3.md
        ---
        when: 1909
        timeline: flashback
        ---
        //- scenes/4.md
        ---
        when: 1926-11
        ---
        //- scenes/5.md
        ---
        when: 1920-01-01
        strand: war
        ---
        //- scenes/6.md
        ---
        when: 1925~
        ---
        //- scenes/7.md
        ---
        when: Day 3
        ---
        //- scenes/8.md
        ---
        when: 1926-11-06
        ---
        """);

    [Test]
    public void Scenes_that_the_manuscript_leaves_out_are_not_compared() => RuleCheck.Clean("""
        //- story.yaml
        manuscript: [b]
        //- scenes/a.md
        ---
        when: 1926-11-05
        ---
        //- scenes/b.md
        ---
        when: 1926-11-06
        ---
        """);

    [Test]
    public void To_look_back_is_marked() => RuleCheck.Fix(Story + """
        //- scenes/1.md
        ---
        when: 1926-11-05
        ---
        //- scenes/2.md
        ---
        when: Nov 4, 1926
        ---
        """, "time/order", "Mark as a flashback", Story + """
        //- scenes/1.md
        ---
        when: 1926-11-05
        ---
        //- scenes/2.md
        ---
        when: Nov 4, 1926
        timeline: flashback
        ---
        """);

    [Test]
    public void A_wrong_weekday_is_found_in_prose_and_in_fields() => RuleCheck.Faults(Story + """
        //- scenes/1.md
        ---
        synopsis: It is Sunday, the 7th of November 1926, and then Monday, 9 November 1926.
        #                                                          ^^^^^^ time/weekday warning: 9 November 1926 was a Tuesday, not a Monday
        ---
        The letter was of Friday, November 4, 1926, and nobody had read it.
        #                 ^^^^^^ time/weekday warning: 4 November 1926 was a Thursday, not a Friday. Write `Thursday`

        On 1926-11-05 (Sat) it rained. November 6, 1926, was a Friday.
        #              ^^^ time/weekday warning: Write `Fri`
        #                                                      ^^^^^^ time/weekday warning: Write `Saturday`
        """);

    [Test]
    public void A_right_weekday_and_one_of_an_old_calendar_are_no_fault() => RuleCheck.Clean(Story + """
        //- scenes/1.md
        Friday, November 5, 1926. On Friday the letter came. November 4, 1926, was wet, a Friday followed. On Monday, 7 November 1917, by our calendar a Wednesday.
        Not Friday, November 4, 1926, but Saturday it was. He came on Friday. November 4, 1926 was forgotten. `Friday, November 4, 1926`
        """);

    [Test]
    public void A_calendar_that_is_named_is_held_to_its_weekdays() => RuleCheck.Faults("""
        //- story.yaml
        calendar: gregorian
        //- scenes/1.md
        On Monday, 7 November 1917, it began.
        #  ^^^^^^ time/weekday warning: was a Wednesday
        """);

    [Test]
    public void A_time_of_day_that_the_clock_denies_is_found() => RuleCheck.Faults(Story + """
        //- scenes/1.md
        ---
        when: 1926-11-05T21:30
        time_of_day: morning
        #            ^^^^^^^ time/daypart warning: it is 21:30, and morning is from 5 to 12 o'clock. Write `evening`
        ---
        //- scenes/2.md
        ---
        when: Day 3, 10:00
        ---
        ## INT. LIBRARY - NIGHT
        #                 ^^^^^ time/daypart warning: Write `DAY`

        It was quiet.
        """);

    [TestCase("04:00", "dawn")]
    [TestCase("09:30", "dawn")]
    [TestCase("12:59", "morning")]
    [TestCase("00:15", "evening")]
    [TestCase("07:30", "night")]
    [TestCase("17:00", "night")]
    [TestCase("03:59", "midnight")]
    [TestCase("22:30", "day")]
    public void A_time_of_day_is_wide(string clock, string daypart) => RuleCheck.Clean(Story + $$"""
        //- scenes/1.md
        ---
        when: 1926-11-05T{{clock}}
        time_of_day: {{daypart}}
        ---
        """);

    [Test]
    public void Shots_that_take_longer_than_their_scene_are_found() => RuleCheck.Faults(Story + """
        //- scenes/1.md
        ---
        id: one
        duration: PT1M
        #         ^^^^ time/duration warning: The two shots of this scene take 90 seconds together, and it lasts 60 seconds
        ---
        //- shots/a.yaml
        scene: one
        duration: 40
        //- shots/b.yaml
        scene: one
        duration: 50
        //- shots/c.yaml
        scene: one
        """);

    [Test]
    public void Shots_that_nearly_fit_are_no_fault() => RuleCheck.Clean(Story + """
        //- scenes/1.md
        ---
        id: one
        duration: 1 minute
        ---
        //- scenes/2.md
        ---
        id: two
        ---
        //- shots/a.yaml
        scene: one
        duration: 66
        //- shots/b.yaml
        scene: two
        duration: 5000
        """);

    [Test]
    public void Somebody_in_two_places_at_once_is_found() => RuleCheck.Faults(Places + """
        //- scenes/1 dinner.md
        ---
        characters: [ada, tom]
        location: library
        when: 1926-11-05T19:00
        duration: 2 hours
        ---
        //- scenes/2 mill.md
        ---
        characters: [ada]
        #            ^^^ time/two-places error: Ada Vane is here, at The Vat Room, while *1 dinner* (scene 1) has Ada Vane at The Library at the same time
        location: vat-room
        when: 1926-11-05T20:00
        ---
        """);

    [Test]
    public void Somebody_in_one_place_or_at_another_time_is_no_fault() => RuleCheck.Clean(Places + """
        //- scenes/1.md
        ---
        characters: [ada, tom]
        location: library
        when: 1926-11-05T19:00
        duration: 2 hours
        ---
        //- scenes/2.md
        ---
        characters: [ada]
        location: manor
        when: 1926-11-05T20:00
        ---
        //- scenes/3.md
        ---
        characters: [ada]
        location: moon
        when: 1926-11-05T20:00
        timeline: dream
        ---
        //- scenes/4.md
        ---
        mentions: [ada]
        location: moon
        when: 1926-11-05T20:00
        ---
        //- scenes/5.md
        ---
        characters: [ada]
        location: moon
        when: 1926-11-05T21:00
        ---
        //- scenes/6.md
        ---
        characters: [ada]
        location: city
        when: 1926-11-05
        ---
        //- scenes/7.md
        ---
        pov: tom
        when: 1926-11-05T20:00
        timeline: parallel
        ---
        """);

    [Test]
    public void Too_little_time_for_the_way_is_found() => RuleCheck.Faults(Places + """
        //- scenes/1 dinner.md
        ---
        characters: [ada, tom]
        location: library
        when: 1926-11-05T19:00
        duration: 1 hour
        ---
        //- scenes/2 mill.md
        ---
        characters: [ada]
        location: vat-room
        when: 1926-11-05T23:00
        #     ^^^^^^^^^^^^^^^^ time/travel warning: Ada Vane cannot be at The Vat Room by then: the way from The Library, where *1 dinner* (scene 1) is set, takes 5 hours at least, and there are at most 3 hours between. Begin this scene at 6 November 1926, 01:00 or later
        ---
        """);

    [Test]
    public void A_way_rests_on_what_it_leads_through_and_on_nothing_else()
    {
        var workspace = FixtureWorkspace.Of(Places + """
            //- scenes/1.md
            ---
            characters: [ada, tom]
            location: library
            when: 1926-11-05T19:00
            duration: 1 hour
            ---
            //- scenes/2.md
            ---
            characters: [ada]
            location: vat-room
            when: 1926-11-05T23:00
            ---
            """);
        RuleCheck.Fixes(workspace);
        var related = workspace.AllFindings().Single(found => found.Finding.Code == "time/travel").Finding.Related;
        Assert.That(related.Select(place => $"{workspace.Text(place.Path)!.Slice(place.Span)}: {place.Message}"), Is.EquivalentTo(new[]
        {
            "ada: Ada Vane is here before.",
            "ada: Ada Vane is here.",
            "vat-room: Where this scene is set.",
            "library: Where *1* (scene 1) is set.",
            "manor: What The Library lies within, where the way leads through.",
            "PT5H: How long the way takes.",
            "mill: What The Vat Room lies within, where the way leads through.",
            "1926-11-05T19:00: When *1* (scene 1) happens.",
        }));
    }

    [Test]
    public void Each_of_two_who_go_together_is_enough() => RuleCheck.Faults(Places + """
        //- scenes/1.md
        ---
        characters:
          - ada
          - tom
        location: library
        when: 1926-11-05T19:00
        ---
        //- scenes/2.md
        ---
        characters:
          - ada
          - tom
        location: mill
        when: 1926-11-05T23:00
        #     ^^^^^^^^^^^^^^^^ time/travel warning: Ada Vane and Tom cannot be at The Mill by then
        ---
        """);

    [Test]
    public void Time_enough_or_no_way_that_is_known_is_no_fault() => RuleCheck.Clean(Places + """
        //- scenes/1.md
        ---
        characters: [ada, tom]
        location: library
        when: 1926-11-05T19:00
        ---
        //- scenes/2.md
        ---
        characters: [ada]
        location: city
        when: 1926-11-05T19:10
        ---
        //- scenes/3.md
        ---
        characters: [tom]
        location: village
        when: 1926-11-05T20:00
        ---
        //- scenes/4.md
        ---
        characters: [tom]
        location: mill
        when: 1926-11-06T01:00
        ---
        //- scenes/5.md
        ---
        characters: [tom]
        location: manor
        when: 1926-11-06
        ---
        """);

    [TestCase("to: mil\n    time: PT1H")]
    [TestCase("to: mill\n    time: a while")]
    public void A_way_that_is_not_known_may_be_a_short_one(string way)
    {
        var workspace = FixtureWorkspace.Of(Places.Replace("  - to: mill\n", $"  - {way}\n  - to: mill\n") + """
            //- scenes/1.md
            ---
            characters: [ada]
            location: mill
            when: 1926-11-05 19:00
            ---
            //- scenes/2.md
            ---
            characters: [ada]
            location: library
            when: 1926-11-05 21:00
            ---
            """);
        Assert.That(workspace.AllFindings().Select(found => found.Finding.Code), Has.None.EqualTo("time/travel"));
    }

    [Test]
    public void The_earliest_arrival_is_offered() => RuleCheck.Fix(Places + """
        //- scenes/1.md
        ---
        characters: [ada]
        location: mill
        when: 1926-11-05 19:00
        ---
        //- scenes/2.md
        ---
        characters: [ada]
        location: library
        when: 1926-11-05 21:00
        ---
        """, "time/travel", "Begin at the earliest arrival, `1926-11-06 00:00`", Places + """
        //- scenes/1.md
        ---
        characters: [ada]
        location: mill
        when: 1926-11-05 19:00
        ---
        //- scenes/2.md
        ---
        characters: [ada]
        location: library
        when: 1926-11-06 00:00
        ---
        """);
}
