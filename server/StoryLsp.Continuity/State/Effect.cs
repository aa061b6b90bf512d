using StoryLsp.Index;

namespace StoryLsp.Continuity.State;

/// <summary>
/// A change of the world whose names are known. It has no place in a file, so that it stays equal to itself when text moves. Somebody whom the
/// effect names and whom nobody knows is null: that much is unknown from then on.
/// </summary>
internal abstract record Effect
{
    /// <summary>What a written name means that means nothing: it may be meant for anybody and anything.</summary>
    public static readonly ContainerKey Anyone = new("", 0);

    /// <summary>The containers whose state it changes, each at least once.</summary>
    public abstract IEnumerable<ContainerKey> Touched { get; }

    private protected static IEnumerable<ContainerKey> Known(params ReadOnlySpan<ContainerKey?> keys)
    {
        var result = new List<ContainerKey>(keys.Length);
        foreach (var key in keys)
        {
            if (key is { } known)
            {
                result.Add(known);
            }
        }

        return result;
    }
}

/// <summary>Somebody is born, or something is built.</summary>
internal sealed record Begins(ContainerKey What) : Effect
{
    public override IEnumerable<ContainerKey> Touched => [What];
}

/// <summary>Somebody dies.</summary>
internal sealed record Dies(ContainerKey Who) : Effect
{
    public override IEnumerable<ContainerKey> Touched => [Who];
}

/// <summary>Somebody comes back to life.</summary>
internal sealed record Revives(ContainerKey Who) : Effect
{
    public override IEnumerable<ContainerKey> Touched => [Who];
}

/// <summary>Somebody knows a fact from now on.</summary>
internal sealed record Learns(ContainerKey? Who, ContainerKey Fact) : Effect
{
    public override IEnumerable<ContainerKey> Touched => Known(Who, Fact);
}

/// <summary>Somebody has an item from now on.</summary>
internal sealed record Takes(ContainerKey? Who, ContainerKey Item) : Effect
{
    public override IEnumerable<ContainerKey> Touched => Known(Who, Item);
}

/// <summary>An item changes hands.</summary>
internal sealed record Gives(ContainerKey? Who, ContainerKey Item, ContainerKey? To) : Effect
{
    public override IEnumerable<ContainerKey> Touched => Known(Who, Item, To);
}

/// <summary>Somebody no longer has an item.</summary>
internal sealed record Loses(ContainerKey? Who, ContainerKey Item) : Effect
{
    public override IEnumerable<ContainerKey> Touched => Known(Who, Item);
}

/// <summary>A place or an item is gone.</summary>
internal sealed record Destroys(ContainerKey What) : Effect
{
    public override IEnumerable<ContainerKey> Touched => [What];
}

/// <summary>A field has another value.</summary>
internal sealed record Sets(ContainerKey Who, string Field, string To) : Effect
{
    public override IEnumerable<ContainerKey> Touched => [Who];
}

/// <summary>Somebody is hurt, so that some fields and items are beyond them.</summary>
internal sealed record Injures(ContainerKey Who, string What, Prevented Prevents) : Effect
{
    public override IEnumerable<ContainerKey> Touched => [Who];
}

/// <summary>An injury is over; without a name, all are.</summary>
internal sealed record Heals(ContainerKey Who, string? What) : Effect
{
    public override IEnumerable<ContainerKey> Touched => [Who];
}

/// <summary>Something happens to a container that cannot be understood.</summary>
internal sealed record Unclear(ContainerKey What) : Effect
{
    public override IEnumerable<ContainerKey> Touched => [What];
}

/// <summary>What an injury rules out: equal when it rules out the same, in the same order.</summary>
internal sealed class Prevented(IReadOnlyList<string> fields, IReadOnlyList<ContainerKey> items) : IEquatable<Prevented>
{
    /// <summary>Names of fields, and whatever names no item.</summary>
    public IReadOnlyList<string> Fields { get; } = fields;

    /// <summary>Items.</summary>
    public IReadOnlyList<ContainerKey> Items { get; } = items;

    public bool Equals(Prevented? other) => other is not null && Fields.SequenceEqual(other.Fields) && Items.SequenceEqual(other.Items);

    public override bool Equals(object? obj) => Equals(obj as Prevented);

    public override int GetHashCode() => HashCode.Combine(Fields.Count, Items.Count);
}
