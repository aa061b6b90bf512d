using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.Story;
using StoryLsp.Continuity.Timeline;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>time/travel</c></summary>
internal sealed class TimeTravel : StoryRule
{
    public override string Code => "time/travel";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "Somebody has less time between two scenes than the shortest way from one place to the other takes.";

    public override string Documentation => """
        `routes: [{to: mill, time: PT5H}]` says that nobody gets from here to the mill, or back, in less than five hours (`one_way: true` leaves the way back open). Where a
        character leaves one scene and is in the next too soon for the shortest way over all routes, the rule says by when one can be there. Going between a place and what it
        lies `within` takes no time, and where no way is known, nothing is said. A scene without a duration is left at its beginning at the earliest.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        if (story.Ask(new HasRoutes()) is not true)
        {
            return;
        }

        foreach (var scene in story.In(document.Path))
        {
            if (scene.Field("when") is not { } when || Presence.IsAt(story, scene) is not { } place)
            {
                continue;
            }

            foreach (var trips in Presence.In(scene).DistinctBy(one => one.Target).Select(person => (Person: person, Before: Before(story, scene, person))).Where(trip => trip.Before is not null).GroupBy(trip => trip.Before!.Key))
            {
                Report(story, scene, when, place, trips.First().Before!, [.. trips.Select(trip => trip.Person)], report);
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        if (finding.Data is [var arrival] && snapshot.ContainerAt(document.Path, finding.Span.Start) is { } scene && FieldEdits.Set(snapshot, document, scene.Fact, "when", arrival) is { } edit)
        {
            yield return new($"Begin at the earliest arrival, `{arrival}`", WorkspaceChange.Edit(document.Path, edit));
        }
    }

    // The nearest scene before of which the place is known, and which certainly began before this one.
    private static StoryContainer? Before(StoryReading story, StoryContainer scene, StoryReference person)
    {
        if (story.Ask(new PresentBefore(person.Target!.Value, scene.Key)) is not KeyList { Keys: var earlier })
        {
            return null;
        }

        return earlier.Select(key => story.Find(key)).OfType<StoryContainer>()
            .FirstOrDefault(other => Presence.IsAt(story, other) is not null && story.BeginsBefore(other.Key, scene.Key));
    }

    private void Report(StoryReading story, StoryContainer scene, FieldFact when, StoryReference place, StoryContainer before, IReadOnlyList<StoryReference> people, Action<Finding> report)
    {
        var from = Presence.IsAt(story, before)!.Value;
        if (from.Target == place.Target || story.Ask(new OverlapsOf(scene.Key)) is KeyList { Keys: var overlaps } && overlaps.Contains(before.Key) ||
            story.Ask(new MostBetween(before.Key, scene.Key)) is not long gap || story.Ask(new TravelTime(from.Target!.Value, place.Target!.Value)) is not Journey journey || journey.Minutes <= gap)
        {
            return;
        }

        var names = people.Select(person => story.Find(person)?.Name).OfType<string>().ToList();
        var arrival = Arrival(story, scene, before, journey.Minutes);
        report(new(Code, Severity, TimePlaces.SpanOf(when),
            $"{Wording.All(names)} cannot be at {story.Find(place)!.Name} by then: the way from {story.Find(from)!.Name}, where {Wording.Title(story, before)} is set, takes {Wording.Duration(journey.Minutes)} at least, and there {(gap == 0 ? "is no time" : $"are at most {Wording.Duration(gap)}")} between. {(arrival is null ? "Begin this scene later, or end the other sooner." : $"Begin this scene at {story.Calendar.Format(arrival.Value)} or later, or end the other sooner.")}")
        {
            Data = arrival is { } tick ? [Written(story, when, tick)] : [],
            Related =
            [
                // Where several make the same journey, each of them is enough.
                .. people is [var person] ? PlacesOf(story, scene, before, person) : [],
                scene.Place(place.Span, "Where this scene is set."),
                before.Place(from.Span, $"Where {Wording.Title(story, before)} is set."),
                .. journey.Routes.Select(route => PlaceOf(story, route)).OfType<RelatedPlace>(),
                .. TimePlaces.Of(story, story.Timeline.WhyMostBetween(before.Key, scene.Key, journey.Minutes - 1), new TimeFact(scene.Key, TimePart.When)),
            ],
        });
    }

    // Only a clock can be moved to another.
    private static long? Arrival(StoryReading story, StoryContainer scene, StoryContainer before, long minutes) =>
        WrittenTime.Of(scene.Field("when")!.Value, story.Calendar) is WrittenTime.Absolute { HasClock: true, IsApproximate: false, LatestEnd: null } && story.IntervalOf(before.Key).EarliestEnd is { } end ? end + minutes : null;

    private static string Written(StoryReading story, FieldFact when, long tick)
    {
        var written = story.Calendar.Write(tick);
        return when.Value.AsText()?.Contains('T') == false ? written.Replace('T', ' ') : written;
    }

    // Whoever is named twice in a scene is there by either.
    private static IEnumerable<RelatedPlace> PlacesOf(StoryReading story, StoryContainer scene, StoryContainer before, StoryReference person)
    {
        var name = story.Find(person)?.Name ?? person.Text;
        if (Presence.In(before).Where(one => one.Target == person.Target).ToList() is [var earlier])
        {
            yield return before.Place(earlier.Span, $"{name} is here before.");
        }

        if (Presence.In(scene).Where(one => one.Target == person.Target).ToList() is [var here])
        {
            yield return scene.Place(here.Span, $"{name} is here.");
        }
    }

    private static RelatedPlace? PlaceOf(StoryReading story, Route route)
    {
        if (story.Find(route.Owner) is not { } place)
        {
            return null;
        }

        if (route.IsWithin)
        {
            return place.One("within") is { } within ? place.Place(within.Span, $"What {place.Name} lies within, where the way leads through.") : null;
        }

        return TravelTime.RoutesOf(place).ElementAtOrDefault(route.Index) is { Entry: { } entry } ? place.Place((entry.Get("time") ?? entry).Span, "How long the way takes.") : null;
    }
}
