using StoryLsp.Index;

namespace StoryLsp.Features.Refactorings;

/// <summary>What a writer adds to a refactoring; what is left out is derived, or asked for by a refusal.</summary>
public sealed record RefactoringInput
{
    /// <summary>Nothing is said.</summary>
    public static RefactoringInput None { get; } = new();

    /// <summary>The type of a new container.</summary>
    public string? Type { get; init; }

    /// <summary>The name of a new container or scene.</summary>
    public string? Name { get; init; }

    /// <summary>A field, by its canonical name.</summary>
    public string? Field { get; init; }

    /// <summary>A value of that field.</summary>
    public string? Value { get; init; }

    /// <summary>The id or name of the container that is meant.</summary>
    public string? Who { get; init; }

    /// <summary>A place in the manuscript: <c>up</c>, <c>down</c>, or a number from 1.</summary>
    public string? To { get; init; }

    /// <summary>A date or year of birth.</summary>
    public string? Born { get; init; }
}

/// <summary>A refactoring that does something where a writer stands.</summary>
/// <param name="Title">What it does, as a menu has it.</param>
/// <param name="Input">What of the input is known already.</param>
public sealed record RefactoringOffer(string Title, RefactoringInput Input);

/// <summary>What a refactoring does, or why it does nothing.</summary>
/// <param name="Change">The change; null where there is none.</param>
/// <param name="Refusal">Why nothing is changed, in a writer's words; null where something is.</param>
public sealed record RefactoringResult(WorkspaceChange? Change, string? Refusal)
{
    internal static RefactoringResult Of(WorkspaceChange change) => new(change, null);

    internal static RefactoringResult Refused(string why) => new(null, why);
}

/// <summary>One refactoring. It needs no model, and changes nothing itself.</summary>
public interface IRefactoring
{
    /// <summary>Its name in commands, as <c>split-scene</c>.</summary>
    string Name { get; }

    /// <summary>Its kind, as the protocol names kinds of code actions: <c>refactor.move</c>.</summary>
    string Kind { get; }

    /// <summary>What it would do at a place; nothing where it has nothing to do. Cheap: it is asked with every move of the cursor.</summary>
    /// <param name="place">Where the writer stands.</param>
    IEnumerable<RefactoringOffer> Offers(RefactoringPlace place);

    /// <summary>The change.</summary>
    /// <param name="place">Where the writer stands.</param>
    /// <param name="input">What the writer adds.</param>
    RefactoringResult Change(RefactoringPlace place, RefactoringInput input);
}
