using StoryLsp.Features.Refactorings;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Proposals;
using StoryLsp.Server.Runs;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary>A refactoring with what a person has said to it: a name, a year, a place. What is to be looked through comes as a proposal.</summary>
internal sealed class RefactorCommand(EditorSession session, RunDesk desk, ProposalReview review)
{
    // No model has written it, and none is asked.
    private const string Provider = "offline";

    public void Register(CommandTable commands) => commands.Add(
        StoryCommands.Refactor, ExtensionJson.Default.RefactorArguments, ExtensionJson.Default.RefactorAnswer, "{\"name\": …, \"uri\": …, \"range\": …}",
        static arguments => arguments is { Name: not null, Uri: not null, Range: not null }, (arguments, context) => desk.Guarded(() => RunAsync(arguments, context)));

    private async Task<RefactorAnswer> RunAsync(RefactorArguments arguments, RequestContext context)
    {
        var place = await session.WholePlaceOf(arguments.Uri!, context.CancellationToken).ConfigureAwait(false)
            ?? throw new ResponseErrorException(LSPErrorCodes.RequestFailed, "This file is no part of a story that is open.");
        if (AllRefactorings.Find(arguments.Name!) is IReviewedRefactoring reviewed)
        {
            return await ReviewAsync(place, reviewed, arguments, context.CancellationToken).ConfigureAwait(false);
        }

        var edit = RefactorActions.EditOf(place, arguments, context.CancellationToken);
        if (!session.Client.AppliesEdits)
        {
            throw new ResponseErrorException(LSPErrorCodes.RequestFailed, "This editor takes no edits from a server. Take the code action instead.");
        }

        var result = await session.Connection.SendRequestAsync(
            LspMethods.WorkspaceApplyEdit, new ApplyWorkspaceEditParams { Label = arguments.Name, Edit = edit }, context.CancellationToken).ConfigureAwait(false);
        return new(result.Applied);
    }

    private async Task<RefactorAnswer> ReviewAsync(Place place, IReviewedRefactoring refactoring, RefactorArguments arguments, CancellationToken cancellationToken)
    {
        var here = RefactorActions.PlaceOf(place, arguments, cancellationToken);
        var input = arguments.Input();
        if (refactoring.Choices(here, input) is { Count: > 0 } choices)
        {
            input = await ChosenAsync(choices, cancellationToken).ConfigureAwait(false) ?? input;
        }

        var found = refactoring.Review(here, input);
        if (found.Refusal is { } refusal)
        {
            throw new ResponseErrorException(LSPErrorCodes.RequestFailed, refusal);
        }

        var proposal = ProposalBuilder.Build(
            new ProposalRequest
            {
                Run = refactoring.Name,
                Pipeline = refactoring.Name,
                Model = $"{Provider}-{refactoring.Name}",
                Provider = Provider,
                Origin = found.Summary,
                Input = found.About,
                Label = found.Title,
                At = DateTimeOffset.UtcNow,
                Edits = [.. found.Edits.GroupBy(edit => edit.Path, StringComparer.Ordinal)
                    .Select(file => new FileEdits(file.Key, [.. file.Select(edit => new LabelledEdit(edit.Edit, edit.Reason) { Doubt = edit.Doubt })]))],
            },
            place.Snapshot);
        desk.Of(place.Story).Proposals.Save(proposal);
        var decision = await review.OpenAsync(place.Story, proposal.Id, null, cancellationToken).ConfigureAwait(false);
        return new(decision.Status is "accepted" or "partial", proposal.Id, decision.Status);
    }

    // An editor that asked for nothing itself lets the person choose.
    private async Task<RefactoringInput?> ChosenAsync(IReadOnlyList<RefactoringOffer> choices, CancellationToken cancellationToken)
    {
        var answer = await session.Connection.SendRequestAsync(
            LspMethods.WindowShowMessageRequest,
            new ShowMessageRequestParams { Type = MessageType.Info, Message = "Born in which year?", Actions = [.. choices.Select(choice => new MessageActionItem(choice.Title))] },
            cancellationToken).ConfigureAwait(false);
        return choices.FirstOrDefault(choice => choice.Title == answer?.Title)?.Input;
    }
}
