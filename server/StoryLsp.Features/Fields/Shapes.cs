using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;

namespace StoryLsp.Features.Fields;

/// <summary>The shapes of a workspace: from its schemas and settings to what may be written where.</summary>
internal sealed class Shapes(SchemaSet schemas, StorySettings settings)
{
    // A fence in a folder of no type is a scene, for that is what writers fence.
    private const string Scene = "scene";

    private const int DeepestList = 8;

    /// <summary>The keys that name a container's type.</summary>
    public static bool IsTypeKey(string key) =>
        key.Equals("type", StringComparison.OrdinalIgnoreCase) || key.Equals("container_type", StringComparison.OrdinalIgnoreCase);

    /// <summary>The shape at the end of a path.</summary>
    /// <param name="root">The shape at its beginning.</param>
    /// <param name="steps">The path.</param>
    public Shape Walk(Shape root, IReadOnlyList<PathStep> steps)
    {
        var shape = root;
        foreach (var step in steps)
        {
            shape = step.Key is null ? Item(shape) : Under(Mapping(shape, step.MappingType), step.Key);
        }

        return shape;
    }

    /// <summary>The shape of a mapping that stands where a shape is expected.</summary>
    /// <param name="shape">What is expected.</param>
    /// <param name="writtenType">The mapping's own <c>type</c>, or null.</param>
    public Shape Mapping(Shape shape, string? writtenType)
    {
        // A mapping where a list is expected is a list of one. A list may be a list of such lists without end, as the manuscript is.
        for (var depth = 0; depth < DeepestList && shape is { IsContainer: false, Fields.Count: 0, Keys.Count: 0, Under: null, Items: { } items }; depth++)
        {
            shape = items();
        }

        if (!shape.IsContainer)
        {
            return shape;
        }

        var schema = schemas.Find(writtenType) ?? schemas.Find(shape.ContainerType);
        return new Shape
        {
            Field = shape.Field,
            Schema = schema,
            IsContainer = true,
            ContainerType = schema?.Name ?? shape.ContainerType,
            Fields = schema?.Fields ?? [],
            Under = key => UnderContainer(key, schema, shape.ContainerType) ?? shape.Under?.Invoke(key),
        };
    }

    /// <summary>What an item of a list is; a scalar where a list is expected is a list of one, and the other way about.</summary>
    public static Shape Item(Shape shape) => shape.Items?.Invoke() ?? shape;

    /// <summary>The field that a key means in a mapping, or null.</summary>
    public FieldSchema? FieldOf(Shape mapping, string key)
    {
        if (mapping.Schema is { } schema && mapping.IsContainer)
        {
            return schema.FindField(key) ?? FindByOwnName(schema, key);
        }

        foreach (var field in mapping.Fields)
        {
            if (field.Name.Equals(key, StringComparison.OrdinalIgnoreCase) || field.Synonyms.Contains(key, StringComparer.OrdinalIgnoreCase))
            {
                return field;
            }
        }

        return null;
    }

    /// <summary>The keys that the workspace writes for a field of a type: its own names first, or the schema's.</summary>
    public IReadOnlyList<string> KeysOf(Schema? schema, FieldSchema field)
    {
        foreach (var type in schema?.Lineage ?? [])
        {
            if (settings.FieldNames.TryGetValue(type, out var names) && names.TryGetValue(field.Name, out var keys) && keys.Count > 0)
            {
                return keys;
            }
        }

        return [field.Name];
    }

    /// <summary>What stands under a key of a mapping.</summary>
    public Shape Under(Shape mapping, string key)
    {
        if (FieldOf(mapping, key) is { } field)
        {
            return KnownShapes.Of(mapping.Schema, field, this) ?? OfField(field, mapping.Schema);
        }

        return mapping.Under?.Invoke(key) ?? Shape.Anything;
    }

    /// <summary>The shape of a field's value.</summary>
    public Shape OfField(FieldSchema field, Schema? owner) => field.Type switch
    {
        FieldType.List => new Shape { Field = field, Schema = owner, Items = () => field.Of is null ? Shape.Anything : OfField(field.Of, owner) },
        FieldType.Object => new Shape { Field = field, Schema = owner, Fields = field.Fields },
        FieldType.Container => new Shape { Field = field, IsContainer = true, ContainerType = field.Target },
        FieldType.Boolean => new Shape { Field = field, Schema = owner, Values = [new("true"), new("false")] },
        FieldType.Enum => new Shape { Field = field, Schema = owner, Values = [.. field.Options.Select(option => new Choice(option))] },
        _ => new Shape { Field = field, Schema = owner },
    };

