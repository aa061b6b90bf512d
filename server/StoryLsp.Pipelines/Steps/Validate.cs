using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Pipelines.Steps;

/// <summary>The step <c>validate</c>: is the answer what was asked for, and does the story hold with it? If not, the model is told, and may mend it.</summary>
internal static class Validate
{
    public static async Task DoAsync(StepScope scope, ValidateStep step, CancellationToken cancellationToken)
    {
        scope.Report("Checking the answer");
        var generate = scope.State.GenerateBefore(step.Index)!;
        var (_, prompt) = scope.State.PromptBefore(generate.Index)!.Value;

        // Rounds that were paid for before a crash count, and are not asked for again.
        var mended = scope.State.Of(ArtifactKinds.Answer, step.Index);
        var answer = scope.State.Latest(ArtifactKinds.Answer, step.Index)!;
        var valid = mended.Prepend(scope.State.Latest(ArtifactKinds.Answer, step.Index - 1)!).LastOrDefault(candidate => Faults(scope, generate, candidate.Content).Count == 0);
        for (var round = mended.Count; ; round++)
        {
            var problems = Problems(scope, step, generate, answer);
            valid = Faults(scope, generate, answer.Content).Count == 0 ? answer : valid;
            if (problems.Count == 0)
            {
                scope.Options.History.Append(scope.Event(EventKinds.StepFinished, new() { Step = step.Kind }));
                return;
            }

            if (round >= step.Rounds)
            {
                GiveUp(scope, step, generate, answer, valid, problems);
                return;
            }

            scope.Report("Asking for a better answer");
            try
            {
                var better = await Generate.AskAsync(scope, generate, prompt, Generate.Again(answer.Content, "The answer has faults:", problems), cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                answer = Keep(scope, better, answer.Id);
            }
            catch (ProviderException exception) when (exception.Failure == ProviderFailure.SecretInPrompt)
            {
                // An answer that says a secret cannot be shown to the model again.
                GiveUp(scope, step, generate, answer, valid, problems);
                return;
            }
        }
    }

    /// <summary>Keeps an answer in the history.</summary>
    public static Artifact Keep(StepScope scope, ModelAnswer answer, long parent)
    {
        var artifact = scope.Artifact(ArtifactKinds.Answer, answer.Text, answer.Model, parent) with { Version = scope.Options.History.Artifacts(scope.Run).Count(one => one.Kind == ArtifactKinds.Answer) + 1 };
        return artifact with { Id = scope.Options.History.AddArtifact(artifact) };
    }

    /// <summary>What is wrong with an answer by itself: it is not what was asked for, or not a file of the kind that it is to become.</summary>
    public static IReadOnlyList<string> Faults(StepScope scope, GenerateStep generate, string answer)
    {
        var problems = AnswerCheck.Problems(generate, answer);
        var file = generate.Output == OutputKind.Yaml ? scope.Pipeline.Steps.OfType<ProposeStep>().FirstOrDefault()?.File ?? "" : "";
        if (problems.Count > 0 || file.Length == 0)
        {
            return problems;
        }

        if (file.StartsWith("pipelines/", StringComparison.OrdinalIgnoreCase))
        {
            return [.. PipelineFiles.Check(answer).Select(problem => problem.Message)];
        }

        return file.StartsWith("schemas/", StringComparison.OrdinalIgnoreCase)
            ? [.. SchemaReader.Read(YamlParser.Parse(SourceText.From(answer)), file).Problems.Select(problem => problem.Message)]
            : [];
    }

    private static IReadOnlyList<string> Problems(StepScope scope, ValidateStep step, GenerateStep generate, Artifact answer)
    {
        var problems = Faults(scope, generate, answer.Content);
        return problems.Count > 0 || !step.Rules ? problems : ContinuityProblems(scope, answer);
    }

    // What the story would be with the answer in it, as the rules see it.
    private static IReadOnlyList<string> ContinuityProblems(StepScope scope, Artifact answer)
    {
        try
        {
            if (ProposalDraft.Of(scope, answer) is not { Hunks.Count: > 0 } draft)
            {
                return [];
            }

            var judged = ProposalContinuity.Judged(draft, scope.Snapshot, scope.Options.Findings);
            return [.. (judged.Findings?.List ?? []).Where(finding => finding.Severity is "error" or "warning" && !scope.Told.Secrets.Says(finding.Message, out _)).Select(finding => $"{finding.Code}: {finding.Message}")];
        }
        catch (ProviderException exception) when (exception.Failure is ProviderFailure.Unreadable)
        {
            return [exception.Message];
        }
    }

    private static void GiveUp(StepScope scope, ValidateStep step, GenerateStep generate, Artifact answer, Artifact? valid, IReadOnlyList<string> problems)
    {
        var history = scope.Options.History;
        var why = $"The answer still has faults after {step.Rounds + 1} {(step.Rounds == 0 ? "try" : "tries")}: {string.Join(" ", problems.Take(3))}";
        if (step.OnFailure == OnFailure.Keep && valid is not null)
        {
            var finished = scope.Event(EventKinds.StepFinished, new() { Step = step.Kind, Message = why });
            if (valid.Id == answer.Id)
            {
                history.Append(finished);
            }
            else
            {
                history.Append(scope.Artifact(ArtifactKinds.Answer, valid.Content, valid.Model ?? "", valid.Id), finished);
            }

            return;
        }

        if (step.OnFailure == OnFailure.RollBack)
        {
            var back = scope.Pipeline.Steps.Take(generate.Index).LastOrDefault(earlier => earlier is InterceptStep)?.Index ?? generate.Index;
            history.Append(scope.Event(EventKinds.RolledBack, new() { From = back, After = history.Artifacts(scope.Run).Max(artifact => artifact.Id), Message = why }));
            throw new ProviderException(ProviderFailure.Unreadable, $"{why} The run went back to its prompt: change it, and resume.");
        }

        throw new ProviderException(ProviderFailure.Unreadable, $"{why} Nothing was proposed.");
    }
}
