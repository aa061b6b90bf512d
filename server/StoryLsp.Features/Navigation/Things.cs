using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Navigation;

/// <summary>The containers that a place speaks of.</summary>
internal static class Things
{
    /// <summary>The containers that a place names, or that begin where it stands.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="document">The document.</param>
    /// <param name="place">What stands at the offset, or null.</param>
    /// <param name="offset">The offset.</param>
    public static IReadOnlyList<Container> At(Snapshot snapshot, Document document, Place? place, int offset) => place switch
    {
        ReferencePlace reference => snapshot.Resolve(reference.Reference, document.Path).Candidates,
        LinkPlace link => snapshot.ResolveLink(link.Link, document.Path) is var found && found.Container is { } one ? [one] : found.Candidates ?? [],
        OwnNamePlace own => [own.Container],
        NamePlace name => name.Containers,
        null => [.. snapshot.ContainersIn(document.Path).Where(container => container.Fact.SelectionSpan.Touches(offset))],
        _ => [],
    };

    /// <summary>Where a container calls itself: its id, name and aliases.</summary>
    public static IEnumerable<TextSpan> OwnSpans(ContainerFact fact)
    {
        if (fact.IdSpan is null && fact.NameSpan is null)
        {
            yield return fact.SelectionSpan;
        }

        if (fact.IdSpan is { } id)
        {
            yield return id;
        }

        if (fact.NameSpan is { } name)
        {
            yield return name;
        }

        foreach (var alias in fact.Aliases)
        {
            yield return alias.Span;
        }
    }
}
