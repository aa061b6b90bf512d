using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Navigation;

/// <summary>Leads from a name to every place where the thing calls itself, and to the scenes in which it is present.</summary>
public static class Declarations
{
    /// <summary>Where the thing at an offset calls itself: its id, its name, its aliases. What is no container leads where its definition does. Null where nothing stands.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="offset">The offset, in UTF-16 code units.</param>
    /// <param name="cancel">Gives up.</param>
    public static DefinitionResult? At(Snapshot snapshot, string path, int offset, CancellationToken cancel)
    {
        var (place, things) = Find(snapshot, path, offset, cancel);
        return things.Count == 0
            ? Definitions.At(snapshot, path, offset, cancel)
            : new(place?.Span ?? new TextSpan(offset, 0), [.. things.SelectMany(thing => Things.OwnSpans(thing.Fact).Distinct().Select(span => Own(thing, span)))]);
    }

    /// <summary>
    /// The scenes in which the thing at an offset is present, in the order of reading, and then the events; of a type the containers that are of it. Null where there
    /// is none of it.
    /// </summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="offset">The offset, in UTF-16 code units.</param>
    /// <param name="cancel">Gives up.</param>
    public static DefinitionResult? PresentAt(Snapshot snapshot, string path, int offset, CancellationToken cancel)
    {
        var (place, things) = Find(snapshot, path, offset, cancel);
        var targets = place is TypePlace type
            ? snapshot.ContainersOf(type.Schema.Name).OrderBy(container => container.Path, NaturalOrder.Instance).ThenBy(container => container.Fact.Index)
            : things.SelectMany(thing => Presences.Of(snapshot, thing, cancel)).Select(presence => presence.In!);
        return targets.Select(Definitions.LocationOf).Distinct().ToList() is { Count: > 0 } found ? new(place?.Span ?? new TextSpan(offset, 0), found) : null;
    }

    /// <summary>Every place that speaks of the thing at an offset, split; null where no container stands. Where a name is ambiguous all that it may mean count.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="offset">The offset, in UTF-16 code units.</param>
    /// <param name="cancel">Gives up.</param>
    public static (IReadOnlyList<Container> Things, Appearances Appearances)? SplitAt(Snapshot snapshot, string path, int offset, CancellationToken cancel)
    {
        var (_, things) = Find(snapshot, path, offset, cancel);
        if (things.Count == 0)
        {
            return null;
        }

        var split = things.Select(thing => AllReferences.Split(snapshot, thing, cancel)).ToList();
        return (things, new(
            [.. split.SelectMany(one => one.Defined).Distinct()], [.. split.SelectMany(one => one.Present).Distinct()], [.. split.SelectMany(one => one.Mentioned).Distinct()]));
    }

    private static (Place? Place, IReadOnlyList<Container> Things) Find(Snapshot snapshot, string path, int offset, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (snapshot.Document(path) is not { } document)
        {
            return (null, []);
        }

        var place = PlaceReader.At(snapshot, document, offset);
        return (place, Things.At(snapshot, document, place, offset));
    }

    private static Location Own(Container thing, TextSpan span)
    {
        var whole = Definitions.LocationOf(thing).Span;
        return new(thing.Path, whole.Contains(span) ? whole : span, span);
    }
}
