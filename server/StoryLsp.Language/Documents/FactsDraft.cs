using StoryLsp.Language.Effects;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Documents;

/// <summary>Collects the facts of one document while it is read.</summary>
internal sealed class FactsDraft(string path, SourceText text, ReadingContext context)
{
    /// <summary>Deeper nesting of containers is data, not a story.</summary>
    private const int DeepestNesting = 16;

    private readonly List<ContainerFact?> _containers = [];
    private readonly List<ReferenceFact> _references = [];
    private readonly List<UnknownFieldFact> _unknown = [];

    public string Path { get; } = path;

    public SourceText Text { get; } = text;

    public ReadingContext Context { get; } = context;

    public List<LinkFact> Links { get; } = [];

    public IReadOnlyList<HeadingFact> Headings { get; set; } = [];

    public IReadOnlyList<string> BlockAnchors { get; set; } = [];

    public List<ProseFact> Prose { get; } = [];

    public List<SuppressionFact> Suppressions { get; } = [];

    public List<Finding> Findings { get; } = [];

    /// <summary>Where references begin, so that a link is not counted twice.</summary>
    public HashSet<int> ReferenceSpans => [.. _references.Select(reference => reference.Span.Start)];

    public string Stem { get; } = StemOf(path);

    public IReadOnlyList<ContainerFact> Containers => [.. _containers.OfType<ContainerFact>()];

    /// <summary>Reads a container and everything embedded in it; gives its index.</summary>
    public int Add(ContainerDraft draft)
    {
        var index = _containers.Count;
        _containers.Add(null);
        var schema = Context.Schemas.Find(draft.Type);
        var fields = ReadFields(draft, schema, index);
        var id = Value(draft.IdKey is null ? null : fields.FirstOrDefault(field => field.Key == draft.IdKey).Fact)
            ?? Value(fields.FirstOrDefault(field => field.Key == "id").Fact)
            ?? draft.Id;
        var name = Value(Named(fields, "name")) ?? Value(Named(fields, "title")) ?? draft.Name;
        var derivedId = draft.DerivedId ?? Slug.Of(name?.Text ?? draft.FallbackName);
        _containers[index] = new ContainerFact
        {
            Index = index,
            Parent = draft.Parent,
            Origin = draft.Origin,
            Type = schema?.Name ?? draft.Type,
            TypeSpan = draft.TypeSpan,
            Id = id?.Text ?? derivedId,
            IdSpan = id?.Span,
            Name = name?.Text ?? draft.FallbackName,
            NameSpan = name?.Span,
            Aliases = ReadAliases(fields, draft.Origin),
            Span = draft.Span,
            SelectionSpan = name?.Span ?? id?.Span ?? draft.SelectionSpan,
            Fields = [.. fields.Select(field => field.Fact)],
        };
        return index;
    }

    /// <summary>Reads the names of scenes in the <c>manuscript</c> of the settings, which lie in lists, and behind titles of parts.</summary>
    public void AddManuscript(YamlNode? node, int depth)
    {
        switch (node)
        {
            case YamlSequence list when depth < DeepestNesting && WikilinkText.OfNestedList(list, Text) is null:
                foreach (var item in list.Items)
                {
                    AddManuscript(item, depth + 1);
                }

                break;
            case YamlMapping map when depth < DeepestNesting:
                foreach (var entry in map.Entries)
                {
                    AddManuscript(entry.Value, depth + 1);
                }

                break;
            case YamlSequence or YamlScalar { IsNull: false }:
                AddReference(node, ReferenceFact.Manuscript, "scene", -1);
                break;
        }
    }

    /// <summary>The finished facts; findings may still be added to <see cref="Findings"/>.</summary>
    public DocumentFacts Finish(DocumentKind kind)
    {
        _references.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
        return new DocumentFacts
        {
            Path = Path,
            Kind = kind,
            Lines = Text.Lines,
            Containers = Containers,
            References = _references,
            Links = Links,
            Headings = Headings,
            BlockAnchors = BlockAnchors,
            Suppressions = Suppressions,
            Prose = Prose,
            Words = Prose.Count == 0 ? ProseWords.None : ProseWords.Read(Text.Text, Prose.Select(prose => prose.Span)),
            Findings = Findings,
            UnknownFields = _unknown,
        };
    }

