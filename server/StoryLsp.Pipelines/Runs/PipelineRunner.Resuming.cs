using StoryLsp.Index;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Pipelines.Runs;

public sealed partial class PipelineRunner
{
    /// <summary>Goes on with a run that is paused, failed, interrupted or queued, or does it again from a step. One that has not come to its stop yet keeps the answer for it.</summary>
    /// <param name="run">The run's id.</param>
    /// <param name="request">How.</param>
    /// <param name="progress">Receives what is being done.</param>
    /// <param name="cancellationToken">Stops the run; nothing half done is left.</param>
    /// <exception cref="ProviderException">There is no such run, or the prompt as it was left cannot be sent; nothing was changed.</exception>
    public async Task<RunOutcome> ResumeAsync(string run, ResumeRequest request, IProgress<RunUpdate>? progress, CancellationToken cancellationToken)
    {
        var state = Load(run);
        if (state.Pipeline is null)
        {
            throw Nothing("The history has no pipeline for this run. Start a new one.");
        }

        var snapshot = await SnapshotAsync(cancellationToken).ConfigureAwait(false);
        RequireStep(state, request.FromStep);
        var isEarly = state.Status == RunStatus.Running && request.FromStep is null && IsLive(state);
        var key = KeyOf("resume:" + run, request.Key ?? Guid.NewGuid().ToString("N"));
        if (isEarly && state.HasAnsweredStop && state.ResumedKey != key)
        {
            return Outcome(run, Told(state), isRefused: true);
        }

        var payload = new ResumePayload { PromptText = isEarly ? request.PromptText : PromptOf(state, request), Model = request.Model, By = options.By, Key = key, IsEarly = isEarly };
        RequireTold(snapshot, state, payload);
        var command = _history.Begin(key, CommandKinds.Resume, run, RunJson.Write(payload));
        if (!command.IsNew && await AnswerOfAsync(key, run, cancellationToken).ConfigureAwait(false) is { } known)
        {
            return known;
        }

        if (isEarly && !HasPaused(run))
        {
            return Outcome(run, "The run has not come to its prompt yet. Your answer is kept, and used as soon as it does.");
        }

        var outcome = await GoOnAsync(state, request, payload with { IsEarly = false }, progress, cancellationToken).ConfigureAwait(false);
        if (outcome.Refused && Load(run).ResumedKey == key)
        {
            // The same command, asked twice at once: both are told the same.
            return await AnswerOfAsync(key, run, cancellationToken).ConfigureAwait(false) ?? Outcome(run);
        }

        _history.Finish(key, RunJson.Write(new CommandAnswer { Status = outcome.Status.ToString(), Message = outcome.Message, Refused = outcome.Refused }));
        return outcome;
    }

    // What somebody typed is looked at before it is written down anywhere.
    private void RequireTold(Snapshot snapshot, RunState state, ResumePayload payload)
    {
        if (payload is { PromptText: null, Model: null })
        {
            return;
        }

        var prompt = payload.PromptText is { } text ? PromptFile.Read(text).Prompt : null;
        FirewallChatClient.Require(RunIntake.SecretsOf(options, snapshot, state.Pipeline!, state.Arguments), payload.Model, prompt?.Model, prompt is null ? payload.PromptText : $"{prompt.System}\n{prompt.User}");
    }

    private static void RequireStep(RunState state, int? fromStep)
    {
        if (fromStep is { } from && (from < 0 || from >= state.Pipeline!.Steps.Count || from > state.Next))
        {
            var last = Math.Min(state.Next, state.Pipeline!.Steps.Count - 1);
            throw Nothing($"There is no step {from} to begin from. This run has come to step {last}: {string.Join(", ", state.Pipeline.Steps.Take(last + 1).Select(step => $"{step.Index} {step.Kind}"))}.");
        }
    }

    /// <summary>The prompt as the person left it, which must be one that can be sent; null where nobody has been asked for one.</summary>
    private string? PromptOf(RunState state, ResumeRequest request)
    {
        // A run that failed at its model, or died there, may have a prompt that the person has changed since.
        var isToBeSent = state.Status == RunStatus.Paused || state.Pipeline!.Steps.ElementAtOrDefault(state.Next) is GenerateStep;
        if (!isToBeSent || request.FromStep is not null)
        {
            return request.PromptText;
        }

        var text = request.PromptText ?? PromptFolder.Read(options.Root, state.Record.Id);
        return text is null || PromptFile.Read(text).Fault is not { } fault ? text : throw Nothing(fault);
    }

