using NUnit.Framework;
using StoryLsp.Features.Refactorings;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Refactorings;

/// <summary>Refactorings of fixtures.</summary>
internal static class Refactored
{
    private static readonly char[] Blanks = [' ', '\t', '\r', '\n', '\uFEFF'];

    /// <summary>The place of a text in a file; an empty selection before it, or the text itself.</summary>
    public static RefactoringPlace PlaceAt(this FixtureWorkspace story, string path, string text, bool isSelected = false, int further = 0) =>
        RefactoringPlace.Of(story.Snapshot, path, new TextSpan(story.OffsetOf(path, text, further), isSelected ? text.Length : 0), CancellationToken.None)!;

    /// <summary>The titles that are offered, of one refactoring or of all.</summary>
    public static IEnumerable<string> Titles(this RefactoringPlace place, string? name = null) =>
        AllRefactorings.At(place, _ => true).Where(offered => name is null || offered.Refactoring.Name == name).Select(offered => offered.Offer.Title);

    /// <summary>What a refactoring says.</summary>
    public static RefactoringResult Try(this RefactoringPlace place, string name, RefactoringInput? input = null) =>
        AllRefactorings.Find(name)!.Change(place, input ?? AllRefactorings.Find(name)!.Offers(place).FirstOrDefault()?.Input ?? RefactoringInput.None);

    /// <summary>The workspace after a refactoring, which must not make the story worse.</summary>
    public static FixtureWorkspace Do(this FixtureWorkspace story, RefactoringPlace place, string name, RefactoringInput? input = null, bool mayBeWorse = false)
    {
        var result = place.Try(name, input);
        Assert.That(result.Refusal, Is.Null);
        var after = story.Apply(result.Change!);
        if (!mayBeWorse)
        {
            Assert.That(after.Faults().Count(), Is.LessThanOrEqualTo(story.Faults().Count()), () => string.Join('\n', after.Faults()));
        }

        return after;
    }

    /// <summary>The errors and warnings of a workspace.</summary>
    public static IEnumerable<string> Faults(this FixtureWorkspace story) =>
        story.AllFindings().Where(found => found.Finding.Severity is Severity.Error or Severity.Warning).Select(story.Describe);

    /// <summary>The words of all prose, sorted.</summary>
    public static IEnumerable<string> Words(this FixtureWorkspace story) =>
        story.Snapshot.Documents.SelectMany(facts => facts.Prose.Where(prose => !facts.Headings.Any(heading => heading.Span.Overlaps(prose.Span)))
            .SelectMany(prose => story.Text(facts.Path)!.Slice(prose.Span).Split(Blanks, StringSplitOptions.RemoveEmptyEntries))).Order(StringComparer.Ordinal);
}
