using StoryLsp.Index;
using StoryLsp.Index.Mentions;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Places;

/// <summary>Who and what is named in prose. Containers that prose does not name of itself, such as notes and scenes, are looked for by their exact names.</summary>
internal static class Mentioned
{
    /// <summary>The mention at an offset, with what it means, or null.</summary>
    public static NamePlace? At(Snapshot snapshot, Document document, int offset)
    {
        ContainerMention? touching = null;
        foreach (var mention in snapshot.Mentions.In(document.Path))
        {
            if (mention.Span.Start > offset)
            {
                break;
            }

            touching = mention.Span.Contains(offset) || (mention.Span.End == offset && touching is null) ? mention : touching;
        }

        return touching is { } found && found.Span.End <= document.Text.Length
            ? new(found.Span, document.Text.Slice(found.Span), Containers(snapshot, snapshot.Mentions.Meant(document.Path, found)))
            : null;
    }

    /// <summary>An exact name without the containers that are found by their mentions; null where nothing is left.</summary>
    public static NamePlace? NotByMentions(Snapshot snapshot, NamePlace? place) =>
        place?.Containers.Where(container => !snapshot.Mentions.IsNamed(container)).ToList() is { Count: > 0 } others ? place with { Containers = others } : null;

    /// <summary>The places in the prose of a document that name a container, in order; none in links.</summary>
    public static IEnumerable<TextSpan> Of(Snapshot snapshot, DocumentFacts facts, Container container)
    {
        foreach (var mention in snapshot.Mentions.In(facts.Path))
        {
            if (mention.Candidates.Contains(container.Key) && snapshot.Mentions.Meant(facts.Path, mention).Contains(container.Key))
            {
                yield return mention.Span;
            }
        }
    }

    private static List<Container> Containers(Snapshot snapshot, IReadOnlyList<ContainerKey> keys) =>
        [.. keys.Select(key => snapshot.ContainersIn(key.Path).ElementAtOrDefault(key.Index)).OfType<Container>()];
}
