using System.Globalization;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Merging;

/// <summary>
/// Finds entries again whose id or key one side changed: what is gone there and what is new there are one where they have a name or a text of several words in common and at least half of the fields
/// that tell one entry from another, and nothing else has as many.
/// </summary>
internal static class RenamedKeys
{
    // What many have alike.
    private static readonly string[] Usual = ["type", "status", "tags", "schema", "kind"];
    private static readonly string[] Called = ["name", "title"];

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

        var shared = Shared(origin, values);
        var usual = shared.ToHashSet(StringComparer.Ordinal);
        var pairs = gone.SelectMany(was => added.Select(now => (Was: was, Now: now, Shared: Shared(origin[was], values[now], usual)))).Where(pair => pair.Shared > 0).ToList();
        var result = keys.ToArray();
        foreach (var (was, now, count) in pairs)
        {
            if (!pairs.Exists(other => other.Shared >= count && (other.Was == was) != (other.Now == now)))
            {
                result[now] = known[was];
            }
        }

        return result;
    }

    /// <summary>Whether two entries have a field in common that tells them from the others of their lists.</summary>
    public static bool HaveInCommon(YamlNode one, IReadOnlyList<YamlNode?> among, YamlNode other, IReadOnlyList<YamlNode?> amongOthers)
    {
        var usual = Shared(among, amongOthers).ToHashSet(StringComparer.Ordinal);
        return Fields(one, usual).Keys.Any(Fields(other, usual).ContainsKey);
    }

    private static List<int> Missing(IReadOnlyList<string> keys, IReadOnlyList<string> others, IReadOnlyList<YamlNode?> values)
    {
        var there = others.ToHashSet(StringComparer.Ordinal);
        return [.. Enumerable.Range(0, keys.Count).Where(i => !there.Contains(keys[i]) && values[i] is YamlMapping)];
    }

    // How many telling fields both have with the same value; 0 where that is less than half of them, or none is a name.
    private static int Shared(YamlNode? one, YamlNode? other, HashSet<string> usual)
    {
        var (fields, others) = (Fields(one, usual), Fields(other, usual));
        var shared = fields.Where(field => others.ContainsKey(field.Key)).ToList();
        return shared.Exists(field => field.Value) && 2 * shared.Count >= Math.Max(fields.Count, others.Count) ? shared.Count : 0;
    }

    // The fields that more than one entry of a list has with the same value.
    private static IEnumerable<string> Shared(params IReadOnlyList<YamlNode?>[] lists) =>
        lists.SelectMany(list => list.SelectMany(node => Fields(node, []).Keys).GroupBy(field => field, StringComparer.Ordinal).Where(group => group.Skip(1).Any()).Select(group => group.Key));

    // With whether it is by what an entry is called or described.
    private static Dictionary<string, bool> Fields(YamlNode? node, HashSet<string> usual)
    {
        var result = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var entry in (node as YamlMapping)?.Entries ?? [])
        {
            var key = entry.Key.AsText() ?? ItemKeys.Content(entry.Key);
            var field = key.ToLowerInvariant() + ":" + ItemKeys.Content(entry.Value);
            if (!Usual.Contains(key, StringComparer.OrdinalIgnoreCase) && !usual.Contains(field) && !IsPlain(entry.Value))
            {
                result[field] = entry.Value is YamlScalar { Value: var value } && (Called.Contains(key, StringComparer.OrdinalIgnoreCase) || value.Trim().Any(char.IsWhiteSpace));
            }
        }

        return result;
    }

    // Nothing, a number, yes or no.
    private static bool IsPlain(YamlNode value) => value is YamlScalar { IsNull: true } ||
        (value is YamlScalar scalar && (double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) || bool.TryParse(scalar.Value, out _)));
}
