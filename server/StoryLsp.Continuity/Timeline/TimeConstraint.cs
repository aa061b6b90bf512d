namespace StoryLsp.Continuity.Timeline;

/// <summary>A constraint of the network: Least ≤ t(To) − t(From) ≤ Most, in ticks.</summary>
/// <param name="From">The one node.</param>
/// <param name="To">The other.</param>
/// <param name="Least">The least difference; null when open.</param>
/// <param name="Most">The most; null when open.</param>
/// <param name="Origin">Who says so; -1 for what is true of all times.</param>
/// <param name="Priority">Of contradictory constraints the one with the higher number is set aside.</param>
internal sealed record TimeConstraint(int From, int To, long? Least, long? Most, int Origin, int Priority);

/// <summary>A constraint that cannot hold beside others.</summary>
/// <param name="Constraint">Index of the constraint that was set aside.</param>
/// <param name="Origins">A minimal set of origins that contradict each other, sorted: without any one of them there is no contradiction.</param>
internal sealed record TimeConflict(int Constraint, IReadOnlyList<int> Origins);
