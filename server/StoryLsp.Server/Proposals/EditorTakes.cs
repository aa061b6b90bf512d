using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Runs;
using StoryLsp.Server.Session;
using TextEdit = StoryLsp.Language.Text.TextEdit;

namespace StoryLsp.Server.Proposals;

/// <summary>Has the editor apply hunks by one edit, finds out which of them the person took, and records those.</summary>
internal sealed class EditorTakes(EditorSession session, RunDesk desk)
{
    /// <summary>How often the texts are looked at until the editor has told of its own edit.</summary>
    private const int Looks = 40;

    /// <summary>How an editor's own dialog says that the person refused the edit; an editor that says nothing says the same.</summary>
    private const string PersonSaysNo = "The writer rejected the change.";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    /// <summary>Applies hunks.</summary>
    /// <param name="story">The story.</param>
    /// <param name="id">The proposal.</param>
    /// <param name="hunks">The hunks; null: the ticked ones.</param>
    /// <param name="asks">Whether the editor asks the person about each.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ResponseErrorException">There is nothing that fits; the message says why.</exception>
    public async Task<Decision> TakeAsync(StoryFolder story, string id, IReadOnlySet<int>? hunks, bool asks, CancellationToken cancellationToken)
    {
        var (plan, versions) = await PlanAsync(story, id, hunks).ConfigureAwait(false);
        var beyond = ProposalEdit.BeyondEditor(session.Client, plan);
        if (beyond.Count > 0)
        {
            var inside = plan.Placed.Where(hunk => !beyond.Contains(hunk.Hunk.File)).Select(hunk => hunk.Hunk.Id).ToHashSet();
            Windows.Say(session, MessageType.Warning, $"This editor cannot make or remove files, so {string.Join(", ", beyond)} is left. Take it with `storylsp proposal accept {id}`.");
            (plan, versions) = await PlanAsync(story, id, inside).ConfigureAwait(false);
        }

        var reasons = plan.Reports.Where(report => report.Why is not null).ToDictionary(report => report.Hunk, report => report.Why!);
        if (plan.Change is null)
        {
            return Nothing(story, plan, reasons, beyond);
        }

        using var acceptance = desk.Of(story).Acceptances.Begin();
        var result = await session.Connection.SendRequestAsync(
            LspMethods.WorkspaceApplyEdit,
            new ApplyWorkspaceEditParams { Label = LabelOf(plan.Proposal), Edit = ProposalEdit.Of(session, story, plan, versions, asks) },
            cancellationToken).ConfigureAwait(false);
        acceptance.Answered();
        return result.Applied
            ? await ConfirmAsync(story, plan, asks, reasons).ConfigureAwait(false)
            : await NotAppliedAsync(story, plan, versions, result, reasons).ConfigureAwait(false);
    }

    /// <summary>Has the editor read anew what it shows of a proposal.</summary>
    public void Refresh(StoryFolder story, Proposal proposal)
    {
        if (session.Client.OpensStoryDocuments)
        {
            var pages = proposal.Hunks.Select(hunk => hunk.File).Distinct()
                .SelectMany(path => new[] { new StoryAddress(StoryPage.Before, proposal.Id, path), new StoryAddress(StoryPage.After, proposal.Id, path) })
                .Prepend(new StoryAddress(StoryPage.Proposal, proposal.Id, ""));
            foreach (var page in pages)
            {
                Ask(session.Connection.SendRequestAsync(LspMethods.WorkspaceTextDocumentContentRefresh, new TextDocumentContentRefreshParams(page.ToString()), session.Connection.Closing, TimeSpan.FromSeconds(30)));
            }
        }

        if (session.Client.RefreshesLenses)
        {
            Ask(session.Connection.SendRequestAsync(LspMethods.WorkspaceCodeLensRefresh, default, session.Connection.Closing, TimeSpan.FromSeconds(30)));
        }

        ProposalDocuments.RemovePage(story, proposal);
    }

