using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Navigation;

/// <summary>Finds every place that refers to a thing.</summary>
public static class AllReferences
{
    /// <summary>The places that refer to what stands at an offset, by path and then by place; empty where nothing stands.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="offset">The offset, in UTF-16 code units.</param>
    /// <param name="withDefinition">Whether the thing's own names count.</param>
    /// <param name="cancel">Gives up.</param>
    public static IReadOnlyList<Location> At(Snapshot snapshot, string path, int offset, bool withDefinition, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (snapshot.Document(path) is not { } document)
        {
            return [];
        }

        var place = PlaceReader.At(snapshot, document, offset);
        switch (place)
        {
            case TypePlace type:
                return OfType(snapshot, type.Schema);
            case FieldPlace field:
                return OfField(snapshot, field, cancel);
            case HeadingPlace heading:
                return OfHeading(snapshot, document, heading.Heading, withDefinition);
            case LinkPlace { InAnchor: true } link when snapshot.ResolveLink(link.Link, path) is { Heading: { } target, Path: { } file } && snapshot.Document(file) is { } linked:
                return OfHeading(snapshot, linked, target, withDefinition);
        }

        var found = new SortedSet<(string Path, int Start, int Length)>(Comparer<(string Path, int Start, int Length)>.Create(Compare));
        foreach (var container in Things.At(snapshot, document, place, offset))
        {
            AddReferences(snapshot, container, withDefinition, found);
            AddNames(snapshot, container, found, cancel);
        }

        return [.. found.Select(At)];
    }

    private static Location At((string Path, int Start, int Length) at) => new(at.Path, new(at.Start, at.Length), new(at.Start, at.Length));

    private static int Compare((string Path, int Start, int Length) a, (string Path, int Start, int Length) b)
    {
        var order = string.CompareOrdinal(a.Path, b.Path);
        order = order != 0 ? order : a.Start.CompareTo(b.Start);
        return order != 0 ? order : a.Length.CompareTo(b.Length);
    }

    private static void AddReferences(Snapshot snapshot, Container container, bool withDefinition, SortedSet<(string Path, int Start, int Length)> found)
    {
        foreach (var site in snapshot.ReferencesTo(container))
        {
            found.Add((site.Document.Path, site.Span.Start, site.Span.Length));
        }

        if (withDefinition)
        {
            foreach (var span in Things.OwnSpans(container.Fact))
            {
                found.Add((container.Path, span.Start, span.Length));
            }
        }
    }

    private static void AddNames(Snapshot snapshot, Container container, SortedSet<(string Path, int Start, int Length)> found, CancellationToken cancel)
    {
        var own = Things.OwnSpans(container.Fact).ToHashSet();
        if (snapshot.Mentions.IsNamed(container))
        {
            foreach (var (path, mention) in snapshot.Mentions.Of(container, cancel))
            {
                if (path != container.Path || !own.Any(name => name.Overlaps(mention.Span)))
                {
                    found.Add((path, mention.Span.Start, mention.Span.Length));
                }
            }

            return;
        }

        if (NameOccurrences.SearchFor(container) is not { } search)
        {
            return;
        }

        foreach (var facts in snapshot.Documents)
        {
            cancel.ThrowIfCancellationRequested();
            // What a file says today is what counts; a snapshot may be a moment older than the text.
            if (facts.Prose.Count == 0 || snapshot.Text(facts.Path) is not { } text || text.Length != facts.Lines.TextLength)
            {
                continue;
            }

            foreach (var span in NameOccurrences.Of(snapshot, facts, text.Text, container, search))
            {
                var isOwn = facts.Path == container.Path && own.Any(name => name.Overlaps(span));
                if (!isOwn && !Covered(facts, span))
                {
                    found.Add((facts.Path, span.Start, span.Length));
                }
            }
        }
    }

    // The shown text of a link is prose as well; the link is a reference already.
    private static bool Covered(DocumentFacts facts, TextSpan span) => facts.Links.Any(link => link.Span.Contains(span));

    private static IReadOnlyList<Location> OfType(Snapshot snapshot, Schema schema) =>
    [
        .. snapshot.ContainersOf(schema.Name)
            .Where(container => container.Type == schema.Name && container.Fact.TypeSpan is not null)
            .Select(container => new Location(container.Path, container.Fact.TypeSpan!.Value, container.Fact.TypeSpan.Value))
            .OrderBy(location => location.Path, StringComparer.Ordinal).ThenBy(location => location.Span.Start),
    ];

    private static List<Location> OfField(Snapshot snapshot, FieldPlace place, CancellationToken cancel)
    {
        if (place.Schema is not { } schema || place.Path.Count != 1)
        {
            return [];
        }

        var found = new List<Location>();
        foreach (var container in snapshot.ContainersOf(schema.Name))
        {
            cancel.ThrowIfCancellationRequested();
            found.AddRange(container.Fact.Fields.Where(field => field.Name == place.Field.Name)
                .Select(field => new Location(container.Path, field.KeySpan, field.KeySpan)));
        }

        found.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path) is not 0 and var order ? order : a.Span.Start.CompareTo(b.Span.Start));
        return found;
    }

    private static List<Location> OfHeading(Snapshot snapshot, Document document, HeadingFact heading, bool withDefinition)
    {
        var found = new List<Location>();
        foreach (var path in LinkingDocuments(snapshot, document.Path))
        {
            foreach (var link in snapshot.Facts(path)?.Links ?? [])
            {
                if (link.Anchor is not null && snapshot.ResolveLink(link, path) is { Heading: { } target, Path: { } file } && file == document.Path && target.Span == heading.Span)
                {
                    found.Add(new(path, link.AnchorSpan, link.AnchorSpan));
                }
            }
        }

        if (withDefinition)
        {
            found.Add(new(document.Path, heading.TextSpan, heading.TextSpan));
        }

        return found;
    }

    private static SortedSet<string> LinkingDocuments(Snapshot snapshot, string path)
    {
        var paths = new SortedSet<string>(StringComparer.Ordinal) { path };
        paths.UnionWith(snapshot.DocumentsTaking(FileSet.StemOf(path)));
        paths.UnionWith(snapshot.DocumentsTaking(path[(path.LastIndexOf('/') + 1)..]));
        foreach (var container in snapshot.ContainersIn(path).Take(1))
        {
            paths.UnionWith(snapshot.DocumentsTaking(container.Name));
            paths.UnionWith(snapshot.DocumentsTaking(container.Fact.Id));
        }

        return paths;
    }
}
