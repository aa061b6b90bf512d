using System.Text;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
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

    /// <summary>The most that the attributes of one container tell, in UTF-16 code units: aliases of aliases may unfold without end.</summary>
    private const int LongestAttributes = 20_000;

    private static readonly string[] CastFields = ["pov", "characters", "location"];

    /// <summary>The context of a scene: its own attributes and prose, and a card of each person in it and of its place.</summary>
    public static SceneContext OfScene(Snapshot snapshot, Container scene)
    {
        var document = snapshot.Document(scene.Path);
        return OfScene(snapshot, scene, document is null ? "" : SceneProse.Of(document, scene.Fact.Index));
    }

    /// <summary>The same, of a scene whose prose is known already.</summary>
    internal static SceneContext OfScene(Snapshot snapshot, Container scene, string prose)
    {
        var secrets = SecretParts.Of(snapshot, scene.Document);
        var items = new List<ContextItem> { Item(snapshot, scene, secrets, "the scene") };
        var seen = new HashSet<(string, int)> { (scene.Path, scene.Fact.Index) };
        foreach (var reference in scene.Document.References)
        {
            if (reference.Container == scene.Fact.Index && CastFields.Contains(reference.Field) && IsPublic(scene, secrets, reference) &&
                snapshot.Resolve(reference, scene.Path).Container is { } container && seen.Add((container.Path, container.Fact.Index)))
            {
                var its = container.Path == scene.Path ? secrets : SecretParts.Of(snapshot, container.Document);
                items.Add(Item(snapshot, container, its, reference.Field == "location" ? "the place" : "in the cast"));
            }
        }

        return new(scene, NameOf(scene, secrets), items, prose);
    }

    /// <summary>The prose that a container owns, as a reader sees it, paragraphs apart by a blank line.</summary>
    public static string ProseOf(Snapshot snapshot, Container container) =>
        snapshot.Document(container.Path) is { } document ? SceneProse.Of(document, container.Fact.Index) : "";

    // Who is there is as secret as the field that says so.
    private static bool IsPublic(Container scene, SecretParts secrets, ReferenceFact reference) =>
        !secrets.Covers(reference.Span) && scene.Fact.Fields.All(field => field.Name != reference.Field || secrets.PublicField(scene.Type, field) is not null);

    private static ContextItem Item(Snapshot snapshot, Container container, SecretParts secrets, string reason)
    {
        var id = snapshot.IdOf(container);
        var hidesId = (container.Fact.IdSpan is { } span && secrets.Covers(span)) || secrets.IsSecretText(container.Fact, container.Fact.Id);
        return new(hidesId ? "a " + container.Type : id, reason, Attributes(container, secrets));
    }

    private static string NameOf(Container container, SecretParts secrets)
    {
        var hidden = (container.Fact.NameSpan is { } span && secrets.Covers(span)) || secrets.IsSecretText(container.Fact, container.Name);
        return hidden ? "a " + container.Type : container.Name;
    }

    private static string Attributes(Container container, SecretParts secrets)
    {
        var result = new StringBuilder();
        result.Append("type: ").Append(container.Type).Append('\n').Append("name: ").Append(NameOf(container, secrets)).Append('\n');
        foreach (var field in container.Fact.Fields)
        {
            if (secrets.PublicField(container.Type, field) is { } known && known.Name is not ("name" or "title" or "progressions" or "matching"))
            {
                Append(result, known, field.Value, known.Name, 0, secrets);
            }
        }

        return result.ToString();
    }

    private static void Append(StringBuilder result, FieldSchema field, YamlNode node, string name, int depth, SecretParts secrets)
    {
        if (field.Secret || depth > DeepestNesting || result.Length > LongestAttributes || node.Resolve() is not { } value || secrets.Covers(value.Span))
        {
            return;
        }

        switch (value)
        {
            case YamlScalar { IsNull: false } scalar when field.Type is not (FieldType.Object or FieldType.Container or FieldType.List):
                result.Append(name).Append(": ").Append(scalar.Value.ReplaceLineEndings(" ").Trim()).Append('\n');
                break;
            case YamlScalar { IsNull: false } scalar when field is { Type: FieldType.List, Of: { } of }:
                Append(result, of, scalar, name, depth + 1, secrets);
                break;
            case YamlSequence list when field is { Type: FieldType.List, Of: { } of }:
                AppendItems(result, of, list, name, depth, secrets);
                break;
            case YamlSequence list when field.Type == FieldType.Any:
                AppendItems(result, field, list, name, depth, secrets);
                break;
            case YamlMapping map when field.Type == FieldType.Object:
                AppendObject(result, field, map, name, depth, secrets);
                break;
        }
    }

    private static void AppendItems(StringBuilder result, FieldSchema of, YamlSequence list, string name, int depth, SecretParts secrets)
    {
        foreach (var item in list.Items)
        {
            Append(result, of, item, name, depth + 1, secrets);
        }
    }

    private static void AppendObject(StringBuilder result, FieldSchema field, YamlMapping map, string name, int depth, SecretParts secrets)
    {
        foreach (var entry in map.Entries)
        {
            var meanings = SecretParts.Meanings(field.Fields, entry.Key.AsText()).ToList();
            if (meanings.Count > 0 && !meanings.Any(inner => inner.Secret))
            {
                Append(result, meanings[0], entry.Value, name + "." + meanings[0].Name, depth + 1, secrets);
            }
        }
    }
}
