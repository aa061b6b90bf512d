using System.Security.Cryptography;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Offline;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Steps;

namespace StoryLsp.Pipelines.Runs;

/// <summary>
/// Takes one run from the step where it stands to its next stop. Whoever calls it holds the workspace's lock. Each step ends with one write into the history, so a
/// process may die at any point: what the history says was finished is never done again.
/// </summary>
internal sealed class RunExecution(RunnerOptions options, string run, IProgress<RunUpdate>? progress)
{
    private static string OwnPipeline(string name) => $"This is the story's own pipeline (pipelines/{name}.yaml), which replaces the one of its name that ships with StoryLsp.";

    private const string NeedsModel = "This step needs a model, and the provider `offline` has none. Set `ai.provider` in story.yaml before you resume, or drop the run.";

    private readonly HistoryStore _history = options.History;

    public async Task<RunOutcome> GoAsync(CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var ended = new CancellationTokenSource();
        var watch = WatchAsync(Load().LastEvent, both, ended.Token);
        try
        {
            return await StepsAsync(both.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (options.Ending.IsCancellationRequested && exception is OperationCanceledException or ProviderException)
        {
            // Nobody asked it to stop: it stays as it is, for whoever resumes it.
            return OutcomeOf(options, Load(), RunStatus.Interrupted, $"The story was closed while this run was under way. Go on with `storylsp resume {run}`.");
        }
        catch (OperationCanceledException) when (both.IsCancellationRequested)
        {
            return Stop(null);
        }
        catch (ProviderException exception)
        {
            return Failed(exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Failed("A file could not be written: " + exception.Message);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>How the run stands, told to whoever asked.</summary>
    public static RunOutcome OutcomeOf(RunnerOptions options, RunState state, RunStatus status, string? message = null)
    {
        var notes = state.Latest(ArtifactKinds.Notes, int.MaxValue) is { } artifact ? RunJson.Notes(artifact.Content) : null;
        var proposal = status == RunStatus.Done && state.Proposal is { } id
            ? new ProposalStore(options.Root).Load(id) ?? (state.Latest(ArtifactKinds.Proposal, int.MaxValue) is { } made ? RunJson.ProposalOf(made.Content) : null)
            : null;
        return new(state.Record.Id, status, status == RunStatus.Paused ? state.Prompt : null, proposal, status == RunStatus.Done ? notes : null, message ?? state.Message)
        {
            Answer = status == RunStatus.Done && state.Pipeline?.Steps.OfType<ProposeStep>().All(step => step.To == ProposalTarget.Nothing) == true ? state.Latest(ArtifactKinds.Answer, int.MaxValue)?.Content : null,
        };
    }

    private async Task<RunOutcome> StepsAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = Load();
            var steps = state.Pipeline?.Steps ?? throw new ProviderException(ProviderFailure.NothingToDo, "The history has no pipeline for this run. Start a new one.");
            if (state.Next >= steps.Count)
            {
                PromptFolder.Remove(options.Root, run);
                TellEarly("The run has come to its end without a stop.");
                _history.Append(Event(EventKinds.Finished, -1, new(), state.LastEvent));
                progress?.Report(new(run, RunStatus.Done, -1, "", "Done", null));
                return OutcomeOf(options, Load(), RunStatus.Done);
            }

            if (state.CancelAsked)
            {
                return Stop(state.CancelledBy);
            }

            cancellationToken.ThrowIfCancellationRequested();
            var step = steps[state.Next];
            var snapshot = await options.Snapshot(cancellationToken).ConfigureAwait(false);
            var cause = state.IsBegun ? state.LastEvent : _history.Append(Event(EventKinds.StepStarted, step.Index, new() { Step = step.Kind }, state.LastEvent));
            var scope = new StepScope(options, state, step, snapshot, progress, cause);

            if (step is not InterceptStep)
            {
                await StepWork.DoAsync(scope, cancellationToken).ConfigureAwait(false);
            }
            else if (state.Arguments.Auto)
            {
                _history.Append(scope.Event(EventKinds.StepFinished, new() { Step = step.Kind }));
            }
            else if (!Answered(state) && Pause(scope) is { } paused)
            {
                return paused;
            }
        }
    }

    private RunState Load() => RunState.Load(_history, run) ?? throw new ProviderException(ProviderFailure.NothingToDo, $"There is no run `{run}`.");

    /// <summary>A resume that came before the pause was stored; it is used now. Whether there was one.</summary>
    private bool Answered(RunState state)
    {
        var early = _history.CommandsOf(run).Where(command => command is { Kind: CommandKinds.Resume, Result: null } && RunJson.Resume(command.Payload).IsEarly).ToList();
        if (early.Count == 0)
        {
            return false;
        }

        // They were meant for a stop that somebody else has answered.
        if (state.HasAnsweredStop)
        {
            TellEarly($"{state.ResumedBy} resumed this run first.", isRefused: true);
            return false;
        }

        var payload = RunJson.Resume(early[0].Payload);
        PromptChange.Resume(options, state, payload);
        foreach (var command in early)
        {
            _history.Finish(command.Key, RunJson.Write(command.Key == early[0].Key
                ? new CommandAnswer { Status = nameof(RunStatus.Running), Message = "It was kept, and used as soon as the run came to its prompt." }
                : new CommandAnswer { Status = nameof(RunStatus.Running), Refused = true, Message = $"{payload.By} resumed this run first." }));
        }

        return true;
    }

    private RunOutcome? Pause(StepScope scope)
    {
        var prompt = scope.State.PromptBefore(scope.Step.Index)!.Value.Text;
        var settings = scope.Snapshot.Settings.Ai;
        var generate = scope.Pipeline.Steps.Skip(scope.Step.Index).OfType<GenerateStep>().FirstOrDefault();
        var model = prompt.Model ?? generate?.Model ?? scope.State.Model ?? settings.Model;
        var note = settings.Provider == "offline" && !OfflineChatClient.Algorithms.Contains(generate?.Offline ?? "") ? NeedsModel : null;
        note = PipelineFiles.ReplacesShipped(scope.Pipeline) ? string.Join(' ', [OwnPipeline(scope.Pipeline.Name), .. note is null ? [] : (string[])[note]]) : note;
        var path = PromptFolder.Write(options, run, PromptFile.Write(
            new PromptManifest
            {
                Run = run,
                Pipeline = scope.Pipeline.Name,
                Step = scope.Step.Index,
                Input = scope.State.Record.Input,
                Place = scope.Place is { } place && !scope.Told.Secrets.Hides(place) && !scope.Told.Secrets.Says(scope.Snapshot.IdOf(place), out _) ? scope.Snapshot.IdOf(place) : null,
                Provider = settings.Provider,
                Model = model,
                Note = note,
                Context = scope.State.Context(scope.Step.Index),
            },
            prompt));
        var handle = new ResumeHandle(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), run, scope.Step.Index, scope.Now + options.HandleLife);
        _history.AddHandle(handle);
        _history.Append(scope.Event(EventKinds.Paused, new() { Handle = handle.Id, Expires = handle.Expires, Prompt = path, Model = model, Message = note }));

        // A resume may have been stored between the look and the pause.
        if (_history.CommandsOf(run).Any(command => command is { Kind: CommandKinds.Resume, Result: null } && RunJson.Resume(command.Payload).IsEarly) && _history.UseHandle(handle.Id, options.By, out _))
        {
            Answered(Load());
            return null;
        }

        progress?.Report(new(run, RunStatus.Paused, scope.Step.Index, scope.Step.Kind, "Waiting for you to look at the prompt", null));
        return OutcomeOf(options, Load(), RunStatus.Paused);
    }

    /// <summary>Ends the run where it stands; what it was about to leave behind is taken away.</summary>
    public RunOutcome Stop(string? by)
    {
        var state = Load();
        PromptFolder.Remove(options.Root, run);
        if (state.Next < state.Pipeline?.Steps.Count)
        {
            new ProposalStore(options.Root).Remove(state.ProposalId);
        }

        TellEarly("The run was stopped.");
        _history.Append(Event(EventKinds.Cancelled, -1, new() { By = by ?? state.CancelledBy ?? options.By, Message = "Stopped. No file was changed." }, state.CancelEvent ?? state.LastEvent));
        progress?.Report(new(run, RunStatus.Cancelled, -1, "", "Stopped", null));
        return OutcomeOf(options, Load(), RunStatus.Cancelled);
    }

    // Whoever answered a stop that never came is told so, should they ask.
    private void TellEarly(string message, bool isRefused = false)
    {
        foreach (var command in _history.CommandsOf(run).Where(command => command is { Kind: CommandKinds.Resume, Result: null } && RunJson.Resume(command.Payload).IsEarly))
        {
            _history.Finish(command.Key, RunJson.Write(new CommandAnswer { Status = nameof(RunStatus.Running), Message = message, Refused = isRefused }));
        }
    }

    private RunOutcome Failed(string message)
    {
        _history.Append(Event(EventKinds.Failed, -1, new() { Message = message }, Load().LastEvent));
        progress?.Report(new(run, RunStatus.Failed, -1, "", message, null));
        return OutcomeOf(options, Load(), RunStatus.Failed);
    }

    // Another process, or another window of the same one, may want the run to stop.
    private async Task WatchAsync(long seen, CancellationTokenSource target, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(options.CancelPoll);
        while (await timer.WaitForNextTickAsync(ended).ConfigureAwait(false))
        {
            foreach (var happened in _history.EventsAfter(seen, run))
            {
                seen = happened.Id;
                if (happened.Kind == EventKinds.CancelAsked)
                {
                    await target.CancelAsync().ConfigureAwait(false);
                    return;
                }
            }
        }
    }

    private RunEvent Event(string kind, int step, RunEventData data, long cause) => new(0, run, kind, step, RunJson.Write(data), run, cause, options.Time.GetUtcNow());
}
