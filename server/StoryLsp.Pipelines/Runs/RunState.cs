using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.History;

namespace StoryLsp.Pipelines.Runs;

/// <summary>How a run stands: the fold of its events and artifacts. It is made anew from the history whenever it is asked for, and never kept.</summary>
internal sealed class RunState
{
    private readonly Lazy<PipelineFile?> _pipeline;
    private readonly Lazy<List<Artifact>> _artifacts;

    /// <summary>From which step on what had been made up to which artifact no longer counts.</summary>
    private readonly List<(int Step, long Artifact)> _discarded = [];

    // A list of runs needs neither the pipelines nor the artifacts of all of them.
    private RunState(RunRecord record, IReadOnlyList<RunEvent> events, Func<IReadOnlyList<Artifact>> artifacts)
    {
        Record = record;
        Arguments = RunJson.Arguments(record.Arguments);
        Model = Arguments.Model;
        _pipeline = new(() => PipelineFiles.Parse(record.PipelineSource));
        _artifacts = new(() => [.. artifacts().Where(artifact => !_discarded.Exists(gone => artifact.Step >= gone.Step && artifact.Id <= gone.Artifact))]);
        foreach (var happened in events)
        {
            Apply(happened, RunJson.Data(happened.Data));
        }
    }

    public RunRecord Record { get; }

    public RunArguments Arguments { get; }

    /// <summary>The pipeline as it was when the run began; null where the history was damaged.</summary>
    public PipelineFile? Pipeline => _pipeline.Value;

    public RunStatus Status { get; private set; } = RunStatus.Queued;

    /// <summary>The step that comes next, or is under way.</summary>
    public int Next { get; private set; }

    /// <summary>Whether that step was begun.</summary>
    public bool IsBegun { get; private set; }

    public bool CancelAsked { get; private set; }

    public string? CancelledBy { get; private set; }

    /// <summary>The event that asks it to stop.</summary>
    public long? CancelEvent { get; private set; }

    public string? Handle { get; private set; }

    public DateTimeOffset? HandleExpires { get; private set; }

    public string? Prompt { get; private set; }

    /// <summary>The model that the manifest of the prompt file names.</summary>
    public string? ShownModel { get; private set; }

    public string? Proposal { get; private set; }

    public string? Model { get; private set; }

    public string? Message { get; private set; }

    public string? ResumedBy { get; private set; }

    public DateTimeOffset ResumedAt { get; private set; }

    /// <summary>Whether somebody has looked at a stop of this run already: a resume that comes while it is under way then comes too late, not too early.</summary>
    public bool HasAnsweredStop { get; private set; }

    /// <summary>The key of the command that the last resume followed.</summary>
    public string? ResumedKey { get; private set; }

    public long Tokens { get; private set; }

    public decimal? Cost { get; private set; }

    /// <summary>How often the run went back to an earlier step.</summary>
    public int Epoch { get; private set; }

    /// <summary>The newest event, and the newest that says that a process works on it.</summary>
    public long LastEvent { get; private set; }

    public long LastStart { get; private set; } = -1;

    public bool IsOver => Status is RunStatus.Done or RunStatus.Failed or RunStatus.Cancelled;

    /// <summary>The id of the proposal that the run makes now: one for each time that it goes through to its end.</summary>
    public string ProposalId => Epoch == 0 ? Record.Id : FormattableString.Invariant($"{Record.Id}r{Epoch}");

    /// <summary>The state; null where there is no such run.</summary>
    public static RunState? Load(HistoryStore history, string run)
    {
        if (history.Run(run) is not { } record)
        {
            return null;
        }

        var events = new List<RunEvent>();
        while (history.EventsAfter(events.Count == 0 ? 0 : events[^1].Id, run) is { Count: > 0 } more)
        {
            events.AddRange(more);
        }

        return new RunState(record, events, () => history.Artifacts(run));
    }

