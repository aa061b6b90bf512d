using StoryLsp.Pipelines.Proposals;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Proposals;
using StoryLsp.Server.Runs;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary>The commands and the request about proposals.</summary>
internal static class ProposalHandlers
{
    public static void Register(LanguageConnection connection, EditorSession session, RunDesk desk, ProposalDocuments documents, ProposalReview review, CommandTable commands)
    {
        commands.Add(StoryCommands.OpenProposal, ExtensionJson.Default.OpenArguments, ExtensionJson.Default.DecisionAnswer, "{\"id\": …}", static arguments => arguments.Id is not null,
            (arguments, context) => desk.Guarded(async () =>
            {
                var story = await review.StoryOf(arguments.Id!).ConfigureAwait(false);
                return (await review.OpenAsync(story, arguments.Id!, arguments.View, context.CancellationToken).ConfigureAwait(false)).Answer;
            }));
        commands.Add(StoryCommands.AcceptProposal, ExtensionJson.Default.DecideArguments, ExtensionJson.Default.DecisionAnswer, "{\"id\": …}", static arguments => arguments.Id is not null,
            (arguments, context) => desk.Guarded(async () =>
            {
                var story = await review.StoryOf(arguments.Id!).ConfigureAwait(false);
                return (await review.AcceptAsync(story, arguments.Id!, arguments.Hunks?.ToHashSet(), context.CancellationToken).ConfigureAwait(false)).Answer;
            }));
        commands.Add(StoryCommands.RejectProposal, ExtensionJson.Default.DecideArguments, ExtensionJson.Default.DecisionAnswer, "{\"id\": …}", static arguments => arguments.Id is not null,
            (arguments, _) => desk.Guarded(async () =>
            {
                var story = await review.StoryOf(arguments.Id!).ConfigureAwait(false);
                return review.RejectHunks(story, arguments.Id!, arguments.Hunks?.ToHashSet()).Answer;
            }));
        connection.OnRequest(ExtensionMethods.Proposal, (parameters, context) => Task.Run(() => desk.Guarded(async () =>
            parameters.Id is { } id
                ? new ProposalsAnswer([await OneAsync(session, documents, id).ConfigureAwait(false)])
                : await AllAsync(session, desk, documents, parameters.Uri).ConfigureAwait(false)), context.CancellationToken));
    }

    private static async Task<ProposalJson> OneAsync(EditorSession session, ProposalDocuments documents, string id)
    {
        var (story, proposal) = await documents.FindAsync(id).ConfigureAwait(false)
            ?? throw new ResponseErrorException(LSPErrorCodes.RequestFailed, $"There is no proposal `{id}` any more: it was decided, or removed.");
        var plan = await documents.PlanAsync(story, id, null).ConfigureAwait(false);
        var json = await WithoutTextsAsync(session, documents, story, proposal).ConfigureAwait(false);
        return json with
        {
            Files = [.. proposal.Hunks.Select(hunk => hunk.File).Distinct().Select(file => new ProposedFileJson(
                file,
                session.UriOf(story.AbsolutePath(file)),
                plan?.Before.GetValueOrDefault(file)?.Text,
                plan is not null && plan.After.TryGetValue(file, out var after) ? after?.Text : plan?.Before.GetValueOrDefault(file)?.Text,
                new StoryAddress(StoryPage.Before, id, file).ToString(),
                new StoryAddress(StoryPage.After, id, file).ToString()))],
            Review = (await documents.PageAsync(story, proposal).ConfigureAwait(false)).Text,
        };
    }

    private static async Task<ProposalsAnswer> AllAsync(EditorSession session, RunDesk desk, ProposalDocuments documents, string? uri)
    {
        var story = await session.StoryFor(uri).ConfigureAwait(false);
        var store = desk.Of(story).Proposals;
        var result = new List<ProposalJson>();
        foreach (var proposal in store.List().Select(store.Load).OfType<Proposal>())
        {
            result.Add(await WithoutTextsAsync(session, documents, story, proposal).ConfigureAwait(false));
        }

        return new(result);
    }

    private static async Task<ProposalJson> WithoutTextsAsync(EditorSession session, ProposalDocuments documents, StoryFolder story, Proposal proposal)
    {
        var plan = await documents.PlanAsync(story, proposal.Id, proposal.Open.Select(hunk => hunk.Id).ToHashSet()).ConfigureAwait(false);
        var states = await documents.StatesAsync(story, proposal).ConfigureAwait(false);
        return new ProposalJson(
            proposal.Id, proposal.Run, proposal.Pipeline, proposal.Model, proposal.Origin, proposal.Input, ProposalViews.Title(proposal),
            proposal.Findings is { } findings ? new FindingsChangeJson(findings.Added, findings.Removed, findings.Summary) : null,
            [.. proposal.Hunks.Select(hunk => new HunkJson(
                hunk.Id, hunk.File, session.UriOf(story.AbsolutePath(hunk.File)), RangeOf(session, plan, hunk), hunk.Old, hunk.New, hunk.Label, states.GetValueOrDefault(hunk.Id, "open"), hunk.IsTicked, hunk.Doubt, hunk.Confidence))],
            null, null);
    }

    private static LspRange? RangeOf(EditorSession session, AcceptPlan? plan, Hunk hunk) =>
        plan?.Placed.FirstOrDefault(placed => placed.Hunk.Id == hunk.Id)?.Edit is { } edit && plan.Before.GetValueOrDefault(hunk.File) is { } text
            ? Positions.Range(text, edit.Span, session.Client.Encoding)
            : null;
}
