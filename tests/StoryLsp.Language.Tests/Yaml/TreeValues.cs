using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Tests.Yaml;

/// <summary>Writes the values of a node in one short line, whatever their style.</summary>
internal static class TreeValues
{
    public static string Of(YamlNode? node) => node switch
    {
        YamlScalar scalar => scalar.Value,
        YamlSequence sequence => "[" + string.Join(", ", sequence.Items.Select(Of)) + "]",
        YamlMapping mapping => "{" + string.Join(", ", mapping.Entries.Select(entry => Of(entry.Key) + "=" + Of(entry.Value))) + "}",
        YamlAlias alias => "*" + alias.Name,
        _ => string.Empty,
    };
}
