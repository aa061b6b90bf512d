using NUnit.Framework;
using StoryLsp.Features.Overviews;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Overviews;

/// <summary>Scenes and events in the order in which they happen.</summary>
public sealed class TimelineOverviewTests
{
    private const string Files = """
        //- story.yaml
        story: 1
        title: Heron
        manuscript: [late, undated, early]
        //- scenes/late.md
        ---
        when: 1926-11-05T21:30
        duration: PT1H
        strand: Ada
        characters: [ada]
        ---
        //- scenes/undated.md
        ---
        strand: Ada
        ---
        It went on.
        //- scenes/early.md
        ---
        when: 1909-03-14
        timeline: flashback
        ---
        //- events/war.yaml
        name: The War
        //- events/flood.yaml
        name: The Flood
        when: 1926-11-04
        //- characters/ada.yaml
        name: Ada
        """;

    [Test]
    public void What_has_a_time_stands_by_it_and_what_nobody_can_place_last()
    {
        var moments = TimelineOverview.Of(FixtureWorkspace.Of(Files).Snapshot);
        Assert.That(moments.Select(moment => $"{moment.Name}: {moment.Label}; {moment.Order}; {moment.Strand}; {moment.Told}; {string.Join(',', moment.Present.Select(one => one.Name))}"), Is.EqualTo(new[]
        {
            "Early: Sunday, 14 March 1909; 3; ; flashback; ",
            "The Flood: Thursday, 4 November 1926; ; ; ; ",
            "Late: Friday, 5 November 1926, 21:30; 1; Ada; ; Ada",
            "Undated: No date; 2; Ada; ; ",
            "The War: Nobody knows when; ; ; ; ",
        }));
        Assert.That(moments[2].End - moments[2].Start, Is.EqualTo(60));
        Assert.That(moments[2].Start - moments[1].Start, Is.EqualTo((24 * 60) + (21 * 60) + 30));
        Assert.That((moments[3].Start, moments[4].End), Is.EqualTo(((long?)null, (long?)null)));
    }

    [Test]
    public void A_day_stands_once_with_all_that_happens_on_it() => Assert.That(TimelineOverview.Mermaid(FixtureWorkspace.Of(Files).Snapshot), Is.EqualTo("""
        timeline
            title Heron
            Sunday, 14 March 1909 : Early
            Thursday, 4 November 1926 : The Flood
            Friday, 5 November 1926 : 21#58;30 Late
                    : Undated
            Nobody knows when : The War

        """));
}
