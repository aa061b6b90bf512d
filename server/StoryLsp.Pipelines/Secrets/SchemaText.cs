using System.Text;
using StoryLsp.Language.Schemas;

namespace StoryLsp.Pipelines.Secrets;

/// <summary>The fields of a type as a model reads them. A secret field is not told of: nobody is to ask for it.</summary>
internal static class SchemaText
{
    private const int DeepestNesting = 6;

    /// <summary>The fields, one a line.</summary>
    public static string Of(Schema schema)
    {
        var result = new StringBuilder();
        result.Append("type: ").Append(schema.Name).Append(schema.Description is { } description ? $" ({description})" : "").Append('\n');
        Add(result, schema.Fields, 0);
        return result.ToString();
    }

    private static void Add(StringBuilder result, IReadOnlyList<FieldSchema> fields, int depth)
    {
        foreach (var field in fields.Where(field => !field.Secret && field.Of is not { Secret: true } && field.Deprecated is null))
        {
            result.Append(' ', depth * 2).Append(field.Name).Append(": ").Append(Kind(field));
            result.Append(field.Required ? ", required" : "").Append(field.Description is { } description ? $" - {description}" : "").Append('\n');
            if (depth < DeepestNesting)
            {
                Add(result, field.Of?.Fields is { Count: > 0 } inner ? inner : field.Fields, depth + 1);
            }
        }
    }

    private static string Kind(FieldSchema field) => field.Type switch
    {
        FieldType.List => field.Of is { } of ? "list of " + Kind(of) : "list",
        FieldType.Enum => "one of " + string.Join(", ", field.Options),
        FieldType.Reference or FieldType.Container => field.Target is { } target ? $"{field.Type.ToString().ToLowerInvariant()} to {target}" : "reference",
        _ => field.Type.ToString().ToLowerInvariant(),
    };
}