    private List<(string Key, FieldFact Fact)> ReadFields(ContainerDraft draft, Schema? schema, int index)
    {
        var result = new List<(string Key, FieldFact Fact)>();
        var names = WorkspaceNames(draft.Type);
        foreach (var entry in draft.Entries)
        {
            if (entry.Key is not YamlScalar key || key.Value.Length == 0)
            {
                continue;
            }

            var lower = key.Value.ToLowerInvariant();
            if (lower is "attributes" && draft.HasShowrunnerAttributes)
            {
                result.Add((lower, new(lower, key.Span, entry.Value, true)));
                continue;
            }

            var field = names?.GetValueOrDefault(lower) is { } canonical ? schema?.FindField(canonical) : schema?.FindField(key.Value);
            var structural = lower is "type" or "id" or "container_type" || lower == draft.IdKey;
            if (field is null && !structural && schema is not null && draft.Origin is not ContainerOrigin.FountainScript)
            {
                _unknown.Add(new(index, key.Value, "", key.Span));
            }

            result.Add((lower, new(field?.Name ?? (structural ? lower : key.Value), key.Span, entry.Value, field is not null || structural)));
            if (field is not null)
            {
                ReadValue(field, entry.Value, field.Name, index, 0);
                if (EffectReferences.IsIn(Context.Schemas, schema!, field))
                {
                    _references.AddRange(EffectReferences.Of(field.Name, entry.Value, index));
                }
            }
        }

        return result;
    }

    private Dictionary<string, string>? WorkspaceNames(string type)
    {
        if (!Context.Settings.FieldNames.TryGetValue(type, out var fields))
        {
            return null;
        }

        var result = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (canonical, keys) in fields)
        {
            foreach (var key in keys)
            {
                result[key] = canonical;
            }
        }

