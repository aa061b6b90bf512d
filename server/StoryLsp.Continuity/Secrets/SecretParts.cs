using System.Runtime.InteropServices;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Secrets;

/// <summary>
/// The parts of a document that a schema marks as secret, wherever they are written: a value that is shared with a secret field by an
/// anchor and an alias is secret in both places.
/// </summary>
internal sealed class SecretParts
{
    private const int DeepestNesting = 64;

    private readonly SchemaSet _schemas;
    private readonly StorySettings _settings;
    private readonly List<TextSpan> _spans = [];
    private readonly HashSet<(FieldSchema, YamlNode)> _seen = [];
    private readonly HashSet<YamlNode> _taken = [];

    private SecretParts(SchemaSet schemas, StorySettings settings)
    {
        _schemas = schemas;
        _settings = settings;
    }

    /// <summary>The secret parts of a document.</summary>
    public static SecretParts Of(Snapshot snapshot, DocumentFacts document)
    {
        var parts = new SecretParts(snapshot.Schemas, snapshot.Settings);
        foreach (var container in document.Containers)
        {
            foreach (var field in container.Fields)
            {
                if (parts.FieldOf(container.Type, field) is { } schema)
                {
                    parts.Look(schema, field.Value, 0, parts.IsSecret(container.Type, schema));
                }
            }
        }

        return parts;
    }

    /// <summary>The places of secret values, in no order.</summary>
    public IReadOnlyList<TextSpan> Spans => _spans;

    /// <summary>Whether a place lies in a secret value.</summary>
    public bool Covers(TextSpan span)
    {
        foreach (var secret in CollectionsMarshal.AsSpan(_spans))
        {
            if (secret.Contains(span))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the name of a container is a secret, or made of one.</summary>
    public bool HidesName(ContainerFact container) => (container.NameSpan is { } span && Covers(span)) || IsSecretText(container, container.Name);

    /// <summary>Whether the id of a container is a secret, or made of one.</summary>
    public bool HidesId(ContainerFact container) => (container.IdSpan is { } span && Covers(span)) || IsSecretText(container, container.Id);

    /// <summary>Whether a field may be told: its schema knows it, and neither it nor any other meaning of its keys is secret.</summary>
    public FieldSchema? PublicField(string type, FieldFact field) =>
        field.Known && FieldOf(type, field) is { } schema && !IsSecret(type, schema) ? schema : null;

    /// <summary>All keys by which a secret field of a type may be written, at any depth.</summary>
    public static IReadOnlySet<string> KeysOf(Snapshot snapshot, string type)
    {
        var result = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        AddKeys(result, snapshot.Schemas.Find(type)?.Fields ?? [], false, 0);
        foreach (var (field, keys) in snapshot.Settings.FieldNames.GetValueOrDefault(type) ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            if (result.Contains(field))
            {
                result.UnionWith(keys);
            }
        }

        return result;
    }

    private static void AddKeys(HashSet<string> keys, IReadOnlyList<FieldSchema> fields, bool isSecret, int depth)
    {
        foreach (var field in depth > DeepestNesting ? [] : fields)
        {
            var secret = isSecret || field.Secret || field.Of is { Secret: true };
            if (secret && field.Name.Length > 0)
            {
                keys.Add(field.Name);
                keys.UnionWith(field.Synonyms);
            }

            AddKeys(keys, field.Fields, secret, depth + 1);
            AddKeys(keys, field.Of is null ? [] : [field.Of], secret, depth + 1);
        }
    }

    /// <summary>Whether a text is what a secret field of the container says, or the id that is made of it.</summary>
    public bool IsSecretText(ContainerFact container, string text)
    {
        var slug = Slug.Of(text);
        foreach (var field in container.Fields)
        {
            if (field.Value.Resolve() is YamlScalar { IsNull: false } scalar && scalar.Value.Trim() is { Length: > 0 } value && Covers(scalar.Span) &&
                (value.Equals(text, StringComparison.OrdinalIgnoreCase) || (slug.Length > 0 && Slug.Of(value) == slug)))
            {
                return true;
            }
        }

        return false;
    }

    private FieldSchema? FieldOf(string type, FieldFact field) => _schemas.Find(type)?.FindField(field.Name);

    // A workspace may say that its key `plan` means `synopsis` while its schema has a secret `plan`: the secret wins.
    private bool IsSecret(string type, FieldSchema field)
    {
        if (field.Secret)
        {
            return true;
        }

        return _settings.FieldNames.TryGetValue(type, out var names) && names.TryGetValue(field.Name, out var keys) &&
            _schemas.Find(type) is { } schema && keys.Any(key => schema.FindField(key) is { Secret: true });
    }

    private void Look(FieldSchema field, YamlNode node, int depth, bool isSecret)
    {
        if (isSecret || field.Secret || depth > DeepestNesting)
        {
            Take(node, 0);
            return;
        }

        if (node.Resolve() is not { } value || !_seen.Add((field, value)))
        {
            return;
        }

        switch (value)
        {
            case YamlMapping map when field.Fields.Count > 0:
                foreach (var entry in map.Entries)
                {
                    foreach (var inner in Meanings(field.Fields, entry.Key.AsText()))
                    {
                        Look(inner, entry.Value, depth + 1, false);
                    }
                }

                break;
            case YamlSequence list when field.Of is { } of:
                foreach (var item in list.Items)
                {
                    Look(of, item, depth + 1, false);
                }

                break;
            case var single when field.Of is { } of:
                Look(of, single, depth + 1, false);
                break;
        }
    }

    /// <summary>The fields that a key may mean: by name, and by synonym.</summary>
    internal static IEnumerable<FieldSchema> Meanings(IReadOnlyList<FieldSchema> fields, string? key) =>
        key is null ? [] : fields.Where(field => field.Name.Equals(key, StringComparison.OrdinalIgnoreCase) || field.Synonyms.Contains(key, StringComparer.OrdinalIgnoreCase));

    private void Take(YamlNode node, int depth)
    {
        if (node.Resolve() is not { } value || !_taken.Add(value) || depth > DeepestNesting)
        {
            return;
        }

        if (value.Span.Length > 0)
        {
            _spans.Add(value.Span);
        }

        switch (value)
        {
            case YamlMapping map:
                foreach (var entry in map.Entries)
                {
                    Take(entry.Key, depth + 1);
                    Take(entry.Value, depth + 1);
                }

                break;
            case YamlSequence list:
                foreach (var item in list.Items)
                {
                    Take(item, depth + 1);
                }

                break;
        }
    }
}
