using StoryLsp.Language.Text;

namespace StoryLsp.Features.Refactorings;

/// <summary>One change that a person looks at by itself.</summary>
/// <param name="Path">Workspace-relative path of the document.</param>
/// <param name="Edit">The change, in UTF-16 code units.</param>
/// <param name="Reason">What becomes of what, and why.</param>
/// <param name="Doubt">Why it is not to be taken unless a person says so, in a sentence; null where it follows.</param>
public sealed record ReviewedEdit(string Path, TextEdit Edit, string Reason, string? Doubt);

/// <summary>All that a refactoring would change, to be looked through; or why there is nothing.</summary>
/// <param name="Title">What it does, as <c>Ada Vane is born in 1972</c>.</param>
/// <param name="About">Id of the container that it is about.</param>
/// <param name="Summary">What a person must know who looks through it, in sentences.</param>
/// <param name="Edits">The changes, by path and then by place; they do not overlap.</param>
/// <param name="Refusal">Why there is nothing, in a writer's words; null where there is something.</param>
public sealed record RefactoringReview(string Title, string About, string Summary, IReadOnlyList<ReviewedEdit> Edits, string? Refusal)
{
    internal static RefactoringReview Refused(string why) => new("", "", "", [], why);
}

/// <summary>A refactoring whose changes a person takes or leaves one by one.</summary>
public interface IReviewedRefactoring : IRefactoring
{
    /// <summary>All that it would change.</summary>
    /// <param name="place">Where the writer stands.</param>
    /// <param name="input">What the writer adds.</param>
    RefactoringReview Review(RefactoringPlace place, RefactoringInput input);

    /// <summary>What the writer may add, where an editor can ask for nothing but a choice; empty where nothing is missing.</summary>
    /// <param name="place">Where the writer stands.</param>
    /// <param name="input">What is known already.</param>
    IReadOnlyList<RefactoringOffer> Choices(RefactoringPlace place, RefactoringInput input);
}
