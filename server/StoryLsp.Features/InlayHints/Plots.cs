using StoryLsp.Continuity.Story;
using StoryLsp.Index;

namespace StoryLsp.Features.InlayHints;

/// <summary>Where threads are set up and paid off, in the order of reading; each is looked for once.</summary>
internal sealed class Plots(StoryWorld world)
{
    private readonly Dictionary<(ContainerKey Key, string Field), List<(int Position, StoryContainer Scene)>> _known = [];

    /// <summary>The scenes that name a container in a field, in the order of reading; those that the manuscript leaves out come last, as in that order.</summary>
    public List<(int Position, StoryContainer Scene)> ScenesOf(ContainerKey key, string field)
    {
        if (_known.TryGetValue((key, field), out var known))
        {
            return known;
        }

        var found = new List<(int Position, StoryContainer Scene)>();
        foreach (var referrer in world.ReferrersOf(key))
        {
            if (referrer.Field == field && world.NarrativePosition(referrer.Source) is { } position && world.Find(referrer.Source) is { } scene)
            {
                found.Add((position, scene));
            }
        }

        found.Sort((a, b) => a.Position.CompareTo(b.Position));
        return _known[(key, field)] = found;
    }

    /// <summary>The scene behind one in which a thread is paid off, the first of them.</summary>
    public StoryContainer? NextPayoff(ContainerKey thread, int position) =>
        ScenesOf(thread, "payoffs").Find(payoff => payoff.Position > position).Scene;

    /// <summary>The first scene that sets a thread up; null where that is not before one.</summary>
    public StoryContainer? FirstSetup(ContainerKey thread, int position) =>
        ScenesOf(thread, "setups") is [var first, ..] && first.Position < position ? first.Scene : null;
}
