using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Effects;

/// <summary>
/// Reads what scenes and events do to the world (section 5 of the format): the plain lines, the mappings, and what YAML makes of
/// <c>ada hair: red</c>. It knows no workspace, so a name may still mean nothing.
/// </summary>
public static class EffectReader
{
    // No line has more people or things in it than this; a longer list is data.
    private const int MostNames = 64;

    private static readonly string[] Roles = ["who", "item", "fact", "to", "field", "what", "prevents"];

    /// <summary>The effects of an <c>effects</c> field, in the order written.</summary>
    /// <param name="value">The field's value; null gives nothing.</param>
    public static IReadOnlyList<EffectFact> Effects(YamlNode? value)
    {
        var result = new List<EffectFact>();
        foreach (var item in value.AsList())
        {
            switch (item.Resolve())
            {
                case YamlScalar { IsNull: false } scalar when scalar.Value.Trim().Length > 0:
                    result.Add(Line(scalar));
                    break;
                case YamlMapping mapping:
                    AddMapping(mapping, result);
                    break;
                case YamlSequence list:
                    result.Add(new(EffectVerb.Unread, list.Span));
                    break;
            }
        }

        return result;
    }

    /// <summary>The entries of a <c>uses</c> field.</summary>
    /// <param name="value">The field's value; null gives nothing.</param>
    public static IReadOnlyList<UseFact> Uses(YamlNode? value) => Entries(value, "item");

    /// <summary>The entries of a <c>relies_on</c> field.</summary>
    /// <param name="value">The field's value; null gives nothing.</param>
    public static IReadOnlyList<UseFact> ReliesOn(YamlNode? value) => Entries(value, "fact");

    /// <summary>The entries of a <c>progressions</c> field that are complete.</summary>
    /// <param name="value">The field's value; null gives nothing.</param>
    public static IReadOnlyList<ProgressionFact> Progressions(YamlNode? value)
    {
        var result = new List<ProgressionFact>();
        foreach (var item in value.AsList())
        {
            if (Name(item.Get("from")) is { } from && Name(item.Get("field")) is { } field && Value(item.Get("to")) is { } to)
            {
                result.Add(new(from, field, to, item.Span));
            }
        }

        return result;
    }

    /// <summary>The name that a value is: a scalar, or a wikilink with or without quotes; null for anything else.</summary>
    /// <param name="value">The value.</param>
    public static EffectName? Name(YamlNode? value) => value.Resolve() switch
    {
        YamlScalar { IsNull: false } scalar when scalar.Value.Trim().Length > 0 => new EffectText(scalar).Name(),
        YamlSequence { IsFlow: true, Items: [YamlSequence { IsFlow: true, Items: [YamlScalar inner] }] } => Linked(inner),
        _ => null,
    };

    private static EffectName Linked(YamlScalar inner)
    {
        var text = new EffectText(inner);
        var end = inner.Value.AsSpan().IndexOfAny('|', '#');
        return text.Part(0, end < 0 ? inner.Value.Length : end) with { IsLink = true };
    }

    private static EffectFact Line(YamlScalar scalar)
    {
        var text = new EffectText(scalar);
        var colon = scalar.Value.IndexOf(": ", StringComparison.Ordinal);
        if (colon > 0 && colon + 2 < scalar.Value.Length)
        {
            return Setting(text.Words(0, colon), text.Part(colon + 2, scalar.Value.Length), scalar.Span);
        }

        return EffectSentence.Read(text, scalar.Span);
    }

