using System.Runtime.CompilerServices;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Index.Files;

namespace StoryLsp.Index;

public sealed partial class Workspace
{
    // As long as a snapshot holds the facts of a buffer, its text and tree can be had, even when the buffer has moved on.
    private readonly ConditionalWeakTable<DocumentFacts, Document> _documents = [];
    private readonly DocumentCache _closedDocuments = new();

    /// <summary>A buffer was opened. It hides the file until it is closed; nothing of it reaches the disk.</summary>
    /// <param name="path">Workspace-relative path with <c>/</c>.</param>
    /// <param name="version">The editor's version of the buffer.</param>
    /// <param name="text">The whole text.</param>
    public Snapshot OpenDocument(string path, int version, SourceText text) => PutBuffer(path, version, text);

    /// <summary>A buffer has another text. Without one that is open this opens it.</summary>
    /// <param name="path">Workspace-relative path with <c>/</c>.</param>
    /// <param name="version">The editor's version of the buffer.</param>
    /// <param name="text">The whole text.</param>
    public Snapshot ChangeDocument(string path, int version, SourceText text) => PutBuffer(path, version, text);

    /// <summary>Parts of a buffer were replaced; the edits of one call do not overlap. Nothing happens when it is not open.</summary>
    /// <param name="path">Workspace-relative path with <c>/</c>.</param>
    /// <param name="version">The editor's version of the buffer.</param>
    /// <param name="edits">The edits, in offsets of the text before them.</param>
    public Snapshot ChangeDocument(string path, int version, IEnumerable<TextEdit> edits) =>
        BufferText(path) is { } text ? PutBuffer(path, version, text.WithEdits(edits)) : Current;

    /// <summary>A buffer was closed; the file counts again.</summary>
    /// <param name="path">Workspace-relative path with <c>/</c>.</param>
    public Snapshot CloseDocument(string path)
    {
        Snapshot result;
        lock (_gate)
        {
            if (!_open.Remove(path, out var buffer))
            {
                return _current;
            }

            result = WithFile(path, buffer);
            if (IncludeRules.IsSettingsOrSchema(path))
            {
                result = TakeUpContext(result);
            }

            Publish(result, all: IncludeRules.IsSettingsOrSchema(path));
        }

        Announce();
        return result;
    }

    /// <summary>Whether a buffer of the path is open.</summary>
    public bool IsOpen(string path) => VersionOf(path) is not null;

    /// <summary>The editor's version of an open buffer; null when none is open.</summary>
    public int? VersionOf(string path)
    {
        lock (_gate)
        {
            return _open.TryGetValue(path, out var buffer) ? buffer.Version : null;
        }
    }

    /// <summary>The text of an open buffer; null when none is open.</summary>
    public SourceText? BufferText(string path)
    {
        lock (_gate)
        {
            return _open.TryGetValue(path, out var buffer) ? buffer.Document.Text : null;
        }
    }

    /// <summary>Paths of the open buffers.</summary>
    public IReadOnlyList<string> OpenPaths
    {
        get
        {
            lock (_gate)
            {
                return [.. _open.Keys];
            }
        }
    }

    /// <inheritdoc/>
    public SourceText? Text(string path) => BufferText(path) ?? (IsOutsideRoot(path) ? null : _loader.Text(path));

    /// <inheritdoc/>
    public SourceText? Text(string path, Snapshot snapshot) =>
        snapshot.Facts(path) is { } facts && _documents.TryGetValue(facts, out var document) ? document.Text : Text(path);

    /// <inheritdoc/>
    public Document? Document(string path, Snapshot snapshot)
    {
        var facts = snapshot.Facts(path);
        if (facts is not null && _documents.TryGetValue(facts, out var document))
        {
            return document;
        }

        lock (_gate)
        {
            // Open, and no part of the index: only its newest text is known.
            if (facts is null && _open.TryGetValue(path, out var buffer))
            {
                return buffer.Document;
            }
        }

        return IsOutsideRoot(path) ? null : ClosedDocument(path, facts, snapshot);
    }

    private Document? ClosedDocument(string path, DocumentFacts? facts, Snapshot snapshot)
    {
        if (facts is not null && _closedDocuments.Find(facts) is { } known)
        {
            return known;
        }

        if (_loader.Text(path) is not { } text)
        {
            return null;
        }

        var context = WorkspaceContext.Of(snapshot.Settings, snapshot.Schemas, _options.DocumentRules);
        var document = _loader.Read(path, text, context, countsAsIndexing: false);
        if (facts is not null)
        {
            _closedDocuments.Add(facts, document);
        }

        return document;
    }

    private Snapshot PutBuffer(string path, int version, SourceText text)
    {
        Snapshot result;
        lock (_gate)
        {
            var document = _loader.Read(path, text, _context);
            _open[path] = new(version, document, _context.Fingerprint);
            _documents.AddOrUpdate(document.Facts, document);
            result = Covers(path) ? _current.With([document.Facts], [], FilesWith(path)) : _current;
            var isContext = IncludeRules.IsSettingsOrSchema(path) && _folders.IsInside(path);
            if (isContext)
            {
                result = TakeUpContext(result);
            }

            if (!ReferenceEquals(result, _current))
            {
                Publish(result, all: isContext);
            }
        }

        Announce();
        return result;
    }

    // Called with the gate held. A new buffer that was never saved is a file that links may name.
    private FileSet? FilesWith(string path) => _current.Files.Contains(path) ? null : _current.Files.Change([path], []);

    // Called with the gate held: the snapshot with the file in the place of its buffer.
    private Snapshot WithFile(string path, OpenBuffer buffer)
    {
        if (!Covers(path))
        {
            return _current;
        }

        var known = buffer.Fingerprint == _context.Fingerprint ? Convert.ToHexStringLower(buffer.Document.Text.ContentHash) : null;
        var loaded = _loader.Load(path, _context, known);
        if (loaded is null)
        {
            _stamps.Remove(path);
            _store?.Add(new Storage.StoreRemoval(path));
            return _current.With([], [path], _current.Files.Contains(path) ? _current.Files.Change([], [path]) : null);
        }

        var facts = loaded.Document?.Facts ?? buffer.Document.Facts;
        _stamps[path] = loaded.Stamp;
        _unstored.Add(path);
        ScheduleStoring();
        return loaded.Document is null && ReferenceEquals(_current.Facts(path), facts) ? _current : _current.With([facts], [], FilesWith(path));
    }

    private sealed record OpenBuffer(int Version, Document Document, string Fingerprint);
}
