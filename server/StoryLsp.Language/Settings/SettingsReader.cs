using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Settings;

/// <summary>Reads <c>story.yaml</c>. Never fails: what cannot be read keeps its default.</summary>
public static class SettingsReader
{
    /// <summary>The name of the file that makes a folder a workspace.</summary>
    public const string FileName = "story.yaml";

    /// <summary>Reads the settings from the file's text.</summary>
    public static StorySettings Read(SourceText text)
    {
        var root = YamlParser.Parse(text).Documents.FirstOrDefault()?.Root.Resolve();
        var collections = ReadCollections(root.Get("collections"));
        var folders = ReadFolders(root.Get("folders"));
        var fields = ReadFieldNames(root.Get("fields"));
        var defaults = StorySettings.None;
        return new StorySettings
        {
            Exists = true,
            Title = root.Get("title").AsText(),
            Language = root.Get("language").AsText() ?? defaults.Language,
            TargetWords = long.TryParse(root.Get("target_words").AsText(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var target) && target > 0 ? target : null,
            IsComplete = string.Equals(root.Get("status").AsText(), "complete", StringComparison.OrdinalIgnoreCase),
            Include = root.Get("include").AsTexts() is { Count: > 0 } include ? [.. include.SelectMany(ExpandBraces)] : defaults.Include,
            Exclude = [.. root.Get("exclude").AsTexts().SelectMany(ExpandBraces)],
            Folders = folders,
            Calendar = root.Get("calendar"),
            Manuscript = root.Get("manuscript") is { } manuscript && manuscript.AsList().Count > 0 ? manuscript : null,
            IgnoredNames = root.Get("names").Get("ignore").AsTexts(),
            Rules = ReadRules(root.Get("rules")),
            Collections = collections,
            FieldNames = fields,
            Ai = AiSettingsReader.Read(root.Get("ai")),
            Fingerprint = FingerprintOf(collections, folders, fields, root.Get("calendar") is { } calendar ? text.Slice(calendar.Span) : ""),
        };
    }

    /// <summary>The globs that braces stand for: <c>*.{md,yaml}</c> is <c>*.md</c> and <c>*.yaml</c>.</summary>
    public static IEnumerable<string> ExpandBraces(string glob)
    {
        var open = glob.IndexOf('{');
        var close = open < 0 ? -1 : glob.IndexOf('}', open);
        if (close < 0)
        {
            return [glob];
        }

        return glob[(open + 1)..close].Split(',').SelectMany(part => ExpandBraces(glob[..open] + part.Trim() + glob[(close + 1)..]));
    }

    /// <summary>The severity that a word names; false when it names none. <c>off</c> is null.</summary>
    public static bool TryReadSeverity(string? word, out Severity? severity)
    {
        severity = word?.ToLowerInvariant() switch
        {
            "hint" => Severity.Hint,
            "info" or "information" => Severity.Information,
            "warning" or "warn" => Severity.Warning,
            "error" => Severity.Error,
            _ => null,
        };
        // YAML 1.1 tools write `off` as a boolean; both mean silence.
        return severity is not null || word?.ToLowerInvariant() is "off" or "false" or "none";
    }

    private static List<KeyValuePair<string, Severity?>> ReadRules(YamlNode? node)
    {
        var result = new List<KeyValuePair<string, Severity?>>();
        foreach (var entry in Entries(node))
        {
            if (entry.Key.AsText() is { } code && TryReadSeverity(entry.Value.AsText(), out var severity))
            {
                result.Add(new(code, severity));
            }
        }

        return result;
    }

    private static Dictionary<string, string> ReadFolders(YamlNode? node)
    {
        var result = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in Entries(node))
        {
            if (entry.Key.AsText() is { } folder && entry.Value.AsText() is { } type)
            {
                result[folder.Trim('/')] = type;
            }
        }

        return result;
    }

    private static List<CollectionSettings> ReadCollections(YamlNode? node)
    {
        var result = new List<CollectionSettings>();
        foreach (var item in node.AsList())
        {
            foreach (var file in item.Get("files").AsTexts().SelectMany(ExpandBraces))
            {
                if (item.Get("type").AsText() is { } type)
                {
                    result.Add(new(file, item.Get("at").AsText() ?? "", type, item.Get("id").AsText()));
                }
            }
        }

        return result;
    }

    private static Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>> ReadFieldNames(YamlNode? node)
    {
        var result = new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>>(StringComparer.OrdinalIgnoreCase);
        foreach (var type in Entries(node))
        {
            var fields = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
            foreach (var field in Entries(type.Value))
            {
                if (field.Key.AsText() is { } name && field.Value.AsTexts() is { Count: > 0 } keys)
                {
                    fields[name] = keys;
                }
            }

            if (type.Key.AsText() is { } typeName && fields.Count > 0)
            {
                result[typeName] = fields;
            }
        }

        return result;
    }

    private static IReadOnlyList<YamlEntry> Entries(YamlNode? node) => node.Resolve() is YamlMapping mapping ? mapping.Entries : [];

    // Facts depend on what a file's containers and fields are called, and findings kept with them on the calendar; on nothing else of the settings.
    private static string FingerprintOf(
        List<CollectionSettings> collections,
        Dictionary<string, string> folders,
        Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>> fields,
        string calendar)
    {
        var text = new StringBuilder("story");
        if (calendar.Length > 0)
        {
            text.Append("\nd ").Append(calendar);
        }

        foreach (var collection in collections)
        {
            text.Append("\nc ").Append(collection);
        }

        foreach (var (folder, type) in folders)
        {
            text.Append("\nf ").Append(folder).Append('=').Append(type);
        }

        foreach (var (type, names) in fields)
        {
            foreach (var (field, keys) in names)
            {
                text.Append("\nn ").Append(type).Append('.').Append(field).Append('=').AppendJoin(',', keys);
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
