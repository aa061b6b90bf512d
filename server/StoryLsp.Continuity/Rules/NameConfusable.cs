using StoryLsp.Continuity.Naming;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>name/confusable</c></summary>
internal sealed class NameConfusable : StoryRule
{
    private static readonly string[] Presence = ["characters", "pov", "participants"];

    public override string Code => "name/confusable";

    public override Severity Severity => Severity.Hint;

    public override string Summary => "Two characters who share a scene have names of the same initial that differ in two letters or fewer.";

    public override string Documentation => """
        Marta and Marla in one scene make a reader look twice: the eye takes a name by its first letter and its shape. Consider another name for one of them.
        Names that are meant to be alike, such as those of twins, are yours to keep: switch the rule off, or ignore it where it stands.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var character in story.In(document.Path, "character"))
        {
            foreach (var key in ((KeyList)story.Ask(new LikeNamedBefore(character.Key))!).Keys)
            {
                if (story.Find(key) is not { } other || (KeyList)story.Ask(new ScenesOfBoth(character.Key, key))! is not { Keys: { Count: > 0 } scenes } || story.Find(scenes[0]) is not { } scene)
                {
                    continue;
                }

                var related = new List<RelatedPlace> { other.Place(other.Fact.NameSpan ?? other.Fact.SelectionSpan, "The other name.") };
                if (scenes.Count == 1)
                {
                    related.AddRange(new[] { character.Key, key }.Select(one => PlaceIn(scene, one)).OfType<RelatedPlace>());
                }

                var where = scenes.Count == 1 ? Wording.Title(story, scene) : $"{Wording.Title(story, scene)} and {Wording.Count(scenes.Count - 1, "other scene")}";
                report(new(Code, Severity, character.Fact.NameSpan ?? character.Fact.SelectionSpan,
                    $"{character.Name} and {other.Name} are easily taken for each other, and meet in {where}. Consider another name for one of them.")
                {
                    Related = related,
                });
            }
        }
    }

    private static RelatedPlace? PlaceIn(StoryContainer scene, ContainerKey character)
    {
        foreach (var one in Presence.SelectMany(scene.To))
        {
            if (one.Target == character)
            {
                return scene.Place(one.Span, "In this scene.");
            }
        }

        return null;
    }

    /// <summary>The scenes in which two characters are present, in the order of the reader.</summary>
    private sealed record ScenesOfBoth(ContainerKey One, ContainerKey Other) : Question
    {
        public override object? Ask(StoryWorld world)
        {
            var scenes = ScenesOf(world, One);
            scenes.IntersectWith(ScenesOf(world, Other));
            return new KeyList([.. scenes.OrderBy(scene => world.NarrativePosition(scene) ?? int.MaxValue)]);
        }

        private static HashSet<ContainerKey> ScenesOf(StoryWorld world, ContainerKey key) =>
            [.. world.ReferrersOf(key).Where(referrer => Presence.Contains(referrer.Field) && world.IsKindOf(referrer.Source, "scene")).Select(referrer => referrer.Source)];
    }

    /// <summary>The characters of earlier documents, or earlier in the same, whose names are nearly the same.</summary>
    private sealed record LikeNamedBefore(ContainerKey Key) : Question
    {
        public override object? Ask(StoryWorld world) => LikeNames.Of(world.Snapshot).Before(Key);
    }
}
