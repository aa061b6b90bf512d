using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.State;

/// <summary>An effect, when it happens, and where it is written.</summary>
/// <param name="At">When.</param>
/// <param name="Effect">What.</param>
/// <param name="Span">The whole effect in the source's document, in UTF-16 code units.</param>
/// <param name="What">The narrowest part of it that says what changes.</param>
internal sealed record WrittenEffect(Moment At, Effect Effect, TextSpan Span, TextSpan What)
{
    public WrittenEffect(Moment at, Effect effect, TextSpan span)
        : this(at, effect, span, span)
    {
    }
}

/// <summary>Somebody uses an item or relies on a fact.</summary>
/// <param name="Who">Who.</param>
/// <param name="What">The item or the fact.</param>
/// <param name="WhatSpan">The item's or fact's name, in UTF-16 code units.</param>
/// <param name="WhoSpan">The name of who it is; null where the point of view is meant.</param>
internal sealed record WrittenUse(ContainerKey Who, ContainerKey What, TextSpan WhatSpan, TextSpan? WhoSpan);

/// <summary>All that one container says of changes of the world: a scene's effects, a character's death, an item's owner.</summary>
internal sealed class SourceEffects
{
    /// <summary>The container.</summary>
    public required ContainerKey Source { get; init; }

    /// <summary>The effects in the order written.</summary>
    public IReadOnlyList<WrittenEffect> Effects { get; init; } = [];

    /// <summary>What is used in this scene or event.</summary>
    public IReadOnlyList<WrittenUse> Uses { get; init; } = [];

    /// <summary>What somebody shows that they know in this scene or event.</summary>
    public IReadOnlyList<WrittenUse> ReliesOn { get; init; } = [];

    /// <summary>Whether the other says the same of the world, wherever it is written.</summary>
    public bool SaysTheSame(SourceEffects? other)
    {
        if (other is null || other.Effects.Count != Effects.Count)
        {
            return false;
        }

        for (var i = 0; i < Effects.Count; i++)
        {
            if (Effects[i].At != other.Effects[i].At || !Effects[i].Effect.Equals(other.Effects[i].Effect))
            {
                return false;
            }
        }

        return true;
    }
}