        return result;
    }

    private void ReadValue(FieldSchema field, YamlNode node, string name, int container, int depth)
    {
        var value = node.Resolve();
        if (depth > DeepestNesting || value is null or YamlScalar { IsNull: true })
        {
            return;
        }

        switch (field.Type)
        {
            case FieldType.Reference:
                AddReference(value, name, field.Target, container);
                break;
            case FieldType.List when field.Of is { } of:
                ReadItems(of, value, name, container, depth);
                break;
            case FieldType.Object when field.Fields.Count > 0 && value is YamlMapping mapping:
                ReadObject(field, mapping, name, container, depth);
                break;
            case FieldType.Object when field.TakesPlainForm(Context.Settings.Exists) && IsWikilink(value):
                AddReference(value, name + "." + field.PlainForm!.Name, field.PlainForm.Target, container);
                break;
            case FieldType.Container:
                AddEmbedded(field, value, container);
                break;
        }
    }

    private void ReadItems(FieldSchema of, YamlNode value, string name, int container, int depth)
    {
        var takesPlain = of.TakesPlainForm(Context.Settings.Exists);
        if (value is YamlSequence sequence && !((of.Type == FieldType.Reference || takesPlain) && WikilinkText.OfNestedList(value, Text) is not null))
        {
            foreach (var item in sequence.Items)
            {
                ReadItem(of, item, takesPlain, name, container, depth);
            }
        }
        else if (value is YamlMapping mapping && of.Type == FieldType.Container)
        {
            // A map whose keys are the ids serves as a list.
            foreach (var entry in mapping.Entries)
            {
                AddEmbedded(of, entry.Value, container, entry.Key as YamlScalar);
            }
        }
        else
        {
            ReadItem(of, value, takesPlain, name, container, depth);
        }
    }

    private void ReadItem(FieldSchema of, YamlNode item, bool takesPlain, string name, int container, int depth)
    {
        if (takesPlain && item is YamlScalar { IsNull: false })
        {
            AddReference(item, name + "." + of.PlainForm!.Name, of.PlainForm.Target, container);
        }
        else
        {
            ReadValue(of, item, name, container, depth + 1);
        }
    }

    private bool IsWikilink(YamlNode value) =>
        value is YamlScalar scalar ? WikilinkText.OfScalar(scalar, Text) is not null : WikilinkText.OfNestedList(value, Text) is not null;

    private void ReadObject(FieldSchema field, YamlMapping mapping, string name, int container, int depth)
    {
        foreach (var entry in mapping.Entries)
        {
            if (entry.Key is not YamlScalar { Value.Length: > 0 } key)
            {
                continue;
            }

            if (FindField(field.Fields, key.Value) is { } inner)
            {
                ReadValue(inner, entry.Value, name + "." + inner.Name, container, depth + 1);
            }
            else
            {
                _unknown.Add(new(container, key.Value, name, key.Span));
            }
        }
    }

    private static FieldSchema? FindField(IReadOnlyList<FieldSchema> fields, string key) =>
        fields.FirstOrDefault(field => field.Name.Equals(key, StringComparison.OrdinalIgnoreCase)) ??
        fields.FirstOrDefault(field => field.Synonyms.Contains(key, StringComparer.OrdinalIgnoreCase));

    private void AddReference(YamlNode value, string name, string? target, int container)
    {
        if (WikilinkText.OfNestedList(value, Text) is { } nested)
        {
            _references.Add(new(container, name, nested.Text, nested.Span, target, true));
        }
        else if (value is YamlScalar scalar && scalar.Value.Trim().Length > 0)
        {
            var link = WikilinkText.OfScalar(scalar, Text);
            _references.Add(link is null
                ? new(container, name, scalar.Value.Trim(), scalar.ContentSpan, target, false)
                : new(container, name, link.Text, link.Span, target, true));
        }
    }

    private void AddEmbedded(FieldSchema field, YamlNode value, int parent, YamlScalar? key = null)
    {
        if (value.Resolve() is not YamlMapping mapping || value is YamlAlias)
        {
            return;
        }

        var name = mapping.Get("name").AsText() ?? mapping.Get("title").AsText();
        var id = mapping.Entry("id")?.Value.AsText();
        if (name is null && id is null && key is null)
        {
            return;
        }

        var written = mapping.Entry("type")?.Value.Resolve() as YamlScalar;
        var known = Context.Schemas.Find(written?.Value);
        Add(new ContainerDraft
        {
            Origin = ContainerOrigin.Embedded,
            Parent = parent,
            Type = known?.Name ?? field.Target ?? SchemaSet.Note,
            TypeSpan = known is null ? null : written!.ContentSpan,
            Entries = mapping.Entries,
            Id = key is null ? null : new(key.Value, key.ContentSpan),
            FallbackName = name ?? id ?? key!.Value,
            Span = key is null ? mapping.Span : TextSpan.FromBounds(key.Span.Start, mapping.Span.End),
            SelectionSpan = key?.Span ?? mapping.Entries[0].Key.Span,
        });
    }

    private static FieldFact? Named(List<(string Key, FieldFact Fact)> fields, string name) =>
        fields.FirstOrDefault(field => field.Fact.Name == name && field.Fact.Known).Fact;

    private static NameFact? Value(FieldFact? field) =>
        field?.Value.Resolve() is YamlScalar { IsNull: false } scalar && scalar.Value.Trim().Length > 0 && field.Value is YamlScalar
            ? new(scalar.Value.Trim(), scalar.ContentSpan)
            : null;

    private List<NameFact> ReadAliases(List<(string Key, FieldFact Fact)> fields, ContainerOrigin origin)
    {
        var result = new List<NameFact>();
        var value = Named(fields, "aliases")?.Value;
        foreach (var item in value?.AsList() ?? [])
        {
            if (item is YamlScalar { IsNull: false } scalar && scalar.Value.Trim().Length > 0)
            {
                result.AddRange(ReferenceEquals(item, value) ? AliasList.Read(scalar, Text, origin is ContainerOrigin.MarkdownFile or ContainerOrigin.Heading)
                    : [new(scalar.Value.Trim(), scalar.ContentSpan)]);
            }
        }

        return result;
    }

    private static string StemOf(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.LastIndexOf('.') is var dot and > 0 ? name[..dot] : name;
    }
}

/// <summary>What is known of a container before its attributes are read.</summary>
internal sealed class ContainerDraft
{
    public required ContainerOrigin Origin { get; init; }

    public int Parent { get; init; } = -1;

    public required string Type { get; init; }

    public TextSpan? TypeSpan { get; init; }

    public required IReadOnlyList<YamlEntry> Entries { get; init; }

    /// <summary>The lower-case key that holds the id, where it is not <c>id</c>.</summary>
    public string? IdKey { get; init; }

    /// <summary>An id that is written elsewhere than in the attributes, as the key of a map.</summary>
    public NameFact? Id { get; init; }

    /// <summary>The id where none is written; null: the slug of the name.</summary>
    public string? DerivedId { get; init; }

    /// <summary>A name that is written elsewhere than in the attributes, as a heading.</summary>
    public NameFact? Name { get; init; }

    /// <summary>The name where none is written.</summary>
    public required string FallbackName { get; init; }

    public required TextSpan Span { get; init; }

    public required TextSpan SelectionSpan { get; init; }

    /// <summary>Whether the <c>attributes</c> mapping holds the fields, as Showrunner writes.</summary>
    public bool HasShowrunnerAttributes { get; init; }
}
