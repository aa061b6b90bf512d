using StoryLsp.Index;

namespace StoryLsp.Features.Hover;

/// <summary>Where a container appears.</summary>
/// <param name="Scenes">The scenes that refer to it, in narrative order.</param>
/// <param name="PointsOfView">In how many of them it is the point of view.</param>
/// <param name="Others">How many other containers refer to it.</param>
internal sealed record Appearances(IReadOnlyList<Container> Scenes, int PointsOfView, int Others)
{
    /// <summary>Finds out where a container appears.</summary>
    public static Appearances Of(Snapshot snapshot, Container container)
    {
        var scenes = new Dictionary<(string Path, int Index), Container>();
        var others = new HashSet<(string Path, int Index)>();
        var pointsOfView = new HashSet<(string Path, int Index)>();
        foreach (var site in snapshot.ReferencesTo(container))
        {
            var key = (site.Document.Path, site.Container);
            var containers = snapshot.ContainersIn(site.Document.Path);
            var owner = site.Container >= 0 && site.Container < containers.Count ? containers[site.Container] : null;
            if (owner is null || owner.IsSameAs(container))
            {
                continue;
            }

            if (!snapshot.Schemas.IsKindOf(owner.Type, "scene"))
            {
                others.Add(key);
                continue;
            }

            scenes[key] = owner;
            if (site.Field == "pov")
            {
                pointsOfView.Add(key);
            }
        }

        return new([.. scenes.Values.OrderBy(snapshot.Narrative.PositionOf)], pointsOfView.Count, others.Count);
    }
}
