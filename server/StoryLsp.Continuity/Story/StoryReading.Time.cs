using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Timeline;
using StoryLsp.Index;

namespace StoryLsp.Continuity.Story;

public sealed partial class StoryReading
{
    /// <summary>The calendar of the story.</summary>
    public StoryCalendar Calendar => _world.Calendar;

    /// <summary>
    /// The timeline, for a <see cref="Question"/> of a rule's own and for the places of a finding once the answer is known. Rules ask
    /// <see cref="IntervalOf"/> and the like, or their findings would not be found anew when a date changes.
    /// </summary>
    internal StoryTimeline Timeline => _world.Timeline;

    /// <summary>When a scene or event begins and ends; everything open for what has no time.</summary>
    public StoryInterval IntervalOf(ContainerKey key) => (StoryInterval)Ask(new WhenHappens(key))!;

    /// <summary>Between which ticks a date of a container lies, as <c>born</c>; nothing where it is unknown.</summary>
    public TickBounds BoundsOf(ContainerKey key, string field) => (TickBounds)Ask(new WhenIs(key, field))!;

    /// <summary>Whether it is certain that one scene or event begins before another begins.</summary>
    public bool BeginsBefore(ContainerKey key, ContainerKey other) => Certain(key, other).BeginsBefore;

    /// <summary>Whether it is certain that one scene or event has ended when another begins.</summary>
    public bool EndsBefore(ContainerKey key, ContainerKey other) => Certain(key, other).EndsBefore;

    private (bool BeginsBefore, bool EndsBefore, bool, bool) Certain(ContainerKey key, ContainerKey other) => ((bool, bool, bool, bool))Ask(new OrderOf(key, other))!;
}
