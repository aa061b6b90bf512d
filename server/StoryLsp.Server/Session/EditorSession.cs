using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using StoryLsp.Continuity;
using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;

namespace StoryLsp.Server.Session;

/// <summary>What one editor has opened: its folders, its documents, and what it can do.</summary>
internal sealed class EditorSession : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, OpenFile> _open = new(StringComparer.Ordinal);
    private volatile StoryFolder[] _stories = [];

    public EditorSession(LanguageConnection connection, ILogger log)
    {
        Connection = connection;
        Log = log;
        Queue = new DocumentQueue(log);
    }

    public LanguageConnection Connection { get; }

    public ILogger Log { get; }

    public DocumentQueue Queue { get; }

    public Findings Findings { get; } = new();

    public ClientProfile Client { get; set; } = new(new InitializeParams { Capabilities = new ClientCapabilities() });

    /// <summary>Raised on the queue when a folder was opened, so that it is indexed.</summary>
    public event Action<StoryFolder>? StoryOpened;

    public IReadOnlyList<StoryFolder> Stories => _stories;

    public ICollection<OpenFile> OpenFiles => _open.Values;

    /// <summary>Opens the workspace of a folder: the folder itself, or the nearest ancestor with a <c>story.yaml</c>.</summary>
    public StoryFolder OpenFolder(string folder)
    {
        var root = WorkspaceRoot.Find(folder);
        if (_stories.FirstOrDefault(story => story.Root == Path.TrimEndingDirectorySeparator(root)) is { } known)
        {
            return known;
        }

        var opened = new StoryFolder(Workspace.Open(new Index.WorkspaceOptions { Root = root, DocumentRules = Findings.DocumentRules, Logger = Log }));
        // The deepest root comes first, so that a nested story takes its files out of the outer one.
        _stories = [.. _stories.Append(opened).OrderByDescending(story => story.Root.Length)];
        StoryOpened?.Invoke(opened);
        return opened;
    }

    /// <summary>Closes the workspace of a folder.</summary>
    public void CloseFolder(string folder)
    {
        var root = Path.TrimEndingDirectorySeparator(WorkspaceRoot.Find(folder));
        if (_stories.FirstOrDefault(story => story.Root == root) is { } story)
        {
            _stories = [.. _stories.Where(other => other != story)];
            story.Workspace.Dispose();
        }
    }

    public void Open(string uri, int version, string text)
    {
        if (DocumentUri.ToPath(uri) is not { } path)
        {
            return;
        }

        var file = new OpenFile(uri, path, version, SourceText.From(text));
        _open[path] = file;
        if (StoryOf(path, openMissing: true) is { } story)
        {
            story.Workspace.OpenDocument(story.RelativePath(path)!, version, file.Text);
        }
    }

    public void Change(string uri, int version, IReadOnlyList<TextDocumentContentChangeEvent> changes)
    {
        if (DocumentUri.ToPath(uri) is not { } path || !_open.TryGetValue(path, out var before))
        {
            Log.LogWarning("The editor changed a document that it had not opened: {Uri}", uri);
            return;
        }

        var file = before with { Version = version, Text = TextChanges.Apply(before.Text, changes, Client.Encoding) };
        _open[path] = file;
        if (StoryOf(path, openMissing: false) is { } story)
        {
            story.Workspace.ChangeDocument(story.RelativePath(path)!, version, file.Text);
        }
    }

    public void Close(string uri)
    {
        if (DocumentUri.ToPath(uri) is { } path && _open.TryRemove(path, out _) && StoryOf(path, openMissing: false) is { } story)
        {
            story.Workspace.CloseDocument(story.RelativePath(path)!);
        }
    }

    /// <summary>The open document of a path, or null.</summary>
    public OpenFile? OpenFileOf(string absolutePath) => _open.GetValueOrDefault(absolutePath);

    /// <summary>The address of a file, as the editor spells it where it has it open.</summary>
    public string UriOf(string absolutePath) => _open.TryGetValue(absolutePath, out var file) ? file.Uri : DocumentUri.FromPath(absolutePath);

    /// <summary>The workspace that a file belongs to: the one with the deepest root.</summary>
    public StoryFolder? StoryOf(string absolutePath, bool openMissing = false)
    {
        var story = _stories.FirstOrDefault(candidate => candidate.RelativePath(absolutePath) is not null);
        if (!openMissing || Path.GetDirectoryName(absolutePath) is not { } folder)
        {
            return story;
        }

        // A nested story.yaml, or a file of no opened folder, makes a workspace of its own.
        var root = WorkspaceRoot.Find(folder);
        var isNested = story is not null && root.Length > story.Root.Length && File.Exists(Path.Combine(root, Language.Settings.SettingsReader.FileName));
        return story is null || isNested ? OpenFolder(root) : story;
    }

    /// <summary>
    /// A document as the request sees it that is being read now: with all changes that came before it, and none after. Null when the
    /// address is none of ours.
    /// </summary>
    public Task<Place?> PlaceOf(string uri) => Queue.Ask(() => Locate(uri));

    /// <summary>Answers a request about a document in the background.</summary>
    public async Task<T> Answer<T>(string uri, RequestContext context, T otherwise, Func<Place, CancellationToken, T> answer)
    {
        var place = PlaceOf(uri);
        return await Task.Run(
            async () => await place.ConfigureAwait(false) is { } found ? answer(found, context.CancellationToken) : otherwise,
            context.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>The snapshots of all workspaces, after every change that came before.</summary>
    public Task<IReadOnlyList<(StoryFolder Story, Snapshot Snapshot)>> Snapshots() =>
        Queue.Ask<IReadOnlyList<(StoryFolder, Snapshot)>>(() => [.. _stories.Select(story => (story, story.Workspace.Current))]);

    public async ValueTask DisposeAsync()
    {
        await Queue.DisposeAsync().ConfigureAwait(false);
        foreach (var story in _stories)
        {
            story.Workspace.Dispose();
        }
    }

    private Place? Locate(string uri)
    {
        if (DocumentUri.ToPath(uri) is not { } path || StoryOf(path) is not { } story || story.RelativePath(path) is not { } relative)
        {
            return null;
        }

        var snapshot = story.Workspace.Current;
        var text = _open.TryGetValue(path, out var file) ? file.Text : snapshot.Text(relative);
        return text is null ? null : new Place(this, story, snapshot, relative, text);
    }
}
