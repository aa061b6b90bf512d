using System.Globalization;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Refactorings;

/// <summary>
/// Gives a chapter with all its scenes another place: in the manuscript's list, by its number, among the headings of its file, or by the numbers of files and folders.
/// There and back every text has the bytes that it had.
/// </summary>
internal sealed class MoveChapter : IRefactoring
{
    public string Name => "move-chapter";

    public string Kind => "refactor.move.chapter";

    public IEnumerable<RefactoringOffer> Offers(RefactoringPlace place)
    {
        if (!place.Span.IsEmpty || !MayStandAt(place))
        {
            yield break;
        }

        var parts = ChapterParts.Of(place.Snapshot);
        if (ChapterAt(place, parts) is not { } chapter)
        {
            yield break;
        }

        var at = parts.All.IndexOf(chapter);
        if (at > 0 && ChapterMove.Of(place.Snapshot, parts, at, at - 1) is not null)
        {
            yield return new($"Move the chapter “{chapter.Name}” up, before “{parts.All[at - 1].Name}”", new() { To = "up", Who = WhoOf(place, chapter) });
        }

        if (at + 1 < parts.All.Count && ChapterMove.Of(place.Snapshot, parts, at, at + 1) is not null)
        {
            yield return new($"Move the chapter “{chapter.Name}” down, behind “{parts.All[at + 1].Name}”", new() { To = "down", Who = WhoOf(place, chapter) });
        }
    }

    public RefactoringResult Change(RefactoringPlace place, RefactoringInput input)
    {
        var parts = ChapterParts.Of(place.Snapshot);
        if ((input.Who is { Length: > 0 } who ? Named(place.Snapshot, parts, who) : ChapterAt(place, parts) ?? (place.Scene is { } scene ? parts.Find(scene) : null)) is not { } chapter)
        {
            return RefactoringResult.Refused("There is no chapter here. Set the cursor into its heading or its attributes, or give its id, name or number under `who`.");
        }

        var at = parts.All.IndexOf(chapter);
        var isNumber = int.TryParse(input.To?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1;
        int? to = input.To?.Trim().ToLowerInvariant() switch { "up" => at - 1, "down" => at + 1, _ when isNumber => number - 1, _ => null };
        if (to is not { } target)
        {
            return RefactoringResult.Refused("Say where to, under `to`: `up`, `down`, or a number from 1, which counts the chapters as the reader meets them.");
        }

        if (target < 0 || target >= parts.All.Count)
        {
            return RefactoringResult.Refused(isNumber ? $"There are {parts.All.Count.ToString(CultureInfo.InvariantCulture)} chapters." : $"“{chapter.Name}” is the {(target < 0 ? "first" : "last")} chapter already.");
        }

        if (target == at)
        {
            return RefactoringResult.Refused($"“{chapter.Name}” is chapter {number.ToString(CultureInfo.InvariantCulture)} already.");
        }

        return ChapterMove.Of(place.Snapshot, parts, at, target) is { } move ? move.Change(place.Cancel)
            : RefactoringResult.Refused($"Nothing that could be changed says that “{chapter.Name}” comes {(target < at ? "behind" : "before")} “{parts.All[target].Name}”: the `manuscript` does not list the chapters between one after the other, "
                + "or, where there is none, they have no numbers that grow, are no headings beside each other, and their files or folders have no numbers.");
    }

    private static string? WhoOf(RefactoringPlace place, ChapterPart chapter) => chapter.Container is { } container ? place.Snapshot.IdOf(container) : chapter.Scenes.Count > 0 ? place.Snapshot.IdOf(chapter.Scenes[0]) : null;

    private static ChapterPart? Named(Snapshot snapshot, ChapterParts parts, string who) =>
        (snapshot.Resolve(who, "chapter").Container ?? snapshot.Resolve(who, "scene").Container) is { } container ? parts.Find(container)
        : parts.All.FirstOrDefault(part => ChapterPart.NumberOf(who) is { } number && part.Number == number) ?? parts.All.FirstOrDefault(part => NameKey.Of(part.Name) == NameKey.Of(who));

    // Whether it is worth reading the chapters: in prose it is not.
    private static bool MayStandAt(RefactoringPlace place) => place.Document.Markdown is null || IsAttribute(place) || HeadingAt(place) is not null;

    private static bool IsAttribute(RefactoringPlace place) => place.Document.YamlRegions.Any(region => region.Span.Touches(place.Span.Start));

    private static HeadingFact? HeadingAt(RefactoringPlace place) => place.Facts.Headings.FirstOrDefault(heading => heading.Span.Touches(place.Span.Start));

    private static ChapterPart? ChapterAt(RefactoringPlace place, ChapterParts parts)
    {
        if (place.Facts.References.FirstOrDefault(reference => reference.IsInManuscript && reference.Span.Touches(place.Span.Start)) is { } entry)
        {
            return place.Snapshot.Resolve(entry, place.Path).Container is { } listed ? parts.Find(listed) : null;
        }

        if (HeadingAt(place) is { } heading && parts.All.Find(part => part.HeadingPath == place.Path && part.Heading!.Span == heading.Span) is { } headed)
        {
            return headed;
        }

        if (place.Container is { } container && place.Snapshot.Schemas.IsKindOf(container.Type, "chapter"))
        {
            // Of a chapter's file: its attributes and its first heading.
            var isAtTop = IsAttribute(place) || (HeadingAt(place) is { } top && (container.Fact.Origin == ContainerOrigin.Heading ? top.Span.Start == container.Fact.Span.Start : ReferenceEquals(top, place.Facts.Headings[0])));
            return isAtTop ? parts.Find(container) : null;
        }

        return MoveScene.SceneAt(place) is { } scene ? parts.Find(scene) : null;
    }
}
