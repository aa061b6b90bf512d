using StoryLsp.Language.Facts;
using StoryLsp.Language.Fountain;
using StoryLsp.Language.Markdown;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Documents;

/// <summary>What the facts of a document depend on beside its own text and path.</summary>
/// <param name="Schemas">The schemas.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Rules">The rules that look at one document alone.</param>
public sealed record ReadingContext(SchemaSet Schemas, StorySettings Settings, IReadOnlyList<IDocumentRule> Rules)
{
    /// <summary>Grows by one whenever the product reads documents differently, so that old indexes are not trusted.</summary>
    public const int ReaderVersion = 5;

    /// <summary>Changes whenever facts must be read anew.</summary>
    public string Fingerprint => $"{ReaderVersion}/{Settings.Exists}/{Settings.Fingerprint}/{Schemas.Fingerprint}";
}

/// <summary>Reads documents: from characters to containers, references and findings, with exact spans. Never fails.</summary>
public static class DocumentReader
{
    /// <summary>Reads a document.</summary>
    /// <param name="path">Workspace-relative path with <c>/</c>.</param>
    /// <param name="text">Its text.</param>
    /// <param name="context">What its facts depend on.</param>
    public static Document Read(string path, SourceText text, ReadingContext context)
    {
        var draft = new FactsDraft(path, text, context);
        var document = KindOf(path) switch
        {
            DocumentKind.Markdown => ReadMarkdown(draft),
            DocumentKind.Fountain => ReadFountain(draft),
            var kind => ReadYaml(draft, kind),
        };
        foreach (var rule in context.Rules)
        {
            rule.Check(document, context.Schemas, context.Settings, draft.Findings.Add);
        }

        return document;
    }

    /// <summary>A name from a file's stem: hyphens and underscores become spaces, the first letter a capital.</summary>
    public static string Humanize(string stem)
    {
        var words = stem.Replace('-', ' ').Replace('_', ' ').Trim();
        return words.Length == 0 ? stem : char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static Document ReadYaml(FactsDraft draft, DocumentKind kind)
    {
        var tree = YamlParser.Parse(draft.Text);
        if (kind == DocumentKind.Schema && !draft.Context.Settings.Exists && !SchemaReader.Read(tree, draft.Path).LooksLikeSchema)
        {
            kind = DocumentKind.Yaml;
        }

        if (kind == DocumentKind.Pipeline && !IsPipeline(draft, tree))
        {
            kind = DocumentKind.Yaml;
        }

        IReadOnlyList<int> containers = kind == DocumentKind.Yaml ? YamlDocumentReader.Read(draft, tree) : [.. tree.Documents.Select(_ => -1)];
        if (kind == DocumentKind.Settings && tree.Documents.Count > 0)
        {
            draft.AddManuscript(tree.Documents[0].Root.Get("manuscript"), 0);
        }

        foreach (var comment in tree.Comments)
        {
            SuppressionReader.Read(draft, comment.Span);
        }

        return new Document
        {
            Text = draft.Text,
            Facts = draft.Finish(kind),
            Yaml = tree,
            YamlRegions = [new(new TextSpan(0, draft.Text.Length), tree, containers)],
        };
    }

    // A story may have a folder of oil pipelines. Under a `story.yaml` a file there that says nothing of its own type is taken for a pipeline at fault.
    private static bool IsPipeline(FactsDraft draft, YamlTree tree)
    {
        var roots = tree.Documents.Select(part => part.Root).ToList();
        return roots.Any(root => root.Get("pipeline") is not null) ||
            (draft.Context.Settings.Exists && !draft.Context.Settings.Folders.Keys.Contains("pipelines", StringComparer.OrdinalIgnoreCase) &&
                roots.All(root => root.Get("type") is null && root.Get("container_type") is null));
    }

    private static Document ReadMarkdown(FactsDraft draft)
    {
        var tree = MarkdownParser.Parse(draft.Text);
        var regions = MarkdownDocumentReader.Read(draft, tree);
        foreach (var comment in regions.SelectMany(region => region.Tree.Comments.Select(comment => comment.Span)).Concat(tree.Comments.Select(comment => comment.Span)))
        {
            SuppressionReader.Read(draft, comment);
        }

        return new Document { Text = draft.Text, Facts = draft.Finish(DocumentKind.Markdown), Markdown = tree, YamlRegions = regions };
    }

    private static Document ReadFountain(FactsDraft draft)
    {
        var tree = FountainParser.Parse(draft.Text);
        FountainDocumentReader.Read(draft, tree);
        foreach (var comment in tree.Comments)
        {
            SuppressionReader.Read(draft, comment);
        }

        return new Document { Text = draft.Text, Facts = draft.Finish(DocumentKind.Fountain), Fountain = tree };
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
            _ when path.StartsWith("schemas/", StringComparison.OrdinalIgnoreCase) => DocumentKind.Schema,
            _ when path.StartsWith("pipelines/", StringComparison.OrdinalIgnoreCase) => DocumentKind.Pipeline,
            _ => DocumentKind.Yaml,
        };
    }
}
