using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.Proposals;

/// <summary>What becomes of a hunk that somebody wanted to take.</summary>
public enum HunkOutcome
{
    /// <summary>It is written.</summary>
    Written,

    /// <summary>Its text stands there already.</summary>
    AlreadyThere,

    /// <summary>The text was changed since; nothing is guessed.</summary>
    Stale,

    /// <summary>It is not ticked, and nobody named it.</summary>
    Unticked,

    /// <summary>It was taken before.</summary>
    AlreadyAccepted,

    /// <summary>It was rejected before.</summary>
    AlreadyRejected,

    /// <summary>The proposal has no hunk of that number.</summary>
    Unknown,

    /// <summary>The file could not be written.</summary>
    NotWritten,

    /// <summary>It is put aside.</summary>
    Rejected,
}

/// <summary>What becomes of a hunk.</summary>
/// <param name="Hunk">Its id.</param>
/// <param name="File">Its file; empty where there is no such hunk.</param>
/// <param name="Outcome">What becomes of it.</param>
/// <param name="Why">Why it is not written, in a sentence; null where it is.</param>
public sealed record HunkReport(int Hunk, string File, HunkOutcome Outcome, string? Why);

/// <summary>An acceptance that is not made yet: the change, and what is left out. It holds the texts that it was made for.</summary>
public sealed class AcceptPlan
{
    internal AcceptPlan(Proposal proposal, IReadOnlyList<HunkReport> reports, IReadOnlyList<PlacedHunk> placed, IReadOnlyDictionary<string, SourceText?> before)
    {
        Proposal = proposal;
        Reports = reports;
        Placed = placed;
        Before = before;
        After = Projection.Texts(placed, path => before.GetValueOrDefault(path));
        Change = ProposalApplication.ChangeOf(placed, path => before.GetValueOrDefault(path));
    }

    /// <summary>The proposal as it was when the plan was made.</summary>
    public Proposal Proposal { get; }

    /// <summary>What becomes of each hunk that was asked for, by its id.</summary>
    public IReadOnlyList<HunkReport> Reports { get; }

    /// <summary>The hunks that are to be written, with their edits of the texts before.</summary>
    public IReadOnlyList<PlacedHunk> Placed { get; }

    /// <summary>The texts of the proposal's files as the plan found them; null for a file that is not there.</summary>
    public IReadOnlyDictionary<string, SourceText?> Before { get; }

    /// <summary>The texts of the files that change; null for a file that is taken away.</summary>
    public IReadOnlyDictionary<string, SourceText?> After { get; }

    /// <summary>The change; null when there is nothing to write.</summary>
    public WorkspaceChange? Change { get; }
}

/// <summary>A decision that was made.</summary>
/// <param name="Proposal">The proposal afterwards.</param>
/// <param name="Reports">What became of each hunk that was asked for.</param>
/// <param name="Files">The files that were written.</param>
/// <param name="IsDecided">Whether nothing of the proposal is open any more; its file is gone then.</param>
public sealed record DecisionResult(Proposal Proposal, IReadOnlyList<HunkReport> Reports, IReadOnlyList<string> Files, bool IsDecided);
