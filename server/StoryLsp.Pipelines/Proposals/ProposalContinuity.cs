using StoryLsp.Continuity;
using StoryLsp.Index;
using StoryLsp.Pipelines.Proposals.Continuity;

namespace StoryLsp.Pipelines.Proposals;

/// <summary>What a proposal does to the continuity of the story: the rules are asked about the story as it would be.</summary>
public static class ProposalContinuity
{
    /// <summary>
    /// The proposal with its findings, and with a doubt on each hunk that brings an error or names a person whom no container knows. The
    /// hunks that stay ticked bring no error together. Hunks that are decided or have lost their place are left as they are.
    /// </summary>
    /// <param name="proposal">The proposal; doubts that it has already stay.</param>
    /// <param name="snapshot">The workspace as it is; its first index must be complete for findings that cross documents.</param>
    /// <param name="findings">What was found in it so far; nothing of the projection is kept there.</param>
    public static Proposal Judged(Proposal proposal, Snapshot snapshot, Findings findings) => new ContinuityJudge(proposal, snapshot, findings).Judge();
}
