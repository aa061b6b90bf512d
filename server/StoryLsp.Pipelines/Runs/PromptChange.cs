using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.History;

namespace StoryLsp.Pipelines.Runs;

/// <summary>Writes down that somebody resumed a run, and the prompt as they left it, in one write.</summary>
internal static class PromptChange
{
    public static void Resume(RunnerOptions options, RunState state, ResumePayload payload, int? fromStep = null)
    {
        var history = options.History;
        var run = state.Record.Id;
        var now = options.Time.GetUtcNow();
        var newest = fromStep is null ? (long?)null : history.Artifacts(run).Select(artifact => artifact.Id).DefaultIfEmpty(0).Max();
        var isAtStop = fromStep is null && state.Pipeline!.Steps.ElementAtOrDefault(state.Next) is InterceptStep && (state.Status == RunStatus.Paused || payload.IsEarly);
        var data = new RunEventData { By = payload.By, Key = payload.Key, Step = isAtStop ? "intercept" : null, Model = payload.Model, From = fromStep, After = newest };
        var resumed = new RunEvent(0, run, EventKinds.Resumed, state.Next, RunJson.Write(data), run, state.LastEvent, now);
        if (payload.PromptText is { } text && PromptFile.Read(text).Prompt is { } left && state.PromptBefore(state.Next) is { } before && Changed(state, before.Text, left, payload) is { } prompt)
        {
            // It stands at the step that made the prompt, so that going back to the stop keeps what the person wrote.
            history.Append(before.Artifact with { Id = 0, Version = before.Artifact.Version + 1, Parent = before.Artifact.Id, Content = RunJson.Write(prompt), At = now }, resumed);
        }
        else
        {
            history.Append(resumed);
        }
    }

    private static PromptText? Changed(RunState state, PromptText before, PromptText left, ResumePayload payload)
    {
        // The manifest names the model that would be asked anyway; only another one is a choice.
        var model = left.Model is null || left.Model == state.ShownModel ? before.Model : left.Model;
        var prompt = new PromptText { System = left.System, User = left.User, Model = payload.Model ?? model };
        return prompt == before with { System = before.System.ReplaceLineEndings("\n").Trim('\n'), User = before.User.ReplaceLineEndings("\n").Trim('\n') } ? null : prompt;
    }
}
