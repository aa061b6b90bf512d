using StoryLsp.Language.Effects;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Pipelines.Secrets;

/// <summary>An entry of <c>effects</c>, <c>uses</c> or <c>relies_on</c> as a plain line, however it is written.</summary>
internal static class EffectWords
{
    /// <summary>The line; empty where the entry cannot be understood.</summary>
    public static string Of(string field, YamlNode entry) => entry switch
    {
        YamlScalar { IsNull: false } scalar => scalar.Value,
        _ when field == "uses" => Uses(EffectReader.Uses(entry), "uses"),
        _ when field == "relies_on" => Uses(EffectReader.ReliesOn(entry), "relies on"),
        _ => string.Join("; ", EffectReader.Effects(entry).Where(effect => effect.Verb != EffectVerb.Unread).Select(Of)),
    };

    private static string Uses(IReadOnlyList<UseFact> uses, string verb) => string.Join("; ", uses.Select(use => use.Who is { } who ? $"{who.Text} {verb} {use.What.Text}" : use.What.Text));

    private static string Of(EffectFact effect)
    {
        var who = effect.Who is { } named ? named.Text + " " : "";
        return effect.Verb switch
        {
            EffectVerb.Sets => $"{who}{effect.What?.Text}: {effect.To?.Text}",
            EffectVerb.Destroys => $"{effect.What?.Text} destroyed",
            EffectVerb.Gives => $"{who}gives {effect.What?.Text} to {effect.To?.Text}",
            EffectVerb.Injures => $"{who}is hurt: {effect.What?.Text}",
            EffectVerb.Heals => $"{who}is healed: {effect.What?.Text}",
            var verb => $"{who}{verb.ToString().ToLowerInvariant()} {effect.What?.Text}".TrimEnd(),
        };
    }
}
