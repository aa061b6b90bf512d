using StoryLsp.Language.Documents;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Pipelines.Steps;

/// <summary>The proposal that an answer would make in the story as it is today.</summary>
internal static class ProposalDraft
{
    /// <summary>The proposal; null where the pipeline proposes no change of a file.</summary>
    /// <exception cref="ProviderException">The answer has no place in the story; the message says why.</exception>
    public static Proposal? Of(StepScope scope, Artifact answer)
    {
        if (scope.Pipeline.Steps.OfType<ProposeStep>().FirstOrDefault() is not { To: not (ProposalTarget.Notes or ProposalTarget.Nothing) } propose)
        {
            return null;
        }

        var request = Request(scope, answer, LabelOf(scope, propose));
        request = propose.To switch
        {
            ProposalTarget.Field => request with { Edits = [FieldDraft.Of(scope, propose.Field!, answer.Content)] },
            ProposalTarget.Append => request with { Files = [ProseDraft.Append(scope, answer.Content)] },
            ProposalTarget.Replace => request with { Files = [ProseDraft.Replace(scope, answer.Content)] },
            ProposalTarget.Edits => EditDrafts.Of(scope, request, answer.Content),
            _ => request with { Files = [NewFileDraft.Of(scope, propose, answer.Content)] },
        };
        return ProposalBuilder.Build(request, scope.Snapshot);
    }

    private static ProposalRequest Request(StepScope scope, Artifact answer, string label)
    {
        var model = answer.Model is { Length: > 0 } named ? named : "unknown";
        var generate = scope.State.GenerateBefore(scope.Step.Index)!;
        return new ProposalRequest
        {
            Id = scope.State.ProposalId,
            Run = scope.Run,
            Pipeline = scope.Pipeline.Name,
            Model = model,
            Provider = scope.Snapshot.Settings.Ai.Provider,
            Origin = (model.StartsWith("offline", StringComparison.Ordinal) ? OfflineOrigin(generate.Offline) : $"Written by the model {model}.") +
                (PipelineFiles.ReplacesShipped(scope.Pipeline) ? $" By the story's own pipeline `{scope.Pipeline.Name}`, not the one that ships." : ""),
            Input = scope.State.Record.Input,
            PromptHash = scope.State.PromptBefore(generate.Index) is { } prompt ? Generate.HashOf(prompt.Text) : null,
            Label = label,
            At = scope.State.Record.At,
        };
    }

    private static string OfflineOrigin(string? algorithm) => algorithm switch
    {
        "summary" => "Sentences picked from the text itself, without a model (offline).",
        _ => "Made by fixed rules from the text itself, without a model (offline).",
    };

    private static string LabelOf(StepScope scope, ProposeStep propose) => propose.To switch
    {
        ProposalTarget.Field => $"Write the {propose.Field} of “{scope.Name}”",
        ProposalTarget.Append => $"Continue “{scope.Name}”",
        ProposalTarget.Replace => $"Draft “{scope.Name}”",
        _ when scope.HasSubject => $"{scope.Pipeline.Title}: “{scope.Name}”",
        _ => scope.Pipeline.Title,
    };

    /// <summary>The context that a document of the story is read with.</summary>
    public static ReadingContext Reading(StepScope scope) => new(scope.Snapshot.Schemas, scope.Snapshot.Settings, []);

    public static ProviderException Nothing(string message) => new(ProviderFailure.NothingToDo, message);

    public static ProviderException Unreadable(string message) => new(ProviderFailure.Unreadable, message);

    /// <summary>Today's text of a document of the run's subject.</summary>
    public static SourceText TextOf(StepScope scope) => scope.Document!.Text;
}
