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
    /// <summary>
    /// The places that refer to what stands at an offset; empty where nothing stands. Those of a container come in the order of <see cref="Appearances"/>,
    /// all others by path and then by place.
    /// </summary>
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
            case Places.FieldPlace field:
                return OfField(snapshot, field, cancel);
            case HeadingPlace heading:
                return OfHeading(snapshot, document, heading.Heading, withDefinition);
            case LinkPlace { InAnchor: true } link when snapshot.ResolveLink(link.Link, path) is { Heading: { } target, Path: { } file } && snapshot.Document(file) is { } linked:
                return OfHeading(snapshot, linked, target, withDefinition);
        }

        var things = Things.At(snapshot, document, place, offset);
        var found = new List<Appearances>(things.Count);
        foreach (var container in things)
        {
            found.Add(Split(snapshot, container, cancel));
        }

        var places = (withDefinition ? found.SelectMany(split => split.Defined) : [])
            .Concat(found.SelectMany(split => split.Present))
            .Concat(found.SelectMany(split => split.Mentioned));
        return [.. places.Select(appearance => new Location(appearance.Path, appearance.Span, appearance.Span)).Distinct()];
    }

    /// <summary>Every place that speaks of a container: where it is defined, where it is present, where it is but mentioned. All prose is looked through.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="container">The container.</param>
    /// <param name="cancel">Gives up.</param>
    public static Appearances Split(Snapshot snapshot, Container container, CancellationToken cancel) => new AppearanceSearch(snapshot, container, cancel).Run();

    private static IReadOnlyList<Location> OfType(Snapshot snapshot, Schema schema) =>
    [
        .. snapshot.ContainersOf(schema.Name)
            .Where(container => container.Type == schema.Name && container.Fact.TypeSpan is not null)
            .Select(container => new Location(container.Path, container.Fact.TypeSpan!.Value, container.Fact.TypeSpan.Value))
            .OrderBy(location => location.Path, StringComparer.Ordinal).ThenBy(location => location.Span.Start),
    ];

    private static List<Location> OfField(Snapshot snapshot, Places.FieldPlace place, CancellationToken cancel)
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
