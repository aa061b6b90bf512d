namespace StoryLsp.Language.Yaml;

/// <summary>Plain questions to a YAML tree, for readers of settings and schemas.</summary>
public static class YamlNodeReading
{
    /// <summary>The value of the first key of that name, whatever its case; null when absent or when the node is no mapping.</summary>
    public static YamlNode? Get(this YamlNode? node, string key) => node.Entry(key)?.Value;

    /// <summary>The entry of the first key of that name, whatever its case; null when absent or when the node is no mapping.</summary>
    public static YamlEntry? Entry(this YamlNode? node, string key)
    {
        if (node.Resolve() is not YamlMapping mapping)
        {
            return null;
        }

        foreach (var entry in mapping.Entries)
        {
            if (entry.Key is YamlScalar scalar && scalar.Value.Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>The text of a scalar that is not null; null for anything else.</summary>
    public static string? AsText(this YamlNode? node) => node.Resolve() is YamlScalar { IsNull: false } scalar ? scalar.Value : null;

    /// <summary>The items of a list; a scalar or a mapping is a list of one; nothing for null.</summary>
    public static IReadOnlyList<YamlNode> AsList(this YamlNode? node) => node.Resolve() switch
    {
        YamlSequence sequence => sequence.Items,
        YamlScalar { IsNull: false } scalar => [scalar],
        YamlMapping mapping => [mapping],
        _ => [],
    };

    /// <summary>The texts of a list of scalars; other items are left out.</summary>
    public static IReadOnlyList<string> AsTexts(this YamlNode? node)
    {
        var result = new List<string>();
        foreach (var item in node.AsList())
        {
            if (item.AsText() is { } text)
            {
                result.Add(text);
            }
        }

        return result;
    }

    /// <summary>The value of <c>true</c>, <c>yes</c>, <c>on</c> and their opposites; null for anything else.</summary>
    public static bool? AsBoolean(this YamlNode? node) => node.AsText()?.ToLowerInvariant() switch
    {
        "true" or "yes" or "on" => true,
        "false" or "no" or "off" => false,
        _ => null,
    };

    /// <summary>The node that an alias stands for, or the node itself.</summary>
    public static YamlNode? Resolve(this YamlNode? node) => node is YamlAlias alias ? alias.Resolved : node;
}
