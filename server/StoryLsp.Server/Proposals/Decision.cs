using StoryLsp.Pipelines.Proposals;
using StoryLsp.Server.Extensions;

namespace StoryLsp.Server.Proposals;

/// <summary>What a person has decided about a proposal, in one go.</summary>
/// <param name="Proposal">The proposal afterwards.</param>
/// <param name="Accepted">The hunks that were taken now.</param>
/// <param name="Rejected">The hunks that were put aside now.</param>
/// <param name="Left">The hunks that stay, with reasons.</param>
internal sealed record Decision(Proposal Proposal, IReadOnlyList<int> Accepted, IReadOnlyList<int> Rejected, IReadOnlyList<LeftHunkJson> Left)
{
    /// <summary>The hunks of the edit that the person refused as a whole; null where they did not.</summary>
    public IReadOnlySet<int>? Refused { get; init; }

    /// <summary>The decision, with a reason for every open hunk.</summary>
    public static Decision Of(Proposal proposal, IReadOnlyList<int> accepted, IReadOnlyList<int> rejected, IReadOnlyDictionary<int, string>? reasons = null) =>
        new(proposal, accepted, rejected, [.. proposal.Open.Select(hunk => new LeftHunkJson(hunk.Id, reasons?.GetValueOrDefault(hunk.Id) ?? hunk.Doubt ?? "Nothing is decided about it."))]);

    /// <summary>The word of the wire for how the proposal stands.</summary>
    public string Status
    {
        get
        {
            var isTaken = Proposal.Decisions.Values.Contains(HunkDecision.Accepted);
            return Proposal.Open.Any() ? (isTaken ? "partial" : "pending") : isTaken ? "accepted" : "rejected";
        }
    }

    /// <summary>What the commands answer.</summary>
    public DecisionAnswer Answer => new(Proposal.Id, Status, Accepted, Rejected, Left);
}
