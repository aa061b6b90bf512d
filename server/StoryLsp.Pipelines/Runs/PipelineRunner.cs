using System.Security.Cryptography;
using StoryLsp.Index;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Steps;

namespace StoryLsp.Pipelines.Runs;

/// <summary>
/// Starts, resumes and stops the runs of one workspace. All that is known of a run stands in the history, so any process may go on with what another began. Safe for
/// use by several threads; one run of a workspace is under way at a time, the others queue.
/// </summary>
public sealed partial class PipelineRunner(RunnerOptions options)
{
    private const string Dropping = "drop: ";

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly HistoryStore _history = options.History;

    /// <summary>Starts a run and takes it to its first stop.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="progress">Receives what is being done.</param>
    /// <param name="cancellationToken">Stops the run; nothing half done is left.</param>
    /// <exception cref="ProviderException">It cannot begin; the message says why, and nothing was written.</exception>
    public async Task<RunOutcome> StartAsync(RunRequest request, IProgress<RunUpdate>? progress, CancellationToken cancellationToken)
    {
        var snapshot = await SnapshotAsync(cancellationToken).ConfigureAwait(false);
        var pipeline = Pipeline(snapshot, request.Pipeline);
        var id = request.Id ?? NewId(request.IdempotencyKey);
        var (input, arguments) = RunIntake.Of(options, snapshot, pipeline, request);
        var command = _history.Begin(KeyOf("start", request.IdempotencyKey ?? id), CommandKinds.Start, id, RunIntake.MarkOf(pipeline, input, arguments));
        RequireSame(command, request, RunIntake.MarkOf(pipeline, input, arguments));
        id = command.Run;
        if (_history.Run(id) is null)
        {
            _history.AddRun(new RunRecord(id, pipeline.Name, pipeline.Version, pipeline.Source, input, RunJson.Write(arguments), options.By, options.Time.GetUtcNow()));
        }
        else if (Load(id) is { IsOver: true } or { Status: RunStatus.Paused })
        {
            return Outcome(id);
        }

        return await BeginAsync(id, request.NoWait, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks a run to stop, in whatever process it is under way; it stops within a second. What is not under way is stopped at once.</summary>
    /// <param name="run">The run's id.</param>
    /// <param name="by">Who asks.</param>
    /// <exception cref="ProviderException">There is no such run.</exception>
    public void Cancel(string run, string by)
    {
        var state = Load(run);
        if (state.IsOver)
        {
            return;
        }

        Append(run, EventKinds.CancelAsked, new() { By = by });
        if (state.Status == RunStatus.Paused)
        {
            Drop(run);
        }
        else if (RunLock.TryTake(options.Root) is { } free)
        {
            using (free)
            {
                if (!Load(run).IsOver)
                {
                    new RunExecution(options, run, null).Stop(by);
                }
            }
        }
    }

    /// <summary>Gives a paused run up; its prompt file is removed.</summary>
    /// <param name="run">The run's id.</param>
    /// <exception cref="ProviderException">There is no such run.</exception>
    public RunOutcome Drop(string run)
    {
        var state = Load(run);
        if (state.Status is RunStatus.Done or RunStatus.Cancelled)
        {
            return Outcome(run);
        }

        if (state.Status is not (RunStatus.Paused or RunStatus.Failed))
        {
            Cancel(run, options.By);
            return Outcome(run, "It is under way, and stops within a second.");
        }

        // A handle that nobody has used is one whose time has run out: it still may be dropped.
        if (state.Handle is { } handle && !_history.UseHandle(handle, Dropping + options.By, out var usedBy) && usedBy.Length > 0 && !usedBy.StartsWith(Dropping, StringComparison.Ordinal) && IsHeld())
        {
            return Outcome(run, $"{usedBy} has resumed this run, so it cannot be dropped. Stop it with `storylsp runs cancel {run}`.", isRefused: true);
        }

        Append(run, EventKinds.Cancelled, new() { By = options.By, Message = "Dropped. No file was changed." });
        PromptFolder.Remove(options.Root, run);
        return Outcome(run);
    }

    /// <summary>All runs, newest first.</summary>
    public IReadOnlyList<RunSummary> Runs() => [.. _history.Runs().Select(record => Summary(RunState.Load(_history, record.Id)!)).OrderByDescending(run => run.Started)];

    /// <summary>One run; null where there is none of that id.</summary>
    public RunSummary? Run(string id) => RunState.Load(_history, id) is { } state ? Summary(state) : null;

    /// <summary>The steps of a run, as its pipeline was when it began.</summary>
    /// <param name="run">The run's id.</param>
    /// <exception cref="ProviderException">There is no such run.</exception>
    public IReadOnlyList<StepFile> StepsOf(string run) => Load(run).Pipeline?.Steps ?? [];

    private RunSummary Summary(RunState state) => new(
        state.Record.Id, state.Record.Pipeline, state.Record.Input, StatusOf(state), state.Next, state.Record.At, state.Tokens, state.Cost, state.Proposal,
        state.Status == RunStatus.Paused ? state.Prompt : null);

    private static PipelineFile Pipeline(Snapshot snapshot, string name)
    {
        if (PipelineFiles.FaultOf(snapshot, name) is { } fault)
        {
            throw Nothing($"The pipeline `{name}` in {fault.Path} cannot be run: {fault.Problem.Message}");
        }

        return PipelineFiles.Find(snapshot, name) ?? throw Nothing(
            $"There is no pipeline `{name}`. This story has: {string.Join(", ", PipelineFiles.All(snapshot).Select(file => file.Name))}.");
    }

    // Who asks for another thing with a key that was used would take the first one's answer for theirs.
    private void RequireSame(CommandRecord command, RunRequest request, string mark)
    {
        if (!command.IsNew && command.Payload != mark)
        {
            throw Nothing($"The key `{request.IdempotencyKey}` belongs to the run {command.Run}{(_history.Run(command.Run) is { } run ? $" ({run.Pipeline} of {run.Input})" : "")}, which was asked something else. Give this one a key of its own.");
        }
    }

    private async Task<Snapshot> SnapshotAsync(CancellationToken cancellationToken)
    {
        var snapshot = await options.Snapshot(cancellationToken).ConfigureAwait(false);
        return snapshot.Settings.Ai.Enabled ? snapshot : throw new ProviderException(
            ProviderFailure.NotConfigured, "This workspace has `ai.enabled: false` in story.yaml, so no step that calls a model is run.");
    }

    /// <summary>Takes a run that nobody has begun, or that broke off, to its next stop; waits in the queue until then.</summary>
    private async Task<RunOutcome> BeginAsync(string run, bool isNoWait, IProgress<RunUpdate>? progress, CancellationToken cancellationToken)
    {
        using var turn = isNoWait ? await TurnAtOnceAsync(cancellationToken).ConfigureAwait(false) : await TurnAsync(Load(run), progress, cancellationToken).ConfigureAwait(false);
        if (turn is null)
        {
            var state = Load(run);
            if (isNoWait && state is { Status: RunStatus.Queued, CancelAsked: false })
            {
                Queued(state, progress);
                return Outcome(run, $"Another run of this story is under way. Begin this one later with `storylsp resume {run}`.");
            }

            return state.Status == RunStatus.Running ? await SettledAsync(run, progress, cancellationToken).ConfigureAwait(false) : CancelQueued(run, progress);
        }

        var now = Load(run);
        if (now.IsOver || now.Status == RunStatus.Paused)
        {
            return Outcome(run);
        }

        Append(run, EventKinds.Started, new() { By = options.By });
        return await new RunExecution(options, run, progress).GoAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<RunLock?> TurnAtOnceAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            if (RunLock.TryTake(options.Root) is { } turn)
            {
                return turn;
            }

            await Task.Delay(Poll / 5, cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>Somebody else has taken the run up with the same key: what comes of it is the answer to both. Where they die, this one goes on.</summary>
    private async Task<RunOutcome> SettledAsync(string run, IProgress<RunUpdate>? progress, CancellationToken cancellationToken)
    {
        while (Load(run) is { Status: RunStatus.Running } state)
        {
            if (!IsLive(state))
            {
                return await BeginAsync(run, false, progress, cancellationToken).ConfigureAwait(false);
            }

            await Task.Delay(Poll, cancellationToken).ConfigureAwait(false);
        }

        return Outcome(run);
    }

    /// <summary>The lock of the workspace; null where the run was stopped, or taken up by somebody else, while it waited.</summary>
    private async Task<RunLock?> TurnAsync(RunState before, IProgress<RunUpdate>? progress, CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var ended = new CancellationTokenSource();
        var run = before.Record.Id;
        var watch = WatchQueueAsync(run, before.LastEvent, both, ended.Token);
        try
        {
            // Somebody who only looks whether a run is under way holds the lock for a moment; that is no queue.
            var isWaiting = false;
            var taking = RunLock.TakeAsync(options.Root, () => isWaiting = true, both.Token);
            if (isWaiting && await Task.WhenAny(taking, Task.Delay(Poll, both.Token)).ConfigureAwait(false) != taking)
            {
                Queued(Load(run), progress);
            }

            return await taking.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (both.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WatchQueueAsync(string run, long seen, CancellationTokenSource target, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(options.CancelPoll);
        while (await timer.WaitForNextTickAsync(ended).ConfigureAwait(false))
        {
            foreach (var happened in _history.EventsAfter(seen, run))
            {
                seen = happened.Id;
                if (happened.Kind is EventKinds.CancelAsked or EventKinds.Cancelled or EventKinds.Started or EventKinds.Resumed)
                {
                    await target.CancelAsync().ConfigureAwait(false);
                    return;
                }
            }
        }
    }

    private void Queued(RunState state, IProgress<RunUpdate>? progress)
    {
        if (state.Status == RunStatus.Queued)
        {
            Append(state.Record.Id, EventKinds.Queued, new());
        }

        progress?.Report(new(state.Record.Id, RunStatus.Queued, -1, "", "Waiting until another run of this story has ended", null));
    }

    private RunOutcome CancelQueued(string run, IProgress<RunUpdate>? progress)
    {
        var state = Load(run);
        if (state is { Status: RunStatus.Queued, CancelAsked: false } && options.Ending.IsCancellationRequested)
        {
            return Outcome(run);
        }

        if (state.Status == RunStatus.Queued)
        {
            Append(run, EventKinds.Cancelled, new() { By = state.CancelledBy ?? options.By, Message = "Stopped while it waited. No file was changed." });
            progress?.Report(new(run, RunStatus.Cancelled, -1, "", "Stopped", null));
        }

        return Outcome(run);
    }

    /// <summary>Whether a process works on a run that is said to be under way.</summary>
    private bool IsLive(RunState state)
    {
        if (!IsHeld())
        {
            return false;
        }

        // Whoever holds the lock was the last to begin; a run that is said to be under way and began earlier has died.
        return state.Status != RunStatus.Running || _history.Runs().Where(other => other.Id != state.Record.Id).All(other => RunState.Load(_history, other.Id)!.LastStart <= state.LastStart);
    }

    private bool IsHeld() => RunLock.IsHeld(options.Root);

    private RunStatus StatusOf(RunState state) => state.Status switch
    {
        RunStatus.Queued when state.CancelAsked => RunStatus.Cancelled,
        RunStatus.Running when !IsLive(state) => RunStatus.Interrupted,
        var status => status,
    };

    private RunState Load(string run) => RunState.Load(_history, run) ?? throw Nothing($"There is no run `{run}`. See `storylsp runs`.");

    private RunOutcome Outcome(string run, string? message = null, bool isRefused = false)
    {
        var state = Load(run);
        return RunExecution.OutcomeOf(options, state, StatusOf(state), message) with { Refused = isRefused };
    }

    private void Append(string run, string kind, RunEventData data) => _history.Append(new RunEvent(0, run, kind, -1, RunJson.Write(data), run, Load(run).LastEvent is > 0 and var last ? last : null, options.Time.GetUtcNow()));

    private static string KeyOf(string kind, string key) => kind + ":" + key;

    // The same key gives the same id, so that whoever died between the two writes finds the run again.
    private static string NewId(string? key) => key is null ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)) : StoryTree.HashOf("run:" + key)[..12];

    private static ProviderException Nothing(string message) => new(ProviderFailure.NothingToDo, message);
}
