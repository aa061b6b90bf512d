using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Navigation;

/// <summary>Shows where one document speaks of what the caret is on.</summary>
public static class Highlights
{
    /// <summary>The places of a document that belong to what stands at an offset, in order.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="offset">The offset, in UTF-16 code units.</param>
    /// <param name="cancel">Gives up.</param>
    public static IReadOnlyList<Highlight> At(Snapshot snapshot, string path, int offset, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (snapshot.Document(path) is not { } document || PlaceReader.At(snapshot, document, offset) is not { } place)
        {
            return [];
        }

        var things = Things.At(snapshot, document, place, offset);
        if (things.Count == 0)
        {
            return [new(place.Span, place is HeadingPlace)];
        }

        var found = new Dictionary<TextSpan, bool>();
        foreach (var container in things)
        {
            cancel.ThrowIfCancellationRequested();
            Add(snapshot, document.Facts, document.Text.Text, container, found);
        }

        return [.. found.Select(entry => new Highlight(entry.Key, entry.Value)).OrderBy(highlight => highlight.Span.Start)];
    }

    private static void Add(Snapshot snapshot, DocumentFacts facts, string text, Container container, Dictionary<TextSpan, bool> found)
    {
        if (container.Path == facts.Path)
        {
            foreach (var span in Things.OwnSpans(container.Fact))
            {
                found[span] = true;
            }
        }

        foreach (var reference in facts.References)
        {
            if (snapshot.Resolve(reference, facts.Path).Candidates.Any(candidate => candidate.IsSameAs(container)))
            {
                found.TryAdd(reference.Span, false);
            }
        }

        foreach (var link in facts.Links)
        {
            if (snapshot.ResolveLink(link, facts.Path).Container is { } target && target.IsSameAs(container) && link.Target.Length > 0)
            {
                found.TryAdd(link.TargetSpan, false);
            }
        }

        var names = snapshot.Mentions.IsNamed(container) ? Mentioned.Of(snapshot, facts, container)
            : NameOccurrences.SearchFor(container) is { } search ? NameOccurrences.Of(snapshot, facts, text, container, search) : [];
        foreach (var span in names)
        {
            if (!found.Keys.Any(other => other.Overlaps(span)))
            {
                found[span] = false;
            }
        }
    }
}
