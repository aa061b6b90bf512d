using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.Story;
using StoryLsp.Continuity.Timeline;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>time/order</c></summary>
internal sealed class TimeOrder : StoryRule
{
    public override string Code => "time/order";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "A linear scene lies before the nearest earlier scene of its strand that has a date.";

    public override string Documentation => """
        A story is told in the order in which it happens, unless its writer says otherwise. Where a scene is certain to begin before the scene that the reader has met
        just before it, one of the two dates is wrong, or the scene looks back: then mark it `timeline: flashback`. Scenes of another `strand`, and those
        whose `timeline` is anything but `linear`, are not compared. Neither are dates that leave the order open: `1926-11-05` without a clock may
        be before or after `1926-11-05T21:30`.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var scene in story.In(document.Path, "scene"))
        {
            if (scene.Timeline == SceneTimeline.Linear && scene.Field("when") is { } when && story.Ask(new DatedBefore(scene.Key)) is ContainerKey key &&
                story.BeginsBefore(scene.Key, key) && story.Find(key) is { } earlier && !IsDoubted(story, scene, earlier))
            {
                report(new(Code, Severity, TimePlaces.SpanOf(when),
                    $"This scene happens {Gap(story, scene, earlier)}before {Wording.Title(story, earlier)}, which the reader meets earlier. Mark it as a flashback, or correct one of the dates.")
                {
                    Related = [.. TimePlaces.Of(story, story.Timeline.WhyBeginsBefore(scene.Key, key), new TimeFact(scene.Key, TimePart.When))],
                });
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        if (snapshot.ContainerAt(document.Path, finding.Span.Start) is { } scene && FieldEdits.Set(snapshot, document, scene.Fact, "timeline", "flashback") is { } edit)
        {
            yield return new("Mark as a flashback", WorkspaceChange.Edit(document.Path, edit));
        }
    }

    // A time that is contradicted is a fault of its own.
    private static bool IsDoubted(StoryReading story, StoryContainer scene, StoryContainer earlier) =>
        story.Ask(new ContradictionsAt(scene.Key)) is not "" || story.Ask(new ContradictionsAt(earlier.Key)) is not "";

    private static string Gap(StoryReading story, StoryContainer scene, StoryContainer earlier) =>
        story.IntervalOf(scene.Key).LatestStart is { } last && story.IntervalOf(earlier.Key).EarliestStart is { } first && first - last is var minutes && minutes > 1
            ? story.IntervalOf(scene.Key).EarliestStart == last && story.IntervalOf(earlier.Key).LatestStart == first ? $"{Wording.Duration(minutes)} " : minutes >= story.Calendar.MinutesPerDay ? $"at least {Wording.Duration(minutes)} " : ""
            : "";
}