    /// <summary>The newest artifact of a kind that the steps up to this one have made, and that still counts.</summary>
    public Artifact? Latest(string kind, int upToStep) => _artifacts.Value.Where(artifact => artifact.Kind == kind && artifact.Step <= upToStep).MaxBy(artifact => artifact.Id);

    /// <summary>The artifacts of a kind of one step that still count, oldest first.</summary>
    public IReadOnlyList<Artifact> Of(string kind, int step) => [.. _artifacts.Value.Where(artifact => artifact.Kind == kind && artifact.Step == step).OrderBy(artifact => artifact.Id)];

    /// <summary>The prompt that a generate step sends: the newest of all before it.</summary>
    public (Artifact Artifact, PromptText Text)? PromptBefore(int step) =>
        Latest(ArtifactKinds.Prompt, step) is { } artifact && RunJson.Prompt(artifact.Content) is { } text ? (artifact, text) : null;

    /// <summary>The generate step whose answer stands before a step; null when there is none.</summary>
    public GenerateStep? GenerateBefore(int step) => Pipeline?.Steps.Take(step).OfType<GenerateStep>().LastOrDefault();

    public ContextText? Context(int step) => Latest(ArtifactKinds.Context, step) is { } artifact ? RunJson.ContextOf(artifact.Content) : null;

    private void Apply(RunEvent happened, RunEventData data)
    {
        LastEvent = happened.Id;
        switch (happened.Kind)
        {
            case EventKinds.Queued:
                Status = RunStatus.Queued;
                break;
            case EventKinds.Started:
                Status = RunStatus.Running;
                LastStart = happened.Id;
                break;
            case EventKinds.StepStarted:
                Next = happened.Step;
                IsBegun = true;
                break;
            case EventKinds.StepFinished:
                Next = happened.Step + 1;
                IsBegun = false;
                Message = data.Message ?? Message;
                break;
            case EventKinds.NothingToDo:
                (Next, IsBegun, Message) = (Pipeline?.Steps.Count ?? 0, false, data.Message);
                break;
            case EventKinds.Paused:
                (Status, Next, Handle, HandleExpires, Prompt, ShownModel, Message) = (RunStatus.Paused, happened.Step, data.Handle, data.Expires, data.Prompt, data.Model, data.Message);
                break;
            case EventKinds.Resumed:
                Resume(happened, data);
                break;
            case EventKinds.RolledBack:
                GoBack(data);
                break;
            case EventKinds.CancelAsked when !IsOver:
                (CancelAsked, CancelledBy, CancelEvent) = (true, data.By, happened.Id);
                break;
            case EventKinds.Cancelled:
                (Status, Message, Prompt) = (RunStatus.Cancelled, data.Message, null);
                break;
            case EventKinds.Failed:
                (Status, Message) = (RunStatus.Failed, data.Message);
                break;
            case EventKinds.Finished:
                (Status, Prompt) = (RunStatus.Done, null);
                break;
            case EventKinds.Usage:
                Tokens += (data.InputTokens ?? 0) + (data.OutputTokens ?? 0);
                Cost = data.Cost is null ? Cost : (Cost ?? 0) + data.Cost;
                break;
            case EventKinds.ProposalMade:
                Proposal = data.Proposal;
                break;
        }
    }

    private void Resume(RunEvent happened, RunEventData data)
    {
        (Status, CancelAsked, CancelledBy, Message, Prompt) = (RunStatus.Running, false, null, null, null);
        (ResumedBy, ResumedAt, ResumedKey, LastStart) = (data.By, happened.At, data.Key, happened.Id);
        Model = data.Model ?? Model;
        if (data.Step is not null)
        {
            // The stop was looked at: it is behind the run now.
            Next = happened.Step + 1;
            IsBegun = false;
            HasAnsweredStop = true;
        }

        GoBack(data);
    }

    // What was made before stays in the history, and no longer counts.
    private void GoBack(RunEventData data)
    {
        if (data.From is { } from)
        {
            Next = from;
            IsBegun = false;
            Epoch++;
            HasAnsweredStop = false;
            _discarded.Add((from, data.After ?? long.MaxValue));
        }
    }
}
