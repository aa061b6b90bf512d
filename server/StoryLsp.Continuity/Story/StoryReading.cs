using StoryLsp.Index;
using StoryLsp.Language.Settings;

namespace StoryLsp.Continuity.Story;

/// <summary>
/// The story, for a rule that looks at one document of it. What it is asked it remembers, with the answer; see <see cref="Question"/>.
/// For one thread.
/// </summary>
public sealed partial class StoryReading
{
    private readonly StoryWorld _world;
    private readonly Dictionary<Question, object?> _asked = [];

    internal StoryReading(StoryWorld world) => _world = world;

    /// <summary>What <c>story.yaml</c> says.</summary>
    public StorySettings Settings => _world.Snapshot.Settings;

    /// <summary>
    /// The snapshot, for the text of the document that the rule looks at, for schemas, and for what a name in that document means. Whatever
    /// else a rule wants of other documents it asks here, or its findings would not be found anew when that changes.
    /// </summary>
    public Snapshot Snapshot => _world.Snapshot;

    /// <summary>The containers of the document that the rule looks at.</summary>
    public IReadOnlyList<StoryContainer> In(string path) => _world.In(path);

    /// <summary>The containers of that type, or of one that extends it, in the document that the rule looks at.</summary>
    public IEnumerable<StoryContainer> In(string path, string type) => _world.In(path).Where(container => Snapshot.Schemas.IsKindOf(container.Type, type));

    /// <summary>A container with all of its attributes; null when there is none.</summary>
    public StoryContainer? Find(ContainerKey? key)
    {
        if (key is not { } known)
        {
            return null;
        }

        Ask(new MeaningOf(known));
        return _world.Find(known);
    }

    /// <summary>What a reference means; null when that is unknown.</summary>
    public StoryContainer? Find(StoryReference? reference) => Find(reference?.Target);

    /// <summary>Whether a container is of a type, or of one that extends it.</summary>
    public bool IsKindOf(ContainerKey key, string type) => Find(key) is { } found && Snapshot.Schemas.IsKindOf(found.Type, type);

    /// <summary>All containers of a type or of one that extends it, by path and then by place; ask for each that you read with <see cref="Find(ContainerKey?)"/>.</summary>
    public IReadOnlyList<ContainerKey> OfType(string type) => ((KeyList)Ask(new ContainersOfType(type))!).Keys;

    /// <summary>Who refers to a container in its fields, by path and then by place.</summary>
    public IReadOnlyList<Referrer> ReferrersOf(ContainerKey key) => (Referrer[])Ask(new ReferrersOf(key))!;

    /// <summary>The containers that refer to one by any of some fields, each once, by path and then by place.</summary>
    public IEnumerable<StoryContainer> Referring(ContainerKey key, params string[] fields) => ReferrersOf(key)
        .Where(referrer => fields.Contains(referrer.Field))
        .Select(referrer => referrer.Source)
        .Distinct()
        .Select(source => Find(source))
        .OfType<StoryContainer>();

    /// <summary>Whether the reader meets one scene before another; false where one of them is no scene.</summary>
    public bool IsReadBefore(ContainerKey scene, ContainerKey other) => Ask(new IsReadBefore(scene, other)) is true;

    /// <summary>The place of a scene among those that the reader meets, from 0; null for what is no scene. Prefer <see cref="IsReadBefore"/>: its answer changes less often.</summary>
    public int? NarrativePosition(ContainerKey scene) => (int?)Ask(new NarrativePositionOf(scene));

    /// <summary>All scenes in the order in which the reader meets them. The answer changes with every scene that is added or moved.</summary>
    public IReadOnlyList<ContainerKey> ScenesInOrder() => ((KeyList)Ask(new ScenesInOrder())!).Keys;

    /// <summary>See <see cref="StoryWorld.Edition"/>.</summary>
    internal object Edition => _world.Edition;

    /// <summary>Asks, and remembers the answer.</summary>
    internal object? Ask(Question question)
    {
        if (!_asked.TryGetValue(question, out var answer))
        {
            answer = question.Ask(_world);
            _asked.Add(question, answer);
        }

        return answer;
    }

    /// <summary>What was asked, with the answers.</summary>
    internal KeyValuePair<Question, object?>[] Asked() => [.. _asked];
}
