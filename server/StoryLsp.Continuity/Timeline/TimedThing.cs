using StoryLsp.Continuity.Calendars;
using StoryLsp.Index;

namespace StoryLsp.Continuity.Timeline;

/// <summary>A scene, an event, or anything else that has its time.</summary>
/// <param name="Key">Which container.</param>
/// <param name="When">When it begins, as written.</param>
/// <param name="Anchor">What a relative <paramref name="When"/> is measured from; null where that is not known.</param>
/// <param name="Duration">How long it lasts, as written.</param>
/// <param name="Until">When it ends, as written.</param>
/// <param name="UntilAnchor">What a relative <paramref name="Until"/> is measured from.</param>
public sealed record TimedThing(ContainerKey Key, WrittenTime When, ContainerKey? Anchor = null, WrittenDuration? Duration = null, WrittenTime? Until = null, ContainerKey? UntilAnchor = null)
{
    /// <summary>Whether anything is known of when it begins.</summary>
    public bool HasTime => When is WrittenTime.Absolute or WrittenTime.StoryDay || (When is WrittenTime.Relative && Anchor is not null);
}

/// <summary>What is known of when a thing begins and ends, in ticks of the calendar's axis; null is open.</summary>
/// <param name="EarliestStart">The earliest tick at which it may begin.</param>
/// <param name="LatestStart">The latest tick at which it may begin.</param>
/// <param name="EarliestEnd">The earliest tick at which it may end; that it ends after it begins is always known.</param>
/// <param name="LatestEnd">The latest tick at which it may end.</param>
public readonly record struct StoryInterval(long? EarliestStart, long? LatestStart, long? EarliestEnd, long? LatestEnd);

/// <summary>Which of its fields says something of a thing's time.</summary>
public enum TimePart
{
    /// <summary><c>when</c></summary>
    When,

    /// <summary><c>duration</c></summary>
    Duration,

    /// <summary><c>until</c></summary>
    Until,
}

/// <summary>A fact of time that a conclusion rests on.</summary>
/// <param name="Key">Whose time it is.</param>
/// <param name="Part">Which field says so.</param>
public readonly record struct TimeFact(ContainerKey Key, TimePart Part);

/// <summary>Times that cannot all hold.</summary>
/// <param name="Facts">A minimal set: without any one of them, the others can hold. In the order of paths.</param>
/// <param name="SetAside">The one that is not believed for it; one of <paramref name="Facts"/>.</param>
public sealed record Contradiction(IReadOnlyList<TimeFact> Facts, TimeFact SetAside);
