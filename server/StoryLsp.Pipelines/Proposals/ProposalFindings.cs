namespace StoryLsp.Pipelines.Proposals;

/// <summary>What the rules say of the story as it would be with all hunks of a proposal.</summary>
/// <param name="Added">Findings that are there only after it.</param>
/// <param name="Removed">Findings that are there only before it.</param>
/// <param name="AddedErrors">How many of the added are errors.</param>
/// <param name="RemovedErrors">How many of the removed were errors.</param>
/// <param name="List">The added ones, errors first.</param>
public sealed record ProposalFindings(int Added, int Removed, int AddedErrors, int RemovedErrors, IReadOnlyList<BroughtFinding> List)
{
    /// <summary>The counts as a preview says them: <c>+2 errors, −1</c>, and what is no error beside them.</summary>
    public string Summary
    {
        get
        {
            var (others, otherRemoved) = (Added - AddedErrors, Removed - RemovedErrors);
            var errors = AddedErrors + RemovedErrors == 0 ? "no new errors" : $"+{AddedErrors} {(AddedErrors == 1 ? "error" : "errors")}, −{RemovedErrors}";
            return others + otherRemoved == 0 ? errors : $"{errors}; +{others} other {(others == 1 ? "finding" : "findings")}, −{otherRemoved}";
        }
    }
}

/// <summary>A finding that a proposal brings.</summary>
/// <param name="File">Workspace-relative path of the document that it would stand in.</param>
/// <param name="Severity"><c>error</c>, <c>warning</c>, <c>info</c> or <c>hint</c>.</param>
/// <param name="Code">The rule, as <c>time/dead-acts</c>.</param>
/// <param name="Message">What it says.</param>
/// <param name="Hunks">The hunks that bring it, as far as they are known.</param>
public sealed record BroughtFinding(string File, string Severity, string Code, string Message, IReadOnlyList<int> Hunks);
