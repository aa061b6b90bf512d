using StoryLsp.Language.Text;

namespace StoryLsp.Language.Effects;

/// <summary>Reads the plain form of an effect: <c>Ada Vane gives the revolver to Lena</c>.</summary>
internal static class EffectSentence
{
    private const int MostReadings = 12;

    private static readonly Dictionary<string, EffectVerb> Verbs = new(StringComparer.OrdinalIgnoreCase)
    {
        ["dies"] = EffectVerb.Dies, ["died"] = EffectVerb.Dies, ["die"] = EffectVerb.Dies,
        ["revives"] = EffectVerb.Revives, ["revived"] = EffectVerb.Revives, ["revive"] = EffectVerb.Revives,
        ["learns"] = EffectVerb.Learns, ["learned"] = EffectVerb.Learns, ["learnt"] = EffectVerb.Learns, ["learn"] = EffectVerb.Learns,
        ["takes"] = EffectVerb.Takes, ["took"] = EffectVerb.Takes, ["take"] = EffectVerb.Takes,
        ["gives"] = EffectVerb.Gives, ["gave"] = EffectVerb.Gives, ["give"] = EffectVerb.Gives,
        ["loses"] = EffectVerb.Loses, ["lost"] = EffectVerb.Loses, ["lose"] = EffectVerb.Loses,
        ["destroys"] = EffectVerb.Destroys, ["destroyed"] = EffectVerb.Destroys, ["destroy"] = EffectVerb.Destroys,
        ["sets"] = EffectVerb.Sets, ["set"] = EffectVerb.Sets,
        ["injures"] = EffectVerb.Injures, ["injured"] = EffectVerb.Injures, ["injure"] = EffectVerb.Injures,
        ["heals"] = EffectVerb.Heals, ["healed"] = EffectVerb.Heals, ["heal"] = EffectVerb.Heals,
    };

    // What may follow a death without making it another event: in the fire, of a fever, at dawn.
    private static readonly string[] Circumstances = ["in", "of", "at", "on", "from", "by", "during", "under"];
    private static readonly string[] Auxiliaries = ["is", "was", "are", "were", "gets", "got", "has", "have", "had", "been", "be"];

    /// <summary>The verb that a word is, in any of its forms; else unread.</summary>
    public static EffectVerb VerbOf(string word) => Verbs.GetValueOrDefault(word);

    /// <summary>The likeliest reading of a line, with the others; unread where it has none.</summary>
    public static EffectFact Read(EffectText text, TextSpan span)
    {
        var words = text.Words(0, text.Value.Length);
        var readings = new List<EffectFact>();
        // Tom Took takes the lamp: a verb with a capital is rather a part of a name.
        foreach (var isPlain in (bool[])[true, false])
        {
            for (var at = 0; at < words.Count && readings.Count < MostReadings; at++)
            {
                if (!words[at].IsLink && VerbOf(words[at].Text) is not EffectVerb.Unread and var verb && char.IsLower(words[at].Text[0]) == isPlain)
                {
                    readings.AddRange(Readings(verb, words, at, span));
                }
            }
        }

        return readings.Count == 0
            ? new(EffectVerb.Unread, span) { What = text.Name(), IsSentence = true }
            : readings[0] with { Others = readings[1..] };
    }

    private static IEnumerable<EffectFact> Readings(EffectVerb verb, List<EffectName> words, int at, TextSpan span)
    {
        var subject = WithoutAuxiliaries(words, at);
        var rest = EffectText.Join(words, at + 1, words.Count);
        var effect = new EffectFact(verb, span) { Who = subject, What = rest, IsSentence = true };
        switch (verb)
        {
            case EffectVerb.Dies or EffectVerb.Revives when subject is not null && (rest is null || IsOneOf(Circumstances, words[at + 1])):
                return [effect with { What = null }];
            case EffectVerb.Destroys when rest is null && subject is not null:
                return [effect with { Who = null, What = subject }];
            case EffectVerb.Destroys when rest is not null:
                return [effect];
            case EffectVerb.Learns when rest is not null:
                return Learning(effect, words, at);
            case EffectVerb.Takes when rest is not null:
                return [.. Splits(words, at, "from").Select(split => effect with { What = EffectText.Join(words, at + 1, split) }), effect];
            case EffectVerb.Gives:
                return Giving(effect, words, at);
            case EffectVerb.Loses when rest is not null:
                return [effect];
            case EffectVerb.Heals when subject is not null:
                return [effect];
            default:
                return [];
        }
    }

    private static IEnumerable<EffectFact> Learning(EffectFact effect, List<EffectName> words, int at)
    {
        if (at + 2 < words.Count && IsOneOf(["about", "of"], words[at + 1]))
        {
            yield return effect with { What = EffectText.Join(words, at + 2, words.Count) };
        }

        yield return effect;
    }

    private static IEnumerable<EffectFact> Giving(EffectFact effect, List<EffectName> words, int at)
    {
        var isPlain = false;
        foreach (var split in Splits(words, at, "to"))
        {
            isPlain = true;
            yield return effect with { What = EffectText.Join(words, at + 1, split), To = EffectText.Join(words, split + 1, words.Count) };
        }

        // Ada gives Lena the revolver.
        for (var split = at + 2; split < words.Count && !isPlain; split++)
        {
            yield return effect with { What = EffectText.Join(words, split, words.Count), To = EffectText.Join(words, at + 1, split) };
        }
    }

    private static IEnumerable<int> Splits(List<EffectName> words, int at, string word)
    {
        for (var split = words.Count - 2; split > at + 1; split--)
        {
            if (IsOneOf([word], words[split]))
            {
                yield return split;
            }
        }
    }

    private static EffectName? WithoutAuxiliaries(List<EffectName> words, int end)
    {
        while (end > 1 && IsOneOf(Auxiliaries, words[end - 1]))
        {
            end--;
        }

        return EffectText.Join(words, 0, end);
    }

    private static bool IsOneOf(string[] list, EffectName word) => !word.IsLink && list.Contains(word.Text, StringComparer.OrdinalIgnoreCase);
}
