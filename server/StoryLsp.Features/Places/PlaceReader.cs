using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Places;

/// <summary>Finds out what stands at an offset.</summary>
internal static class PlaceReader
{
    /// <summary>The narrowest thing at an offset of a document, or null.</summary>
    public static Place? At(Snapshot snapshot, Document document, int offset)
    {
        offset = Math.Clamp(offset, 0, document.Text.Length);
        return (Place?)Reference(document.Facts, offset)
            ?? Link(document.Facts, offset)
            ?? YamlPlaces.At(snapshot, document, offset)
            ?? ScriptNames.At(snapshot, document, offset)
            ?? (Place?)OwnName(snapshot, document, offset)
            ?? (Place?)Heading(document.Facts, offset)
            ?? Prose(snapshot, document, offset);
    }

    private static ReferencePlace? Reference(DocumentFacts facts, int offset)
    {
        ReferenceFact? touching = null;
        foreach (var reference in facts.References)
        {
            if (reference.Span.Contains(offset))
            {
                return new(reference);
            }

            touching = reference.Span.Touches(offset) ? reference : touching;
        }

        return touching is null ? null : new(touching);
    }

    private static LinkPlace? Link(DocumentFacts facts, int offset)
    {
        LinkFact? touching = null;
        foreach (var link in facts.Links)
        {
            if (link.Span.Contains(offset))
            {
                touching = link;
                break;
            }

            touching = link.Span.End == offset ? link : touching;
        }

        if (touching is null)
        {
            return null;
        }

        var inAnchor = touching.Anchor is not null && touching.AnchorSpan.Touches(offset);
        return new(inAnchor ? touching.AnchorSpan : touching.TargetSpan.Length > 0 ? touching.TargetSpan : touching.Span, touching, inAnchor);
    }

    private static OwnNamePlace? OwnName(Snapshot snapshot, Document document, int offset)
    {
        // The snapshot may be a moment older than the document's text; then its containers have other places.
        if (!ReferenceEquals(snapshot.Facts(document.Path), document.Facts) && snapshot.Facts(document.Path)?.Containers.Count != document.Facts.Containers.Count)
        {
            return null;
        }

        OwnNamePlace? best = null;
        foreach (var container in snapshot.ContainersIn(document.Path))
        {
            if (OwnSpan(container.Fact, offset) is { } span && (best is null || span.Length < best.Span.Length))
            {
                best = new(span, container);
            }
        }

        return best;
    }

    private static TextSpan? OwnSpan(ContainerFact fact, int offset)
    {
        if (fact.NameSpan is { } name && name.Touches(offset))
        {
            return name;
        }

        if (fact.IdSpan is { } id && id.Touches(offset))
        {
            return id;
        }

        foreach (var alias in fact.Aliases)
        {
            if (alias.Span.Touches(offset))
            {
                return alias.Span;
            }
        }

        // Where a heading makes the container, the heading is its name even if the YAML writes another.
        return fact.Origin is ContainerOrigin.Heading or ContainerOrigin.FountainScene && fact.SelectionSpan.Touches(offset) ? fact.SelectionSpan : null;
    }

    private static HeadingPlace? Heading(DocumentFacts facts, int offset)
    {
        foreach (var heading in facts.Headings)
        {
            if (heading.TextSpan.Touches(offset))
            {
                return new(heading);
            }
        }

        return null;
    }

    private static NamePlace? Prose(Snapshot snapshot, Document document, int offset)
    {
        foreach (var prose in document.Facts.Prose)
        {
            if (prose.Span.Touches(offset))
            {
                return Mentioned.At(snapshot, document, offset) ?? Mentioned.NotByMentions(snapshot, NameOccurrences.At(snapshot, document.Text.Text, prose.Span, offset));
            }
        }

        return null;
    }
}
