using StoryLsp.Continuity.Plot;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>mystery/late-culprit</c></summary>
internal sealed class MysteryLateCulprit : StoryRule
{
    public override string Code => "mystery/late-culprit";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "The culprit is first present after half of the scenes.";

    public override string Documentation => """
        A reader cannot suspect somebody whom they have not met. The `culprit` of a case has to be present (as `pov` or among the
        `characters`) in a scene of the first half of the manuscript. To be mentioned is not enough, and an event off the page shows nobody.
        A culprit who has not come yet at all is no fault: the story may not be written so far.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var mystery in story.In(document.Path, "case"))
        {
            foreach (var culprit in mystery.To("culprit"))
            {
                if (culprit.Target is { } key && story.Ask(new LateEntrance(key)) is Entrance entrance && !MayBeEarlier(story, key) &&
                    story.Find(key) is { } who && story.Find(entrance.Scene) is { } scene)
                {
                    report(new(Code, Severity, culprit.Span,
                        $"{who.Name} did it, but is first there in {Wording.Title(story, scene)} of {Wording.Number(entrance.Length)}. Nobody suspects a stranger: let {who.Name} appear in the first half.")
                    {
                        Related = [.. Presence(scene, key, entrance)],
                    });
                }
            }
        }
    }

    private static bool MayBeEarlier(StoryReading story, ContainerKey who) =>
        story.Ask(new IsPerhapsMeant(who, "characters")) is true || story.Ask(new IsPerhapsMeant(who, "pov")) is true;

    // Of several entrances each could be missing, and the culprit would come later still.
    private static IEnumerable<RelatedPlace> Presence(StoryContainer scene, ContainerKey who, Entrance entrance) =>
        entrance.IsOnly && References(scene, who).ToList() is [var reference] ? [scene.Place(reference.Span, "The first time that the culprit is there.")] : [];

    private static IEnumerable<StoryReference> References(StoryContainer scene, ContainerKey who) =>
        scene.To("pov").Concat(scene.To("characters")).Where(one => one.Target == who);

    private sealed record Entrance(ContainerKey Scene, int Length, bool IsOnly);

    /// <summary>The first scene of the manuscript in which somebody is present, where half of the scenes lie before it; null otherwise.</summary>
    private sealed record LateEntrance(ContainerKey Who) : Question
    {
        public override object? Ask(StoryWorld world)
        {
            var length = world.Narrative.ManuscriptCount;
            var scenes = world.ReferrersOf(Who)
                .Where(referrer => referrer.Field is "pov" or "characters")
                .Select(referrer => referrer.Source)
                .Distinct()
                .Where(scene => world.NarrativePosition(scene) < length)
                .OrderBy(scene => world.NarrativePosition(scene))
                .ToList();
            return scenes.Count > 0 && !world.Narrative.HasGaps && 2 * world.NarrativePosition(scenes[0]) >= length ? new Entrance(scenes[0], length, scenes.Count == 1) : null;
        }
    }
}
