using StoryLsp.Index.Files;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;

namespace StoryLsp.Index;

public sealed partial class Snapshot
{
    // A stamp of a projection is like none of a snapshot that is.
    private const long ProjectionVersion = 1L << 40;

    /// <summary>
    /// The workspace as it would be with other texts. What is not changed is shared with this snapshot, so that the cost grows with the
    /// change; only where the settings or a schema are among the texts, every document is read anew. It is a snapshot beside the others:
    /// what is kept by version must not be kept of both.
    /// </summary>
    /// <param name="texts">The texts by workspace-relative path; null takes a file away.</param>
    /// <param name="rules">The rules that look at one document alone, as those that the documents of this snapshot were read with.</param>
    /// <param name="read">Documents that other projections of this snapshot have read; what is read now is added.</param>
    public Snapshot Projected(IReadOnlyDictionary<string, SourceText?> texts, IReadOnlyList<IDocumentRule> rules, ProjectedDocuments? read = null)
    {
        var gone = texts.Where(file => file.Value is null && Files.Contains(file.Key)).Select(file => file.Key).ToList();
        var made = texts.Where(file => file.Value is not null && !Files.Contains(file.Key)).Select(file => file.Key).ToList();
        var files = gone.Count + made.Count == 0 ? null : Files.Change(made, gone);
        var context = ProjectedContext(texts, rules);
        var isOtherContext = !ReferenceEquals(context.Schemas, Schemas) || !ReferenceEquals(context.Settings, Settings);
        var source = new ProjectedSource(_source, texts, context, isOtherContext ? null : read);
        var indexed = new IncludeRules(context.Settings);
        var changed = texts.Where(file => file.Value is not null && (Facts(file.Key) is not null || indexed.Covers(file.Key))).Select(file => file.Key);
        if (isOtherContext)
        {
            changed = changed.Union(_documents.Keys.Where(path => !texts.ContainsKey(path)), StringComparer.Ordinal);
        }

        var facts = changed.ToList().AsParallel().AsOrdered().Select(path => source.Read(path, this)?.Facts).OfType<DocumentFacts>().ToList();
        return new Snapshot(Root, Version + ProjectionVersion, IsComplete, context.Settings, context.Schemas, Files, source, _documents, _names, _takers, _byType)
        {
            Derived = isOtherContext ? new() : Derived,
            _narrative = _narrative,
        }.With(facts, gone, files);
    }

    private ReadingContext ProjectedContext(IReadOnlyDictionary<string, SourceText?> texts, IReadOnlyList<IDocumentRule> rules)
    {
        var settings = Settings;
        if (texts.TryGetValue(SettingsReader.FileName, out var written))
        {
            settings = written is null ? StorySettings.None : SettingsReader.Read(written);
        }

        var schemas = Schemas;
        if (texts.Keys.Any(IsSchema))
        {
            var all = _documents.Keys.Where(IsSchema).Union(texts.Keys.Where(IsSchema), StringComparer.Ordinal)
                .Select(path => KeyValuePair.Create(path, texts.TryGetValue(path, out var text) ? text : Text(path)))
                .Where(file => file.Value is not null);
            schemas = SchemaSet.Load(all.Select(file => KeyValuePair.Create(file.Key, file.Value!)));
        }

        var context = new ReadingContext(schemas, settings, rules);
        return context.Fingerprint == new ReadingContext(Schemas, Settings, rules).Fingerprint ? new(Schemas, Settings, rules) : context;
    }

    private static bool IsSchema(string path) => path != SettingsReader.FileName && IncludeRules.IsSettingsOrSchema(path);

    /// <summary>Reads from other texts first.</summary>
    private sealed class ProjectedSource(IDocumentSource source, IReadOnlyDictionary<string, SourceText?> texts, ReadingContext context, ProjectedDocuments? others) : IDocumentSource
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, Document> _read = new(StringComparer.Ordinal);

        public SourceText? Text(string path) => texts.TryGetValue(path, out var text) ? text : source.Text(path);

        public SourceText? Text(string path, Snapshot snapshot) => texts.TryGetValue(path, out var text) ? text : source.Text(path, snapshot);

        public Document? Document(string path, Snapshot snapshot) =>
            texts.ContainsKey(path) || _read.ContainsKey(path) ? Read(path, snapshot) : source.Document(path, snapshot);

        public Document? Read(string path, Snapshot snapshot)
        {
            if (_read.TryGetValue(path, out var known))
            {
                return known;
            }

            if (Text(path, snapshot) is not { } text)
            {
                return null;
            }

            return _read.GetOrAdd(path, others is null ? DocumentReader.Read(path, text, context) : others.GetOrRead(path, text, context));
        }
    }
}

/// <summary>Documents that projections of one snapshot share. Safe for use by several threads.</summary>
public sealed class ProjectedDocuments
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<(string Path, string Text), Document> _documents = new();

    internal Document GetOrRead(string path, SourceText text, ReadingContext context) =>
        _documents.GetOrAdd((path, text.Text), key => DocumentReader.Read(key.Path, text, context));
}