    private static void AddMapping(YamlMapping mapping, List<EffectFact> result)
    {
        foreach (var entry in mapping.Entries)
        {
            if (entry.Key is not YamlScalar key || Array.Exists(Roles, role => role.Equals(key.Value, StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            var span = mapping.Entries.Count == 1 ? mapping.Span : entry.Span;
            var verb = EffectSentence.VerbOf(key.Value.Trim());
            if (verb == EffectVerb.Unread)
            {
                var text = new EffectText(key);
                result.Add(Value(entry.Value) is { } value && text.Words(0, key.Value.Length) is { Count: > 0 } words
                    ? Setting(words, value, span)
                    : new(EffectVerb.Unread, span));
            }
            else
            {
                AddVerb(verb, entry.Value.Resolve(), mapping, span, result);
            }
        }
    }

    private static void AddVerb(EffectVerb verb, YamlNode? value, YamlMapping outer, TextSpan span, List<EffectFact> result)
    {
        var before = result.Count;
        if (value is YamlMapping roles)
        {
            AddRoles(verb, roles, span, result);
        }
        else
        {
            // `{who: ada, takes: revolver}` and `takes: revolver`: the value is what the verb is most about.
            foreach (var name in Names(value))
            {
                result.Add(verb switch
                {
                    EffectVerb.Dies or EffectVerb.Revives or EffectVerb.Heals => new(verb, span) { Who = name },
                    EffectVerb.Injures or EffectVerb.Sets => new(EffectVerb.Unread, span) { What = name },
                    _ => new(verb, span) { Who = Name(outer.Get("who")), What = name, To = Name(outer.Get("to")) },
                });
            }
        }

        if (result.Count == before)
        {
            result.Add(new(EffectVerb.Unread, span));
        }
    }

    private static void AddRoles(EffectVerb verb, YamlMapping roles, TextSpan span, List<EffectFact> result)
    {
        var people = Names(roles.Get("who")).Take(MostNames).Cast<EffectName?>().DefaultIfEmpty(null).ToList();
        switch (verb)
        {
            case EffectVerb.Dies or EffectVerb.Revives:
                result.AddRange(people.OfType<EffectName>().Select(who => new EffectFact(verb, span) { Who = who }));
                break;
            case EffectVerb.Sets when Name(roles.Get("field")) is { } field && Value(roles.Get("to")) is { } to:
                result.AddRange(people.Select(who => new EffectFact(verb, span) { Who = who, What = field, To = to }));
                break;
            case EffectVerb.Injures when Value(roles.Get("what")) is { } injury:
                result.AddRange(people.Select(who => new EffectFact(verb, span) { Who = who, What = injury, Prevents = [.. Names(roles.Get("prevents")).Take(MostNames)] }));
                break;
            case EffectVerb.Heals:
                result.AddRange(people.Select(who => new EffectFact(verb, span) { Who = who, What = Value(roles.Get("what")) }));
                break;
            case EffectVerb.Learns or EffectVerb.Takes or EffectVerb.Gives or EffectVerb.Loses or EffectVerb.Destroys:
                var things = Names(roles.Get(verb switch { EffectVerb.Learns => "fact", EffectVerb.Destroys => "what", _ => "item" }) ?? roles.Get("what")).Take(MostNames);
                result.AddRange(things.SelectMany(_ => people, (what, who) => new EffectFact(verb, span) { Who = who, What = what, To = Name(roles.Get("to")) })
                    .Take(MostNames));
                break;
        }
    }

    // The field is the last word, or what stands behind the capitals of a name, unless a workspace knows the words before it by another name.
    private static EffectFact Setting(IReadOnlyList<EffectName> words, EffectName value, TextSpan span)
    {
        var capitals = words.TakeWhile(word => word.IsLink || !char.IsLower(word.Text, 0)).Count();
        var splits = Enumerable.Range(0, words.Count).Reverse();
        var readings = new List<EffectFact>();
        foreach (var split in capitals > 0 && capitals < words.Count ? splits.Prepend(capitals).Distinct() : splits)
        {
            readings.Add(new(EffectVerb.Sets, span)
            {
                Who = EffectText.Join(words, 0, split),
                What = EffectText.Join(words, split, words.Count),
                To = value,
                IsSentence = true,
            });
        }

        return readings[0] with { Others = readings[1..] };
    }

    private static List<UseFact> Entries(YamlNode? value, string role)
    {
        var result = new List<UseFact>();
        if (IsUnquotedLink(value) && Name(value) is { } link)
        {
            return [new(null, link, value!.Span)];
        }

        foreach (var item in value.AsList())
        {
            if (item.Resolve() is YamlMapping mapping)
            {
                var people = Names(mapping.Get("who")).Take(MostNames).Cast<EffectName?>().DefaultIfEmpty(null).ToList();
                result.AddRange(Names(mapping.Get(role)).Take(MostNames).SelectMany(_ => people, (what, who) => new UseFact(who, what, item.Span)).Take(MostNames));
            }
            else if (Name(item) is { } name)
            {
                result.Add(new(null, name, item.Span));
            }
        }

        return result;
    }

    private static IEnumerable<EffectName> Names(YamlNode? value) =>
        IsUnquotedLink(value) ? [Name(value)!] : value.AsList().Select(Name).OfType<EffectName>();

    private static bool IsUnquotedLink(YamlNode? value) =>
        value.Resolve() is YamlSequence { IsFlow: true, Items: [YamlSequence { IsFlow: true, Items: [YamlScalar] }] };

    /// <summary>A value in words: a list is said with commas; null for what is absent or has no plain words.</summary>
    private static EffectName? Value(YamlNode? value) => value.Resolve() switch
    {
        YamlScalar { IsNull: false } => Name(value),
        YamlSequence { Items.Count: > 0 } list when list.AsTexts() is { Count: > 0 } texts => new(string.Join(", ", texts), list.Span),
        _ => null,
    };
}
