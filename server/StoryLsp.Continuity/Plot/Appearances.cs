using StoryLsp.Continuity.Story;
using StoryLsp.Index;

namespace StoryLsp.Continuity.Plot;

/// <summary>In which scenes of the manuscript each thread is carried on, and each narrator tells. Made once for a state of the story.</summary>
internal sealed class Appearances
{
    private static readonly string[] Telling = ["pov"];
    private static readonly string[] Carrying = ["threads", "setups", "payoffs"];

    private readonly StoryWorld _world;
    private readonly int _length;
    private readonly Dictionary<(ContainerKey Target, bool Tells), List<(int Position, ContainerKey Scene)>> _scenes = [];

    private Appearances(Appearances same, StoryWorld world)
    {
        _world = world;
        _length = same._length;
        _scenes = same._scenes;
    }

    private Appearances(StoryWorld world)
    {
        _world = world;
        _length = world.Narrative.ManuscriptCount;
        var position = 0;
        foreach (var scene in world.Narrative.Scenes(world.Snapshot).Take(_length))
        {
            foreach (var reference in world.Find(scene.Key)?.References ?? [])
            {
                if (reference.Target is { } target && (IsThread(reference) || IsNarrator(reference)))
                {
                    Add((target, IsNarrator(reference)), position, scene.Key);
                }
            }

            position++;
        }
    }

    /// <summary>The appearances in a story.</summary>
    public static Appearances Of(StoryWorld world) => world.Snapshot.Derive(
        _ => new Appearances(world),
        (before, _, touched) => ReferenceEquals(before._world.Narrative, world.Narrative) && world.SaysTheSameAs(before._world, touched, Said) ? new(before, world) : new Appearances(world));

    // Who or what appears in a container, as text; names of containers have no line ends.
    private static string Said(StoryContainer container) => string.Join('\n', container.References
        .Where(reference => reference.Target is not null && (IsThread(reference) || IsNarrator(reference)))
        .Select(reference => $"{reference.Field} {reference.Target}"));

    /// <summary>Whether a scene carries a thread on by this reference.</summary>
    public static bool IsThread(StoryReference reference) => Fields(false).Contains(reference.Field);

    /// <summary>Whether a scene is told by whom this reference means.</summary>
    public static bool IsNarrator(StoryReference reference) => Fields(true).Contains(reference.Field);

    /// <summary>The fields by which a scene carries a thread on, or by which it is told.</summary>
    public static IReadOnlyList<string> Fields(bool tells) => tells ? Telling : Carrying;

    /// <summary>The absence that ends with a scene, when it is longer than a share of the manuscript; null otherwise.</summary>
    /// <param name="position">The place of the scene, from 0.</param>
    /// <param name="target">The thread or narrator.</param>
    /// <param name="tells">Whether as the narrator.</param>
    /// <param name="share">The longest part of the manuscript that is no absence.</param>
    public Absence? Before(int position, ContainerKey target, bool tells, double share)
    {
        var all = _scenes.GetValueOrDefault((target, tells)) ?? [];
        var index = all.BinarySearch((position, default), Comparer<(int Position, ContainerKey)>.Create((a, b) => a.Position.CompareTo(b.Position)));
        if (index <= 0)
        {
            return null;
        }

        var missed = all[index].Position - all[index - 1].Position - 1;
        return missed > share * _length ? new(all[index - 1].Scene, index == 1, missed, _length) : null;
    }

    private void Add((ContainerKey Target, bool Tells) who, int position, ContainerKey scene)
    {
        var all = _scenes.TryGetValue(who, out var known) ? known : _scenes[who] = [];
        if (all.Count == 0 || all[^1].Position != position)
        {
            all.Add((position, scene));
        }
    }
}

/// <summary>That somebody or something does not appear for some scenes.</summary>
/// <param name="Since">The last scene before.</param>
/// <param name="IsSinceFirst">Whether that is the first appearance of all.</param>
/// <param name="Scenes">How many scenes lie between.</param>
/// <param name="Length">How many scenes the manuscript has.</param>
internal sealed record Absence(ContainerKey Since, bool IsSinceFirst, int Scenes, int Length);
