using StoryLsp.Continuity.State;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>state/place-gone</c></summary>
internal sealed class StatePlaceGone : StoryRule
{
    public override string Code => "state/place-gone";

    public override Severity Severity => Severity.Error;

    public override string Summary => "A scene is set at a place that is not yet built, or that has been destroyed.";

    public override string Documentation => """
        A place is there from `built` on, and until `destroyed`, or until a scene says `old-mill destroyed` among its `effects`. The scene in which it is
        destroyed may of course be set there. A room goes with its house (`within`). What is left of a place is another place: call the ruins by a name of their own.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var scene in Cast.Waking(story, document))
        {
            if (scene.One("location") is { } reference && story.Find(reference) is { } place && Fault(story, Cast.At(scene), place) is { } fault)
            {
                report(fault with { Span = reference.Span });
            }
        }
    }

    /// <summary>The fault of a scene at a place, or at one that lies within one that is not there.</summary>
    private Finding? Fault(StoryReading story, Moment scene, StoryContainer place)
    {
        var inside = new List<RelatedPlace>();
        var seen = new HashSet<ContainerKey>();
        for (var whole = place; whole is not null && seen.Add(whole.Key);)
        {
            var name = whole == place ? $"This scene is set at {place.Name}, which" : $"This scene is set at {place.Name}, and {whole.Name} around it";
            if (story.HistoryOf(whole.Key) is { } history)
            {
                if (Destruction(story, history, scene) is var (end, ended))
                {
                    return new(Code, Severity, default, $"{name} was destroyed {story.WhenOf(end)}. Set it elsewhere, or correct when it happens.")
                    {
                        Related = [.. story.PlacesOf(end, ended, $"{whole.Name} is destroyed."), .. inside],
                    };
                }

                if (history.Changes.FirstOrDefault(change => change.Effect is Begins) is { } building && story.ProofOf(scene, building.At) is { } proof)
                {
                    return new(Code, Severity, default, $"{name} is built only on {whole.Text("built")?.Trim()}. Set it elsewhere, or correct one of the dates.")
                    {
                        Related = [.. story.PlacesOf(building, proof, $"{whole.Name} is built."), .. inside],
                    };
                }
            }

            var around = whole.One("within");
            if (around is { } within)
            {
                inside.Add(whole.Place(within.Span, $"{whole.Name} lies within it."));
            }

            whole = story.Find(around);
        }

        return null;
    }

    private static (StateChange End, Proof Proof)? Destruction(StoryReading story, EntityHistory history, Moment scene)
    {
        for (var i = history.Changes.Count - 1; i >= 0; i--)
        {
            var end = history.Changes[i];
            if (end.Effect is Destroys && end.At != scene && story.ProofOf(end.At, scene) is { } proof)
            {
                return story.EverythingOf(history.Entity).Any(other => other.Effect is Begins or Unclear && story.MayLieBetween(other, end, scene)) ? null : (end, proof);
            }
        }

        return null;
    }
}
