using System.Reflection;
using StoryLsp.Continuity;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Pipelines.Files;

/// <summary>The pipelines that ship, and those of a workspace's <c>pipelines/</c> folder.</summary>
public static class PipelineFiles
{
    private const string Prefix = "pipelines/";

    private static readonly Lazy<IReadOnlyList<PipelineFile>> ShippedFiles = new(ReadShipped);

    /// <summary>The pipelines that ship with the product, by name.</summary>
    public static IReadOnlyList<PipelineFile> Shipped => ShippedFiles.Value;

    /// <summary>The rules that look at one document alone, pipeline files among them: whoever opens a workspace passes these.</summary>
    public static IReadOnlyList<IDocumentRule> DocumentRules { get; } = [.. Findings.DocumentRules, new PipelineFileRule()];

    /// <summary>All pipelines by name; a workspace's own replaces the shipped one of its name. A file at fault is left out: its finding says why.</summary>
    public static IReadOnlyList<PipelineFile> All(Snapshot snapshot)
    {
        var byName = Shipped.ToDictionary(file => file.Name, StringComparer.Ordinal);
        foreach (var path in OwnPaths(snapshot))
        {
            if (Read(snapshot, path).Pipeline is { } pipeline)
            {
                byName[pipeline.Name] = pipeline;
            }
        }

        return [.. byName.Values.OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    /// <summary>The pipeline of a name, or null.</summary>
    public static PipelineFile? Find(Snapshot snapshot, string name) => All(snapshot).FirstOrDefault(file => file.Name == name);

    /// <summary>Whether a pipeline bears the name of a shipped one and is another: a story that comes from somebody else may bring it along.</summary>
    /// <param name="pipeline">The pipeline.</param>
    public static bool ReplacesShipped(PipelineFile pipeline) => Shipped.Any(shipped => shipped.Name == pipeline.Name && shipped.Source != pipeline.Source);

    /// <summary>What is wrong with a pipeline file, in the order of the text; empty when it can be run.</summary>
    public static IReadOnlyList<PipelineProblem> Check(string text)
    {
        var source = SourceText.From(text);
        var tree = YamlParser.Parse(source);
        return [.. tree.Errors.Select(error => new PipelineProblem(error.Span, error.Message)).Concat(PipelineReader.Read(tree, source, null).Problems).OrderBy(problem => problem.Span.Start)];
    }

    /// <summary>The pipeline of a text that was checked before; null where it has a fault.</summary>
    internal static PipelineFile? Parse(string text, string? path = null)
    {
        var source = SourceText.From(text);
        return PipelineReader.Read(YamlParser.Parse(source), source, path).Pipeline;
    }

    /// <summary>The workspace's own files that say this name but cannot be run, for a message.</summary>
    internal static (string Path, PipelineProblem Problem)? FaultOf(Snapshot snapshot, string name)
    {
        foreach (var path in OwnPaths(snapshot))
        {
            var isNamed = snapshot.Document(path)?.Yaml?.Documents.Any(document => document.Root.Get("pipeline").AsText()?.Trim() == name) == true ||
                Path.GetFileNameWithoutExtension(path) == name;
            if (isNamed && Read(snapshot, path) is { Pipeline: null } read)
            {
                return (path, read.Problems.Count > 0 ? read.Problems[0] : new PipelineProblem(default, "The YAML does not parse."));
            }
        }

        return null;
    }

    private static IEnumerable<string> OwnPaths(Snapshot snapshot) =>
        snapshot.Documents.Where(facts => facts.Kind == DocumentKind.Pipeline).Select(facts => facts.Path).Order(StringComparer.Ordinal);

    private static (PipelineFile? Pipeline, IReadOnlyList<PipelineProblem> Problems) Read(Snapshot snapshot, string path) =>
        snapshot.Document(path) is { Yaml: { } tree } document ? PipelineReader.Read(tree, document.Text, path) : (null, []);

    private static List<PipelineFile> ReadShipped()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var result = new List<PipelineFile>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            if (Parse(reader.ReadToEnd()) is { } pipeline)
            {
                result.Add(pipeline);
            }
        }

        return result;
    }
}
