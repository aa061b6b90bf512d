using System.Text;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Tests.Yaml;

/// <summary>A case of the official YAML test suite.</summary>
internal sealed record SuiteCase(string Name, string Yaml, string Tree, bool Fails)
{
    /// <summary>Reads the cases of one file; what a later case leaves out is as in the one before.</summary>
    public static IEnumerable<SuiteCase> Read(string path)
    {
        YamlTree file = YamlParser.Parse(SourceText.From(File.ReadAllText(path)));
        if (file.Errors.Count > 0)
        {
            throw new InvalidDataException($"{path}: {file.Errors[0].Message}");
        }

        string id = Path.GetFileNameWithoutExtension(path);
        var list = (YamlSequence)file.Documents[0].Root!;
        string yaml = string.Empty;
        string tree = string.Empty;
        bool skip = false;
        for (int i = 0; i < list.Items.Count; i++)
        {
            var item = (YamlMapping)list.Items[i];
            yaml = Text(item, "yaml") ?? yaml;
            tree = Text(item, "tree") ?? tree;
            skip |= Text(item, "skip") == "true";
            if (!skip)
            {
                string name = list.Items.Count == 1 ? id : $"{id}-{i:00}";
                yield return new SuiteCase(name, Unmark(yaml), Unmark(tree), Text(item, "fail") == "true");
            }
        }
    }

    /// <summary>The expected events, without the marks of explicit documents, which a tree does not keep.</summary>
    public string ExpectedEvents()
    {
        var lines = Tree.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.TrimStart(' '))
            .Select(line => line is "+DOC ---" ? "+DOC" : line is "-DOC ..." ? "-DOC" : line);
        return string.Join('\n', lines);
    }

    private static string? Text(YamlMapping mapping, string key) => (mapping.Find(key)?.Value as YamlScalar)?.Value;

    private static string Unmark(string text)
    {
        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '—')
            {
                int end = i;
                while (end < text.Length && text[end] == '—')
                {
                    end++;
                }

                if (end < text.Length && text[end] == '»')
                {
                    result.Append('\t');
                    i = end;
                    continue;
                }
            }

            switch (c)
            {
                case '␣': result.Append(' '); break;
                case '»': result.Append('\t'); break;
                case '←': result.Append('\r'); break;
                case '⇔': result.Append('\uFEFF'); break;
                case '↵': break;
                case '∎': return result.ToString();
                default: result.Append(c); break;
            }
        }

        return result.ToString();
    }
}
