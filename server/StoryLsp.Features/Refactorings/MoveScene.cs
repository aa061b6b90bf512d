using System.Globalization;
using StoryLsp.Index;
using StoryLsp.Language.Facts;

namespace StoryLsp.Features.Refactorings;

/// <summary>
/// Gives a scene another place among those that the reader meets: in the manuscript's list, by its <c>order</c>, among the headings of its file, or by the numbers of files.
/// There and back every text has the bytes that it had.
/// </summary>
internal sealed class MoveScene : IRefactoring
{
    public string Name => "move-scene";

    public string Kind => "refactor.move.scene";

    public IEnumerable<RefactoringOffer> Offers(RefactoringPlace place)
    {
        if (!place.Span.IsEmpty || SceneAt(place) is not { } scene || SceneOrder.Of(place.Snapshot, scene) is not { } order)
        {
            yield break;
        }

        if (order.Neighbour(-1) is { } before)
        {
            yield return new($"Move “{scene.Name}” up, {before}", new() { To = "up", Who = place.Snapshot.IdOf(scene) });
        }

        if (order.Neighbour(1) is { } behind)
        {
            yield return new($"Move “{scene.Name}” down, {behind}", new() { To = "down", Who = place.Snapshot.IdOf(scene) });
        }
    }

    public RefactoringResult Change(RefactoringPlace place, RefactoringInput input)
    {
        var scene = input.Who is { Length: > 0 } who ? place.Snapshot.Resolve(who, "scene").Container : SceneAt(place) ?? place.Scene;
        if (scene is null)
        {
            return RefactoringResult.Refused("There is no scene here. Set the cursor into one, or give it under `who`.");
        }

        if (SceneOrder.Of(place.Snapshot, scene) is not { } order)
        {
            return RefactoringResult.Refused($"Nothing that could be changed says where the reader meets “{scene.Name}”: no `manuscript` in story.yaml lists it, it has no `order`, it is no heading beside others of its file, and its file has no number.");
        }

        var to = input.To?.Trim().ToLowerInvariant();
        if (to is not ("up" or "down") && !(int.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1))
        {
            return RefactoringResult.Refused("Say where to, under `to`: `up`, `down`, or a number from 1, which counts the scenes as the reader meets them.");
        }

        var edits = new FileEdits();
        var refusal = to switch
        {
            "up" => order.Step(-1, edits),
            "down" => order.Step(1, edits),
            _ => order.MoveTo(int.Parse(to!, CultureInfo.InvariantCulture) - 1, edits, place.Cancel),
        };
        return refusal is not null ? RefactoringResult.Refused(refusal) : order.Finish(edits, place.Cancel);
    }

    // At its heading, among its attributes, or at its entry in the manuscript: in the prose it would be offered everywhere.
    internal static Container? SceneAt(RefactoringPlace place)
    {
        if (place.Facts.References.FirstOrDefault(reference => reference.IsInManuscript && reference.Span.Touches(place.Span.Start)) is { } entry)
        {
            return place.Snapshot.Resolve(entry, place.Path).Container is { } listed && place.Snapshot.Schemas.IsKindOf(listed.Type, "scene") ? listed : null;
        }

        if (place.Scene is not { } scene)
        {
            return null;
        }

        return place.Document.Markdown is null || scene.Fact.SelectionSpan.Touches(place.Span.Start) || place.Document.YamlRegions.Any(region => region.Span.Touches(place.Span.Start)) ||
            place.Facts.Headings.FirstOrDefault(heading => heading.Span.Touches(place.Span.Start)) is { } heading && (heading.Span.Start == scene.Fact.Span.Start || heading.TextSpan == scene.Fact.NameSpan) ? scene : null;
    }
}
