using Microsoft.Extensions.AI;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Pipelines.Steps;

/// <summary>The step <c>generate</c>.</summary>
internal static class Generate
{
    public static async Task DoAsync(StepScope scope, GenerateStep step, CancellationToken cancellationToken)
    {
        var (artifact, prompt) = scope.State.PromptBefore(step.Index)!.Value;
        var answer = await AskAsync(scope, step, prompt, [], cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        scope.Options.History.Append(
            scope.Artifact(ArtifactKinds.Answer, answer.Text, answer.Model, artifact.Id),
            scope.Event(EventKinds.StepFinished, new() { Step = step.Kind, Model = answer.Model }));
    }

    /// <summary>Asks with the prompt of a step, and what was said after it.</summary>
    public static async Task<ModelAnswer> AskAsync(StepScope scope, GenerateStep step, PromptText prompt, IReadOnlyList<ChatMessage> after, CancellationToken cancellationToken)
    {
        var answer = await ModelCall.AskAsync(
            scope, step, prompt.Model ?? step.Model ?? scope.State.Model, [.. Messages(prompt), .. after], step, step.Output == OutputKind.Json ? step.Schema : [], cancellationToken).ConfigureAwait(false);
        return answer with { Text = AnswerCheck.Bare(step, answer.Text) };
    }

    /// <summary>The messages of a prompt; an empty part is none.</summary>
    public static IEnumerable<ChatMessage> Messages(PromptText prompt) =>
        ((ChatMessage[])[new(ChatRole.System, prompt.System), new(ChatRole.User, prompt.User)]).Where(message => message.Text.Trim().Length > 0);

    /// <summary>The hash of what was sent, by which a reader of the provenance knows the prompt.</summary>
    public static string HashOf(PromptText prompt) => StoryTree.HashOf(prompt.System + "\n\0\n" + prompt.User);

    /// <summary>The conversation that asks for a better answer; what the workspace says in it stays data.</summary>
    public static IReadOnlyList<ChatMessage> Again(string answer, string what, IReadOnlyList<string> problems) =>
    [
        new(ChatRole.Assistant, answer),
        new(ChatRole.User, $"{what}\n\n{Secrets.Fence.Data("faults", string.Join('\n', problems.Select(problem => "- " + problem)))}\nGive the whole answer once more, in the same form, with these mended and everything else as it was."),
    ];
}
