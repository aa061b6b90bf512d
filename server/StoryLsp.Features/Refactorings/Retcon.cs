using System.Globalization;
using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.State;
using StoryLsp.Continuity.Story;
using StoryLsp.Features.Navigation;
using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Refactorings;

/// <summary>What would change if somebody were born in another year: every age, date and mention that follows from it.</summary>
internal sealed class Retcon : IReviewedRefactoring
{
    private static readonly int[] Steps = [-20, -10, -1, 1, 10, 20];

    public string Name => "retcon";

    public string Kind => "refactor.rewrite.retcon";

    public IEnumerable<RefactoringOffer> Offers(RefactoringPlace place)
    {
        // Only where a person calls himself, and at the date itself; elsewhere it would be offered with every name.
        if (place.Span.IsEmpty && Who(place, null) is { } who && who.Fact.Field("born") is { } born &&
            (place.What is OwnNamePlace || (who.Path == place.Path && (born.KeySpan.Touches(place.Span.Start) || born.Value.Span.Touches(place.Span.Start)))))
        {
            yield return new($"What would change if {who.Name} were born in another year …", new() { Who = place.Snapshot.IdOf(who) });
        }
    }

    public RefactoringResult Change(RefactoringPlace place, RefactoringInput input)
    {
        var review = Review(place, input);
        return review.Refusal is { } refusal ? RefactoringResult.Refused(refusal) : RefactoringResult.Of(new(
            [.. review.Edits.Where(edit => edit.Doubt is null).GroupBy(edit => edit.Path).Select(file => new TextChange(file.Key, [.. file.Select(edit => edit.Edit)]))]));
    }

    public IReadOnlyList<RefactoringOffer> Choices(RefactoringPlace place, RefactoringInput input)
    {
        if (!string.IsNullOrWhiteSpace(input.Born) || Who(place, input.Who) is not { } who)
        {
            return [];
        }

        var story = new StoryReading(StoryWorld.Of(place.Snapshot));
        return story.Find(who.Key) is { } known && Continuity.Story.StoryTimes.Read(story.Calendar, known, "born") is Continuity.Calendars.WrittenTime.Absolute { EarliestStart: { } born }
            ? [.. Steps.Select(step => (story.Calendar.DateOf(born).Year + step).ToString(CultureInfo.InvariantCulture)).Select(year => new RefactoringOffer(year, input with { Born = year }))]
            : [];
    }

    public RefactoringReview Review(RefactoringPlace place, RefactoringInput input)
    {
        if (Who(place, input.Who) is not { } who)
        {
            return RefactoringReview.Refused("There is no character here. Set the cursor on a name, or give the character under `who`.");
        }

        if (string.IsNullOrWhiteSpace(input.Born))
        {
            return RefactoringReview.Refused($"Say when {who.Name} is to be born: a year, as 1972, or a date, as 1972-03-01, under `born`.");
        }

        var story = new StoryReading(StoryWorld.Of(place.Snapshot));
        var (change, refusal) = BirthChange.Of(story, story.Find(who.Key)!, input.Born);
        if (change is null)
        {
            return RefactoringReview.Refused(refusal!);
        }

        var hunks = new List<ReviewedEdit>();
        if (place.Snapshot.Document(who.Path) is not { } document || change.Who.Field("born")!.Value is not YamlScalar || FieldEdits.Set(place.Snapshot, document, who.Fact, "born", Written(document, who, change)) is not { } born)
        {
            return RefactoringReview.Refused($"The `born` of {who.Name} is written so that it cannot be changed from here. Write it as one date.");
        }

        hunks.Add(new(who.Path, born, $"`born` of {who.Name}: {change.OldText} → {change.NewText}", null));
        hunks.AddRange(new RetconAges(place.Snapshot, change, place.Cancel).All());
        hunks.AddRange(new RetconDates(place.Snapshot, change, place.Cancel).All());
        return new($"{who.Name} is born {BirthChange.On(change.NewText)}", place.Snapshot.IdOf(who), Summary(place, change), Apart(hunks), null);
    }

    private static string Written(Language.Documents.Document document, Container who, BirthChange change)
    {
        var value = (YamlScalar)who.Fact.Field("born")!.Value;
        var quote = value.Span.Length > 0 ? document.Text.Text[value.Span.Start] : ' ';
        return quote is '"' or '\'' ? quote + change.NewText + quote : YamlText.Scalar(change.NewText);
    }

    private static Container? Who(RefactoringPlace place, string? who)
    {
        if (who is { Length: > 0 })
        {
            return place.Snapshot.Resolve(who, "character").Container;
        }

        var named = Things.At(place.Snapshot, place.Document, place.What, place.Span.Start) is [var one] && place.Snapshot.Schemas.IsKindOf(one.Type, "character") ? one : null;
        return named ?? CodeActions.PipelineSubjects.At(place.Snapshot, place.Path, place.Span, "character");
    }

    // What cannot be mended by a word is told, and left to the writer.
    private static string Summary(RefactoringPlace place, BirthChange change)
    {
        var parts = new List<string> { $"What follows when {change.Who.Name} is {change.Because}, reckoned without a model." };
        var early = place.Snapshot.Narrative.Scenes(place.Snapshot).Select(scene => change.Story.Find(scene.Key)).OfType<StoryContainer>()
            .Where(scene => IsIn(scene, change) && Continuity.Prose.SceneTime.Of(change.Story, scene) is { IsCounted: false } time && time.Latest < change.New.EarliestStart).Select(scene => $"“{scene.Name}”").ToList();
        if (early.Count > 0)
        {
            parts.Add($"{change.Who.Name} would not be born yet in {Wording.All(early)}, and is present there: no change of words mends that.");
        }

        if (change.Story.BoundsOf(change.Who.Key, "died").Latest is { } died && died < change.New.EarliestStart)
        {
            parts.Add($"{change.Who.Name} would die before that day: look at `died`.");
        }

        return string.Join(' ', parts);
    }

    private static bool IsIn(StoryContainer scene, BirthChange change) =>
        scene.Timeline != SceneTimeline.Dream && scene.References.Any(reference => reference.Target == change.Who.Key && reference.Field is "pov" or "characters" or "participants");

    // One place is changed once, for the first of its reasons.
    private static List<ReviewedEdit> Apart(List<ReviewedEdit> hunks)
    {
        var result = new List<ReviewedEdit>();
        foreach (var hunk in hunks)
        {
            if (!result.Exists(other => other.Path == hunk.Path && (other.Edit.Span.Overlaps(hunk.Edit.Span) || other.Edit.Span == hunk.Edit.Span)))
            {
                result.Add(hunk);
            }
        }

        return [.. result.OrderBy(hunk => hunk.Path, NaturalOrder.Instance).ThenBy(hunk => hunk.Edit.Span.Start)];
    }
}
