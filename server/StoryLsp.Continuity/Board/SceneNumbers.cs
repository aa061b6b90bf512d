using System.Globalization;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Board;

/// <summary>Which scenes have which written number. Made once for a state of the story.</summary>
internal sealed class SceneNumbers
{
    // Chapters are counted anew in each of these.
    private static readonly string[] Volumes = ["part", "act", "book", "volume"];

    private readonly StoryWorld _world;
    private readonly Dictionary<SceneNumber, List<ContainerKey>> _scenes = [];

    private SceneNumbers(SceneNumbers same, StoryWorld world)
    {
        _world = world;
        _scenes = same._scenes;
    }

    private SceneNumbers(StoryWorld world)
    {
        _world = world;
        foreach (var container in world.Snapshot.ContainersOf("scene"))
        {
            if (world.Find(container.Key) is { } scene && Of(scene) is { } number)
            {
                (_scenes.TryGetValue(number, out var known) ? known : _scenes[number] = []).Add(scene.Key);
            }
        }

        foreach (var same in _scenes.Values.Where(same => same.Count > 1))
        {
            same.Sort((a, b) => NaturalOrder.Instance.Compare(a.Path, b.Path) is not 0 and var byPath ? byPath : a.Index.CompareTo(b.Index));
        }
    }

    /// <summary>The numbers of a story's scenes.</summary>
    public static SceneNumbers Of(StoryWorld world) => world.Snapshot.Derive(
        _ => new SceneNumbers(world),
        (before, _, touched) => world.SaysTheSameAs(before._world, touched, scene => world.IsScene(scene) ? Of(scene) : null) ? new(before, world) : new SceneNumbers(world));

    /// <summary>The number that a scene writes; null unless it has both a chapter and a place in it.</summary>
    public static SceneNumber? Of(StoryContainer scene)
    {
        if (scene.Text("chapter")?.Trim().Trim('[', ']') is not { Length: > 0 } chapter || Order(scene) is not { } order)
        {
            return null;
        }

        var volume = Volumes.Select(field => scene.Fact.Fields.FirstOrDefault(written => written.Name.Equals(field, StringComparison.OrdinalIgnoreCase))?.Value.AsText());
        return new(string.Join('\n', volume), Folded(chapter), order);
    }

    /// <summary>The scenes of a number, by path and then by place.</summary>
    public IReadOnlyList<ContainerKey> With(SceneNumber number) => _scenes.GetValueOrDefault(number) ?? [];

    /// <summary>The next whole number that no scene of the chapter has.</summary>
    public long NextFree(SceneNumber number)
    {
        var next = (long)Math.Floor(number.Order) + 1;
        while (_scenes.ContainsKey(number with { Order = next }))
        {
            next++;
        }

        return next;
    }

    private static double? Order(StoryContainer scene) =>
        double.TryParse(scene.Text("order"), NumberStyles.Float, CultureInfo.InvariantCulture, out var order) && Math.Abs(order) < int.MaxValue ? order : null;

    private static string Folded(string chapter) =>
        double.TryParse(chapter, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : chapter.ToLowerInvariant();
}

/// <summary>The written number of a scene.</summary>
/// <param name="Volume">The part or book in which chapters are counted; mostly empty.</param>
/// <param name="Chapter">The chapter, folded so that <c>1</c> and <c>01</c> are the same.</param>
/// <param name="Order">The place in the chapter.</param>
internal sealed record SceneNumber(string Volume, string Chapter, double Order);
