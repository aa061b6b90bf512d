using StoryLsp.Pipelines.Proposals;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Runs;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Proposals;

/// <summary>Brings proposals before a person, in the way that the editor can, and records what the person decided. Nothing is changed unasked.</summary>
internal sealed class ProposalReview(EditorSession session, RunDesk desk, ProposalDocuments documents)
{
    private const string Accept = "Accept";
    private const string Reject = "Reject";
    private const string Later = "Decide later";
    private const string Open = "Open";

    /// <summary>The longest text of a question, in UTF-16 code units.</summary>
    private const int LongestQuestion = 1500;

    private readonly EditorTakes _takes = new(session, desk);

    /// <summary>Brings a proposal before the person, and waits for the decision where the editor has one to give.</summary>
    /// <param name="story">The story.</param>
    /// <param name="id">The proposal.</param>
    /// <param name="view"><c>edit</c>, <c>review</c>, or null for the best that the editor can.</param>
    /// <param name="cancellationToken">Stops waiting; what is not decided waits as a proposal.</param>
    /// <exception cref="ResponseErrorException">There is no such proposal, or nothing of it fits any more.</exception>
    public async Task<Decision> OpenAsync(StoryFolder story, string id, string? view, CancellationToken cancellationToken)
    {
        var client = session.Client;
        var proposal = Load(story, id);
        var wanted = proposal.Open.Where(hunk => hunk.IsTicked || client.Extensions.Ticks).Select(hunk => hunk.Id).ToHashSet();
        if (view != "review" && client is { AppliesEdits: true, ConfirmsAnnotations: true } && wanted.Count > 0)
        {
            var decision = await _takes.TakeAsync(story, id, wanted, asks: true, cancellationToken).ConfigureAwait(false);
            _ = TellOfDoubtsAsync(story, decision);
            return decision;
        }

        if (await ShowPageAsync(story, proposal).ConfigureAwait(false))
        {
            return Decision.Of(proposal, [], []);
        }

        return client.AppliesEdits ? await AskAsync(story, proposal, cancellationToken).ConfigureAwait(false) : Keep(proposal);
    }

    /// <summary>The person has said yes: applies hunks without a further question. Null: those that are ticked.</summary>
    public async Task<Decision> AcceptAsync(StoryFolder story, string id, IReadOnlySet<int>? hunks, CancellationToken cancellationToken)
    {
        if (!session.Client.AppliesEdits)
        {
            Load(story, id);
            throw new ResponseErrorException(LSPErrorCodes.RequestFailed, $"This editor takes no edits. Take it with `storylsp proposal accept {id}`.");
        }

        return await _takes.TakeAsync(story, id, hunks, asks: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts hunks aside. Null: all that are open.</summary>
    public Decision RejectHunks(StoryFolder story, string id, IReadOnlySet<int>? hunks)
    {
        var result = desk.Of(story).Desk.Reject(id, hunks) ?? throw Gone(id);
        _takes.Refresh(story, result.Proposal);
        return Decision.Of(result.Proposal, [], [.. result.Reports.Where(report => report.Outcome == HunkOutcome.Rejected).Select(report => report.Hunk)]);
    }

    /// <summary>The story that has a proposal.</summary>
    public Task<StoryFolder> StoryOf(string id) => session.StoryWith(story => desk.Of(story).Proposals.Load(id) is not null, Gone(id).Message);

    private Proposal Load(StoryFolder story, string id) => desk.Of(story).Proposals.Load(id) ?? throw Gone(id);

    private static ResponseErrorException Gone(string id) => new(LSPErrorCodes.RequestFailed, $"There is no proposal `{id}` any more: it was decided, or removed.");

    // An editor that opens the product's own addresses reads the page from the server; one that only opens files gets it as a file.
    private async Task<bool> ShowPageAsync(StoryFolder story, Proposal proposal)
    {
        if (!session.Client.ShowsDocuments)
        {
            return false;
        }

        if (session.Client.OpensStoryDocuments)
        {
            return await Windows.ShowAsync(session, new StoryAddress(StoryPage.Proposal, proposal.Id, "").ToString()).ConfigureAwait(false);
        }

        var file = story.AbsolutePath(ProposalDocuments.PageFile(proposal.Id));
        var page = await documents.PageAsync(story, proposal).ConfigureAwait(false);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, page.Text, session.Connection.Closing).ConfigureAwait(false);
        return await Windows.ShowAsync(session, session.UriOf(file)).ConfigureAwait(false);
    }

    private async Task<Decision> AskAsync(StoryFolder story, Proposal proposal, CancellationToken cancellationToken)
    {
        var ticked = proposal.Open.Where(hunk => hunk.IsTicked).ToList();
        if (ticked.Count == 0)
        {
            return Keep(proposal);
        }

        var answer = await session.Connection.SendRequestAsync(
            LspMethods.WindowShowMessageRequest,
            new ShowMessageRequestParams { Type = MessageType.Info, Message = Question(proposal, ticked), Actions = [new(Accept), new(Reject), new(Later)] },
            cancellationToken).ConfigureAwait(false);
        return answer?.Title switch
        {
            Accept => await _takes.TakeAsync(story, proposal.Id, ticked.Select(hunk => hunk.Id).ToHashSet(), asks: false, cancellationToken).ConfigureAwait(false),
            Reject => RejectHunks(story, proposal.Id, null),
            _ => Decision.Of(proposal, [], []),
        };
    }

    private static string Question(Proposal proposal, List<Hunk> ticked)
    {
        var text = string.Join("\n\n", ticked.Select(hunk => hunk.New.Trim()));
        var shown = text.Length <= LongestQuestion ? text : text[..(LongestQuestion - 1)] + "…";
        var findings = proposal.Findings is { } change ? $" The rules say of it: {change.Summary}." : "";
        return $"{ProposalViews.Title(proposal)}? {proposal.Origin}{findings}\n\n{shown}";
    }

    // An editor that can neither show nor ask is told where the proposal waits.
    private Decision Keep(Proposal proposal)
    {
        var why = session.Client.AppliesEdits ? "all of it is in doubt" : "this editor takes no edits";
        Windows.Say(session, MessageType.Info, $"{ProposalViews.Title(proposal)}: {why}. See `storylsp proposal show {proposal.Id}`, and take it with `storylsp proposal accept {proposal.Id}`.");
        return Decision.Of(proposal, [], []);
    }

    /// <summary>What stood in no edit because it is in doubt is told, with a way to look at it.</summary>
    private async Task TellOfDoubtsAsync(StoryFolder story, Decision decision)
    {
        var doubtful = decision.Proposal.Open.Count(hunk => !hunk.IsTicked);
        if (session.Client.Extensions.Ticks || doubtful == 0)
        {
            return;
        }

        try
        {
            var one = doubtful == 1;
            var answer = await session.Connection.SendRequestAsync(
                LspMethods.WindowShowMessageRequest,
                new ShowMessageRequestParams
                {
                    Type = MessageType.Warning,
                    Message = $"{doubtful} {(one ? "change of this proposal is" : "changes of this proposal are")} in doubt and {(one ? "was" : "were")} left out: {decision.Proposal.Open.First(hunk => !hunk.IsTicked).Doubt}",
                    Actions = [new(Open)],
                },
                session.Connection.Closing).ConfigureAwait(false);
            if (answer?.Title == Open)
            {
                await ShowPageAsync(story, decision.Proposal).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is ResponseErrorException or ConnectionClosedException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            // The proposal waits on the disk.
        }
    }
}
