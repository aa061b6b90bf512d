using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Pipelines.Steps;

/// <summary>The step <c>propose</c>: one proposal for each time that a run goes through, made for the story as it is now.</summary>
internal static class Propose
{
    public static void Do(StepScope scope, ProposeStep step)
    {
        scope.Report("Making the proposal");
        var history = scope.Options.History;
        var generate = scope.State.GenerateBefore(step.Index)!;
        var answer = scope.State.Latest(ArtifactKinds.Answer, step.Index)!;
        if (Validate.Faults(scope, generate, answer.Content) is [var problem, ..])
        {
            throw new ProviderException(ProviderFailure.Unreadable, $"The answer is not what was asked for. {problem} Nothing was changed; try again.");
        }

        switch (step.To)
        {
            case ProposalTarget.Nothing:
                history.Append(scope.Event(EventKinds.StepFinished, new() { Step = step.Kind }));
                return;
            case ProposalTarget.Notes:
                var (notes, dropped) = NoteReading.Of(scope, answer.Content);
                var message = dropped == 0 ? null : $"{dropped} of the model's remarks quoted words that do not stand in the text, and were dropped.";
                history.Append(scope.Artifact(ArtifactKinds.Notes, RunJson.Write(notes), answer.Model ?? "", answer.Id), scope.Event(EventKinds.StepFinished, new() { Step = step.Kind, Message = message }));
                return;
        }

        if (ProposalDraft.Of(scope, answer) is not { Hunks.Count: > 0 } && scope.State.Of(ArtifactKinds.Proposal, step.Index).Count == 0)
        {
            history.Append(scope.Event(EventKinds.StepFinished, new() { Step = step.Kind, Message = NewFileDraft.LeftAsTheyAre(scope, step, answer.Content) ?? "The answer changes nothing, so there is nothing to propose." }));
            return;
        }

        // A proposal that was written down before a crash is the same one, and is only put into its drawer again.
        var proposal = scope.State.Of(ArtifactKinds.Proposal, step.Index) is [.., var made] && RunJson.ProposalOf(made.Content) is { } known ? known : Make(scope, answer);
        history.FaultPoint?.Invoke("save-proposal:before");
        new ProposalStore(scope.Options.Root).Save(proposal);
        history.FaultPoint?.Invoke("save-proposal:after");
        history.Append(scope.Event(EventKinds.StepFinished, new() { Step = step.Kind, Message = ChangedSince(scope) ?? NewFileDraft.LeftAsTheyAre(scope, step, answer.Content) ?? scope.State.Message }));
    }

    private static Proposal Make(StepScope scope, History.Artifact answer)
    {
        var proposal = ProposalDraft.Of(scope, answer)!;
        proposal = HunkDoubts.Of(scope, UnreadWords.Doubted(scope, ProposalContinuity.Judged(proposal, scope.Snapshot, scope.Options.Findings)));
        scope.Options.History.Append(
            scope.Artifact(ArtifactKinds.Proposal, RunJson.Write(proposal), answer.Model ?? "", answer.Id),
            scope.Event(EventKinds.ProposalMade, new() { Proposal = proposal.Id }));
        return proposal;
    }

    // What the model read may be another text than what the proposal is for; the person is told.
    private static string? ChangedSince(StepScope scope)
    {
        var read = scope.State.Latest(ArtifactKinds.Prompt, scope.Step.Index)?.Inputs.FirstOrDefault();
        return read is not null && scope.Document is { } document && (read.Path != document.Path || read.Hash != Convert.ToHexStringLower(document.Text.ContentHash))
            ? $"{document.Path} was changed after its text was put into the prompt. The proposal is made for the text of today; look at it with care."
            : null;
    }
}
