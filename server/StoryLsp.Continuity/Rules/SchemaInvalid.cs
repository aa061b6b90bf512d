using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.Naming;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>schema/invalid</c></summary>
internal sealed class SchemaInvalid : Rule, IDocumentRule
{
    public override string Code => "schema/invalid";

    public override Severity Severity => Severity.Error;

    public override string Summary => "A file in `schemas/` is not a schema, or names a type that is none; or a file in `pipelines/` is not a pipeline.";

    public override string Documentation => """
        A schema names a type (`schema: spaceship`), may extend another (`extends: location`), and says what its fields are
        (`hull: {type: string}`). What cannot be understood is left out, and the rest of the schema serves.
        A pipeline file with a fault is not run at all, and a finding says where the fault is.
        """;

    public void Check(Document document, SchemaSet schemas, StorySettings settings, Action<Finding> report)
    {
        if (document.Facts.Kind != DocumentKind.Schema || document.Yaml is not { } tree)
        {
            return;
        }

        var file = SchemaReader.Read(tree, document.Path);
        if (!settings.Exists && !file.LooksLikeSchema)
        {
            return;
        }

        foreach (var problem in file.Problems)
        {
            if (!tree.Errors.Any(error => error.Span.Start <= problem.Span.End && problem.Span.Start <= error.Span.End))
            {
                report(new(Code, Severity, problem.Span, problem.Message));
            }
        }

        if (settings.Exists)
        {
            CheckTargets(document, schemas, report);
        }

        foreach (var root in tree.Documents.Select(part => part.Root))
        {
            if (root.Get("extends") is { } extends && extends.AsText() is { } parent && root.Get("schema") is { } name)
            {
                CheckParent(document, name.AsText() ?? "", parent.Trim(), extends, schemas, report);
            }
        }
    }

    // A reference to a type that nobody defines can never resolve.
    private void CheckTargets(Document document, SchemaSet schemas, Action<Finding> report)
    {
        foreach (var field in EntryEdits.Mappings(document))
        {
            if (field.Get("type").AsText()?.ToLowerInvariant() is "reference" or "container" && field.Get("target").Resolve() is YamlScalar { IsNull: false } target &&
                schemas.Find(target.Value.Trim()) is null)
            {
                report(new(Code, Severity, target.ContentSpan,
                    $"No schema defines the type `{target.Value}`, so nothing can be referred to here. {Suggestion.Of(target.Value, schemas.All.Select(schema => schema.Name))}Name a type that there is, or define it."));
            }
        }
    }

    private void CheckParent(Document document, string name, string parent, YamlNode extends, SchemaSet schemas, Action<Finding> report)
    {
        var span = (extends.Resolve() as YamlScalar)?.ContentSpan ?? extends.Span;
        if (schemas.Find(parent) is not { } found)
        {
            report(new(Code, Severity, span,
                $"No schema defines the type `{parent}`, so `{name}` inherits nothing from it. {Suggestion.Of(parent, schemas.All.Select(schema => schema.Name))}Extend a type that there is."));
        }
        else if (found.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && SchemaSet.Shipped.Find(name) is null)
        {
            report(new(Code, Severity, span, $"`{name}` extends itself, so it inherits nothing. Only a schema of the name of a shipped one may do so. Extend another type, or take `extends` away."));
        }
        else if (Cycle(name, found, schemas) is { } cycle)
        {
            report(new(Code, Severity, span, $"The types {string.Join(", ", cycle.Select(schema => $"`{schema.Name}`"))} extend each other in a circle, so none of them is the base of the others. Take one `extends` away.")
            {
                Related = [.. cycle.Where(schema => schema.Path is not null && schema.Path != document.Path)
                    .Select(schema => new RelatedPlace(schema.Path!, default, $"`{schema.Name}` extends `{schema.Extends}`."))],
            });
        }
    }

    // A type that extends the shipped one of its own name is no circle.
    private static List<Schema>? Cycle(string name, Schema parent, SchemaSet schemas)
    {
        var chain = new List<Schema>();
        for (var current = parent; current is not null && !chain.Contains(current); current = schemas.Find(current.Extends))
        {
            chain.Add(current);
            if (chain.Count > 1 && current.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return chain;
            }
        }

        return null;
    }
}
