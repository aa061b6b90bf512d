using System.Security.Cryptography;
using System.Text;
using StoryLsp.Index.Files;
using StoryLsp.Index.Storage;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;

namespace StoryLsp.Index;

/// <summary>The settings and schemas that documents are read with.</summary>
internal sealed class WorkspaceContext
{
    private WorkspaceContext(ReadingContext reading, string fingerprint)
    {
        Reading = reading;
        Fingerprint = fingerprint;
    }

    /// <summary>What the reader takes.</summary>
    public ReadingContext Reading { get; }

    /// <summary>Changes whenever facts must be read anew: with the settings, the schemas, the rules and the build of the product.</summary>
    public string Fingerprint { get; }

    public static WorkspaceContext Of(StorySettings settings, SchemaSet schemas, IReadOnlyList<IDocumentRule> rules)
    {
        var reading = new ReadingContext(schemas, settings, rules);
        return new(reading, HashOf(reading.Fingerprint + "\n" + BuildOf(rules)));
    }

    // A build that reads differently must not trust the facts of another, and nobody remembers to count versions.
    private static string BuildOf(IReadOnlyList<IDocumentRule> rules)
    {
        var modules = new SortedSet<string>(StringComparer.Ordinal)
        {
            typeof(DocumentReader).Module.ModuleVersionId.ToString("N"),
            typeof(FactsSerialization).Module.ModuleVersionId.ToString("N"),
        };
        foreach (var rule in rules)
        {
            modules.Add(rule.GetType().Module.ModuleVersionId.ToString("N"));
            modules.Add(rule.GetType().FullName ?? "");
        }

        return string.Join('\n', modules);
    }

    // Short, as each of thousands of documents keeps it.
    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}

/// <summary>The texts of <c>story.yaml</c> and of the schemas, as they are on disk.</summary>
internal sealed class ContextFiles(DocumentLoader loader, IReadOnlyList<IDocumentRule> rules)
{
    private Dictionary<string, SourceText> _texts = new(StringComparer.Ordinal);

    /// <summary>Reads the files; false when they are as they were.</summary>
    public bool Refresh(string root)
    {
        var texts = new Dictionary<string, SourceText>(StringComparer.Ordinal);
        foreach (var path in Paths(root))
        {
            // A file that is there and cannot be read still makes the folder a workspace.
            texts[path] = loader.Text(path) ?? SourceText.Empty;
        }

        var before = _texts;
        _texts = texts;
        return before.Count != texts.Count || texts.Any(file => !before.TryGetValue(file.Key, out var text) || text.Text != file.Value.Text);
    }

    /// <summary>The context of the files, with the texts of open buffers over them.</summary>
    public WorkspaceContext Context(IEnumerable<KeyValuePair<string, SourceText>> buffers)
    {
        var texts = new Dictionary<string, SourceText>(_texts, StringComparer.Ordinal);
        foreach (var (path, text) in buffers)
        {
            texts[path] = text;
        }

        var settings = texts.Remove(SettingsReader.FileName, out var written) ? SettingsReader.Read(written) : StorySettings.None;
        return WorkspaceContext.Of(settings, SchemaSet.Load(texts), rules);
    }

    private static List<string> Paths(string root)
    {
        var result = new List<string>();
        try
        {
            if (File.Exists(Path.Combine(root, SettingsReader.FileName)))
            {
                result.Add(SettingsReader.FileName);
            }

            foreach (var folder in Directory.EnumerateDirectories(root))
            {
                var name = Path.GetFileName(folder);
                if (name.Equals("schemas", StringComparison.OrdinalIgnoreCase))
                {
                    result.AddRange(Directory.EnumerateFiles(folder).Select(file => name + "/" + Path.GetFileName(file)).Where(IncludeRules.IsSettingsOrSchema));
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The walk says which folder cannot be read.
        }

        return result;
    }
}
