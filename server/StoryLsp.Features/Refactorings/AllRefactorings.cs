namespace StoryLsp.Features.Refactorings;

/// <summary>A refactoring that is offered.</summary>
/// <param name="Refactoring">The refactoring.</param>
/// <param name="Offer">What it would do.</param>
public sealed record OfferedRefactoring(IRefactoring Refactoring, RefactoringOffer Offer);

/// <summary>The refactorings where a writer stands.</summary>
public static class AllRefactorings
{
    /// <summary>All of them, in the order of menus.</summary>
    public static IReadOnlyList<IRefactoring> List { get; } = [new ExtractContainer(), new MentionToLink(), new LinkToMention(), new SplitScene(), new MergeScene(), new MoveScene(), new MoveChapter(), new AddProgression(), new CreateContainer(), new SortList(), new NormaliseDates(isWholeFile: false), new NormaliseDates(isWholeFile: true), new Retcon()];

    /// <summary>The refactoring of a name; null when there is none.</summary>
    /// <param name="name">Its name, as <c>split-scene</c>.</param>
    public static IRefactoring? Find(string name) => List.FirstOrDefault(refactoring => refactoring.Name == name);

    /// <summary>Those that do something at a place.</summary>
    /// <param name="place">Where the writer stands.</param>
    /// <param name="isWanted">Whether a kind is asked for.</param>
    public static IEnumerable<OfferedRefactoring> At(RefactoringPlace place, Func<string, bool> isWanted)
    {
        foreach (var refactoring in List)
        {
            place.Cancel.ThrowIfCancellationRequested();
            if (isWanted(refactoring.Kind))
            {
                foreach (var offer in refactoring.Offers(place))
                {
                    yield return new(refactoring, offer);
                }
            }
        }
    }
}
