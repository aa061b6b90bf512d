using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.Runs;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Proposals;
using StoryLsp.Server.Runs;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary>
/// Runs the pipeline <c>synopsis</c> without a stop and brings its proposal before the writer. Unlike <c>storylsp.run</c> it answers when the writer has decided.
/// </summary>
internal sealed class SynopsisCommand(EditorSession session, RunDesk desk, RunFollowUp followUp, ProposalReview review)
{
    /// <summary>The pipeline that it runs.</summary>
    public const string Pipeline = "synopsis";

    public void Register(CommandTable commands) => commands.Add(
        StoryCommands.Synopsis, ExtensionJson.Default.SynopsisArguments, ExtensionJson.Default.SynopsisResult, "{\"uri\": …, \"container\": …}",
        static arguments => arguments is { Uri: not null, Container: not null }, RunAsync);

    private Task<SynopsisResult> RunAsync(SynopsisArguments arguments, RequestContext context) => desk.Guarded(async () =>
    {
        var story = (await session.StoryFor(arguments.Uri).ConfigureAwait(false)).RequireAi();
        var place = await session.PlaceOf(arguments.Uri).ConfigureAwait(false);
        if (place is null || !place.Snapshot.ContainersIn(place.Path).Any(container => place.Snapshot.IdOf(container) == arguments.Container))
        {
            throw new ResponseErrorException(LSPErrorCodes.RequestFailed, $"There is no scene `{arguments.Container}` in this file any more.");
        }

        if (PipelineFiles.Find(place.Snapshot, Pipeline) is { Path: { } own })
        {
            throw new ResponseErrorException(LSPErrorCodes.RequestFailed,
                $"The story has a pipeline `{Pipeline}` of its own ({own}), which sends nothing before you have read it. Run it with a look at its prompt: `storylsp.run`, or the action that names the file.");
        }

        var request = new RunRequest { Pipeline = Pipeline, Input = arguments.Container, Auto = true };
        var outcome = await desk.RunAsync(story, "Writing the synopsis", Pipeline,
            (runner, progress, cancellation) => runner.StartAsync(request, progress, cancellation), context.CancellationToken).ConfigureAwait(false);
        followUp.Tell(story, outcome);
        if (outcome.Proposal is not { } proposal)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            throw new ResponseErrorException(
                outcome.Status == RunStatus.Cancelled ? LSPErrorCodes.RequestCancelled : LSPErrorCodes.RequestFailed, outcome.Message ?? "There is nothing to propose.");
        }

        var decision = await review.OpenAsync(story, proposal.Id, null, context.CancellationToken).ConfigureAwait(false);
        if (decision.Refused is { } refused)
        {
            decision = review.RejectHunks(story, proposal.Id, refused);
        }

        return new SynopsisResult(proposal.Id, decision.Status is "partial" ? "accepted" : decision.Status);
    });
}
