using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Merging;

/// <summary>
/// Looks whether a merged text says what both sides say: read again, each field is as the one side has it that changed it, each conflict shows both, and no word of either side is lost.
/// </summary>
internal static class MergeProof
{
    /// <summary>Whether a merged document says what both sides say.</summary>
    /// <param name="idKeys">More keys that hold ids.</param>
    /// <param name="ours">Ours.</param>
    /// <param name="origin">What both come from; null where it was not there.</param>
    /// <param name="theirs">Theirs.</param>
    /// <param name="mine">The merged text with conflicts as ours has them.</param>
    /// <param name="yours">The merged text with conflicts as theirs has them.</param>
    public static bool SaysBoth(IReadOnlyList<string> idKeys, YamlNode ours, YamlNode? origin, YamlNode theirs, string mine, string yours)
    {
        var (asOurs, asTheirs) = (YamlParser.Parse(SourceText.From(mine)), YamlParser.Parse(SourceText.From(yours)));
        return asOurs.Errors.Count + asTheirs.Errors.Count == 0 && asOurs.Documents.Count == 1 && asTheirs.Documents.Count == 1 &&
            IsSaid(idKeys, origin, ours, theirs, asOurs.Documents[0].Root, asTheirs.Documents[0].Root);
    }

    /// <summary>The comments in lines of YAML; what only looks like one inside of a text is taken for one.</summary>
    public static IEnumerable<string> Comments(string lines)
    {
        foreach (var line in lines.Split('\n'))
        {
            var at = line.StartsWith('#') ? 0 : line.IndexOf(" #", StringComparison.Ordinal);
            if (at >= 0)
            {
                yield return line[at..].Trim();
            }
        }
    }

    private static bool IsSaid(IReadOnlyList<string> idKeys, YamlNode? b, YamlNode? o, YamlNode? t, YamlNode? mine, YamlNode? yours)
    {
        var (origin, ours, theirs) = (ItemKeys.Content(b), ItemKeys.Content(o), ItemKeys.Content(t));
        var (one, other) = (ItemKeys.Content(mine), ItemKeys.Content(yours));
        if ((one == ours && other == theirs) || (theirs == origin && one == ours && other == ours) || (ours == origin && one == theirs && other == theirs))
        {
            return true;
        }

        var nodes = new[] { b, o, t, mine, yours }.Where(node => node is not null && !IsNull(node)).ToList();
        if (nodes.All(node => node is YamlMapping) || nodes.All(node => node is YamlSequence))
        {
            return AreSaid(idKeys, b, o, t, mine, yours);
        }

        // A long text whose lines were merged; that no word is lost was seen already.
        return b is YamlScalar { Style: YamlScalarStyle.Literal } && o is YamlScalar { Style: YamlScalarStyle.Literal } && t is YamlScalar { Style: YamlScalarStyle.Literal } && one == other &&
            mine is YamlScalar { Style: YamlScalarStyle.Literal };
    }

    private static bool AreSaid(IReadOnlyList<string> idKeys, params YamlNode?[] nodes)
    {
        var keys = ItemKeys.Of(idKeys, nodes);
        var values = nodes.Select((node, i) => Values(node, keys[i])).ToList();
        return values.All(map => map is not null) && keys.SelectMany(list => list).Distinct(StringComparer.Ordinal).All(key =>
            IsSaid(idKeys, At(0, key), At(1, key), At(2, key), At(3, key), At(4, key)));

        YamlNode? At(int index, string key) => values[index]!.GetValueOrDefault(key);
    }

    private static Dictionary<string, YamlNode>? Values(YamlNode? node, IReadOnlyList<string> keys)
    {
        var result = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        var values = node switch
        {
            YamlMapping mapping => mapping.Entries.Select(entry => entry.Value),
            YamlSequence list => list.Items,
            _ => [],
        };
        return values.Zip(keys).All(pair => result.TryAdd(pair.Second, pair.First)) ? result : null;
    }

    private static bool IsNull(YamlNode node) => node is YamlScalar { IsNull: true };

    /// <summary>Whether each word stands in a merged text as often as in a side that added it, less where the other side took some away.</summary>
    public static bool KeepsWords(string ours, string origin, string theirs, string marked)
    {
        var (o, b, t, all) = (Words(ours), Words(origin), Words(theirs), Words(marked));
        return o.Keys.Concat(t.Keys).Distinct(StringComparer.Ordinal).All(word =>
        {
            var (mine, was, yours) = (o.GetValueOrDefault(word), b.GetValueOrDefault(word), t.GetValueOrDefault(word));
            return all.GetValueOrDefault(word) >= Math.Min(mine + yours - was, Math.Max(mine, yours));
        });
    }

    private static Dictionary<string, int> Words(string text)
    {
        var result = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            while (i < text.Length && (char.IsLetterOrDigit(text[i]) || char.IsSurrogate(text[i])))
            {
                i++;
            }

            if (i > start)
            {
                var word = text[start..i];
                result[word] = result.GetValueOrDefault(word) + 1;
            }
            else
            {
                i++;
            }
        }

        return result;
    }
}
