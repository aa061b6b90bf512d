using StoryLsp.Language.Text;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Provenance;

namespace StoryLsp.Pipelines.Proposals;

/// <summary>
/// Where a person decides about proposals: each hunk alone or all, in any order, with the same result. One decision is made at a time,
/// whatever process makes it; it is one event of the undo tree, and what is decided stays so.
/// </summary>
/// <param name="root">The workspace's root.</param>
/// <param name="history">The workspace's history; null: decisions leave no event there, and <see cref="Accept"/> cannot be used.</param>
/// <param name="by">Who decides; null: the name that git has for them (see <see cref="Author"/>).</param>
/// <param name="time">The clock; the system's when left out.</param>
public sealed partial class ProposalDesk(string root, HistoryStore? history = null, string? by = null, TimeProvider? time = null)
{
    private readonly ProposalStore _store = new(root);
    private readonly ProvenanceStore _provenance = new(root);
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lazy<string> _by = new(() => by ?? Author.Of(root));

    /// <summary>What an acceptance would write, and what it would leave out, with reasons. Nothing is changed. Null where there is no such proposal.</summary>
    /// <param name="id">The proposal.</param>
    /// <param name="hunks">The hunks wanted; null: those that are ticked.</param>
    /// <param name="textOf">Today's text of a file: of the editor's buffer where it is open.</param>
    public AcceptPlan? Plan(string id, IReadOnlySet<int>? hunks, Func<string, SourceText?> textOf) =>
        _store.Load(id) is { } proposal ? PlanOf(proposal, hunks, textOf) : null;

    /// <summary>Records a plan that was carried out: decisions, the remaining hunks' places, provenance, the undo tree's event. One decision whoever confirms it how often.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="applied">The texts as they are now, where an editor applied the plan and may have done more; null: as planned.</param>
    /// <param name="taken">The hunks that were taken, where a person took a part of the plan; null: all of it.</param>
    /// <exception cref="IOException">The decision cannot be written.</exception>
    /// <exception cref="HistoryException">The event cannot be written.</exception>
    public DecisionResult Confirm(AcceptPlan plan, IReadOnlyDictionary<string, SourceText?>? applied = null, IReadOnlySet<int>? taken = null)
    {
        using var turn = ProposalLock.Take(root);
        // Somebody may have decided in the meantime: what is decided stays so.
        // Where nothing of it is open any more, only what the editor has applied is told.
        var proposal = _store.Load(plan.Proposal.Id) ?? With(plan.Proposal, plan.Proposal.Open.Select(hunk => hunk.Id).Where(hunk => !IsTakenBy(plan, hunk, taken)), HunkDecision.Rejected);
        var accepted = AcceptedBy(plan, proposal, taken);
        var texts = plan.After.Keys.ToDictionary(path => path, path => applied is not null && applied.TryGetValue(path, out var now) ? now : plan.After[path], StringComparer.Ordinal);
        var next = Rebase.Onto(With(proposal, accepted, HunkDecision.Accepted), plan, texts);
        if (accepted.Count > 0)
        {
            history?.Tree.Record(LabelOf(proposal, accepted.Count), Kind, _by.Value, proposal.Run, proposal.Id,
                [.. texts.Select(file => new FileTransition(file.Key, plan.Before.GetValueOrDefault(file.Key)?.Text, file.Value?.Text))]);
            // First what was taken is written down: without the decision it would only be found again.
            _provenance.Add(AcceptedText.Of(plan, accepted, _by.Value, _time.GetUtcNow()));
            Tell(proposal, "proposal.accepted", accepted);
        }

        return new(next, plan.Reports, [.. texts.Keys.Order(StringComparer.Ordinal)], Keep(next));
    }

    /// <summary>Puts hunks aside; no file of the story changes. Null where there is no such proposal.</summary>
    /// <param name="id">The proposal.</param>
    /// <param name="hunks">The hunks; null: all that are open.</param>
    /// <exception cref="IOException">The decision cannot be written.</exception>
    /// <exception cref="HistoryException">The event cannot be written.</exception>
    public DecisionResult? Reject(string id, IReadOnlySet<int>? hunks = null)
    {
        using var turn = ProposalLock.Take(root);
        if (_store.Load(id) is not { } proposal)
        {
            return null;
        }

        var wanted = (hunks ?? proposal.Open.Select(hunk => hunk.Id).ToHashSet()).Order();
        var reports = wanted.Select(hunk => Decided(proposal, hunk) ?? new HunkReport(hunk, FileOf(proposal, hunk), HunkOutcome.Rejected, null)).ToList();
        var rejected = reports.Where(report => report.Outcome == HunkOutcome.Rejected).Select(report => report.Hunk).ToHashSet();
        var next = With(proposal, rejected, HunkDecision.Rejected);
        if (rejected.Count > 0)
        {
            Tell(proposal, "proposal.rejected", rejected);
        }

        return new(next, reports, [], Keep(next));
    }

