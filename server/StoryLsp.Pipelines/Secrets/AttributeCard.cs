using System.Text;
using StoryLsp.Continuity.Secrets;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Pipelines.Secrets;

/// <summary>The attributes of one container as lines of <c>key: value</c>, without what is secret or unknown to the schema.</summary>
/// <param name="secrets">The secret parts of its document.</param>
/// <param name="isKept">Whether a value says what is not to be known here.</param>
internal sealed class AttributeCard(SecretParts secrets, Func<YamlScalar, bool> isKept)
{
    private const int DeepestNesting = 8;

    private readonly StringBuilder _lines = new();

    /// <summary>How many values are still looked at: aliases of aliases unfold without end.</summary>
    private int _left = 5000;

    /// <summary>How many values were left out because they say what is not to be known here.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Adds a line.</summary>
    public void Add(string name, string value) => _lines.Append(name).Append(": ").Append(value.ReplaceLineEndings(" ").Trim()).Append('\n');

    /// <summary>Adds the lines of a public field.</summary>
    public void Add(FieldSchema field, YamlNode value) => Add(field, value, field.Name, 0);

    /// <inheritdoc/>
    public override string ToString() => _lines.ToString();

    private void Add(FieldSchema field, YamlNode node, string name, int depth)
    {
        if (field.Secret || depth > DeepestNesting || _left-- <= 0 || node.Resolve() is not { } value || secrets.Covers(value.Span))
        {
            return;
        }

        switch (value)
        {
            case YamlScalar { IsNull: false } kept when isKept(kept):
                LeftOut++;
                break;
            case YamlScalar { IsNull: false } scalar when field.Type is not (FieldType.Object or FieldType.Container or FieldType.List):
                Add(name, scalar.Value);
                break;
            case YamlScalar { IsNull: false } scalar when field is { Type: FieldType.List, Of: { } of }:
                Add(of, scalar, name, depth + 1);
                break;
            case YamlSequence list when field is { Type: FieldType.List, Of: { } of }:
                AddItems(of, list, name, depth);
                break;
            case YamlSequence list when field.Type == FieldType.Any:
                AddItems(field, list, name, depth);
                break;
            case YamlMapping map when field.Type == FieldType.Object:
                AddObject(field, map, name, depth);
                break;
        }
    }

    private void AddItems(FieldSchema of, YamlSequence list, string name, int depth)
    {
        foreach (var item in list.Items)
        {
            Add(of, item, name, depth + 1);
        }
    }

    private void AddObject(FieldSchema field, YamlMapping map, string name, int depth)
    {
        foreach (var entry in map.Entries)
        {
            var meanings = SecretParts.Meanings(field.Fields, entry.Key.AsText()).ToList();
            if (meanings.Count > 0 && !meanings.Any(inner => inner.Secret))
            {
                Add(meanings[0], entry.Value, name + "." + meanings[0].Name, depth + 1);
            }
        }
    }
}
