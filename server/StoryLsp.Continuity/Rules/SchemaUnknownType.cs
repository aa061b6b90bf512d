using StoryLsp.Continuity.Fields;
using StoryLsp.Continuity.Naming;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>schema/unknown-type</c></summary>
internal sealed class SchemaUnknownType : Rule, IDocumentRule
{
    // Four letters are so few that a near miss of them is mostly another word: shop, team, page.
    private const int ShortestGuessed = 5;

    public override string Code => "schema/unknown-type";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "`type` names no schema; without a `story.yaml` only a near miss of one.";

    public override string Documentation => """
        The type of a container says which fields it may have and what may refer to it. A type that no schema defines has no fields that
        could be checked, and no reference finds it. Correct the word, or write a schema for the type: a file `schemas/spaceship.yaml`
        that begins with `schema: spaceship`.
        """;

    public void Check(Document document, SchemaSet schemas, StorySettings settings, Action<Finding> report)
    {
        foreach (var (type, span) in Written(document, settings))
        {
            if (schemas.Find(type) is not null || Placeholder.IsIn(type))
            {
                continue;
            }

            var names = schemas.All.Select(schema => schema.Name);
            if (settings.Exists)
            {
                report(new(Code, Severity, span,
                    $"No schema defines the type `{type}`, so its fields cannot be checked and no reference finds it. {Suggestion.Of(type, names)}Correct it, or write `schemas/{Slug.Of(type)}.yaml`."));
            }
            else if (Nearest.Of(type, names.Where(name => name.Length >= ShortestGuessed)).FirstOrDefault() is { } nearest)
            {
                report(new(Code, Severity.Hint, span, $"No schema defines the type `{type}`, so this counts as a note. Did you mean `{nearest}`?"));
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        if (Written(document, snapshot.Settings).FirstOrDefault(written => written.Span == finding.Span).Type is not { } type)
        {
            yield break;
        }

        var first = true;
        foreach (var name in Nearest.Of(type, snapshot.Schemas.All.Select(schema => schema.Name)).Take(3))
        {
            yield return new($"Replace with `{name}`", WorkspaceChange.Edit(document.Path, YamlText.Replace(document.Text, finding.Span, name)), first);
            first = false;
        }

        var path = $"schemas/{Slug.Of(type)}.yaml";
        if (Slug.Of(type).Length > 0 && !snapshot.Files.Contains(path))
        {
            yield return new($"Create the schema `{path}`", new([new FileCreation(path, NewSchema(type))]));
        }
    }

    private static string NewSchema(string type) =>
        $"schema: {YamlText.Scalar(type)}\nextends: entity\ndescription: What a {type.ReplaceLineEndings(" ")} is in this story.\nfields: {{}}\n";

    /// <summary>Every written type of a document, with its place.</summary>
    private static IEnumerable<(string Type, TextSpan Span)> Written(Document document, StorySettings settings)
    {
        if (document.Facts.Kind == DocumentKind.Settings)
        {
            return WrittenInSettings(document);
        }

        return document.Facts.Containers
            .Where(container => container.Origin is ContainerOrigin.YamlDocument or ContainerOrigin.MarkdownFile or ContainerOrigin.Heading or ContainerOrigin.Embedded)
            .Select(container => WrittenType(container, settings))
            .OfType<(string, TextSpan)>();
    }

    // Without a story.yaml an unknown type is none, and the container is whatever its folder says; what was written still stands in its fields.
    private static (string, TextSpan)? WrittenType(ContainerFact container, StorySettings settings)
    {
        if (container.TypeSpan is { } span)
        {
            return (container.Type, span);
        }

        return !settings.Exists && container.Origin is not ContainerOrigin.Embedded && container.Field("type")?.Value.Resolve() is YamlScalar { IsNull: false } scalar
            ? (scalar.Value.Trim(), scalar.ContentSpan)
            : null;
    }

    private static IEnumerable<(string Type, TextSpan Span)> WrittenInSettings(Document document)
    {
        var root = document.Yaml?.Documents.FirstOrDefault()?.Root;
        var folders = root.Get("folders").Resolve() is YamlMapping mapping ? mapping.Entries.Select(entry => entry.Value) : [];
        var collections = root.Get("collections").AsList().Select(item => item.Get("type")).OfType<YamlNode>();
        var fields = root.Get("fields").Resolve() is YamlMapping types ? types.Entries.Select(entry => entry.Key) : [];
        return folders.Concat(collections).Concat(fields)
            .Select(node => node.Resolve())
            .OfType<YamlScalar>()
            .Where(scalar => !scalar.IsNull)
            .Select(scalar => (scalar.Value, scalar.ContentSpan));
    }
}