    private static bool IsTakenBy(AcceptPlan plan, int hunk, IReadOnlySet<int>? taken) => taken?.Contains(hunk) is not false &&
        plan.Reports.Any(report => report.Hunk == hunk && report.Outcome is HunkOutcome.Written or HunkOutcome.AlreadyThere);

    private static HashSet<int> AcceptedBy(AcceptPlan plan, Proposal proposal, IReadOnlySet<int>? taken) => plan.Reports
        .Where(report => report.Outcome is HunkOutcome.Written or HunkOutcome.AlreadyThere && taken?.Contains(report.Hunk) is not false)
        .Select(report => report.Hunk).Where(hunk => !proposal.Decisions.ContainsKey(hunk)).ToHashSet();

    private static AcceptPlan PlanOf(Proposal proposal, IReadOnlySet<int>? hunks, Func<string, SourceText?> textOf, Func<string, string?>? obstacleOf = null)
    {
        var texts = proposal.Base.Select(file => file.Path).Union(proposal.Hunks.Select(hunk => hunk.File), StringComparer.Ordinal)
            .ToDictionary(path => path, textOf, StringComparer.Ordinal);
        var ids = hunks ?? proposal.Ticked;
        var open = proposal.Open.Where(hunk => ids.Contains(hunk.Id)).Select(hunk => hunk.Id).ToHashSet();
        var obstacles = texts.Keys.Select(path => (path, Why: obstacleOf?.Invoke(path))).Where(file => file.Why is not null).ToDictionary(file => file.path, file => file.Why!, StringComparer.Ordinal);
        var placed = ProposalApplication.Place(proposal, texts.GetValueOrDefault, open).Where(hunk => !obstacles.ContainsKey(hunk.Hunk.File)).ToList();
        var reports = placed.Select(hunk => Report(hunk, texts.GetValueOrDefault(hunk.Hunk.File) is not null))
            .Concat(proposal.Open.Where(hunk => open.Contains(hunk.Id) && obstacles.ContainsKey(hunk.File)).Select(hunk => new HunkReport(hunk.Id, hunk.File, HunkOutcome.NotWritten, obstacles[hunk.File])))
            .Concat(ids.Where(id => !open.Contains(id)).Select(id => Decided(proposal, id)!))
            .Concat(hunks is null ? proposal.Open.Where(hunk => !hunk.IsTicked).Select(hunk => new HunkReport(hunk.Id, hunk.File, HunkOutcome.Unticked, hunk.Doubt)) : []);
        return new(proposal, [.. reports.OrderBy(report => report.Hunk)], [.. placed.Where(hunk => hunk.State == HunkState.Fits)], texts);
    }

    private static HunkReport Report(PlacedHunk placed, bool isThere) => placed.State switch
    {
        HunkState.Fits => new(placed.Hunk.Id, placed.Hunk.File, HunkOutcome.Written, null),
        HunkState.AlreadyApplied => new(placed.Hunk.Id, placed.Hunk.File, HunkOutcome.AlreadyThere, $"{placed.Hunk.File} has this text already."),
        _ when !isThere => new(placed.Hunk.Id, placed.Hunk.File, HunkOutcome.Stale, $"{placed.Hunk.File} is no longer there. Was it renamed, or removed? Nothing is written."),
        _ => new(placed.Hunk.Id, placed.Hunk.File, HunkOutcome.Stale, $"{placed.Hunk.File} was changed at this place since, so nothing is written there."),
    };

    private static HunkReport? Decided(Proposal proposal, int hunk) => !proposal.Hunks.Any(other => other.Id == hunk)
        ? new(hunk, "", HunkOutcome.Unknown, $"The proposal has no hunk {hunk}.")
        : !proposal.Decisions.TryGetValue(hunk, out var decision) ? null
        : decision == HunkDecision.Accepted
            ? new(hunk, FileOf(proposal, hunk), HunkOutcome.AlreadyAccepted, "It was accepted before.")
            : new(hunk, FileOf(proposal, hunk), HunkOutcome.AlreadyRejected, "It was rejected before.");

    private static string FileOf(Proposal proposal, int hunk) => proposal.Hunks.First(other => other.Id == hunk).File;

    private static Proposal With(Proposal proposal, IEnumerable<int> hunks, HunkDecision decision)
    {
        var decisions = new Dictionary<int, HunkDecision>(proposal.Decisions);
        foreach (var hunk in hunks)
        {
            decisions[hunk] = decision;
        }

        return proposal with { Decisions = decisions };
    }

    // A proposal of which nothing is open any more has done its work; provenance keeps what was taken.
    private bool Keep(Proposal proposal)
    {
        if (proposal.Open.Any())
        {
            _store.Save(proposal);
            return false;
        }

        _store.Remove(proposal.Id);
        return true;
    }
}
