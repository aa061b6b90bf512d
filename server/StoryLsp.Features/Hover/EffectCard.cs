using Humanizer;
using StoryLsp.Continuity.State;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;

namespace StoryLsp.Features.Hover;

/// <summary>A card of an effect: what it changes, as it was understood.</summary>
internal static class EffectCard
{
    /// <summary>The effect at an offset and its card; null where none stands there.</summary>
    public static HoverCard? At(StoryWorld world, Container container, int offset, LinkWriter? links)
    {
        if (StoryState.Of(world.Snapshot).World.SourceOf(container.Key) is not { } source)
        {
            return null;
        }

        foreach (var written in source.Effects)
        {
            if (written.Span.Touches(offset) && Words(world, written.Effect, links) is { } words)
            {
                return new(written.Span, words);
            }
        }

        return null;
    }

    private static string? Words(StoryWorld world, Effect effect, LinkWriter? links)
    {
        return effect switch
        {
            Dies dies => $"{Name(dies.Who)} **dies**.",
            Revives revives => $"{Name(revives.Who)} **lives again**.",
            Learns learns => $"{Who(learns.Who)} **gets to know** {Name(learns.Fact)}.",
            Takes takes => $"{Who(takes.Who)} **has** {Name(takes.Item)} from here on.",
            Gives gives => $"{Who(gives.Who)} gives {Name(gives.Item)} away; {Who(gives.To)} **has it** from here on.",
            Loses loses => $"{Who(loses.Who)} **no longer has** {Name(loses.Item)}.",
            Destroys destroys => $"{Name(destroys.What)} **is no more** from here on.",
            Sets sets => $"From here on {MarkdownText.Code(sets.Field)} of {Name(sets.Who)} is **{MarkdownText.Escape(sets.To)}**.",
            Injures injures => $"{Name(injures.Who)} is **hurt**: {MarkdownText.Escape(injures.What)}.{RuledOut(injures.Prevents)}",
            Heals heals => $"{Name(heals.Who)} is **healed**{(heals.What is { } what ? " of " + MarkdownText.Escape(what) : "")}.",
            Unclear unclear when world.Find(unclear.What) is not null => $"This changes something of {Name(unclear.What)}, but what is **not understood**: nothing is concluded from it.",
            _ => null,
        };

        string RuledOut(Prevented prevents)
        {
            var all = prevents.Fields.Select(MarkdownText.Code).Concat(prevents.Items.Select(Name)).ToList();
            return all.Count == 0 ? "" : $" It rules out {all.Humanize("and")}.";
        }

        string Who(ContainerKey? key) => key is { } known ? Name(known) : "Somebody";

        string Name(ContainerKey key) => world.Find(key) is { } found ? MarkdownText.Link(found.Container, links) : "somebody or something";
    }
}