    /// <summary>The known types, those of a kind where one is wanted.</summary>
    public IReadOnlyList<Choice> Types(string? kind) =>
        [.. schemas.All.Where(schema => kind is null || schemas.IsKindOf(schema.Name, kind))
            .Select(schema => new Choice(schema.Name, schema.Description, ChoiceKind.Type))];

    /// <summary>The shape of the root of a stretch of YAML.</summary>
    /// <param name="facts">The document.</param>
    /// <param name="container">The container that the root describes as far as is known, or null.</param>
    /// <param name="isWholeFile">Whether the YAML is the file itself and no front matter or fence.</param>
    /// <param name="isFence">Whether it is a <c>story</c> fence.</param>
    public Shape Root(DocumentFacts facts, ContainerFact? container, bool isWholeFile, bool isFence)
    {
        if (isWholeFile && facts.Kind == DocumentKind.Settings)
        {
            return new SettingsShapes(schemas, this).Root;
        }

        if (isWholeFile && facts.Kind == DocumentKind.Schema)
        {
            return new SchemaFileShapes(this).Root;
        }

        if (isWholeFile && facts.Kind == DocumentKind.Pipeline)
        {
            return new PipelineFileShapes(this).Root;
        }

        var type = schemas.Find(container?.Type)?.Name ?? schemas.TypeOfFolder(facts.Path, settings.Folders);
        if (type is null && (!isWholeFile || settings.Exists))
        {
            type = isFence ? Scene : SchemaSet.Note;
        }

        return new Shape
        {
            IsContainer = true,
            ContainerType = type,
            Under = isWholeFile ? key => Collection(facts, key) : null,
            Items = isWholeFile && RootCollection(facts) is { } collected ? () => Contained(collected) : null,
        };
    }

    private Shape? UnderContainer(string key, Schema? schema, string? type)
    {
        if (IsTypeKey(key))
        {
            return new Shape { Values = Types(null), Schema = schema };
        }

        // Showrunner writes a container's fields under a key of their own.
        return key.Equals("attributes", StringComparison.OrdinalIgnoreCase) && schema is not null
            ? new Shape { IsContainer = true, ContainerType = schema.Name ?? type }
            : null;
    }

    private FieldSchema? FindByOwnName(Schema schema, string key)
    {
        foreach (var type in schema.Lineage)
        {
            if (!settings.FieldNames.TryGetValue(type, out var names))
            {
                continue;
            }

            foreach (var (field, keys) in names)
            {
                if (keys.Contains(key, StringComparer.OrdinalIgnoreCase))
                {
                    return schema.FindField(field);
                }
            }
        }

        return null;
    }

    private Shape? Collection(DocumentFacts facts, string key)
    {
        foreach (var collection in settings.Collections)
        {
            var first = collection.At.Split('.')[0];
            if (first.Equals(key, StringComparison.OrdinalIgnoreCase) && PathGlob.Matches(collection.Files, facts.Path))
            {
                return AtDepth(collection.At.Split('.').AsSpan(1).ToArray(), collection.Type);
            }
        }

        return schemas.TypeOfPlural(key) is { } type ? Collected(type) : null;
    }

    private Shape AtDepth(string[] rest, string type) => rest.Length == 0
        ? Collected(type)
        : new Shape { Under = key => key.Equals(rest[0], StringComparison.OrdinalIgnoreCase) ? AtDepth(rest[1..], type) : null };

    private Shape Collected(string type) => new() { Under = _ => Contained(type), Items = () => Contained(type) };

    private static Shape Contained(string type) => new() { IsContainer = true, ContainerType = type };

    private string? RootCollection(DocumentFacts facts)
    {
        foreach (var collection in settings.Collections)
        {
            if (collection.At.Length == 0 && PathGlob.Matches(collection.Files, facts.Path))
            {
                return collection.Type;
            }
        }

        return null;
    }
}