    private async Task<(AcceptPlan Plan, IReadOnlyDictionary<string, int> Versions)> PlanAsync(StoryFolder story, string id, IReadOnlySet<int>? hunks)
    {
        var texts = await StoryTexts.TakeAsync(session, story).ConfigureAwait(false);
        var plan = desk.Of(story).Desk.Plan(id, hunks, texts.Of)
            ?? throw new ResponseErrorException(LSPErrorCodes.RequestFailed, $"There is no proposal `{id}` any more: it was decided, or removed.");
        var versions = plan.Before.Keys.Select(path => (Path: path, Version: texts.VersionOf(path))).Where(file => file.Version is not null);
        return (plan, versions.ToDictionary(file => file.Path, file => file.Version!.Value, StringComparer.Ordinal));
    }

    // Nothing to write: what stands there already is decided by that; what is stale is told.
    private Decision Nothing(StoryFolder story, AcceptPlan plan, Dictionary<int, string> reasons, IReadOnlyList<string> beyond)
    {
        if (plan.Reports.Any(report => report.Outcome == HunkOutcome.AlreadyThere))
        {
            return Recorded(story, plan, null, null, reasons);
        }

        if (beyond.Count > 0)
        {
            return Decision.Of(plan.Proposal, [], [], reasons);
        }

        throw new ResponseErrorException(LSPErrorCodes.RequestFailed, plan.Reports.Any(report => report.Outcome == HunkOutcome.Stale)
            ? "The text was changed in the meantime, so nothing was put in. Run the step again."
            : reasons.Count > 0 ? string.Join(" ", reasons.Values.Distinct()) : "Nothing of this proposal is left to be taken.");
    }

    // Only what the person refused is refused: where the editor could not do it, what was paid for waits.
    private async Task<Decision> NotAppliedAsync(StoryFolder story, AcceptPlan plan, IReadOnlyDictionary<string, int> versions, ApplyWorkspaceEditResult result, Dictionary<int, string> reasons)
    {
        var now = await StoryTexts.TakeAsync(session, story).ConfigureAwait(false);
        var isOther = plan.After.Keys.Any(path => (versions.TryGetValue(path, out var version) && now.VersionOf(path) != version) || now.Of(path)?.Text != plan.Before.GetValueOrDefault(path)?.Text);
        var isPerson = result is { FailedChange: null } && (string.IsNullOrWhiteSpace(result.FailureReason) || result.FailureReason == PersonSaysNo);
        if (isOther)
        {
            Windows.Say(session, MessageType.Warning, $"The text was changed in the meantime, so nothing was put in. It waits as the proposal {plan.Proposal.Id}.");
        }
        else if (!isPerson)
        {
            Windows.Say(session, MessageType.Warning, $"The editor could not put it in ({result.FailureReason?.Trim() ?? "it does not say why"}). It waits as the proposal {plan.Proposal.Id}.");
        }

        return Decision.Of(plan.Proposal, [], [], reasons) with { Refused = isOther || !isPerson ? null : plan.Placed.Select(hunk => hunk.Hunk.Id).ToHashSet() };
    }

    private async Task<Decision> ConfirmAsync(StoryFolder story, AcceptPlan plan, bool asks, Dictionary<int, string> reasons)
    {
        var now = await TextsAfterAsync(story, plan).ConfigureAwait(false);
        var choosable = asks && session.Client.Extensions.Ticks;
        // A buffer of which the editor does not tell holds what the editor says it has applied; where it tells of the other files, the person has left this one out.
        var isTold = asks && plan.After.Keys.Any(path => (now.Of(path)?.Text ?? "") != (plan.Before.GetValueOrDefault(path)?.Text ?? ""));
        var taken = new HashSet<int>();
        var applied = new Dictionary<string, SourceText?>(StringComparer.Ordinal);
        foreach (var file in plan.Placed.GroupBy(hunk => hunk.Hunk.File, StringComparer.Ordinal))
        {
            var hunks = file.OrderBy(hunk => hunk.Edit!.Value.Span.Start).ToList();
            var (before, after) = (plan.Before.GetValueOrDefault(file.Key), now.Of(file.Key));
            var isUntold = (before?.Text ?? "") == (after?.Text ?? "") && !choosable && !isTold && now.VersionOf(file.Key) is null;
            applied[file.Key] = isUntold ? plan.After.GetValueOrDefault(file.Key) : after;
            taken.UnionWith(isUntold ? hunks.Select(hunk => hunk.Hunk.Id) : Taken(story, plan, hunks, before, after, choosable));
        }

        return taken.Count == 0 && plan.Reports.All(report => report.Outcome != HunkOutcome.AlreadyThere)
            ? Decision.Of(plan.Proposal, [], [], reasons)
            : Recorded(story, plan, applied, taken, reasons);
    }

