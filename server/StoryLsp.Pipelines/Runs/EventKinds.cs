namespace StoryLsp.Pipelines.Runs;

/// <summary>What a run writes into the history.</summary>
internal static class EventKinds
{
    public const string Queued = "run.queued";
    public const string Started = "run.started";
    public const string Paused = "run.paused";
    public const string Resumed = "run.resumed";
    public const string RolledBack = "run.rolled-back";
    public const string CancelAsked = "run.cancel-asked";
    public const string Cancelled = "run.cancelled";
    public const string Failed = "run.failed";
    public const string Finished = "run.finished";
    public const string NothingToDo = "run.nothing-to-do";
    public const string StepStarted = "step.started";
    public const string StepFinished = "step.finished";
    public const string Usage = "usage";
    public const string Retry = "provider.retry";
    public const string ProposalMade = "proposal.made";
}

/// <summary>What the artifacts of a run are.</summary>
internal static class ArtifactKinds
{
    public const string Context = "context";
    public const string Prompt = "prompt";
    public const string Answer = "answer";
    public const string Complaints = "complaints";
    public const string Proposal = "proposal";
    public const string Notes = "notes";
}

/// <summary>What a person, or a program, has asked of a run.</summary>
internal static class CommandKinds
{
    public const string Start = "start";
    public const string Resume = "resume";
}
