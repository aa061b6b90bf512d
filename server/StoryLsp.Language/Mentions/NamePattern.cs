namespace StoryLsp.Language.Mentions;

/// <summary>What kind of thing a name is of, as far as prose treats names differently.</summary>
public enum NameKind : byte
{
    /// <summary>A person: has a given and a family name, and is addressed.</summary>
    Person,

    /// <summary>A place.</summary>
    Place,

    /// <summary>An item, which prose may name in small letters.</summary>
    Item,

    /// <summary>A group, or anything else that has a name.</summary>
    Other,
}

/// <summary>The names of one thing, as its writer gives them.</summary>
/// <param name="Owner">A number of the caller's, which the mentions carry.</param>
/// <param name="Kind">What it is a name of.</param>
/// <param name="Name">The name.</param>
public sealed record NamePattern(int Owner, NameKind Kind, string Name)
{
    /// <summary>Other names.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Names, or parts of them, that are not to be taken for it.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Whether only the exact spelling counts, capitals and accents included.</summary>
    public bool CaseSensitive { get; init; }

    /// <summary>Whether it is a man or a woman, where that is written somewhere.</summary>
    public Gender Gender { get; init; }

    /// <summary>Whether two lists hold the same names.</summary>
    public bool Equals(NamePattern? other) =>
        other is not null && Owner == other.Owner && Kind == other.Kind && Name == other.Name && CaseSensitive == other.CaseSensitive &&
        Gender == other.Gender && Aliases.SequenceEqual(other.Aliases) && Ignored.SequenceEqual(other.Ignored);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Owner, Name, Aliases.Count);
}