    private IEnumerable<int> Taken(StoryFolder story, AcceptPlan plan, List<PlacedHunk> hunks, SourceText? before, SourceText? after, bool choosable)
    {
        if (AppliedEdits.Find(before?.Text ?? "", after?.Text ?? "", [.. hunks.Select(hunk => hunk.Edit!.Value)]) is { } made)
        {
            return hunks.Where((_, index) => made[index]).Select(hunk => hunk.Hunk.Id);
        }

        // Somebody typed meanwhile: a hunk counts as taken where its text stands now.
        var ids = hunks.Select(hunk => hunk.Hunk.Id).ToHashSet();
        return !choosable ? ids : desk.Of(story).Desk.Plan(plan.Proposal.Id, ids, path => path == hunks[0].Hunk.File ? after : plan.Before.GetValueOrDefault(path))?
            .Reports.Where(report => report.Outcome == HunkOutcome.AlreadyThere).Select(report => report.Hunk) ?? [];
    }

    private Decision Recorded(StoryFolder story, AcceptPlan plan, Dictionary<string, SourceText?>? applied, HashSet<int>? taken, Dictionary<int, string> reasons)
    {
        var result = desk.Of(story).Desk.Confirm(plan, applied, taken);
        Refresh(story, result.Proposal);
        var accepted = result.Proposal.Decisions.Where(decision => decision.Value == HunkDecision.Accepted && !plan.Proposal.Decisions.ContainsKey(decision.Key)).Select(decision => decision.Key);
        return Decision.Of(result.Proposal, [.. accepted.Order()], [], reasons);
    }

    // An editor tells of its own edit before it answers, or shortly after.
    private async Task<StoryTexts> TextsAfterAsync(StoryFolder story, AcceptPlan plan)
    {
        for (var look = 1; ; look++)
        {
            var now = await StoryTexts.TakeAsync(session, story).ConfigureAwait(false);
            if (look == Looks || plan.After.Keys.All(path => IsChanged(plan, path, now.Of(path))))
            {
                return now;
            }

            await Task.Delay(BetweenLooks, session.Connection.Closing).ConfigureAwait(false);
        }
    }

    // A change that no choice of hunks explains is one half of what the editor tells, or somebody typed: the next look tells more.
    private static bool IsChanged(AcceptPlan plan, string path, SourceText? now)
    {
        var before = plan.Before.GetValueOrDefault(path)?.Text ?? "";
        return (now?.Text ?? "") != before && AppliedEdits.Find(before, now?.Text ?? "", EditsOf(plan, path)) is not null;
    }

    private static List<TextEdit> EditsOf(AcceptPlan plan, string path) =>
        [.. plan.Placed.Where(hunk => hunk.Hunk.File == path).Select(hunk => hunk.Edit!.Value).OrderBy(edit => edit.Span.Start)];

    private static string LabelOf(Proposal proposal) =>
        proposal.Findings is { } findings ? $"{ProposalViews.Title(proposal)} ({findings.Summary})" : ProposalViews.Title(proposal);

    private static void Ask(Task request) => _ = request.ContinueWith(static done => done.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