    /// <summary>What the first that came with this key was told; null where it died before it could be told anything.</summary>
    private async Task<RunOutcome?> AnswerOfAsync(string key, string run, CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = Load(run);
            if (_history.CommandsOf(run).FirstOrDefault(command => command.Key == key)?.Result is { } result && RunJson.Answer(result) is { } answer)
            {
                if ((answer.Refused || answer.Status == nameof(RunStatus.Failed)) && state.Status is RunStatus.Failed or RunStatus.Paused)
                {
                    // It came to nothing, and the run waits: whoever asks again means it.
                    return null;
                }

                var status = Enum.TryParse<RunStatus>(answer.Status, out var told) && told != RunStatus.Running ? told : StatusOf(state);
                return RunExecution.OutcomeOf(options, state, status, answer.Message) with { Refused = answer.Refused };
            }

            // An early answer waits in the history; so does the one that is being worked on.
            if (state.Status != RunStatus.Running || !IsLive(state))
            {
                return null;
            }

            if (RunJson.Resume(_history.CommandsOf(run).First(command => command.Key == key).Payload).IsEarly)
            {
                return Outcome(run, "The run has not come to its prompt yet. Your answer is kept, and used as soon as it does.");
            }

            await Task.Delay(Poll, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool HasPaused(string run) => Load(run) is { Status: RunStatus.Paused } or { IsOver: true };

    private async Task<RunOutcome> GoOnAsync(RunState before, ResumeRequest request, ResumePayload payload, IProgress<RunUpdate>? progress, CancellationToken cancellationToken)
    {
        var run = before.Record.Id;
        using var turn = await TurnAsync(before, progress, cancellationToken).ConfigureAwait(false);
        var state = Load(run);
        if (turn is null)
        {
            return before.Status == RunStatus.Queued ? CancelQueued(run, progress)
                : state.LastStart > before.LastStart ? Outcome(run, Told(state), isRefused: true)
                : Outcome(run);
        }

        if (Refusal(before, state, request) is { } refusal)
        {
            return Outcome(run, refusal, isRefused: true);
        }

        if (state.Status == RunStatus.Done && request.FromStep is null)
        {
            return Outcome(run);
        }

        if (state.Status == RunStatus.Queued)
        {
            Append(run, EventKinds.Started, new() { By = options.By });
        }
        else
        {
            PromptChange.Resume(options, state, payload, request.FromStep);
        }

        return await new RunExecution(options, run, progress).GoAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Why it cannot go on; null where it can. The lock is held, so nobody else works on any run of this story.</summary>
    private string? Refusal(RunState before, RunState state, ResumeRequest request)
    {
        if (state.Status == RunStatus.Cancelled && request.FromStep is null)
        {
            return $"This run was stopped. Do it again from a step: `storylsp resume {state.Record.Id} --from 0`.";
        }

        var isResumed = before.Status == RunStatus.Paused && state.LastStart > before.LastStart;
        if (isResumed && request.FromStep is null)
        {
            return Told(state);
        }

        if (state.Status != RunStatus.Paused || request.FromStep is not null)
        {
            return null;
        }

        if (state.HandleExpires <= options.Time.GetUtcNow() && !request.Again)
        {
            return $"This run has waited since before {state.HandleExpires - options.HandleLife:yyyy-MM-dd}, and the story may be another by now. Look at its prompt in {state.Prompt}, and go on with `storylsp resume {state.Record.Id} --again`.";
        }

        // Whoever used the handle to resume, and did not get to write so, has died: the lock would be theirs. One who drops a run needs no lock.
        return state.Handle is { } handle && !_history.UseHandle(handle, options.By, out var usedBy) && usedBy.StartsWith(Dropping, StringComparison.Ordinal)
            ? $"{usedBy[Dropping.Length..]} dropped this run."
            : null;
    }

    private static string Told(RunState state) => $"{state.ResumedBy} resumed this run first, at {state.ResumedAt.ToLocalTime():yyyy-MM-dd HH:mm}. What you left in the prompt was not sent.";
}
