using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Merging;

/// <summary>
/// Finds entries again whose id or key one side changed: what is gone there and what is new there are one where they have at least half of their fields in common, and nothing else has as many.
/// </summary>
internal static class RenamedKeys
{
    /// <summary>The keys of one side, with those of what both come from in the place of new ones.</summary>
    /// <param name="known">The keys of what both come from.</param>
    /// <param name="origin">The values of what both come from.</param>
    /// <param name="keys">The keys of the side.</param>
    /// <param name="values">The values of the side.</param>
    public static IReadOnlyList<string> As(IReadOnlyList<string> known, IReadOnlyList<YamlNode?> origin, IReadOnlyList<string> keys, IReadOnlyList<YamlNode?> values)
    {
        var gone = Missing(known, keys, origin);
        var added = Missing(keys, known, values);
        if (gone.Count == 0 || added.Count == 0)
        {
            return keys;
        }

        var pairs = gone.SelectMany(was => added.Select(now => (Was: was, Now: now, Shared: Shared(origin[was], values[now])))).Where(pair => pair.Shared > 0).ToList();
        var result = keys.ToArray();
        foreach (var (was, now, shared) in pairs)
        {
            if (!pairs.Exists(other => other.Shared >= shared && (other.Was == was) != (other.Now == now)))
            {
                result[now] = known[was];
            }
        }

        return result;
    }

    private static List<int> Missing(IReadOnlyList<string> keys, IReadOnlyList<string> others, IReadOnlyList<YamlNode?> values)
    {
        var there = others.ToHashSet(StringComparer.Ordinal);
        return [.. Enumerable.Range(0, keys.Count).Where(i => !there.Contains(keys[i]) && values[i] is YamlMapping)];
    }

    // How many fields both have with the same value; 0 where that is less than half of them.
    private static int Shared(YamlNode? one, YamlNode? other)
    {
        var (fields, others) = (Fields(one), Fields(other));
        var shared = fields.Count(others.Contains);
        return 2 * shared >= Math.Max(fields.Count, others.Count) ? shared : 0;
    }

    private static HashSet<string> Fields(YamlNode? node) =>
        [.. ((node as YamlMapping)?.Entries ?? []).Select(entry => ItemKeys.Content(entry.Key).ToLowerInvariant() + ":" + ItemKeys.Content(entry.Value))];
}
