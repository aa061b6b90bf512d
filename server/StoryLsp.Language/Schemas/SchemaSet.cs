using System.Security.Cryptography;
using System.Text;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Schemas;

/// <summary>All schemas of a workspace: the shipped ones and its own. Immutable.</summary>
public sealed class SchemaSet
{
    /// <summary>The type of a Markdown file that is nothing else.</summary>
    public const string Note = "note";

    private const string Base = "entity";
    private const string SettingsSchema = "workspace";
    private const string ShippedFolder = "schemas/";

    private static readonly Lazy<IReadOnlyList<Schema>> ShippedFiles = new(ReadShipped);
    private static readonly Lazy<SchemaSet> ShippedSet = new(() => new SchemaSet([], ""));

    private readonly Dictionary<string, Schema> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _byFolder = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Schema> _all = [];

    private SchemaSet(IReadOnlyList<Schema> own, string fingerprint)
    {
        Fingerprint = fingerprint;
        var sources = new Dictionary<string, Schema>(StringComparer.OrdinalIgnoreCase);
        var shipped = new Dictionary<string, Schema>(StringComparer.OrdinalIgnoreCase);
        foreach (var schema in ShippedFiles.Value)
        {
            shipped[schema.Name] = schema;
            if (schema.Name != SettingsSchema)
            {
                sources[schema.Name] = schema;
            }
        }

        foreach (var schema in own)
        {
            sources[schema.Name] = schema;
        }

        foreach (var schema in sources.Values)
        {
            Add(Inherit(schema, sources, shipped));
        }

        Settings = Inherit(shipped[SettingsSchema], sources, shipped);
        _all.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
    }

    /// <summary>The shipped schemas alone.</summary>
    public static SchemaSet Shipped => ShippedSet.Value;

    /// <summary>The text of the file in which a shipped schema is written; null for any other name.</summary>
    /// <param name="name">The type that it defines, in its own spelling.</param>
    public static SourceText? ShippedText(string name) => ReadResource(ShippedFolder + name + ".yaml");

    /// <summary>All schemas, by name.</summary>
    public IReadOnlyList<Schema> All => _all;

    /// <summary>The schema of <c>story.yaml</c> itself; it defines no type.</summary>
    public Schema Settings { get; }

    /// <summary>Changes whenever a schema of the workspace changes.</summary>
    public string Fingerprint { get; }

    /// <summary>The set of the shipped schemas and those that the files hold.</summary>
    /// <param name="files">Workspace-relative paths and texts of the files in <c>schemas/</c>.</param>
    public static SchemaSet Load(IEnumerable<KeyValuePair<string, SourceText>> files)
    {
        var own = new List<Schema>();
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, text) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            own.AddRange(SchemaReader.Read(YamlParser.Parse(text), path).Schemas);
            hash.AppendData(Encoding.UTF8.GetBytes(path + "\0" + text.Text + "\0"));
        }

        return own.Count == 0 ? Shipped : new SchemaSet(own, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>The schema of a type, whatever the case of its name; null when unknown.</summary>
    public Schema? Find(string? type) => type is null ? null : _byName.GetValueOrDefault(type);

    /// <summary>Whether a type is another, or extends it.</summary>
    public bool IsKindOf(string type, string ancestor)
    {
        if (type.Equals(ancestor, StringComparison.OrdinalIgnoreCase) || ancestor == Base)
        {
            return true;
        }

        return Find(type) is { } schema && schema.Lineage.Contains(ancestor, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The type of the nearest ancestor folder that names one, or null.</summary>
    /// <param name="path">Workspace-relative path of a file.</param>
    /// <param name="folders">The folders of <c>story.yaml</c>; they win.</param>
    public string? TypeOfFolder(string path, IReadOnlyDictionary<string, string> folders)
    {
        var end = path.LastIndexOf('/');
        while (end > 0)
        {
            var start = path.LastIndexOf('/', end - 1);
            var name = path[(start + 1)..end];
            if (folders.TryGetValue(name, out var type) || folders.TryGetValue(path[..end], out type) || _byFolder.TryGetValue(name, out type))
            {
                return Find(type)?.Name ?? type;
            }

            end = start;
        }

        return null;
    }

    /// <summary>The type that a plural names, as <c>characters</c>; null when none.</summary>
    public string? TypeOfPlural(string key) =>
        _byFolder.TryGetValue(key, out var type) && !type.Equals(key, StringComparison.OrdinalIgnoreCase) ? type : null;

    /// <summary>The English plural of a type's name.</summary>
    public static string Plural(string name) =>
        name.EndsWith('y') && name.Length > 1 && !"aeiou".Contains(name[^2]) ? name[..^1] + "ies"
        : name.EndsWith('s') || name.EndsWith('x') || name.EndsWith("ch", StringComparison.Ordinal) || name.EndsWith("sh", StringComparison.Ordinal) ? name + "es"
        : name + "s";

    private void Add(Schema schema)
    {
        _byName[schema.Name] = schema;
        _all.Add(schema);
        foreach (var folder in schema.Folders.Append(schema.Name).Append(Plural(schema.Name)))
        {
            // A workspace's own schema wins over a shipped one that claims the same folder.
            if (!schema.IsShipped || !_byFolder.ContainsKey(folder))
            {
                _byFolder[folder.Trim('/')] = schema.Name;
            }
        }
    }

    private static Schema Inherit(Schema schema, Dictionary<string, Schema> sources, Dictionary<string, Schema> shipped)
    {
        var fields = new List<FieldSchema>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var lineage = new List<string>();
        var visited = new HashSet<Schema>();
        for (var current = schema; current is not null && visited.Add(current); current = Parent(current, sources, shipped))
        {
            lineage.Add(current.Name);
            fields.AddRange(current.Fields.Where(field => seen.Add(field.Name)));
        }

        return new Schema
        {
            Name = schema.Name,
            Extends = schema.Extends,
            Description = schema.Description,
            Folders = schema.Folders,
            Additional = schema.Additional,
            Fields = fields,
            IsShipped = schema.IsShipped,
            Path = schema.Path,
            Lineage = lineage,
        };
    }

    // A schema may extend the shipped schema that it replaces; a schema that extends nothing still has the fields that every container has.
    private static Schema? Parent(Schema schema, Dictionary<string, Schema> sources, Dictionary<string, Schema> shipped)
    {
        if (schema.Name is Base or SettingsSchema && schema.IsShipped)
        {
            return null;
        }

        var name = schema.Extends ?? Base;
        if (name.Equals(schema.Name, StringComparison.OrdinalIgnoreCase))
        {
            return schema.IsShipped ? null : shipped.GetValueOrDefault(name);
        }

        return sources.GetValueOrDefault(name) ?? sources.GetValueOrDefault(Base);
    }

    private static List<Schema> ReadShipped()
    {
        var result = new List<Schema>();
        foreach (var name in typeof(SchemaSet).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(ShippedFolder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            result.AddRange(SchemaReader.Read(YamlParser.Parse(ReadResource(name)!), null).Schemas);
        }

        return result;
    }

    private static SourceText? ReadResource(string name)
    {
        using var stream = typeof(SchemaSet).Assembly.GetManifestResourceStream(name);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream, Encoding.UTF8);
        return SourceText.From(reader.ReadToEnd());
    }
}
