using System.Globalization;
using System.Text.RegularExpressions;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Schemas;

/// <summary>A fault in a schema file.</summary>
/// <param name="Span">Where, in UTF-16 code units.</param>
/// <param name="Message">What is wrong and what to write instead.</param>
public sealed record SchemaProblem(TextSpan Span, string Message);

/// <summary>What a schema file holds.</summary>
/// <param name="Schemas">Its schemas; own fields only.</param>
/// <param name="Problems">What is wrong with it.</param>
/// <param name="LooksLikeSchema">Whether any of its documents names a type.</param>
public sealed record SchemaFile(IReadOnlyList<Schema> Schemas, IReadOnlyList<SchemaProblem> Problems, bool LooksLikeSchema);

/// <summary>Reads schema files: our own form (fields as a mapping), and Showrunner's (fields as a list with <c>field_type</c>).</summary>
public static class SchemaReader
{
    private const int DeepestNesting = 16;

    /// <summary>Reads the schemas of one file. Never fails: what cannot be read is a problem and is left out.</summary>
    public static SchemaFile Read(YamlTree tree, string? path)
    {
        var schemas = new List<Schema>();
        var problems = new List<SchemaProblem>();
        var looks = false;
        foreach (var document in tree.Documents)
        {
            if (document.Root.Resolve() is YamlMapping root)
            {
                looks |= NameEntry(root) is not null;
                if (ReadSchema(root, path, problems) is { } schema)
                {
                    schemas.Add(schema);
                }
            }
            else if (document.Root is { } other && other is not YamlScalar { IsNull: true })
            {
                problems.Add(new(other.Span, "A schema is a mapping that begins with `schema: name of the type`."));
            }
        }

        return new(schemas, problems, looks);
    }

    /// <summary>Reads fields that stand outside of a schema, as a pipeline's step declares the fields of its answer.</summary>
    /// <param name="node">The mapping or list of fields.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public static IReadOnlyList<FieldSchema> ReadFields(YamlNode? node, ICollection<SchemaProblem> problems)
    {
        var found = new List<SchemaProblem>();
        var fields = ReadFields(node, null, found, 0);
        foreach (var problem in found)
        {
            problems.Add(problem);
        }

        return fields;
    }

    private static YamlEntry? NameEntry(YamlMapping root) =>
        root.Entry("schema") ?? (root.Get("fields") is not null ? root.Entry("name") : null);

    private static Schema? ReadSchema(YamlMapping root, string? path, List<SchemaProblem> problems)
    {
        if (NameEntry(root) is not { } entry || entry.Value.AsText() is not { } name || Text.Slug.Of(name).Length == 0)
        {
            var at = root.Entry("schema")?.Value ?? root.Entries.FirstOrDefault()?.Key ?? (YamlNode)root;
            problems.Add(new(at.Span, "This schema does not say which type it defines. Begin it with `schema: spaceship`."));
            return null;
        }

        return new Schema
        {
            Name = name.Trim(),
            Extends = root.Get("extends").AsText(),
            Description = root.Get("description").AsText(),
            Folders = root.Get("folders").AsTexts(),
            Additional = ReadAdditional(root.Get("additional"), problems),
            Fields = ReadFields(root.Get("fields"), path, problems, 0),
            IsShipped = path is null,
            Path = path,
        };
    }

    private static AdditionalFields ReadAdditional(YamlNode? node, List<SchemaProblem> problems)
    {
        switch (node.AsText()?.ToLowerInvariant())
        {
            case null or "allow" or "true": return AdditionalFields.Allow;
            case "warn": return AdditionalFields.Warn;
            case "deny" or "false": return AdditionalFields.Deny;
            default:
                problems.Add(new(node!.Span, "`additional` is one of allow, warn and deny."));
                return AdditionalFields.Allow;
        }
    }

    private static List<FieldSchema> ReadFields(YamlNode? node, string? path, List<SchemaProblem> problems, int depth)
    {
        var result = new List<FieldSchema>();
        switch (node.Resolve())
        {
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    if (entry.Key.AsText() is { } name)
                    {
                        result.Add(ReadField(name, entry.Value, entry.Key, path, problems, depth));
                    }
                }

                break;
            case YamlSequence sequence:
                foreach (var item in sequence.Items)
                {
                    if (item.Get("name").AsText() is { } name)
                    {
                        result.Add(ReadField(name, item, item.Get("name") ?? item, path, problems, depth));
                    }
                    else
                    {
                        problems.Add(new(item.Span, "A field in a list of fields needs a `name`."));
                    }
                }

                break;
            case YamlScalar { IsNull: false } scalar:
                problems.Add(new(scalar.Span, "`fields` is a mapping from field names to what they are, as `hull: {type: string}`."));
                break;
        }

