using Microsoft.Extensions.AI;
using StoryLsp.Continuity;
using StoryLsp.Index;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Providers;

namespace StoryLsp.Pipelines.Runs;

/// <summary>What a runner works with.</summary>
public sealed record RunnerOptions
{
    /// <summary>Today's workspace; it is asked for anew at every step.</summary>
    public required Func<CancellationToken, Task<Snapshot>> Snapshot { get; init; }

    /// <summary>The absolute path of the workspace.</summary>
    public required string Root { get; init; }

    /// <summary>Where everything is written down.</summary>
    public required HistoryStore History { get; init; }

    /// <summary>Makes the provider of a step; it stands behind the firewall already.</summary>
    public required Func<ProviderRequest, IChatClient> Clients { get; init; }

    /// <summary>The findings of the workspace.</summary>
    public required Findings Findings { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Who works with the runner, as another person is told it.</summary>
    public string By { get; init; } = "";

    /// <summary>Cancelled when this process lets go of the story. A run that is under way then is stopped by nobody: it is interrupted, and can be resumed.</summary>
    public CancellationToken Ending { get; init; }

    /// <summary>How long a paused run can be resumed.</summary>
    public TimeSpan HandleLife { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How often the history is asked whether somebody wants the run to stop.</summary>
    internal TimeSpan CancelPoll { get; init; } = TimeSpan.FromMilliseconds(250);
}
