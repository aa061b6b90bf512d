using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Story;
using StoryLsp.Continuity.Timeline;
using StoryLsp.Index;

namespace StoryLsp.Continuity.State;

/// <summary>A scene or event where it stands in the order in which the story is taken to happen.</summary>
/// <param name="Container">The scene or event.</param>
/// <param name="Number">Its number in the order of reading, from 1; null for an event.</param>
/// <param name="Interval">When it begins and ends, in ticks of the calendar's axis.</param>
/// <param name="FromDayOne">The earliest tick from the beginning of day 1, in a story without dates; null where it hangs on none.</param>
/// <param name="Timeline">How its time stands to the scenes around it.</param>
/// <param name="Location">Where it is set; null where that is unknown.</param>
/// <param name="Present">Who is present.</param>
public sealed record ChronicleEntry(
    Container Container, int? Number, StoryInterval Interval, long? FromDayOne, SceneTimeline Timeline, Container? Location, IReadOnlyList<Container> Present);

/// <summary>All scenes and events in the order in which the story is taken to happen.</summary>
public sealed class Chronicle
{
    private Chronicle(StoryCalendar calendar, IReadOnlyList<ChronicleEntry> entries, IReadOnlyList<Container> unplaced)
    {
        Calendar = calendar;
        Entries = entries;
        Unplaced = unplaced;
    }

    /// <summary>The story's calendar.</summary>
    public StoryCalendar Calendar { get; }

    /// <summary>What has its place in the order, the earliest first.</summary>
    public IReadOnlyList<ChronicleEntry> Entries { get; }

    /// <summary>The events of which nobody knows when they happen, by their names.</summary>
    public IReadOnlyList<Container> Unplaced { get; }

    /// <summary>The chronicle of a story.</summary>
    /// <param name="snapshot">The workspace.</param>
    public static Chronicle Of(Snapshot snapshot)
    {
        var story = StoryWorld.Of(snapshot);
        var placed = StoryState.Of(snapshot).World.Order.Moments.Where(moment => moment.Kind == MomentKind.Happens)
            .Select(moment => story.Find(moment.Container)).OfType<StoryContainer>().ToList();
        var known = placed.Select(scene => scene.Key).ToHashSet();
        return new(
            story.Calendar,
            [.. placed.Select(scene => Read(snapshot, story, scene))],
            [.. snapshot.ContainersOf("event").Where(happening => !known.Contains(happening.Key)).OrderBy(happening => happening.Name, StringComparer.Ordinal)]);
    }

    private static ChronicleEntry Read(Snapshot snapshot, StoryWorld story, StoryContainer scene) => new(
        scene.Container,
        story.NarrativePosition(scene.Key) is { } position ? position + 1 : null,
        story.Timeline.IntervalOf(scene.Key),
        story.Timeline.EarliestFromDayOne(scene.Key),
        scene.Timeline,
        Find(snapshot, scene.One("location")?.Target),
        [.. Cast.Present(scene).Select(reference => Find(snapshot, reference.Target)).OfType<Container>()]);

    private static Container? Find(Snapshot snapshot, ContainerKey? key) => key is { } known ? snapshot.ContainersIn(known.Path).ElementAtOrDefault(known.Index) : null;
}
