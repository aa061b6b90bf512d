using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;

namespace StoryLsp.Index;

/// <summary>
/// A workspace at one moment. Immutable: a request reads one snapshot to its end, and a change makes the next. Paths are
/// workspace-relative with <c>/</c>; spans are UTF-16 code units.
/// </summary>
public sealed partial class Snapshot
{
    [ThreadStatic]
    private static (DocumentFacts Facts, SourceText Text)? _lastText;

    private readonly LayeredMap<string, DocumentEntry> _documents;
    private readonly LayeredMap<string, NamedContainer[]> _names;
    private readonly LayeredMap<string, string[]> _takers;
    private readonly LayeredMap<string, string[]> _byType;
    private readonly IDocumentSource _source;
    private NarrativeOrder? _narrative;

    internal Snapshot(
        string root,
        long version,
        bool isComplete,
        StorySettings settings,
        SchemaSet schemas,
        FileSet files,
        IDocumentSource source,
        LayeredMap<string, DocumentEntry> documents,
        LayeredMap<string, NamedContainer[]> names,
        LayeredMap<string, string[]> takers,
        LayeredMap<string, string[]> byType)
    {
        Root = root;
        Version = version;
        IsComplete = isComplete;
        Settings = settings;
        Schemas = schemas;
        Files = files;
        _source = source;
        _documents = documents;
        _names = names;
        _takers = takers;
        _byType = byType;
    }

    /// <summary>Absolute path of the workspace's root.</summary>
    public string Root { get; }

    /// <summary>Grows with every change.</summary>
    public long Version { get; }

    /// <summary>Documents that are gone since the snapshot before, or whose facts changed, or whose findings may differ because of others.</summary>
    internal IReadOnlyCollection<string> Touched { get; init; } = [];

    /// <summary>Whether the first index is complete; before that, nothing that crosses documents is reported.</summary>
    public bool IsComplete { get; }

    /// <summary>What <c>story.yaml</c> says.</summary>
    public StorySettings Settings { get; }

    /// <summary>The schemas.</summary>
    public SchemaSet Schemas { get; }

    /// <summary>All files of the workspace, indexed or not.</summary>
    public FileSet Files { get; }

    /// <summary>The facts of all indexed documents, in no order.</summary>
    public IEnumerable<DocumentFacts> Documents => _documents.Values.Select(entry => entry.Facts);

    /// <summary>How many documents are indexed.</summary>
    public int DocumentCount => _documents.Count;

    /// <summary>All containers, in no order of documents.</summary>
    public IEnumerable<Container> Containers => _documents.Values.SelectMany(entry => entry.Containers);

    /// <summary>The scenes in the order in which the reader meets them.</summary>
    public NarrativeOrder Narrative => _narrative ??= NarrativeOrder.Of(this);

    /// <summary>The facts of a document, or null.</summary>
    public DocumentFacts? Facts(string path) => _documents.GetValueOrDefault(path)?.Facts;

    /// <summary>The containers of a document in its order; empty when there is no such document.</summary>
    public IReadOnlyList<Container> ContainersIn(string path) => _documents.GetValueOrDefault(path)?.Containers ?? [];

    /// <summary>The version in which anything last changed that the document's findings depend on; -1 when there is no such document.</summary>
    public long StampOf(string path) => _documents.GetValueOrDefault(path)?.Stamp ?? -1;

    /// <summary>The text and tree of a document: of the open buffer, else of the file. Null when it cannot be read.</summary>
    public Document? Document(string path) => _source.Document(path, this);

    /// <summary>The text of an open buffer, else of the file. Null when it cannot be read.</summary>
    public SourceText? Text(string path)
    {
        // Many look at one document in a row, and what is not open lies on disk.
        var facts = Facts(path);
        if (facts is not null && _lastText is { } last && ReferenceEquals(last.Facts, facts))
        {
            return last.Text;
        }

        var text = _source.Text(path, this);
        if (facts is not null && text is not null && text.Length == facts.Lines.TextLength)
        {
            _lastText = (facts, text);
        }

        return text;
    }

    /// <summary>Containers of a type or of one that extends it, in no order. A null type means all.</summary>
    public IEnumerable<Container> ContainersOf(string? type)
    {
        if (type is null)
        {
            return Containers;
        }

        return _byType.Keys
            .Where(candidate => Schemas.IsKindOf(candidate, type))
            .SelectMany(candidate => _byType[candidate].SelectMany(path => _documents[path].Containers.Where(container => container.Type == candidate)));
    }

    /// <summary>The types that containers of this workspace have.</summary>
    public IEnumerable<string> UsedTypes => _byType.Keys;

    /// <summary>The id of a container, unique where it is written; a derived id that collides has its folder in front.</summary>
    public string IdOf(Container container)
    {
        if (container.Fact.IdIsWritten)
        {
            return container.Fact.Id;
        }

        var others = _names.GetValueOrDefault(NameKey.Of(container.Fact.Id), []);
        var collides = others.Any(other => other.Rank is NameRank.WrittenId or NameRank.DerivedId && !other.Container.IsSameAs(container));
        return collides ? DocumentKeys.PrefixedId(container.Document, container.Fact) : container.Fact.Id;
    }

    /// <summary>The innermost container whose text covers an offset, or null.</summary>
    public Container? ContainerAt(string path, int offset)
    {
        Container? best = null;
        foreach (var container in ContainersIn(path))
        {
            var span = container.Fact.Span;
            if (span.Start <= offset && offset <= span.End && (best is null || span.Length <= best.Fact.Span.Length))
            {
                best = container;
            }
        }

        return best;
    }

    /// <summary>How many containers of a type use a field that its schema does not know, at the top or inside an object.</summary>
    public int UsesOfUnknownField(string type, string key)
    {
        if (!_takers.TryGetValue(DocumentKeys.FieldKey(type, key), out var paths))
        {
            return 0;
        }

        return paths.Sum(path => UsesOfUnknownField(_documents[path].Facts, type, key));
    }

    private static int UsesOfUnknownField(DocumentFacts facts, string type, string key) => facts.UnknownFields
        .Where(unknown => facts.Containers[unknown.Container].Type == type && unknown.Key.Equals(key, StringComparison.OrdinalIgnoreCase))
        .Select(unknown => unknown.Container)
        .Distinct()
        .Count();

    /// <summary>Paths of the documents that refer by this name, id, path or stem.</summary>
    public IReadOnlyCollection<string> DocumentsTaking(string name) =>
        _takers.TryGetValue(NameKey.Of(name), out var paths) ? paths : [];
}
