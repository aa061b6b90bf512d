using System.Text;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Pipelines.Secrets;

/// <summary>
/// Compiles what a model is told. It is the only way to a model: a field that a schema marks as secret, at any depth and in any
/// container, is left out, and so is every field that no schema knows.
/// </summary>
public static class ContextCompiler
{
    private const int DeepestNesting = 8;

    private static readonly string[] CastFields = ["pov", "characters", "location"];

    /// <summary>The context of a scene: its own attributes and prose, and a card of each person in it and of its place.</summary>
    public static SceneContext OfScene(Snapshot snapshot, Container scene)
    {
        var items = new List<ContextItem> { new(snapshot.IdOf(scene), "the scene", Attributes(snapshot, scene)) };
        var seen = new HashSet<(string, int)> { (scene.Path, scene.Fact.Index) };
        foreach (var reference in scene.Document.References)
        {
            if (reference.Container == scene.Fact.Index && CastFields.Contains(reference.Field) &&
                snapshot.Resolve(reference, scene.Path).Container is { } container && seen.Add((container.Path, container.Fact.Index)))
            {
                items.Add(new(snapshot.IdOf(container), reference.Field == "location" ? "the place" : "in the cast", Attributes(snapshot, container)));
            }
        }

        return new(scene, items, ProseOf(snapshot, scene));
    }

    /// <summary>The prose that a container owns, paragraphs apart by a blank line.</summary>
    public static string ProseOf(Snapshot snapshot, Container container)
    {
        if (snapshot.Text(container.Path) is not { } text)
        {
            return "";
        }

        var result = new StringBuilder();
        foreach (var prose in container.Document.Prose)
        {
            if (prose.Container == container.Fact.Index && prose.Span.End <= text.Length && !IsOwnHeading(container, prose))
            {
                result.Append(result.Length == 0 ? "" : "\n\n").Append(text.Text.AsSpan(prose.Span.Start, prose.Span.Length).Trim());
            }
        }

        return result.ToString();
    }

    private static bool IsOwnHeading(Container container, ProseFact prose) =>
        container.Document.Headings.Any(heading => heading.Span.Start <= prose.Span.Start && prose.Span.End <= heading.Span.End);

    private static string Attributes(Snapshot snapshot, Container container)
    {
        var schema = snapshot.Schemas.Find(container.Type);
        var result = new StringBuilder();
        result.Append("type: ").Append(container.Type).Append('\n').Append("name: ").Append(container.Name).Append('\n');
        foreach (var field in container.Fact.Fields)
        {
            if (schema?.FindField(field.Name) is { Secret: false } known && known.Name is not ("name" or "title" or "progressions" or "matching" or "notes"))
            {
                Append(result, known, field.Value, known.Name, 0);
            }
        }

        return result.ToString();
    }

    private static void Append(StringBuilder result, FieldSchema field, YamlNode node, string name, int depth)
    {
        if (field.Secret || depth > DeepestNesting)
        {
            return;
        }

        switch (node.Resolve())
        {
            case YamlScalar { IsNull: false } scalar when field.Type is not (FieldType.Object or FieldType.Container):
                result.Append(name).Append(": ").Append(scalar.Value.ReplaceLineEndings(" ").Trim()).Append('\n');
                break;
            case YamlSequence list when field.Type == FieldType.List && field.Of is { } of:
                foreach (var item in list.Items)
                {
                    Append(result, of, item, name, depth + 1);
                }

                break;
            case YamlMapping map when field.Type == FieldType.Object:
                AppendObject(result, field, map, name, depth);
                break;
        }
    }

    private static void AppendObject(StringBuilder result, FieldSchema field, YamlMapping map, string name, int depth)
    {
        foreach (var entry in map.Entries)
        {
            var inner = field.Fields.FirstOrDefault(candidate => candidate.Name.Equals(entry.Key.AsText(), StringComparison.OrdinalIgnoreCase));
            if (inner is not null)
            {
                Append(result, inner, entry.Value, name + "." + inner.Name, depth + 1);
            }
        }
    }
}
