using StoryLsp.Continuity;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Rows;

/// <summary>A story on the disk, indexed as every command does it, and what of it can be seen, in words.</summary>
internal sealed class StoryRow : IDisposable
{
    private readonly StoryOnDisk _disk;
    private readonly Workspace _workspace;
    private readonly StoryLsp.Continuity.Findings _findings = new();

    private StoryRow(StoryOnDisk disk)
    {
        _disk = disk;
        _workspace = Workspace.Open(new WorkspaceOptions { Root = disk.Root, DocumentRules = StoryLsp.Continuity.Findings.DocumentRules });
    }

    public Snapshot Snapshot => _workspace.Current;

    public static async Task<StoryRow> OfAsync(string fixture)
    {
        var row = new StoryRow(new StoryOnDisk(fixture));
        await row._workspace.IndexAsync();
        return row;
    }

    /// <summary>All containers as <c>type id “name” path</c>.</summary>
    public string Containers => Lines(InOrder.Select(container => $"{container.Type} {Snapshot.IdOf(container)} “{container.Name}” {container.Path}"));

    /// <summary>All containers as <c>type id</c>.</summary>
    public string Types => string.Join(", ", InOrder.Select(container => $"{container.Type} {Snapshot.IdOf(container)}"));

    /// <summary>All findings as <c>path:line:column code</c>.</summary>
    public string Findings => Lines(Snapshot.Documents.OrderBy(facts => facts.Path, StringComparer.Ordinal).SelectMany(facts => _findings.Of(Snapshot, facts.Path)
        .OrderBy(finding => finding.Span.Start)
        .Select(finding => (At: facts.Lines.GetRange(finding.Span).Start, finding.Code))
        .Select(finding => $"{facts.Path}:{finding.At.Line + 1}:{finding.At.Character + 1} {finding.Code}")));

    /// <summary>The codes of all findings.</summary>
    public string Codes => string.Join(", ", Findings.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[(line.LastIndexOf(' ') + 1)..]));

    /// <summary>All references of fields as <c>field text → id</c>, or how the resolution ended.</summary>
    public string References => Lines(Snapshot.Documents.OrderBy(facts => facts.Path, StringComparer.Ordinal)
        .SelectMany(facts => facts.References)
        .Select(reference => (reference, Found: Snapshot.Resolve(reference.Text, reference.Target)))
        .Select(pair => $"{pair.reference.Field} {pair.reference.Text} → {(pair.Found.Container is { } container ? Snapshot.IdOf(container) : pair.Found.Kind.ToString())}"));

    /// <summary>The scenes in the reader's order.</summary>
    public string Manuscript => string.Join(", ", Snapshot.Narrative.Scenes(Snapshot).Select(Snapshot.IdOf));

    /// <summary>The values of a field of a container, or null.</summary>
    public string? Field(string id, string field) =>
        Snapshot.Containers.Single(container => Snapshot.IdOf(container) == id).Fact.Field(field)?.Value is { } value
            ? string.Join(", ", Language.Yaml.YamlNodeReading.AsTexts(value))
            : null;

    private IEnumerable<Container> InOrder => Snapshot.Documents.OrderBy(facts => facts.Path, StringComparer.Ordinal).SelectMany(facts => Snapshot.ContainersIn(facts.Path));

    public void Dispose()
    {
        _workspace.Dispose();
        _disk.Dispose();
    }

    private static string Lines(IEnumerable<string> lines) => string.Join("\n", lines);
}
