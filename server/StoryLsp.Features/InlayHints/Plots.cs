using StoryLsp.Continuity.Story;
using StoryLsp.Index;

namespace StoryLsp.Features.InlayHints;

/// <summary>Where threads are set up and paid off, in the order of reading.</summary>
internal static class Plots
{
    /// <summary>The scenes that name a container in a field, in the order of reading; those that the manuscript leaves out come last, as in that order.</summary>
    public static List<(int Position, StoryContainer Scene)> ScenesOf(StoryWorld world, ContainerKey key, string field)
    {
        var found = new List<(int Position, StoryContainer Scene)>();
        foreach (var referrer in world.ReferrersOf(key))
        {
            if (referrer.Field == field && world.NarrativePosition(referrer.Source) is { } position && world.Find(referrer.Source) is { } scene)
            {
                found.Add((position, scene));
            }
        }

        found.Sort((a, b) => a.Position.CompareTo(b.Position));
        return found;
    }

    /// <summary>The scene behind one in which a thread is paid off, the first of them.</summary>
    public static StoryContainer? NextPayoff(StoryWorld world, ContainerKey thread, int position) =>
        ScenesOf(world, thread, "payoffs").Where(payoff => payoff.Position > position).Select(payoff => payoff.Scene).FirstOrDefault();

    /// <summary>The first scene that sets a thread up; null where that is not before one.</summary>
    public static StoryContainer? FirstSetup(StoryWorld world, ContainerKey thread, int position) =>
        ScenesOf(world, thread, "setups") is [var first, ..] && first.Position < position ? first.Scene : null;
}
