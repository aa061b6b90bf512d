using StoryLsp.Features.Navigation;
using StoryLsp.Index;

namespace StoryLsp.Features.Hover;

/// <summary>Where a container appears.</summary>
/// <param name="Scenes">The scenes that it is in, in narrative order.</param>
/// <param name="PointsOfView">In how many of them it is the point of view.</param>
/// <param name="Events">In how many events it is.</param>
/// <param name="Mentions">How many more scenes only mention it.</param>
/// <param name="Others">The other containers that refer to it, by path.</param>
internal sealed record Appearances(IReadOnlyList<Container> Scenes, int PointsOfView, int Events, int Mentions, IReadOnlyList<Container> Others)
{
    /// <summary>Finds out where a container appears.</summary>
    public static Appearances Of(Snapshot snapshot, Container container)
    {
        var found = PresenceSearch.Run(snapshot, container, CancellationToken.None);
        var narrative = snapshot.Narrative;
        var scenes = found.Present.Select(place => place.In!).Where(scene => snapshot.Schemas.IsKindOf(scene.Type, "scene")).OrderBy(narrative.PositionOf).ToList();
        return new(
            scenes,
            found.PointsOfView,
            found.Present.Count - scenes.Count,
            found.Mentions,
            [.. found.Others.OrderBy(IsPage).ThenBy(other => other.Path, StringComparer.Ordinal).ThenBy(other => other.Fact.Index)]);
    }

    // What belongs to the story says more than pages and chapters that list everybody.
    private static bool IsPage(Container container) => container.Type is "note" or "chapter";
}
