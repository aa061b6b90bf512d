using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Effects;

/// <summary>The names in <c>effects</c>, <c>uses</c> and <c>relies_on</c> as references, so that all that serves references serves them.</summary>
internal static class EffectReferences
{
    /// <summary>Whether a schema's field holds effects, or who uses or knows what: a list of scenes and events whose items may have any form.</summary>
    public static bool IsIn(SchemaSet schemas, Schema schema, FieldSchema field) =>
        field is { Type: FieldType.List, Of.Type: FieldType.Any, Name: "effects" or "uses" or "relies_on" } &&
        (schemas.IsKindOf(schema.Name, "scene") || schemas.IsKindOf(schema.Name, "event"));

    /// <summary>The references in the value of such a field.</summary>
    /// <param name="field">The canonical name of the field.</param>
    /// <param name="value">Its value.</param>
    /// <param name="container">Index of the container.</param>
    public static IEnumerable<ReferenceFact> Of(string field, YamlNode value, int container) => field switch
    {
        "uses" => EffectReader.Uses(value).SelectMany(use => Uses(use, "uses", "item", container)).Distinct(),
        "relies_on" => EffectReader.ReliesOn(value).SelectMany(use => Uses(use, "relies_on", "fact", container)).Distinct(),
        // A name that serves several effects is written once.
        _ => EffectReader.Effects(value).SelectMany(effect => Effects(effect, container)).Distinct(),
    };

    private static IEnumerable<ReferenceFact> Uses(UseFact use, string field, string type, int container)
    {
        if (use.Who is { } who)
        {
            yield return Strict(container, field + ".who", who, "character");
        }

        yield return Strict(container, field + "." + type, use.What, type);
    }

    private static IEnumerable<ReferenceFact> Effects(EffectFact effect, int container)
    {
        var path = "effects." + effect.Verb.ToString().ToLowerInvariant();
        if (effect is { Verb: not EffectVerb.Unread, Who: { } who })
        {
            yield return Reference(effect, container, path + ".who", who, effect.WhoTarget);
        }

        if (effect.WhatTargets.Count > 0 && effect.What is { } what)
        {
            var type = effect.WhatTargets.Count == 1 ? effect.WhatTargets[0] : null;
            yield return Reference(effect, container, path + "." + (type ?? "what"), what, type);
        }

        if (effect is { Verb: EffectVerb.Gives, To: { } to })
        {
            yield return Reference(effect, container, path + ".to", to, "character");
        }

        foreach (var prevented in effect.Prevents)
        {
            yield return Strict(container, path + ".prevents", prevented, "item") with { MayBeWord = true };
        }
    }

    private static ReferenceFact Reference(EffectFact effect, int container, string field, EffectName name, string? type)
    {
        var reference = Strict(container, field, name, type);
        if (!effect.IsSentence || name.IsLink)
        {
            return reference;
        }

        return name.Text.StartsWith("the ", StringComparison.Ordinal)
            ? reference with { Text = name.Text[4..], Span = Text.TextSpan.FromBounds(name.Span.End - (name.Text.Length - 4), name.Span.End), MayBeWord = true }
            : reference with { MayBeWord = !name.Text.All(unit => char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit) || unit is '-' or '_') };
    }

    private static ReferenceFact Strict(int container, string field, EffectName name, string? type) =>
        new(container, field, name.Text, name.Span, type, name.IsLink);
}
