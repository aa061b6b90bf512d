using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Navigation;

/// <summary>
/// The scenes and events that a container is in: a character by the cast or the point of view, a location by where they are set, anything
/// else by any of their fields but <c>mentions</c>; in a script who speaks, and the place of the heading. No other prose is looked at.
/// </summary>
public static class Presences
{
    private static readonly string[] CastFields = ["pov", "characters", "participants"];
    private static readonly string[] PlaceFields = ["location", "locations"];

    /// <summary>The scenes in the order of reading, then the events by path; each once, with the first of its fields that says so.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="container">The character, place or thing; what is itself a scene, an event, a chapter or a note is in none.</param>
    /// <param name="cancel">Gives up.</param>
    public static IReadOnlyList<Appearance> Of(Snapshot snapshot, Container container, CancellationToken cancel) =>
        IsPage(snapshot, container.Type) ? [] : InOrder(snapshot, PresenceSearch.Run(snapshot, container, cancel));

    /// <summary>What a search found, in the order of reading.</summary>
    internal static IReadOnlyList<Appearance> InOrder(Snapshot snapshot, PresenceSearch found) =>
        [.. found.Present.OrderBy(appearance => PositionOf(snapshot, appearance.In!)).ThenBy(appearance => appearance.Path, NaturalOrder.Instance).ThenBy(appearance => appearance.Span.Start)];

    /// <summary>What is in a scene or event, each with the places of its fields that say so, in the order written.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="scene">The scene or event.</param>
    public static IReadOnlyList<(Container Container, IReadOnlyList<TextSpan> Places)> In(Snapshot snapshot, Container scene)
    {
        var order = new List<Container>();
        var places = new Dictionary<ContainerKey, List<TextSpan>>();
        foreach (var reference in scene.Document.References)
        {
            if (reference.Container == scene.Fact.Index && snapshot.Resolve(reference, scene.Path).Container is { } named && !IsPage(snapshot, named.Type) && SaysPresent(snapshot, named.Type, reference.Field))
            {
                Add(named, reference.Span);
            }
        }

        foreach (var (name, meant) in ScriptNames.In(snapshot, scene.Document))
        {
            if (name.Container == scene.Fact.Index && meant is [var only])
            {
                Add(only, name.Span);
            }
        }

        return [.. order.Select(container => (container, (IReadOnlyList<TextSpan>)places[container.Key]))];

        void Add(Container named, TextSpan span)
        {
            if (!places.TryGetValue(named.Key, out var known))
            {
                order.Add(named);
                places[named.Key] = known = [];
            }

            known.Add(span);
        }
    }

    /// <summary>Whether a container is a scene or an event: something that others are in.</summary>
    public static bool IsScene(Snapshot snapshot, Container container) => snapshot.Schemas.IsKindOf(container.Type, "scene") || snapshot.Schemas.IsKindOf(container.Type, "event");

    /// <summary>The place of a scene in the order of reading; events come after all scenes.</summary>
    internal static int PositionOf(Snapshot snapshot, Container scene) => snapshot.Narrative.PositionOf(scene) is >= 0 and var position ? position : int.MaxValue;

    /// <summary>Whether a field of a scene says that a container of a type is there.</summary>
    internal static bool SaysPresent(Snapshot snapshot, string type, string? field) => field is not null && (
        snapshot.Schemas.IsKindOf(type, "character") ? CastFields.Contains(field)
        : snapshot.Schemas.IsKindOf(type, "location") ? PlaceFields.Contains(field)
        : field != "mentions");

    // Scenes refer to one another, but none is in another.
    internal static bool IsPage(Snapshot snapshot, string type) =>
        snapshot.Schemas.IsKindOf(type, "scene") || snapshot.Schemas.IsKindOf(type, "event") || snapshot.Schemas.IsKindOf(type, "chapter") || snapshot.Schemas.IsKindOf(type, "note");
}
