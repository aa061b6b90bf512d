using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Documents;

/// <summary>What the facts of a document depend on beside its own text and path.</summary>
/// <param name="Schemas">The schemas.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Rules">The rules that look at one document alone.</param>
public sealed record ReadingContext(SchemaSet Schemas, StorySettings Settings, IReadOnlyList<IDocumentRule> Rules)
{
    /// <summary>Grows by one whenever the product reads documents differently, so that old indexes are not trusted.</summary>
    public const int ReaderVersion = 1;

    /// <summary>Changes whenever facts must be read anew.</summary>
    public string Fingerprint => $"{ReaderVersion}/{Settings.Exists}/{Settings.Fingerprint}/{Schemas.Fingerprint}";
}

/// <summary>Reads documents: from characters to containers, references and findings, with exact spans. Never fails.</summary>
public static partial class DocumentReader
{
    /// <summary>Reads a document.</summary>
    /// <param name="path">Workspace-relative path with <c>/</c>.</param>
    /// <param name="text">Its text.</param>
    /// <param name="context">What its facts depend on.</param>
    public static Document Read(string path, SourceText text, ReadingContext context)
    {
        _ = context;
        return new Document { Text = text, Facts = new DocumentFacts { Path = path, Kind = KindOf(path), Lines = text.Lines } };
    }

    /// <summary>The kind of a file by its path alone.</summary>
    public static DocumentKind KindOf(string path)
    {
        if (path == SettingsReader.FileName)
        {
            return DocumentKind.Settings;
        }

        var extension = System.IO.Path.GetExtension(path).ToLowerInvariant();
        return extension switch
        {
            ".md" or ".markdown" => DocumentKind.Markdown,
            ".fountain" => DocumentKind.Fountain,
            _ => path.StartsWith("schemas/", StringComparison.OrdinalIgnoreCase) ? DocumentKind.Schema : DocumentKind.Yaml,
        };
    }
}
