using StoryLsp.Index;
using StoryLsp.Language.Effects;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.State;

/// <summary>Says which container a name means where a type is wanted; null where it means none, or several.</summary>
/// <param name="text">An id, a name or an alias.</param>
/// <param name="type">The type wanted; null for any.</param>
internal delegate ContainerKey? NameResolver(string text, string? type);

/// <summary>Makes of what a container says of changes of the world what it means in a workspace.</summary>
internal sealed class EffectResolution
{
    // How many words a name has at most that is looked for in a line that nobody understands.
    private const int LongestName = 5;

    private readonly NameResolver _resolve;
    private readonly ContainerKey _source;
    private readonly ContainerKey? _pov;
    private readonly List<WrittenEffect> _effects = [];

    private EffectResolution(ContainerKey source, ContainerKey? pov, NameResolver resolve)
    {
        _source = source;
        _pov = pov;
        _resolve = resolve;
    }

    /// <summary>What a container says; null when it says nothing of the kind.</summary>
    /// <param name="fact">The container.</param>
    /// <param name="key">Its key.</param>
    /// <param name="type">The shipped type that its own type is or extends: <c>scene</c>, <c>character</c>, …; empty where no schema knows its type.</param>
    /// <param name="pov">The point of view; null where there is none.</param>
    /// <param name="resolve">Resolves names.</param>
    public static SourceEffects? Of(ContainerFact fact, ContainerKey key, string type, ContainerKey? pov, NameResolver resolve)
    {
        var reading = new EffectResolution(key, pov, resolve);
        // What a container of an unknown type says may well happen, at some time.
        var happens = type is "scene" or "event" or "";
        if (happens)
        {
            foreach (var effect in EffectReader.Effects(type.Length == 0 ? fact.Field("effects")?.Value : Value(fact, "effects")))
            {
                reading.Add(effect, new(key, MomentKind.Happens));
            }
        }
        else
        {
            reading.AddFacts(fact, type);
        }

        reading.AddProgressions(fact);
        var uses = happens ? reading.Uses(EffectReader.Uses(Value(fact, "uses")), "item") : [];
        var reliesOn = happens ? reading.Uses(EffectReader.ReliesOn(Value(fact, "relies_on")), "fact") : [];
        return reading._effects.Count + uses.Count + reliesOn.Count == 0
            ? null
            : new() { Source = key, Effects = reading._effects, Uses = uses, ReliesOn = reliesOn };
    }

    private static YamlNode? Value(ContainerFact fact, string field) => fact.Field(field) is { Known: true } found ? found.Value : null;

    private void AddFacts(ContainerFact fact, string type)
    {
        var (begins, ends) = type switch
        {
            "character" => ("born", "died"),
            "location" => ("built", "destroyed"),
            "item" => ("", "destroyed"),
            _ => ("", ""),
        };
        if (IsGiven(Value(fact, begins)))
        {
            _effects.Add(new(new(_source, MomentKind.Begins), new Begins(_source), Value(fact, begins)!.Span));
        }

        if (IsGiven(Value(fact, ends)))
        {
            _effects.Add(new(new(_source, MomentKind.Ends), type == "character" ? new Dies(_source) : new Destroys(_source), Value(fact, ends)!.Span));
        }

        var start = new Moment(_source, MomentKind.Start);
        if (type == "item" && EffectReader.Name(Value(fact, "owner")) is { } owner)
        {
            _effects.Add(new(start, new Takes(Resolve(owner, "character"), _source), owner.Span));
        }

        if (type == "fact" && Value(fact, "known_by") is { } knownBy)
        {
            foreach (var use in EffectReader.Uses(knownBy))
            {
                _effects.Add(new(start, new Learns(Resolve(use.What, "character"), _source), use.What.Span));
            }
        }
    }

    private static bool IsGiven(YamlNode? value) => value.AsText() is { } text && text.Trim().Length > 0;

    private void AddProgressions(ContainerFact fact)
    {
        foreach (var progression in EffectReader.Progressions(Value(fact, "progressions")))
        {
            if (Resolve(progression.From, "scene") is { } scene)
            {
                _effects.Add(new(new(scene, MomentKind.Happens), new Sets(_source, progression.Field.Text, progression.To.Text), progression.Span));
            }
        }
    }

