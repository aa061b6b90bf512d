using StoryLsp.Language.Text;

namespace StoryLsp.Language.Mentions;

/// <summary>By which of its names something is mentioned.</summary>
public enum MentionForm : byte
{
    /// <summary>Its whole name.</summary>
    Name,

    /// <summary>A written alias.</summary>
    Alias,

    /// <summary>Parts of a person's name that are no single given or family name: without the middle name, with initials.</summary>
    Parts,

    /// <summary>A person's given name alone.</summary>
    Given,

    /// <summary>A person's family name alone.</summary>
    Family,

    /// <summary>The plural of a name, which means a family, or several of a kind.</summary>
    Plural,

    /// <summary>A person's name, or a part of it, behind a title that the name itself does not have.</summary>
    Honorific,
}

/// <summary>A place in prose that names something.</summary>
/// <param name="Span">The name, with a title before it and without a possessive ending, in UTF-16 code units.</param>
/// <param name="NameSpan">The name without a title.</param>
/// <param name="Form">By which of its names.</param>
/// <param name="Owners">The numbers of what it may name; several where they share a written name.</param>
public readonly record struct Mention(TextSpan Span, TextSpan NameSpan, MentionForm Form, IReadOnlyList<int> Owners)
{
    /// <summary>Whether it is the same mention: the owners are compared one by one.</summary>
    /// <param name="other">The other mention.</param>
    public bool Equals(Mention other) =>
        Span == other.Span && NameSpan == other.NameSpan && Form == other.Form && (ReferenceEquals(Owners, other.Owners) || Owners.SequenceEqual(other.Owners));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Span, Form);
}
