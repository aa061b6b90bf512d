using StoryLsp.Protocol;

namespace StoryLsp.Server.Extensions;

/// <summary>The argument of <c>storylsp.proposal.open</c>.</summary>
internal sealed record OpenArguments
{
    public string? Id { get; init; }

    public string? View { get; init; }
}

/// <summary>The argument of <c>storylsp.proposal.accept</c> and <c>storylsp.proposal.reject</c>.</summary>
internal sealed record DecideArguments
{
    public string? Id { get; init; }

    public IReadOnlyList<int>? Hunks { get; init; }
}

/// <summary>What the commands about a proposal answer.</summary>
internal sealed record DecisionAnswer(string Proposal, string Status, IReadOnlyList<int> Accepted, IReadOnlyList<int> Rejected, IReadOnlyList<LeftHunkJson> Left);

/// <summary>A hunk that stays undecided, and why.</summary>
internal sealed record LeftHunkJson(int Hunk, string Why);

/// <summary>The params of <c>storylsp/proposal</c>.</summary>
internal sealed record ProposalParams
{
    public string? Id { get; init; }

    public string? Uri { get; init; }
}

/// <summary>The answer of <c>storylsp/proposal</c>.</summary>
internal sealed record ProposalsAnswer(IReadOnlyList<ProposalJson> Proposals);

/// <summary>A proposal as a client shows it.</summary>
internal sealed record ProposalJson(
    string Id, string Run, string Pipeline, string Model, string Origin, string Input, string Label, FindingsChangeJson? Findings, IReadOnlyList<HunkJson> Hunks, IReadOnlyList<ProposedFileJson>? Files, string? Review);

/// <summary>A hunk of a proposal.</summary>
internal sealed record HunkJson(int Id, string File, string Uri, LspRange? Range, string Old, string New, string Label, string State, bool Ticked, string? Doubt, double? Confidence);

/// <summary>A file of a proposal, before and after.</summary>
internal sealed record ProposedFileJson(string File, string Uri, string? Before, string? After, string BeforeUri, string AfterUri);

/// <summary>The argument of <c>storylsp.history.checkout</c>.</summary>
internal sealed record CheckoutArguments
{
    public string? To { get; init; }

    public string? Uri { get; init; }
}

/// <summary>What <c>storylsp.history.checkout</c> answers.</summary>
internal sealed record CheckoutAnswer(string Branch, IReadOnlyList<string> Files, bool Applied);

/// <summary>The argument of <c>storylsp.history.branch</c>.</summary>
internal sealed record BranchArguments
{
    public string? Name { get; init; }

    public string? At { get; init; }

    public string? Uri { get; init; }
}

/// <summary>What <c>storylsp.history.branch</c> answers.</summary>
internal sealed record BranchAnswer(string Branch);

/// <summary>The params of <c>storylsp/history</c>.</summary>
internal sealed record HistoryParams
{
    public string? Branch { get; init; }

    public string? Uri { get; init; }
}

/// <summary>The answer of <c>storylsp/history</c>.</summary>
internal sealed record HistoryAnswer(string Current, IReadOnlyList<BranchJson> Branches, IReadOnlyList<TreeEventJson> Events);

/// <summary>A branch of the undo tree.</summary>
internal sealed record BranchJson(string Name, string? Head);

/// <summary>An event of the undo tree.</summary>
internal sealed record TreeEventJson(
    string Id, IReadOnlyList<string> Parents, string? Branch, string Label, string Kind, string? By, string? Run, string? Proposal, DateTimeOffset? At, IReadOnlyList<string> Files);
