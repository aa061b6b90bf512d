using System.Globalization;
using Humanizer;
using StoryLsp.Continuity.Story;
using StoryLsp.Features.InlayHints;
using StoryLsp.Features.Navigation;
using StoryLsp.Index;

namespace StoryLsp.Features.CodeLenses;

/// <summary>Finds out what a lens says, when somebody looks at it.</summary>
public static class LensContents
{
    /// <summary>What a lens says; null where there is nothing to say any more.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="kind">What the lens tells.</param>
    /// <param name="key">The container that it stands above.</param>
    /// <param name="cancel">Gives up.</param>
    public static LensContent? Of(Snapshot snapshot, LensKind kind, ContainerKey key, CancellationToken cancel)
    {
        var world = StoryWorld.Of(snapshot);
        if (key.Index < 0 || world.Find(key) is not { } container)
        {
            return null;
        }

        return kind switch
        {
            LensKind.Scenes => Scenes(world, container, cancel),
            LensKind.Words => Words(world, container, cancel),
            LensKind.Thread => Thread(world, container),
            LensKind.Clue => Clue(world, container),
            _ => null,
        };
    }

    private static LensContent? Scenes(StoryWorld world, StoryContainer container, CancellationToken cancel)
    {
        var isPlace = world.Snapshot.Schemas.IsKindOf(container.Type, "location");
        var found = PresenceSearch.Run(world.Snapshot, container.Container, cancel);
        var places = Presences.InOrder(world.Snapshot, found);
        var scenes = places.Count(place => world.Snapshot.Schemas.IsKindOf(place.In!.Type, "scene"));
        var views = isPlace ? 0 : found.PointsOfView;
        var mentions = found.Mentions;
        var parts = new List<string>();
        if (scenes > 0)
        {
            parts.Add((isPlace ? "Setting of " : "In ") + Count(scenes, "scene") + (views == 0 ? "" : views == scenes ? ", always the point of view" : $", point of view in {Number(views)}"));
        }

        if (places.Count > scenes)
        {
            parts.Add((parts.Count > 0 ? "" : isPlace ? "Setting of " : "In ") + Count(places.Count - scenes, "event"));
        }

        if (mentions > 0)
        {
            parts.Add((parts.Count > 0 ? "mentioned in " : "Mentioned in ") + (parts.Count > 0 ? Number(mentions) + " more" : Count(mentions, "scene")));
        }

        if (parts.Count == 0)
        {
            return Chapters(world, container);
        }

        return new(string.Join(" · ", parts), [.. places.Select(place => new LensPlace(place.Path, place.Span))]);
    }

    // Who plans by chapters has no scenes to count.
    private static LensContent? Chapters(StoryWorld world, StoryContainer container)
    {
        var places = new List<LensPlace>();
        foreach (var key in world.ReferrersOf(container.Key).Where(referrer => Presences.SaysPresent(world.Snapshot, container.Type, referrer.Field)).Select(referrer => referrer.Source).Distinct())
        {
            if (world.IsKindOf(key, "chapter") && world.Find(key) is { } chapter)
            {
                var named = chapter.References.First(reference => reference.Target == container.Key && Presences.SaysPresent(world.Snapshot, container.Type, reference.Field));
                places.Add(new(key.Path, named.Span));
            }
        }

        return places.Count == 0 ? null : new($"In {Count(places.Count, "chapter")}", places);
    }

    private static LensContent? Words(StoryWorld world, StoryContainer container, CancellationToken cancel)
    {
        if (WordCounts.TargetOf(container) is not { } target || container.Field("target_words") is not { } field)
        {
            return null;
        }

        var words = WordCounts.Of(world, container, cancel);
        return new($"{Number(words)} of {Count(target, "word")}", [new(container.Path, field.Value.Span)]);
    }

    private static LensContent? Thread(StoryWorld world, StoryContainer thread)
    {
        var setups = new Plots(world).ScenesOf(thread.Key, "setups");
        var payoffs = new Plots(world).ScenesOf(thread.Key, "payoffs");
        if (setups.Count + payoffs.Count == 0)
        {
            var carried = new Plots(world).ScenesOf(thread.Key, "threads");
            return carried.Count == 0 ? null : new($"Carried on in {Where(carried)}, never set up", Places(thread, carried, "threads"));
        }

        var title = setups.Count == 0 ? $"Paid off in {Where(payoffs)}, never set up"
            : payoffs.Count == 0 ? $"Set up in {Where(setups)}, not paid off{(world.Snapshot.Settings.IsComplete ? "" : " yet")}"
            : $"Set up in {Where(setups)} → paid off in {Where(payoffs)}";
        return new(title, [.. Places(thread, setups, "setups"), .. Places(thread, payoffs, "payoffs")]);
    }

    private static LensContent? Clue(StoryWorld world, StoryContainer clue)
    {
        var scenes = new Plots(world).ScenesOf(clue.Key, "plants");
        return scenes.Count == 0 ? null : new($"Planted in {Where(scenes)}", Places(clue, scenes, "plants"));
    }

    private static string Where(List<(int Position, StoryContainer Scene)> scenes) => scenes.Count switch
    {
        1 => $"“{HintWords.Short(scenes[0].Scene.Name)}”",
        2 => $"“{HintWords.Short(scenes[0].Scene.Name)}” and “{HintWords.Short(scenes[1].Scene.Name)}”",
        _ => $"{Count(scenes.Count, "scene")} from “{HintWords.Short(scenes[0].Scene.Name)}” to “{HintWords.Short(scenes[^1].Scene.Name)}”",
    };

    private static LensPlace[] Places(StoryContainer named, IEnumerable<(int Position, StoryContainer Scene)> scenes, string field) =>
        [.. scenes.SelectMany(scene => scene.Scene.To(field).Where(reference => reference.Target == named.Key).Take(1).Select(reference => new LensPlace(scene.Scene.Path, reference.Span)))];

    private static string Count(long count, string thing) => thing.ToQuantity(count, "N0", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
