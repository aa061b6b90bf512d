using System.Globalization;
using System.Text;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Merging;

/// <summary>By what the entries of lists and mappings are known again in another text.</summary>
internal static class ItemKeys
{
    // What names a container; of an item that is none the first of the others that all items have, each another one.
    private static readonly string[] Ids = ["id", "canon_id", "secret_id", "name", "title"];
    private static readonly string[] Names = ["number", "to", "who", "with", "target", "from", "field", "fact", "item", "scene", "what", "files", "key"];

    // A world is changed by these in the order written.
    private static readonly string[] Ordered = ["effects", "progressions", "manuscript", "scenes", "beats"];

    // What they list is used or known, whatever the order.
    private static readonly string[] Unordered = ["uses", "relies_on", "include", "exclude", "ignore"];

    /// <summary>Whether the order of a list's items means something.</summary>
    /// <param name="name">The key of the list; null where it has none.</param>
    /// <param name="field">What the schemas say of it; null where they say nothing.</param>
    /// <param name="keys">By what its items are known.</param>
    public static bool IsOrdered(string? name, FieldSchema? field, IEnumerable<string> keys) =>
        Ordered.Contains(name, StringComparer.OrdinalIgnoreCase) ||
        (!Unordered.Contains(name, StringComparer.OrdinalIgnoreCase) && !(field is { Unique: true }) &&
            field?.Of?.Type is null or FieldType.Any or FieldType.Text or FieldType.List &&
            keys.Any(key => !IsName(key)));

    /// <summary>The keys of the entries of several lists or mappings, which are to be compared; null stands for what is not there.</summary>
    /// <param name="idKeys">More keys that hold ids.</param>
    /// <param name="nodes">The lists or mappings.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Of(IReadOnlyList<string> idKeys, params YamlNode?[] nodes)
    {
        if (nodes.All(node => node is null or YamlMapping))
        {
            var mappings = nodes.Select(node => ((YamlMapping?)node)?.Entries ?? []).ToList();
            return Renamed([.. mappings.Select(entries => entries.Select(entry => entry.Key is YamlScalar key ? key.Value.ToLowerInvariant() : Content(entry.Key)).ToArray())],
                [.. mappings.Select(entries => entries.Select(entry => (YamlNode?)entry.Value).ToArray())]);
        }

        var lists = nodes.Select(node => (node as YamlSequence)?.Items ?? []).ToList();
        var candidates = Names.Select(name => new[] { name }).Prepend([.. Ids[..3], .. idKeys, .. Ids[3..]]);
        return candidates.FirstOrDefault(names => lists.All(items => AreNamed(items, names)) && (names is not ["number"] || AreNumberedAlike(lists))) is { } found
            ? Renamed([.. lists.Select(items => items.Select(item => NameOf(item, found) ?? Content(item)).ToArray())], [.. lists.Select(items => items.ToArray<YamlNode?>())])
            : [.. lists.Select(Numbered)];
    }

    // The first of the lists is what the others come from, the next two are its changes; a name that one of these gave is known in the rest.
    private static List<IReadOnlyList<string>> Renamed(IReadOnlyList<string[]> keys, IReadOnlyList<YamlNode?[]> values)
    {
        var result = new List<IReadOnlyList<string>> { keys[0] };
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i < keys.Count; i++)
        {
            var names = i < 3 ? keys[i] : [.. keys[i].Select(key => given.GetValueOrDefault(key, key))];
            var known = RenamedKeys.As(keys[0], values[0], names, values[i]);
            foreach (var (name, was) in keys[i].Zip(known).Where(pair => pair.First != pair.Second))
            {
                given[name] = was;
            }

            result.Add(known);
        }

        return result;
    }

    /// <summary>What a node says, apart from how it is written.</summary>
    public static string Content(YamlNode? node)
    {
        var result = new StringBuilder();
        Write(result, node, 0);
        return result.ToString();
    }

    /// <summary>Whether a key is that of a word in a list, which is known by itself.</summary>
    public static bool IsWord(string key) => key.StartsWith('=');

    private static bool IsName(string key) => key.StartsWith('\u0001');

    private static bool AreNamed(IReadOnlyList<YamlNode> items, string[] keys)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        return items.All(item => item is YamlMapping ? NameOf(item, keys) is { } name && names.Add(name) : item is YamlScalar && names.Add(Content(item)));
    }

    private static string? NameOf(YamlNode item, string[] keys) => item is not YamlMapping ? null
        : keys.Select(key => item.Get(key) is YamlScalar { IsNull: false } written ? $"\u0001{key} {written.Value}" : null).FirstOrDefault(name => name is not null);

    // Numbers are given anew where something comes between: they tell only where what has one is still the same.
    private static bool AreNumberedAlike(List<IReadOnlyList<YamlNode>> lists) => lists.Take(3).Skip(1).All(items => items.All(item =>
        lists[0].FirstOrDefault(was => NameOf(was, ["number"]) == NameOf(item, ["number"])) is not { } was || Content(was) == Content(item) || RenamedKeys.HaveInCommon(was, lists[0], item, items)));

    // The same words twice are two items.
    private static string[] Numbered(IReadOnlyList<YamlNode> items)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. items.Select(Content).Select(content =>
        {
            var count = seen[content] = seen.GetValueOrDefault(content) + 1;
            return count == 1 ? content : content + "\u0002" + count.ToString(CultureInfo.InvariantCulture);
        })];
    }

    private static void Write(StringBuilder result, YamlNode? node, int depth)
    {
        if (node is null || depth > 100)
        {
            result.Append('\u0003');
            return;
        }

        result.Append(node.Tag).Append(node.Anchor is null ? "" : "&" + node.Anchor);
        switch (node)
        {
            case YamlScalar scalar:
                // A quoted "null" is a word.
                result.Append(scalar.IsNull ? "\u0004" : "=" + scalar.Value);
                break;
            case YamlAlias alias:
                result.Append('*').Append(alias.Name);
                break;
            case YamlSequence list:
                foreach (var item in list.Items)
                {
                    Write(result.Append('\u0005'), item, depth + 1);
                }

                result.Append('\u0006');
                break;
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    Write(result.Append('\u0007'), entry.Key, depth + 1);
                    Write(result.Append(':'), entry.Value, depth + 1);
                }

                result.Append('\b');
                break;
        }
    }
}
