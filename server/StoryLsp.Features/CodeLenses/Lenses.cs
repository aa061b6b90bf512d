using StoryLsp.Continuity.Story;
using StoryLsp.Features.Navigation;
using StoryLsp.Index;

namespace StoryLsp.Features.CodeLenses;

/// <summary>The lenses of a document: one for a container of which there is something to count, at most. Finding them costs a look-up each.</summary>
public static class Lenses
{
    private static readonly string[] Pages = ["scene", "event", "chapter"];

    /// <summary>The lenses, in the order of the document.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="cancel">Gives up.</param>
    public static IReadOnlyList<Lens> In(Snapshot snapshot, string path, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        // Before all is read, every count is too small.
        if (!snapshot.IsComplete)
        {
            return [];
        }

        var world = StoryWorld.Of(snapshot);
        var found = new List<Lens>();
        foreach (var container in world.In(path))
        {
            cancel.ThrowIfCancellationRequested();
            if (KindOf(world, container) is { } kind)
            {
                found.Add(new(container.Fact.SelectionSpan, kind, container.Key));
            }
        }

        return found;
    }

    private static LensKind? KindOf(StoryWorld world, StoryContainer container)
    {
        var schemas = world.Snapshot.Schemas;
        if (schemas.IsKindOf(container.Type, "scene") || schemas.IsKindOf(container.Type, "chapter"))
        {
            return WordCounts.TargetOf(container) is not null ? LensKind.Words : null;
        }

        var kind = schemas.IsKindOf(container.Type, "character") || schemas.IsKindOf(container.Type, "location") ? LensKind.Scenes
            : schemas.IsKindOf(container.Type, "thread") ? LensKind.Thread
            : schemas.IsKindOf(container.Type, "clue") ? LensKind.Clue
            : (LensKind?)null;
        return kind is { } some && world.ReferrersOf(container.Key).Any(referrer => Counts(world, some, container, referrer)) ? kind : null;
    }

    private static bool Counts(StoryWorld world, LensKind kind, StoryContainer container, Referrer referrer) => kind switch
    {
        // Where an event or a chapter only mentions somebody, the lens would have nothing to say.
        LensKind.Scenes when referrer.Field == "mentions" => world.IsKindOf(container.Key, "character") && world.IsKindOf(referrer.Source, "scene"),
        LensKind.Scenes => Presences.SaysPresent(world.Snapshot, container.Type, referrer.Field) && Array.Exists(Pages, page => world.IsKindOf(referrer.Source, page)),
        LensKind.Thread => referrer.Field is "setups" or "payoffs" or "threads" && world.IsKindOf(referrer.Source, "scene"),
        _ => referrer.Field == "plants" && world.IsKindOf(referrer.Source, "scene"),
    };
}
