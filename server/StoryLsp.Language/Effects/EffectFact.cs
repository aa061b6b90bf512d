using StoryLsp.Language.Text;

namespace StoryLsp.Language.Effects;

/// <summary>What an effect does to the world.</summary>
public enum EffectVerb
{
    /// <summary>Nothing that can be understood; what it names is unknown from then on.</summary>
    Unread,

    /// <summary><c>tom dies</c></summary>
    Dies,

    /// <summary><c>tom revives</c></summary>
    Revives,

    /// <summary><c>ada learns forged-will</c></summary>
    Learns,

    /// <summary><c>ada takes revolver</c></summary>
    Takes,

    /// <summary><c>ada gives revolver to lena</c></summary>
    Gives,

    /// <summary><c>ada loses revolver</c></summary>
    Loses,

    /// <summary><c>old-mill destroyed</c></summary>
    Destroys,

    /// <summary><c>ada hair: red</c></summary>
    Sets,

    /// <summary><c>{injures: {who: tom, what: broken arm, prevents: [oar]}}</c></summary>
    Injures,

    /// <summary><c>{heals: {who: tom, what: broken arm}}</c></summary>
    Heals,
}

/// <summary>A word or name in an effect, with its place.</summary>
/// <param name="Text">The text, without quotes and brackets.</param>
/// <param name="Span">The narrowest text in the file, in UTF-16 code units.</param>
/// <param name="IsLink">Whether it is written as a wikilink.</param>
public sealed record EffectName(string Text, TextSpan Span, bool IsLink = false);

/// <summary>One effect as it is written. Which containers its names mean, only a workspace can say.</summary>
/// <param name="Verb">What it does.</param>
/// <param name="Span">The whole effect.</param>
public sealed record EffectFact(EffectVerb Verb, TextSpan Span)
{
    /// <summary>Who dies, learns, takes, gives, loses, is hurt or healed, or whose field is set; null means the point of view.</summary>
    public EffectName? Who { get; init; }

    /// <summary>The fact, the item, what is destroyed, the field that is set, or the injury (null: every injury).</summary>
    public EffectName? What { get; init; }

    /// <summary>Who is given the item, or the new value of the field.</summary>
    public EffectName? To { get; init; }

    /// <summary>The fields and items that an injury rules out.</summary>
    public IReadOnlyList<EffectName> Prevents { get; init; } = [];

    /// <summary>Whether it is a plain line, so that where a name ends is a conclusion.</summary>
    public bool IsSentence { get; init; }

    /// <summary>Other ways to read the same line, for names that hold a verb or a preposition themselves; the likelier first.</summary>
    public IReadOnlyList<EffectFact> Others { get; init; } = [];

    /// <summary>The type that <see cref="Who"/> must be of; null takes any.</summary>
    public string? WhoTarget => Verb == EffectVerb.Sets ? null : "character";

    /// <summary>The types that <see cref="What"/> may be of; empty where it names no container.</summary>
    public IReadOnlyList<string> WhatTargets => Verb switch
    {
        EffectVerb.Learns => ["fact"],
        EffectVerb.Takes or EffectVerb.Gives or EffectVerb.Loses => ["item"],
        EffectVerb.Destroys => ["location", "item"],
        _ => [],
    };
}

/// <summary>Someone uses an item, or shows that they know a fact.</summary>
/// <param name="Who">Who; null means the point of view.</param>
/// <param name="What">The item or the fact.</param>
/// <param name="Span">The whole entry.</param>
public sealed record UseFact(EffectName? Who, EffectName What, TextSpan Span);

/// <summary>A field that changes in a scene, written with what has the field.</summary>
/// <param name="From">The scene from whose end on the new value holds.</param>
/// <param name="Field">The field.</param>
/// <param name="To">Its new value.</param>
/// <param name="Span">The whole entry.</param>
public sealed record ProgressionFact(EffectName From, EffectName Field, EffectName To, TextSpan Span);
