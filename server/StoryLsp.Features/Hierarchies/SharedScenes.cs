using StoryLsp.Features.Navigation;
using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Hierarchies;

/// <summary>One step from a thing to a scene, or from a scene to a thing.</summary>
/// <param name="Other">The scene, or what is in it.</param>
/// <param name="Detail">What is to be said beside its name; null for nothing.</param>
/// <param name="Places">The places that say so, in UTF-16 code units of the document of the one who is asked about or, of the callers, of <paramref name="Other"/>.</param>
public sealed record SharedStep(Container Other, string? Detail, IReadOnlyList<TextSpan> Places);

/// <summary>
/// Who shares scenes with whom. Scenes name what is in them, as functions call one another: what "calls" a character are the scenes that it is in, what
/// "calls" a scene are those who are in it, so that a tree of callers goes from a character to its scenes, to who else is there, to their scenes. The other way, a
/// scene leads to what is in it, and a character to all who share scenes with it, those with the most first.
/// </summary>
public static class SharedScenes
{
    private const int MostNames = 4;

    /// <summary>The things at an offset that may share scenes, or the scene around it; empty where there is none.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="offset">The offset, in UTF-16 code units.</param>
    /// <param name="cancel">Gives up.</param>
    public static IReadOnlyList<Container> At(Snapshot snapshot, string path, int offset, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (snapshot.Document(path) is not { } document)
        {
            return [];
        }

        var things = Things.At(snapshot, document, PlaceReader.At(snapshot, document, offset), offset);
        if (things.Count == 0 && snapshot.ContainerAt(path, offset) is { } around)
        {
            things = [around];
        }

        return [.. things.Where(thing => Presences.IsScene(snapshot, thing) || !Presences.IsPage(snapshot, thing.Type))];
    }

    /// <summary>The scenes that a thing is in, in the order of reading, with the places of their fields that name it; of a scene those who are in it.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="container">The thing or the scene.</param>
    /// <param name="cancel">Gives up.</param>
    public static IReadOnlyList<SharedStep> Incoming(Snapshot snapshot, Container container, CancellationToken cancel)
    {
        if (Presences.IsScene(snapshot, container))
        {
            return [.. Presences.In(snapshot, container).Select(one => new SharedStep(one.Container, one.Container.Type, [Definitions.LocationOf(one.Container).SelectionSpan]))];
        }

        var sites = snapshot.ReferencesTo(container);
        var places = sites.Where(site => site.Reference is not null && site.Field != "mentions")
            .ToLookup(site => new ContainerKey(site.Document.Path, site.Container), site => site.Span);
        return [.. Presences.Of(snapshot, container, cancel).Select(presence => new SharedStep(presence.In!, DetailOf(snapshot, presence.In!), [.. places[presence.In!.Key].DefaultIfEmpty(presence.Span).Distinct()]))];
    }

    /// <summary>What is in a scene, with the places of its fields that say so; of anything else all characters who share scenes with it, the most scenes first.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="container">The scene or the thing.</param>
    /// <param name="cancel">Gives up.</param>
    public static IReadOnlyList<SharedStep> Outgoing(Snapshot snapshot, Container container, CancellationToken cancel)
    {
        if (Presences.IsScene(snapshot, container))
        {
            return [.. Presences.In(snapshot, container).Select(one => new SharedStep(one.Container, one.Container.Type, one.Places))];
        }

        var shared = new Dictionary<ContainerKey, (Container Who, List<Container> Scenes)>();
        foreach (var presence in Presences.Of(snapshot, container, cancel))
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var (who, _) in Presences.In(snapshot, presence.In!))
            {
                if (!who.IsSameAs(container) && snapshot.Schemas.IsKindOf(who.Type, "character"))
                {
                    if (!shared.TryGetValue(who.Key, out var known))
                    {
                        shared[who.Key] = known = (who, []);
                    }

                    known.Scenes.Add(presence.In!);
                }
            }
        }

        // The places are those of the caller, and it says of none of this in its own document but who it is.
        TextSpan[] own = [Definitions.LocationOf(container).SelectionSpan];
        return [.. shared.Values.OrderByDescending(one => one.Scenes.Count).ThenBy(one => one.Who.Name, StringComparer.OrdinalIgnoreCase).ThenBy(one => one.Who.Path, StringComparer.Ordinal)
            .Select(one => new SharedStep(one.Who, Named(snapshot, one.Scenes), own))];
    }

    // What happens in no scene is told apart, as a lens does.
    private static string Named(Snapshot snapshot, List<Container> shared)
    {
        var ofKind = shared.ToLookup(one => snapshot.Schemas.IsKindOf(one.Type, "scene"));
        return string.Join(" · ", new[] { Named(ofKind[true].ToList(), "scene"), Named(ofKind[false].ToList(), "event") }.OfType<string>());
    }

    private static string? Named(List<Container> scenes, string what)
    {
        if (scenes.Count == 0)
        {
            return null;
        }

        var names = string.Join(", ", scenes.Take(MostNames).Select(scene => scene.Name));
        var more = scenes.Count > MostNames ? $" and {scenes.Count - MostNames} more" : "";
        return (scenes.Count == 1 ? $"1 {what}: " : $"{scenes.Count} {what}s: ") + names + more;
    }

    private static string DetailOf(Snapshot snapshot, Container scene)
    {
        var position = snapshot.Narrative.PositionOf(scene);
        var when = scene.Fact.Field("when")?.Value is Language.Yaml.YamlScalar { IsNull: false } written ? written.Value.Trim() : null;
        return string.Join(" · ", new[] { position >= 0 ? $"{scene.Type} {position + 1}" : scene.Type, when }.OfType<string>());
    }
}
