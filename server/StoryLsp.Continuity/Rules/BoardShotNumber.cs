using StoryLsp.Continuity.Board;
using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>board/shot-number</c></summary>
internal sealed class BoardShotNumber : StoryRule
{
    public override string Code => "board/shot-number";

    public override Severity Severity => Severity.Error;

    public override string Summary => "A shot number is there twice in a scene.";

    public override string Documentation => """
        A crew asks for shot 12 and means one picture. The finding sits on the `number` of the later shot by path; its fixes give it the
        next number that is free, or the next letter, as one does for a shot that is put in later (12A). Shots of different scenes may share
        a number, and a shot without a scene has nothing to share it with.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var shot in story.In(document.Path, "shot"))
        {
            if (shot.One("scene") is { Target: { } key } scene && Number(shot) is { } number && shot.Field("number") is { } written &&
                story.Ask(new SameShots(shot.Key, key, number)) is Others others && story.Find(others.First) is { } first && story.Find(key) is { } place)
            {
                report(new(Code, Severity, written.Value.Span,
                    $"{Wording.Title(story, place)} has a shot {number} already: {first.Name}. A number means one shot. Give this one a number of its own.")
                {
                    Related = [shot.Place(scene.Span, "The scene of this shot."), .. Places(first, others)],
                });
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        if (snapshot.ContainerAt(document.Path, finding.Span.Start) is not { } container ||
            StoryWorld.Of(snapshot) is var world && world.Find(container.Key) is not { } shot || shot.One("scene")?.Target is not { } scene || Number(shot) is not { } number)
        {
            yield break;
        }

        var taken = ShotsOf(world, scene).Select(Number).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var free in ShotNumber.NextFree(number, taken))
        {
            var value = shot.Field("number")?.Value is YamlScalar { Style: YamlScalarStyle.Plain } ? free : YamlText.Quoted(free);
            if (FieldEdits.Set(snapshot, document, container.Fact, "number", value) is { } edit)
            {
                yield return new($"Renumber to `{free}`", WorkspaceChange.Edit(document.Path, edit));
            }
        }
    }

    // Of several others each could be renumbered, and the fault would stand.
    private static IEnumerable<RelatedPlace> Places(StoryContainer first, Others others)
    {
        if (others.Count == 1)
        {
            yield return first.Place(first.One("scene")!.Value.Span, "A shot of the same scene.");
            yield return first.Place(first.Field("number")!.Value.Span, "The same number.");
        }
    }

    private static string? Number(StoryContainer shot) => shot.Text("number") is { } number && ShotNumber.Folded(number) is { Length: > 0 } folded ? folded : null;

    /// <summary>The shots of a scene, by path and then by place.</summary>
    private static IEnumerable<StoryContainer> ShotsOf(StoryWorld world, ContainerKey scene) => world.ReferrersOf(scene)
        .Where(referrer => referrer.Field == "scene" && world.IsKindOf(referrer.Source, "shot"))
        .Select(referrer => world.Find(referrer.Source))
        .OfType<StoryContainer>()
        .OrderBy(shot => shot.Path, NaturalOrder.Instance)
        .ThenBy(shot => shot.Key.Index);

    private sealed record Others(ContainerKey First, int Count);

    /// <summary>The shots of a scene with the same number, where the first of them stands before this one; null otherwise.</summary>
    private sealed record SameShots(ContainerKey Shot, ContainerKey Scene, string Number) : Question
    {
        public override object? Ask(StoryWorld world)
        {
            var all = ShotsOf(world, Scene).Where(shot => BoardShotNumber.Number(shot) == Number).ToList();
            return all.Count > 1 && all[0].Key != Shot ? new Others(all[0].Key, all.Count - 1) : null;
        }
    }
}