    private List<WrittenUse> Uses(IReadOnlyList<UseFact> uses, string type)
    {
        var result = new List<WrittenUse>();
        foreach (var use in uses)
        {
            if (Who(use.Who, "character") is { } who && Resolve(use.What, type) is { } what)
            {
                result.Add(new(who, what, use.What.Span, use.Who?.Span));
            }
        }

        return result;
    }

    private void Add(EffectFact written, Moment at)
    {
        var effect = Choose(written);
        if (Meaning(effect) is { } meaning)
        {
            _effects.Add(new(at, meaning, written.Span, (effect.What ?? effect.Who)?.Span ?? written.Span));
        }
        else if (effect.Verb == EffectVerb.Unread)
        {
            foreach (var entity in Mentioned(effect.What?.Text ?? ""))
            {
                _effects.Add(new(at, new Unclear(entity), written.Span));
            }
        }
    }

    /// <summary>The first reading of a line in which every name means something; else the likeliest.</summary>
    private EffectFact Choose(EffectFact effect) =>
        effect.Others.Count == 0 || IsWhole(effect) ? effect : effect.Others.FirstOrDefault(IsWhole) ?? effect;

    private bool IsWhole(EffectFact effect) =>
        (effect.Who is null || Resolve(effect.Who, effect.WhoTarget) is not null) &&
        (effect.WhatTargets.Count == 0 || What(effect) is not null) &&
        (effect.Verb != EffectVerb.Gives || (effect.To is not null && Resolve(effect.To, "character") is not null));

    private Effect? Meaning(EffectFact effect)
    {
        var who = Who(effect.Who, effect.WhoTarget);
        var what = What(effect);
        return effect.Verb switch
        {
            EffectVerb.Dies when who is { } dead => new Dies(dead),
            EffectVerb.Revives => new Revives(who ?? Effect.Anyone),
            EffectVerb.Learns => new Learns(who, what ?? Effect.Anyone),
            EffectVerb.Takes => new Takes(who, what ?? Effect.Anyone),
            EffectVerb.Gives => new Gives(who, what ?? Effect.Anyone, effect.To is null ? null : Resolve(effect.To, "character")),
            EffectVerb.Loses when what is { } item => new Loses(who, item),
            EffectVerb.Destroys when what is { } gone => new Destroys(gone),
            EffectVerb.Sets when who is { } changed && effect is { What: { } field, To: { } to } => new Sets(changed, field.Text, to.Text),
            EffectVerb.Injures when who is { } hurt && effect.What is { } injury => new Injures(hurt, injury.Text, Prevents(effect.Prevents)),
            EffectVerb.Heals => new Heals(who ?? Effect.Anyone, effect.What?.Text),
            _ => null,
        };
    }

    private Prevented Prevents(IReadOnlyList<EffectName> names)
    {
        var fields = new List<string>();
        var items = new List<ContainerKey>();
        foreach (var name in names)
        {
            if (Resolve(name, "item") is { } item)
            {
                items.Add(item);
            }
            else
            {
                fields.Add(name.Text);
            }
        }

        return new(fields, items);
    }

    private ContainerKey? What(EffectFact effect)
    {
        foreach (var type in effect.What is null ? [] : effect.WhatTargets)
        {
            if (Resolve(effect.What!, type) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private ContainerKey? Who(EffectName? who, string? type) => who is null ? _pov : Resolve(who, type);

    private ContainerKey? Resolve(EffectName name, string? type) =>
        _resolve(name.Text, type) ?? (name.Text.StartsWith("the ", StringComparison.OrdinalIgnoreCase) ? _resolve(name.Text[4..], type) : null);

    /// <summary>All that a line may be about which nobody understands.</summary>
    private HashSet<ContainerKey> Mentioned(string line)
    {
        var result = new HashSet<ContainerKey>();
        var words = line.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('.', ',', ';', '!', '?', '(', ')', '[', ']', '"')).ToList();
        for (var start = 0; start < words.Count; start++)
        {
            for (var count = Math.Min(LongestName, words.Count - start); count > 0; count--)
            {
                var name = string.Join(' ', words.Skip(start).Take(count));
                foreach (var type in (string?[])["character", "item", "fact", "location"])
                {
                    if (name.Length > 0 && _resolve(name, type) is { } found)
                    {
                        result.Add(found);
                    }
                }
            }
        }

        return result;
    }
}
