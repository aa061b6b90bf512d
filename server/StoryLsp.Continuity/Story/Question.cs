using StoryLsp.Index;

namespace StoryLsp.Continuity.Story;

/// <summary>
/// Something that a rule wants to know of the story beyond the document that it looks at. Questions and answers are kept with the findings:
/// while every answer is the same, so are the findings. An answer holds no place in a text, or typing above it would make it another.
/// </summary>
internal abstract record Question
{
    /// <summary>Whether the words of prose in other documents change the answer too; then it is asked again where nothing but prose has changed.</summary>
    public virtual bool IsOfProse => false;

    /// <summary>The answer, compared by <see cref="object.Equals(object?, object?)"/>; by reference where it is not worth comparing.</summary>
    public abstract object? Ask(StoryWorld world);
}

/// <summary>What a container says in its attributes; null when it is gone.</summary>
internal sealed record MeaningOf(ContainerKey Key) : Question
{
    // Equal to another of the same meaning; what that is need not be known before one of the two has changed.
    public override object? Ask(StoryWorld world) => world.Find(Key);
}

/// <summary>Which containers are of a type.</summary>
internal sealed record ContainersOfType(string Type) : Question
{
    public override object? Ask(StoryWorld world) => new KeyList([.. world.OfType(Type).Select(container => container.Key)]);
}

/// <summary>Who refers to a container.</summary>
internal sealed record ReferrersOf(ContainerKey Key) : Question
{
    public override object? Ask(StoryWorld world) => world.ReferrersOf(Key);
}

/// <summary>Whether the reader meets one scene before another; null where one of them is no scene.</summary>
internal sealed record IsReadBefore(ContainerKey Scene, ContainerKey Other) : Question
{
    public override object? Ask(StoryWorld world) =>
        world.NarrativePosition(Scene) is { } scene && world.NarrativePosition(Other) is { } other ? scene < other : null;
}

/// <summary>The place of a scene among those that the reader meets, from 0; null for what is no scene.</summary>
internal sealed record NarrativePositionOf(ContainerKey Scene) : Question
{
    public override object? Ask(StoryWorld world) => world.NarrativePosition(Scene);
}

/// <summary>All scenes in the order in which the reader meets them.</summary>
internal sealed record ScenesInOrder : Question
{
    public override object? Ask(StoryWorld world) => new KeyList([.. world.Narrative.Scenes(world.Snapshot).Select(scene => scene.Key)]);
}

/// <summary>Keys that are equal to others when they are the same in the same order.</summary>
internal sealed class KeyList(IReadOnlyList<ContainerKey> keys) : IEquatable<KeyList>
{
    public IReadOnlyList<ContainerKey> Keys { get; } = keys;

    public bool Equals(KeyList? other) => other is not null && Keys.SequenceEqual(other.Keys);

    public override bool Equals(object? obj) => Equals(obj as KeyList);

    public override int GetHashCode() => Keys.Count;
}
