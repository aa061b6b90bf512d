using System.Text;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Tests.Merging;

/// <summary>A story file as a tree that can be changed in one place without another being written differently.</summary>
internal sealed class StoryNode
{
    public required string Key { get; init; }

    public string? Value { get; set; }

    public List<string>? Items { get; set; }

    public List<StoryNode>? Fields { get; set; }

    public List<StoryNode>? Containers { get; set; }

    public bool IsFlow { get; init; }

    public string Above { get; set; } = "";

    public string Behind { get; set; } = "";

    public int Step { get; init; } = 2;

    public StoryNode Copy() => new()
    {
        Key = Key, Value = Value, Items = Items is null ? null : [.. Items], Fields = Fields?.ConvertAll(node => node.Copy()), Containers = Containers?.ConvertAll(node => node.Copy()),
        IsFlow = IsFlow, Above = Above, Behind = Behind, Step = Step,
    };

    public static string Write(List<StoryNode> fields)
    {
        var result = new StringBuilder();
        WriteFields(result, fields, "", "");
        return result.ToString();
    }

    private static void WriteFields(StringBuilder result, List<StoryNode> fields, string indent, string first)
    {
        foreach (var (field, i) in fields.Select((field, i) => (field, i)))
        {
            if (field.Above.Length > 0 && (i > 0 || first.Length == 0))
            {
                result.Append(field.Above[0] == '\n' ? "\n" : "").Append(indent).Append(field.Above.TrimStart('\n')).Append('\n');
            }

            result.Append(i == 0 && first.Length > 0 ? first : indent).Append(field.Key).Append(':');
            field.WriteValue(result, indent + new string(' ', field.Step));
        }
    }

    private void WriteValue(StringBuilder result, string inner)
    {
        if (Value is not null)
        {
            result.Append(' ').Append(Value).Append(Behind).Append('\n');
        }
        else if (Items is not null && IsFlow)
        {
            result.Append(" [").AppendJoin(", ", Items).Append(']').Append(Behind).Append('\n');
        }
        else if (Items is not null)
        {
            result.Append(Behind).Append('\n');
            Items.ForEach(item => result.Append(inner).Append("- ").Append(item).Append('\n'));
        }
        else if (Fields is not null)
        {
            result.Append(Behind).Append('\n');
            WriteFields(result, Fields, inner, "");
        }
        else
        {
            result.Append('\n');
            Containers!.ForEach(container => WriteFields(result, [new() { Key = "id", Value = container.Key }, .. container.Fields!], inner + "  ", inner + "- "));
        }
    }

    /// <summary>What a text says, apart from the order of what has none.</summary>
    public static string Meaning(string text)
    {
        var tree = YamlParser.Parse(SourceText.From(text));
        return tree.Errors.Count > 0 || tree.Documents.Count != 1 ? "broken: " + text : Meaning(tree.Documents[0].Root!, "");
    }

    private static string Meaning(YamlNode node, string key) => node switch
    {
        YamlMapping mapping => "{" + string.Join(',', mapping.Entries.Select(entry => ((YamlScalar)entry.Key).Value + ":" + Meaning(entry.Value, ((YamlScalar)entry.Key).Value)).Order(StringComparer.Ordinal)) + "}",
        YamlSequence list when key == "effects" => "[" + string.Join(',', list.Items.Select(item => Meaning(item, ""))) + "]",
        YamlSequence list => "[" + string.Join(',', list.Items.Select(item => Meaning(item, "")).Order(StringComparer.Ordinal)) + "]",
        YamlScalar scalar => scalar.IsNull ? "~" : scalar.Value,
        _ => "?",
    };
}

/// <summary>A change of a tree, and what it touches.</summary>
/// <param name="Target">The place, as a path; two changes are apart where neither path begins with the other.</param>
/// <param name="Apply">Does it.</param>
/// <param name="Words">Words that must be there afterwards.</param>
internal sealed record StoryChange(string Target, Action<List<StoryNode>> Apply, params string[] Words)
{
    public bool IsApartFrom(StoryChange other) => !(Target + "/").StartsWith(other.Target + "/", StringComparison.Ordinal) && !(other.Target + "/").StartsWith(Target + "/", StringComparison.Ordinal);
}

/// <summary>Makes trees and changes.</summary>
internal sealed class StoryTrees(Random random)
{
    private static readonly string[] Scalars = ["pov", "location", "status", "when", "strand", "synopsis", "owner"];
    private static readonly string[] Sets = ["characters", "mentions", "threads", "tags", "aliases"];
    private int _number;

