using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.State;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>know/too-early</c></summary>
internal sealed class KnowTooEarly : StoryRule
{
    public override string Code => "know/too-early";

    public override Severity Severity => Severity.Error;

    public override string Summary => "Somebody shows that they know a fact that they have not learned by then.";

    public override string Documentation => """
        `relies_on: [{who: ada, fact: forged-will}]` says that this scene makes sense only if Ada knows of the forged will. She knows it when a scene before this one, or
        this one, has `ada learns forged-will` among its `effects`, or when the fact names her under `known_by`. Add the line to the scene in which she
        learns it. A scene that may happen before or after, for all that is known of the times, counts as before.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var scene in Cast.Waking(story, document))
        {
            foreach (var use in story.EffectsOf(scene)?.ReliesOn ?? [])
            {
                if (IsUnknown(story, use, Cast.At(scene)) is var (isUnknown, later) && isUnknown && story.Find(use.Who) is { } who && story.Find(use.What) is { } fact)
                {
                    report(Finding(story, scene, use, who, fact, later));
                }
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        if (snapshot.ContainerAt(document.Path, finding.Span.Start) is not { } container || EffectFixes.UseAt(snapshot, container, finding.Span, effects => effects.ReliesOn) is not { } use ||
            EffectFixes.Find(snapshot, use.Who) is not { } who || EffectFixes.Find(snapshot, use.What) is not { } fact)
        {
            yield break;
        }

        var story = new StoryReading(StoryWorld.Of(snapshot));
        var scene = story.In(document.Path).First(scene => scene.Container.IsSameAs(container));
        var isPreferred = true;
        if (EffectFixes.SceneBefore(story, scene, earlier => Cast.Present(earlier).Any(reference => reference.Target == use.Who)) is { } place &&
            EffectFixes.Add(snapshot, place.Container, "learns", ("who", who), ("fact", fact)) is { } earlier)
        {
            yield return new($"Let {who.Name} learn it in {place.Name}", earlier, isPreferred);
            isPreferred = false;
        }

        if (EffectFixes.Add(snapshot, container, "learns", ("who", who), ("fact", fact)) is { } here)
        {
            yield return new($"Let {who.Name} learn it in this scene", here, isPreferred);
        }
    }

    private Finding Finding(StoryReading story, StoryContainer scene, WrittenUse use, StoryContainer who, StoryContainer fact, StateChange? later)
    {
        var learning = later is null ? $"no scene or event has {who.Name} learn it, and {who.Name} does not know it from the start" : $"{who.Name} learns it only {story.WhenOf(later)}, and does not know it from the start";
        var start = fact.Field("known_by");
        // What is not there has no width.
        List<RelatedPlace> places = [fact.Place(new TextSpan((start?.KeySpan ?? fact.Fact.SelectionSpan).Start, 0), $"Who knows it from the start would stand here, under `known_by`: {who.Name} does not.")];
        if (later is not null && story.ProofOf(Cast.At(scene), later.At) is { } proof)
        {
            places.AddRange(story.PlacesOf(later, proof, $"{who.Name} learns it here."));
        }

        places.AddRange(story.PointOfViewOf(scene, use));
        return new(Code, Severity, use.WhatSpan,
            $"{who.Name} relies on {Quoted(fact)} here, but {learning}. Let {who.Name} learn it in an earlier scene.")
        {
            Related = places,
        };
    }

    private static string Quoted(StoryContainer fact) => "*" + fact.Name + "*";

    /// <summary>Whether somebody is certain not to know a fact in a scene, and the first change after it by which they do.</summary>
    private static (bool IsUnknown, StateChange? Later) IsUnknown(StoryReading story, WrittenUse use, Moment scene)
    {
        StateChange? later = null;
        if (story.Ask(new AssumedKnowledge(use.Who, use.What, scene)) is true)
        {
            return (false, null);
        }

        foreach (var change in Learnings(story, use))
        {
            if (change.At == scene || story.ProofOf(scene, change.At) is null)
            {
                return (false, null);
            }

            later ??= change;
        }

        return (true, later);
    }

    /// <summary>The changes by which somebody may come to know a fact.</summary>
    private static IEnumerable<StateChange> Learnings(StoryReading story, WrittenUse use)
    {
        var ofFact = story.EverythingOf(use.What).Where(change => change.Effect is Unclear ||
            (change.Effect is Learns learns && (learns.Fact == use.What || learns.Fact == Effect.Anyone) && (learns.Who is null || learns.Who == use.Who)));
        return ofFact.Concat(story.EverythingOf(use.Who).Where(change => change.Effect is Unclear));
    }
}
