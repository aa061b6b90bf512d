using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Navigation;

/// <summary>Leads from a name to what it names.</summary>
public static class Definitions
{
    /// <summary>Where the thing at an offset is defined; null where nothing stands or it is defined nowhere.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="offset">The offset, in UTF-16 code units.</param>
    /// <param name="cancel">Gives up.</param>
    public static DefinitionResult? At(Snapshot snapshot, string path, int offset, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (snapshot.Document(path) is not { } document || PlaceReader.At(snapshot, document, offset) is not { } place)
        {
            return null;
        }

        var targets = Targets(snapshot, path, place);
        return targets.Count == 0 ? null : new(place.Span, targets);
    }

    /// <summary>Where a container is written.</summary>
    /// <param name="container">The container.</param>
    public static Location LocationOf(Container container)
    {
        var fact = container.Fact;
        var holds = fact.Span.Contains(fact.SelectionSpan);
        return new(container.Path, holds ? fact.Span : fact.SelectionSpan, fact.SelectionSpan);
    }

    private static IReadOnlyList<Location> Targets(Snapshot snapshot, string path, Place place) => place switch
    {
        ReferencePlace reference => [.. snapshot.Resolve(reference.Reference, path).Candidates.Select(LocationOf)],
        LinkPlace link => OfLink(snapshot, link.Link, snapshot.ResolveLink(link.Link, path)),
        OwnNamePlace own => [LocationOf(own.Container)],
        NamePlace name => [.. name.Containers.Select(LocationOf)],
        Places.FieldPlace { Schema: { } schema } field => ToLocation(SchemaPlaces.OfField(snapshot, schema, field.Path)) is { } location ? [location] : [],
        TypePlace type => ToLocation(SchemaPlaces.Of(snapshot, type.Schema)) is { } location ? [location] : [],
        _ => [],
    };

    private static IReadOnlyList<Location> OfLink(Snapshot snapshot, LinkFact link, LinkResolution found)
    {
        if (found.Candidates is { Count: > 0 } candidates)
        {
            return [.. candidates.Select(LocationOf)];
        }

        if (found.Heading is { } heading)
        {
            return [new(found.Path!, heading.Span, heading.TextSpan)];
        }

        if (found is { Kind: LinkResolutionKind.Resolved, Path: { } page } && link.Anchor is ['^', .. var block] && OfBlock(snapshot, page, block) is { } place)
        {
            return [place];
        }

        if (found.Container is { } container && container.Path == found.Path)
        {
            return [LocationOf(container)];
        }

        return found.Path is { } file ? [new(file, default, default)] : [];
    }

    // The line that ends with the block's mark.
    internal static Location? OfBlock(Snapshot snapshot, string path, string block)
    {
        if (snapshot.Text(path) is not { } text)
        {
            return null;
        }

        var mark = "^" + block;
        for (var at = text.Text.IndexOf(mark, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.Text.IndexOf(mark, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var line = text.GetLineSpan(text.Lines.GetLine(at));
            if (text.Text.AsSpan(at + mark.Length, line.End - at - mark.Length).IsWhiteSpace())
            {
                return new(path, line, new TextSpan(at, mark.Length));
            }
        }

        return null;
    }

    // A shipped schema is no file of the workspace; `TypeDefinitions` shows it.
    private static Location? ToLocation(SchemaPlace? place) => place is { Path: { } path } ? new(path, place.Span, place.SelectionSpan) : null;
}
