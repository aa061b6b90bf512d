using StoryLsp.Index;

namespace StoryLsp.Continuity.State;

/// <summary>A field of a container that says when something is.</summary>
internal readonly record struct FieldPlace(ContainerKey Container, string Field);

/// <summary>What is known of the times of moments, as far as the state of the world needs it.</summary>
internal interface IStoryClock
{
    /// <summary>The earliest time of a moment, in ticks of a minute; null where it has no date.</summary>
    long? EarliestOf(Moment moment);

    /// <summary>The latest time of a moment, in ticks of a minute; null where it has no date.</summary>
    long? LatestOf(Moment moment);

    /// <summary>The fields by which one moment is entailed to be over before another begins; null where it is not.</summary>
    IReadOnlyList<FieldPlace>? ProofOf(Moment first, Moment second);
}