        return result;
    }

    private static FieldSchema ReadField(string name, YamlNode node, YamlNode key, string? path, List<SchemaProblem> problems, int depth)
    {
        var typeNode = node.Get("type") ?? node.Get("field_type") ?? (node.Resolve() is YamlScalar ? node : null);
        var written = typeNode.AsText();
        var (type, inner) = ParseType(written);
        if (type is null)
        {
            problems.Add(new((typeNode ?? key).Span, written is null
                ? $"The field `{name}` does not say its type. Write one of {TypeNames}."
                : $"`{written}` is no type of field. Write one of {TypeNames}."));
        }

        if (depth > DeepestNesting)
        {
            problems.Add(new(key.Span, "Fields are nested too deeply here."));
            return new FieldSchema { Name = name, Type = FieldType.Any };
        }

        var options = node.Get("options").AsTexts();
        if (type == FieldType.Enum && options.Count == 0)
        {
            problems.Add(new((typeNode ?? key).Span, $"The field `{name}` is an enum without `options`. List them: `options: [wood, iron]`."));
            type = FieldType.String;
        }

        var of = node.Get("of") is { } ofNode ? ReadField("", ofNode, ofNode, path, problems, depth + 1)
            : inner is { } innerType ? new FieldSchema { Name = "", Type = innerType, Target = node.Get("target_type").AsText(), Path = path, Span = key.Span } : null;
        return new FieldSchema
        {
            Name = name,
            Type = type ?? FieldType.Any,
            Required = Flag(node, "required", problems),
            Default = node.Get("default").AsText(),
            Description = node.Get("description").AsText(),
            Secret = Flag(node, "secret", problems, unclear: true) || Flag(node, "is_secret", problems, unclear: true),
            Deprecated = ReadDeprecated(node.Get("deprecated")),
            Synonyms = node.Get("synonyms").AsTexts(),
            Pattern = ReadPattern(node.Get("pattern"), problems),
            MinLength = (int?)Number(node, "minLength", problems),
            MaxLength = (int?)Number(node, "maxLength", problems),
            Min = Number(node, "min", problems),
            Max = Number(node, "max", problems),
            MinItems = (int?)Number(node, "minItems", problems),
            MaxItems = (int?)Number(node, "maxItems", problems),
            Unique = Flag(node, "unique", problems),
            Options = options,
            Target = node.Get("target").AsText() ?? node.Get("target_type").AsText(),
            Of = of,
            Path = path,
            Span = key.Span,
            Fields = ReadFields(node.Get("fields"), path, problems, depth + 1),
        };
    }

    private const string TypeNames = "string, text, integer, number, boolean, date, duration, enum, reference, list, object, container and any";

    private static (FieldType? Type, FieldType? Inner) ParseType(string? written)
    {
        var text = written?.Trim().ToLowerInvariant() ?? "";
        if (text.StartsWith("list[", StringComparison.Ordinal) && text.EndsWith(']'))
        {
            return (FieldType.List, ParseType(text[5..^1]).Type ?? FieldType.Any);
        }

        FieldType? type = text switch
        {
            "string" or "str" => FieldType.String,
            "text" => FieldType.Text,
            "integer" or "int" => FieldType.Integer,
            "number" or "float" => FieldType.Number,
            "boolean" or "bool" => FieldType.Boolean,
            "date" => FieldType.Date,
            "duration" => FieldType.Duration,
            "enum" => FieldType.Enum,
            "reference" => FieldType.Reference,
            "list" => FieldType.List,
            "object" => FieldType.Object,
            "container" => FieldType.Container,
            "any" or "json" => FieldType.Any,
            _ => null,
        };
        return (type, null);
    }

    // A flag that is neither true nor false is a problem, and means what does the least harm: a field that may be secret is.
    private static bool Flag(YamlNode node, string key, List<SchemaProblem> problems, bool unclear = false)
    {
        if (node.Get(key) is not { } value || value.AsText() is null)
        {
            return false;
        }

        if (value.AsBoolean() is { } flag)
        {
            return flag;
        }

        problems.Add(new(value.Span, $"`{key}` is true or false."));
        return unclear;
    }

    private static double? Number(YamlNode node, string key, List<SchemaProblem> problems)
    {
        if (node.Get(key) is not { } value || value.AsText() is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        problems.Add(new(value.Span, $"`{key}` is a number."));
        return null;
    }

    private static string? ReadDeprecated(YamlNode? node) => node.AsBoolean() switch
    {
        true => "",
        false => null,
        _ => node.AsText(),
    };

    private static string? ReadPattern(YamlNode? node, List<SchemaProblem> problems)
    {
        if (node.AsText() is not { } pattern)
        {
            return null;
        }

        try
        {
            // The engine without backtracking keeps a writer's pattern from hanging the server.
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return pattern;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            problems.Add(new(node!.Span, "This pattern is no regular expression that can be used here: look-arounds and back-references are not supported."));
            return null;
        }
    }
}
