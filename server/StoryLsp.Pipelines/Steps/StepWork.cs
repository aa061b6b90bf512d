using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Pipelines.Steps;

/// <summary>Does one step, and writes down that it is done together with what it made.</summary>
internal static class StepWork
{
    public static Task DoAsync(StepScope scope, CancellationToken cancellationToken) => scope.Step switch
    {
        ContextStep step => Done(() => GatherContext.Do(scope, step)),
        PromptStep step => Done(() => BuildPrompt.Do(scope, step)),
        GenerateStep step => Generate.DoAsync(scope, step, cancellationToken),
        ValidateStep step => Validate.DoAsync(scope, step, cancellationToken),
        CritiqueStep step => Critique.DoAsync(scope, step, cancellationToken),
        ProposeStep step => Done(() => Propose.Do(scope, step)),
        _ => Task.CompletedTask,
    };

    private static Task Done(Action work)
    {
        work();
        return Task.CompletedTask;
    }
}
