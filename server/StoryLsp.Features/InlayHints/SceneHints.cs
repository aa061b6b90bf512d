using StoryLsp.Continuity.State;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.InlayHints;

/// <summary>What the references of a scene entail: ages, and threads that are set up and paid off.</summary>
internal sealed class SceneHints(StoryWorld world, Plots plots, string text, StoryContainer scene)
{
    private static readonly string[] CastFields = ["characters", "participants", "pov"];

    private WorldAt? _now;

    /// <summary>How old those are who are present, each once: in the cast, or where they are the point of view alone.</summary>
    public IEnumerable<Hint> Ages()
    {
        // Nobody ages in a dream.
        if (scene.Timeline == SceneTimeline.Dream || world.Timeline.EarliestStart(scene.Key) is null)
        {
            yield break;
        }

        var seen = new HashSet<ContainerKey>();
        foreach (var field in CastFields)
        {
            foreach (var reference in scene.To(field))
            {
                if (reference.Target is { } target && seen.Add(target) && AgeOf(target) is { } age)
                {
                    yield return new(EndOf(reference.Span), HintKind.Age, age.ToString(System.Globalization.CultureInfo.InvariantCulture), scene.Key, target);
                }
            }
        }
    }

    /// <summary>Where the threads that are set up here are paid off, and where those were set up that are paid off here.</summary>
    public IEnumerable<Hint> Threads()
    {
        if (world.NarrativePosition(scene.Key) is not { } position)
        {
            yield break;
        }

        foreach (var setup in scene.To("setups"))
        {
            if (setup.Target is { } thread && plots.NextPayoff(thread, position) is { } payoff)
            {
                yield return new(EndOf(setup.Span), HintKind.PaidOff, "→ " + HintWords.Short(payoff.Name), scene.Key, thread);
            }
        }

        foreach (var payoff in scene.To("payoffs"))
        {
            if (payoff.Target is { } thread && plots.FirstSetup(thread, position) is { } setup)
            {
                yield return new(EndOf(payoff.Span), HintKind.SetUp, "← " + HintWords.Short(setup.Name), scene.Key, thread);
            }
        }
    }

    private long? AgeOf(ContainerKey key)
    {
        if (world.Find(key) is not { } who || !world.IsKindOf(key, "character") || Continuity.Story.Ages.At(world, who, scene) is not { } age)
        {
            return null;
        }

        // The dead have no age, and who is dead is told elsewhere.
        _now ??= StoryState.Of(world.Snapshot).World.Before(new(scene.Key, MomentKind.Happens));
        var isAlive = _now?.BeingOf(key).Kind is not (BeingKind.Gone or BeingKind.NotYet);
        return isAlive ? age : null;
    }

    // A hint stands behind the brackets and quotes of what it is about.
    private int EndOf(TextSpan span)
    {
        var (start, end) = (span.Start, span.End);
        if (start >= 2 && text.AsSpan(start - 2, 2).SequenceEqual("[["))
        {
            var line = text.AsSpan(end);
            line = line[..(line.IndexOfAny('\r', '\n') is >= 0 and var stop ? stop : line.Length)];
            if (line.IndexOf("]]") is >= 0 and var close)
            {
                (start, end) = (start - 2, end + close + 2);
            }
        }

        return start > 0 && end < text.Length && text[start - 1] is '"' or '\'' && text[start - 1] == text[end] ? end + 1 : end;
    }
}
