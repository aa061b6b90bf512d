using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Fields;

/// <summary>
/// Goes through all values of a document of which a schema says something: the fields of its containers, and inside of them the items
/// of lists and the fields of objects. What the parser had to repair is left out, and so is null, which counts as absent.
/// </summary>
internal sealed class FieldWalk
{
    // Several rules look at one document in a row.
    [ThreadStatic]
    private static Last? _last;

    private readonly List<FieldVisit> _visits = [];
    private readonly SpanSet _errors;
    private readonly SourceText _text;
    private ContainerFact? _container;
    private Schema _schema;
    private bool _isStrict = true;

    private FieldWalk(Document document, SchemaSet schemas, StorySettings settings)
    {
        _text = document.Text;
        _schema = schemas.Settings;
        _errors = BrokenParts.Of(Edits.EntryEdits.Trees(document).SelectMany(tree => tree.Errors).Select(error => error.Span), document.Facts.Containers);
        if (document.Facts.Kind == DocumentKind.Settings)
        {
            VisitSettings(document);
            return;
        }

        foreach (var container in document.Facts.Containers)
        {
            if (schemas.Find(container.Type) is { } schema)
            {
                _container = container;
                _schema = schema;
                _isStrict = FieldVisit.IsStrictFor(container, schema, settings);
                VisitContainer(container);
            }
        }
    }

    /// <summary>All values, in the order written.</summary>
    public static IReadOnlyList<FieldVisit> Of(Document document, SchemaSet schemas, StorySettings settings)
    {
        if (_last is not { } last || last.Document != document || last.Schemas != schemas || last.Settings != settings)
        {
            _last = last = new(document, schemas, settings, new FieldWalk(document, schemas, settings)._visits);
        }

        return last.Visits;
    }

    /// <summary>A list of one list of one: how YAML reads a wikilink without quotes.</summary>
    public static bool IsWikilink(YamlNode node) =>
        node is YamlSequence { IsFlow: true, Items: [YamlSequence { IsFlow: true, Items.Count: > 0 } inner] } &&
        inner.Items.All(item => item is YamlScalar);

    private void VisitSettings(Document document)
    {
        if (document.Yaml?.Documents.FirstOrDefault()?.Root.Resolve() is YamlMapping root)
        {
            VisitFields(root, _schema.Fields);
        }
    }

    private void VisitContainer(ContainerFact container)
    {
        foreach (var field in container.Fields)
        {
            if (field.Known && _schema.FindField(field.Name) is { } known)
            {
                Visit(field.Value, known, known.Name, field.KeySpan);
            }
        }
    }

    private void VisitFields(YamlMapping mapping, IReadOnlyList<FieldSchema> fields)
    {
        foreach (var entry in mapping.Entries)
        {
            if (entry.Key.AsText() is { } key && Find(fields, key) is { } known)
            {
                Visit(entry.Value, known, known.Name, entry.Key.Span);
            }
        }
    }

    private void Visit(YamlNode node, FieldSchema field, string name, TextSpan? key)
    {
        var value = node.Resolve();
        if (value is null or YamlAlias or YamlScalar { IsNull: true } || IsTemplate(value))
        {
            return;
        }

        var isBroken = _errors.Touches(value.Span);
        if (isBroken && value is YamlScalar)
        {
            return;
        }

        _visits.Add(new(_container, _schema, field, name, key, value, isBroken, _isStrict));

        // What an alias stands for is looked at where it is written.
        if (node is not YamlAlias)
        {
            Descend(value, field, name);
        }
    }

    private void Descend(YamlNode value, FieldSchema field, string name)
    {
        switch (field.Type)
        {
            case FieldType.List when field.Of is { } of:
                foreach (var item in Items(value, of))
                {
                    Visit(item, of, name, null);
                }

                break;
            case FieldType.Object when value is YamlMapping mapping:
                VisitFields(mapping, field.Fields);
                break;
        }
    }

    // A scalar or a mapping is a list of one, and so is a wikilink without quotes.
    private static IReadOnlyList<YamlNode> Items(YamlNode value, FieldSchema of) =>
        of.Type != FieldType.List && IsWikilink(value) ? [value] : value is YamlSequence sequence ? sequence.Items : [value];

    private bool IsTemplate(YamlNode value) =>
        value is YamlScalar { Style: YamlScalarStyle.Plain } or YamlMapping { IsFlow: true } &&
        Placeholder.IsIn(_text.Text.AsSpan(value.Span.Start, Math.Min(value.Span.Length, 200)));

    /// <summary>The field of that name or synonym, whatever the case.</summary>
    public static FieldSchema? Find(IReadOnlyList<FieldSchema> fields, string key) =>
        fields.FirstOrDefault(field => field.Name.Equals(key, StringComparison.OrdinalIgnoreCase)) ??
        fields.FirstOrDefault(field => field.Synonyms.Contains(key, StringComparer.OrdinalIgnoreCase));

    private sealed record Last(Document Document, SchemaSet Schemas, StorySettings Settings, IReadOnlyList<FieldVisit> Visits);
}
