using NUnit.Framework;

namespace StoryLsp.Continuity.Tests;

public class StateSettingTests
{
    private const string Places = """
        //- story.yaml
        story: 1
        //- locations/manor.yaml
        name: Thorne Manor
        //- locations/library.yaml
        name: The Library
        within: manor
        //- locations/hall.yaml
        name: The Hall
        within: manor
        //- locations/alcove.yaml
        name: Alcove
        within: library
        //- locations/mill.yaml
        name: Old Mill

        """;

    [Test]
    public void A_heading_that_names_another_place_is_found() => RuleCheck.Faults(Places + """
        //- scenes/1.md
        ---
        location: hall
        ---
        INT. LIBRARY - NIGHT
        #    ^^^^^^^ state/setting warning: The heading says The Library, but the scene is at The Hall

        Ada reads.
        //- scenes/2.md
        ---
        location: library
        ---
        # EXT. OLD MILL - DAY
        #      ^^^^^^^^ state/setting warning: The heading says Old Mill

        Ada walks.
        //- scenes/3.md
        ---
        location: hall
        ---
        INT. THORNE MANOR - LIBRARY - NIGHT
        #                   ^^^^^^^ state/setting warning: The heading says The Library
        //- scenes/4.md
        ---
        location: manor
        ---
        **INT. [[Old Mill|the mill]] - DAY**
        #        ^^^^^^^^ state/setting warning: The heading says Old Mill
        """);

    [Test]
    public void The_same_place_a_part_of_it_what_is_around_and_what_nobody_knows_are_no_fault() => RuleCheck.Clean(Places + """
        //- scenes/1.md
        ---
        location: library
        ---
        INT. LIBRARY - NIGHT

        INT. THE LIBRARY - LATER

        INT. ALCOVE - NIGHT

        INT. THORNE MANOR - NIGHT

        INT. KITCHEN - NIGHT

        INT. THORNE MANOR - KITCHEN

        INT. HALL / LIBRARY - NIGHT

        INT. OLD MILL - LIBRARY - NIGHT

        He went to the mill.
        //- scenes/2.md
        INT. LIBRARY - NIGHT
        //- scenes/3.fountain
        INT. LIBRARY - NIGHT

        Ada reads.
        """);

    [Test]
    public void The_heading_or_the_location_is_set_right()
    {
        const string fixture = Places + """
            //- scenes/1.md
            ---
            location: hall
            ---
            INT. LIBRARY - NIGHT
            """;
        RuleCheck.Fix(fixture, "state/setting", "Replace with `THE HALL`", fixture.Replace("LIBRARY", "THE HALL"));
        RuleCheck.Fix(fixture, "state/setting", "Set `location` to `library`", fixture.Replace("location: hall", "location: library"));
    }
}