    public List<StoryNode> Tree()
    {
        var result = new List<StoryNode> { new() { Key = "type", Value = "scene", Above = Chance(3) ? "# " + Word() : "" } };
        result.AddRange(Scalars.Where(_ => !Chance(3)).Select(key => Scalar(key)));
        result.AddRange(Sets.Where(_ => !Chance(3)).Select(key => new StoryNode { Key = key, Items = Words(), IsFlow = Chance(2), Above = Above(), Behind = Behind(), Step = Chance(2) ? 2 : 0 }));
        if (Chance(2))
        {
            result.Add(new() { Key = "effects", Items = Words(), Above = Above() });
        }

        if (Chance(2))
        {
            result.Add(new() { Key = "voice", Fields = [.. Enumerable.Range(0, 3).Select(_ => Scalar(Word()))], Above = Above(), Step = random.Next(1, 5) });
        }

        if (Chance(2))
        {
            result.Add(new() { Key = "cast", Containers = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Container())], Above = Above(), Step = Chance(2) ? 2 : 0 });
        }

        return [.. result.Take(1), .. result.Skip(1).OrderBy(_ => random.Next())];
    }

    public List<StoryChange> Changes(List<StoryNode> tree, int count) => [.. Enumerable.Range(0, count).Select(_ => Change(tree))];

    public StoryChange Change(List<StoryNode> tree)
    {
        var word = Word();
        var value = Styled(word);
        if (Chance(6))
        {
            var added = Scalar(word);
            var at = random.Next(1, tree.Count + 1);
            return new("new/" + word, nodes => nodes.Insert(Math.Min(at, nodes.Count), added.Copy()), word);
        }

        var field = tree[random.Next(1, tree.Count)];
        var key = field.Key;
        if (Chance(8))
        {
            return new(key, nodes => nodes.RemoveAll(node => node.Key == key));
        }

        if (Chance(6))
        {
            return new(key + "/#above", nodes => Find(nodes, key).Above = "# " + word, word);
        }

        if (field.Value is not null)
        {
            return new(key + "/value", nodes => Find(nodes, key).Value = value, word);
        }

        if (field.Items is { } items)
        {
            // The order of effects means something, so that only one side may change them.
            return key != "effects" && items.Count > 2 && Chance(3) && items[random.Next(items.Count)] is var gone
                ? new($"{key}/{gone}", nodes => Find(nodes, key).Items!.Remove(gone))
                : new(key == "effects" ? key : $"{key}/{word}", nodes => Find(nodes, key).Items!.Insert(Find(nodes, key).Items!.Count / 2, word), word);
        }

        if (field.Fields is { } fields)
        {
            var inner = fields[random.Next(fields.Count)].Key;
            return new($"{key}/{inner}", nodes => Find(Find(nodes, key).Fields!, inner).Value = value, word);
        }

        if (Chance(3))
        {
            var one = Container();
            return new($"{key}/{one.Key}", nodes => Find(nodes, key).Containers!.Add(one.Copy()), one.Key);
        }

        var container = field.Containers![random.Next(field.Containers.Count)];
        var attribute = container.Fields![random.Next(container.Fields.Count)].Key;
        return new($"{key}/{container.Key}/{attribute}", nodes => Find(Find(Find(nodes, key).Containers!, container.Key).Fields!, attribute).Value = value, word);
    }

    public string Word() => $"w{++_number}{(char)('a' + random.Next(26))}ö";

    private static StoryNode Find(List<StoryNode> nodes, string key) => nodes.Single(node => node.Key == key);

    private StoryNode Container() => new() { Key = Word(), Fields = [.. new[] { "name", "hair", "home" }.Select(key => Scalar(key))] };

    private StoryNode Scalar(string key) => new() { Key = key, Value = Styled(Word()), Above = Above(), Behind = Behind() };

    private List<string> Words() => [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Word())];

    private string Styled(string word) => random.Next(4) switch { 0 => $"\"{word}\"", 1 => $"'{word}'", 2 => $"{word} and more", _ => word };

    private string Above() => random.Next(5) switch { 0 => "# " + Word(), 1 => "\n# " + Word(), _ => "" };

    private string Behind() => Chance(5) ? "  # " + Word() : "";

    private bool Chance(int one) => random.Next(one) == 0;
}
