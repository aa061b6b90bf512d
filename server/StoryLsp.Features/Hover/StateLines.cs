using System.Text;
using Humanizer;
using StoryLsp.Continuity.State;
using StoryLsp.Index;

namespace StoryLsp.Features.Hover;

/// <summary>The part of a card that says how things stand when the scene begins in which one stands.</summary>
internal static class StateLines
{
    private const int MostNamed = 8;

    /// <summary>Writes the lines; nothing where the story says nothing of it.</summary>
    public static void Write(StringBuilder card, SceneFacts scene, Container container, LinkWriter? links)
    {
        var lines = Lines(scene.Of(container), links).ToList();
        if (lines.Count > 0)
        {
            card.Append("\n\nWhen this scene begins: ").AppendJoin(" · ", lines);
        }
    }

    private static IEnumerable<string> Lines(ContainerFacts facts, LinkWriter? links)
    {
        if (facts.IsAlive == false)
        {
            yield return facts.Died is { } died ? "**dead** (died " + died + ")" : "**not yet born**";
        }

        if (facts.Age is { } age)
        {
            yield return "year".ToQuantity(age) + " old";
        }

        if (facts.Location is { } place)
        {
            yield return "at " + MarkdownText.Link(place, links);
        }

        if (facts.Holds.Count > 0)
        {
            yield return "has " + Named(facts.Holds, links);
        }

        if (facts.Injuries.Count > 0)
        {
            yield return "hurt: " + string.Join(", ", facts.Injuries.Select(MarkdownText.Escape));
        }

        if (facts.Knows.Count > 0)
        {
            yield return "knows " + Named(facts.Knows, links);
        }

        foreach (var (field, value) in facts.Fields)
        {
            yield return field == "destroyed" ? "**destroyed**" : MarkdownText.Escape(field) + ": " + MarkdownText.Escape(value);
        }
    }

    private static string Named(IReadOnlyList<Container> containers, LinkWriter? links)
    {
        var names = containers.Take(MostNamed).Select(container => MarkdownText.Link(container, links));
        return (containers.Count > MostNamed ? names.Append($"{containers.Count - MostNamed} more") : names).Humanize("and");
    }
}
