using StoryLsp.Continuity.Story;
using StoryLsp.Index;

namespace StoryLsp.Continuity.State;

/// <summary>Whether somebody is entailed to be dead, or not yet born, at a scene.</summary>
internal static class Lifetime
{
    /// <summary>The last death that is entailed to lie before a scene, unless something may have undone it by then.</summary>
    public static (StateChange Death, Proof Proof)? DeathBefore(StoryReading story, ContainerKey who, Moment scene)
    {
        if (story.HistoryOf(who) is not { } history)
        {
            return null;
        }

        for (var i = history.Changes.Count - 1; i >= 0; i--)
        {
            var death = history.Changes[i];
            if (death.Effect is Dies && death.At != scene && story.ProofOf(death.At, scene) is { } proof)
            {
                return story.EverythingOf(who).Any(other => other.Effect is Revives or Begins or Unclear && story.MayLieBetween(other, death, scene)) ? null : (death, proof);
            }
        }

        return null;
    }

    /// <summary>The birth that is entailed to lie after a scene.</summary>
    public static (StateChange Birth, Proof Proof)? BirthAfter(StoryReading story, ContainerKey who, Moment scene) =>
        story.HistoryOf(who)?.Changes.FirstOrDefault(change => change.Effect is Begins) is { } birth && story.ProofOf(scene, birth.At) is { } proof ? (birth, proof) : null;
}
