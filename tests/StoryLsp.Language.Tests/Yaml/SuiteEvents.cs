using System.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Tests.Yaml;

/// <summary>Writes a tree as the events of the YAML test suite.</summary>
internal static class SuiteEvents
{
    public static string Dump(YamlTree tree)
    {
        var lines = new List<string> { "+STR" };
        foreach (YamlDocument document in tree.Documents)
        {
            lines.Add("+DOC");
            if (document.Root is not null)
            {
                Dump(document.Root, lines);
            }

            lines.Add("-DOC");
        }

        lines.Add("-STR");
        return string.Join('\n', lines);
    }

    private static void Dump(YamlNode node, List<string> lines)
    {
        string properties = (node.Anchor is null ? string.Empty : " &" + node.Anchor) + (node.Tag is null ? string.Empty : $" <{node.Tag}>");
        switch (node)
        {
            case YamlAlias alias:
                lines.Add("=ALI *" + alias.Name);
                break;
            case YamlScalar scalar:
                lines.Add($"=VAL{properties} {Style(scalar.Style)}{Escape(scalar.Value)}");
                break;
            case YamlSequence sequence:
                lines.Add("+SEQ" + (sequence.IsFlow ? " []" : string.Empty) + properties);
                foreach (YamlNode item in sequence.Items)
                {
                    Dump(item, lines);
                }

                lines.Add("-SEQ");
                break;
            case YamlMapping mapping:
                lines.Add("+MAP" + (mapping.IsFlow ? " {}" : string.Empty) + properties);
                foreach (YamlEntry entry in mapping.Entries)
                {
                    Dump(entry.Key, lines);
                    Dump(entry.Value, lines);
                }

                lines.Add("-MAP");
                break;
        }
    }

    private static char Style(YamlScalarStyle style) => style switch
    {
        YamlScalarStyle.SingleQuoted => '\'',
        YamlScalarStyle.DoubleQuoted => '"',
        YamlScalarStyle.Literal => '|',
        YamlScalarStyle.Folded => '>',
        _ => ':',
    };

    private static string Escape(string value)
    {
        var result = new StringBuilder(value.Length);
        foreach (char c in value)
        {
            result.Append(c switch
            {
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                '\r' => "\\r",
                '\b' => "\\b",
                '\0' => "\\0",
                _ => c.ToString(),
            });
        }

        return result.ToString();
    }
}
