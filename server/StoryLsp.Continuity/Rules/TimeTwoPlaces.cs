using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>time/two-places</c></summary>
internal sealed class TimeTwoPlaces : StoryRule
{
    private const int DeepestNesting = 64;

    public override string Code => "time/two-places";

    public override Severity Severity => Severity.Error;

    public override string Summary => "Somebody is present in two scenes at the same time, at places that have nothing in common.";

    public override string Documentation => """
        Ada dines at the manor from seven to nine, and at eight she is at the mill. The rule fires where two scenes or events with the same person are certain to share a
        minute, at two places of which none lies within the other and which share no larger place that both lie `within`. Times that leave it open, dreams, and scenes
        without a `location` are no fault. Correct a time or a place, or move the person to `mentions`.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var scene in story.In(document.Path))
        {
            if (Presence.IsAt(story, scene) is not { } place || story.Ask(new OverlapsOf(scene.Key)) is not KeyList { Keys: var overlaps })
            {
                continue;
            }

            foreach (var other in overlaps.Select(key => story.Find(key)).OfType<StoryContainer>())
            {
                if (Presence.IsLater(story, scene, other) && Presence.IsAt(story, other) is { } otherPlace && AreApart(story, place.Target, otherPlace.Target))
                {
                    Report(story, scene, place, other, otherPlace, report);
                }
            }
        }
    }

    private void Report(StoryReading story, StoryContainer scene, StoryReference place, StoryContainer other, StoryReference otherPlace, Action<Finding> report)
    {
        foreach (var here in Presence.In(scene).DistinctBy(one => one.Target))
        {
            var there = Presence.In(other).Where(one => one.Target == here.Target).ToList();
            if (there.Count > 0 && story.Find(here) is { } person && story.Find(place) is { } at && story.Find(otherPlace) is { } elsewhere)
            {
                report(new(Code, Severity, here.Span,
                    $"{person.Name} is here, at {at.Name}, while {Wording.Title(story, other)} has {person.Name} at {elsewhere.Name} at the same time. Correct a time or a place, or move {person.Name} to `mentions` in one of them.")
                {
                    Related =
                    [
                        .. there.Count == 1 ? [other.Place(there[0].Span, $"{person.Name} is here as well.")] : (RelatedPlace[])[],
                        scene.Place(place.Span, "Where this scene is set."),
                        other.Place(otherPlace.Span, $"Where {Wording.Title(story, other)} is set."),
                        .. TimePlaces.Of(story, story.Timeline.WhyOverlaps(scene.Key, other.Key)),
                    ],
                });
            }
        }
    }

    private static bool AreApart(StoryReading story, ContainerKey? a, ContainerKey? b) =>
        a != b && Around(story, a) is { } first && Around(story, b) is { } second && !first.Overlaps(second);

    // A place and all that it lies within; null where that is not known to the end.
    private static HashSet<ContainerKey>? Around(StoryReading story, ContainerKey? place)
    {
        var result = new HashSet<ContainerKey>();
        while (story.Find(place) is { } known && result.Count < DeepestNesting && result.Add(known.Key))
        {
            if (known.One("within") is not { } outer)
            {
                return known.Field("within") is null ? result : null;
            }

            place = outer.Target;
        }

        return null;
    }
}
