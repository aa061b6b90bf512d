using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using StoryLsp.Continuity;
using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Diagnostics;

namespace StoryLsp.Server.Session;

/// <summary>What one editor has opened: its folders, its documents, and what it can do.</summary>
internal sealed class EditorSession : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, OpenFile> _open = new(StringComparer.Ordinal);
    // Which workspace has the buffer of an open document; used on the queue alone.
    private readonly Dictionary<string, StoryFolder> _owners = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
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

    /// <summary>When what the editor shows is brought up to date.</summary>
    public QuietMoments Quiet { get; } = new();

    /// <summary>Whether the editor tells of files that change; it may say that it does and then not.</summary>
    public bool IsToldOfFiles { get; set; }

    /// <summary>Cancelled when the editor asks for <c>shutdown</c>: what waits for a change is answered then.</summary>
    public CancellationTokenSource Ending { get; } = new();

    /// <summary>What a model remarked on the text, which is no finding of a rule.</summary>
    public Remarks Remarks { get; } = new();

    /// <summary>The names of the findings that the editor was told last of a document, by its absolute path.</summary>
    public ConcurrentDictionary<string, string> Told { get; } = new(StringComparer.Ordinal);

    /// <summary>By which it is known how long a request has waited.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public ClientProfile Client { get; set; } = new(new InitializeParams { Capabilities = new ClientCapabilities() });

    /// <summary>Raised on the queue when a folder was opened, so that it is indexed.</summary>
    public event Action<StoryFolder>? StoryOpened;

    /// <summary>Raised on the queue when an open document changed that is no part of its story's index, as the prompt of a run.</summary>
    public event Action<StoryFolder>? ChangedBeside;

    /// <summary>Raised on the queue when a folder was closed, so that its findings are withdrawn.</summary>
    public event Action<StoryFolder>? StoryClosed;

    /// <summary>Raised on the queue when a document was closed, with its address.</summary>
    public event Action<string>? DocumentClosed;

    public IReadOnlyList<StoryFolder> Stories => _stories;

    public ICollection<OpenFile> OpenFiles => _open.Values;

    /// <summary>Opens the workspace of a folder: the folder itself, or the nearest ancestor with a <c>story.yaml</c>.</summary>
    public StoryFolder OpenFolder(string folder)
    {
        lock (_folders)
        {
            _folders.Add(Path.TrimEndingDirectorySeparator(folder));
        }

        return OpenRoot(WorkspaceRoot.Find(folder), isLoose: false);
    }

    /// <summary>Whether a folder is, or lies in, one that the editor has opened.</summary>
    public bool IsOpenedByEditor(string folder)
    {
        lock (_folders)
        {
            return _folders.Any(opened => folder == opened || folder.StartsWith(opened + Path.DirectorySeparatorChar, StringComparison.Ordinal));
        }
    }

    /// <summary>Closes the workspace of a folder.</summary>
    public void CloseFolder(string folder)
    {
        var root = Path.TrimEndingDirectorySeparator(WorkspaceRoot.Find(folder));
        lock (_folders)
        {
            _folders.Remove(Path.TrimEndingDirectorySeparator(folder));
            if (_folders.Any(other => Path.TrimEndingDirectorySeparator(WorkspaceRoot.Find(other)) == root))
            {
                // Another part of the same story is still open.
                return;
            }
        }

        if (_stories.FirstOrDefault(story => story.Root == root) is { } story)
        {
            CloseStory(story);
        }
    }

    public void Open(string uri, int version, string text)
    {
        if (DocumentUri.ToPath(uri) is not { } path)
        {
            return;
        }

        if (_open.TryGetValue(path, out var before))
        {
            Log.LogWarning("The editor opened {Uri} though it had opened {Before}; the later text counts", uri, before.Uri);
        }

        var file = new OpenFile(uri, path, version, SourceText.From(text));
        _open[path] = file;
        Give(file);
    }

    public void Change(string uri, int version, IReadOnlyList<TextDocumentContentChangeEvent> changes)
    {
        if (DocumentUri.ToPath(uri) is not { } path || !_open.TryGetValue(path, out var before))
        {
            Log.LogWarning("The editor changed a document that it had not opened: {Uri}", uri);
            return;
        }

        if (version <= before.Version)
        {
            // The text counts, for it is applied in the order in which it came; an edit of ours carries the version that the editor gave last.
            Log.LogWarning("The editor changed version {Before} of {Uri} to version {Version}, which is no later one", before.Version, uri, version);
        }

        var file = before with { Version = version, Text = TextChanges.Apply(before.Text, changes, Client.Encoding) };
        _open[path] = file;
        if (_owners.TryGetValue(path, out var story))
        {
            story.Workspace.ChangeDocument(story.RelativePath(path)!, version, file.Text);
            TellBeside(story, path);
        }
    }

    public void Close(string uri)
    {
        DocumentClosed?.Invoke(uri);
        if (DocumentUri.ToPath(uri) is { } closed)
        {
            Told.TryRemove(closed, out _);
        }

        if (DocumentUri.ToPath(uri) is not { } path || !_open.TryRemove(path, out _) || !_owners.Remove(path, out var story))
        {
            return;
        }

        story.Workspace.CloseDocument(story.RelativePath(path)!);
        TellBeside(story, path);
        if (story.IsLoose && !_owners.ContainsValue(story))
        {
            CloseStory(story);
        }
    }

    /// <summary>The open document of a path, or null.</summary>
    public OpenFile? OpenFileOf(string absolutePath) => _open.GetValueOrDefault(absolutePath);

    /// <summary>The address of a file, as the editor spells it where it has it open.</summary>
    public string UriOf(string absolutePath) => _open.TryGetValue(absolutePath, out var file) ? file.Uri : DocumentUri.FromPath(absolutePath);

    /// <summary>The workspace that a file belongs to: the one with the deepest root.</summary>
    public StoryFolder? StoryOf(string absolutePath) => _stories.FirstOrDefault(candidate => candidate.RelativePath(absolutePath) is not null);

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

    private StoryFolder OpenRoot(string folder, bool isLoose)
    {
        var root = Path.TrimEndingDirectorySeparator(folder);
        if (_stories.FirstOrDefault(story => story.Root == root) is { } known && (isLoose || !known.IsLoose))
        {
            return known;
        }

        var opened = new StoryFolder(
            Workspace.Open(new Index.WorkspaceOptions { Root = root, DocumentRules = Pipelines.Files.PipelineFiles.DocumentRules, Logger = Log, UseIndexFile = !isLoose }),
            isLoose);
        var swallowed = _stories.Where(story => story.IsLoose && (story.Root == root || opened.RelativePath(story.Root) is not null)).ToList();
        // The deepest root comes first, so that a nested story takes its files out of the outer one.
        _stories = [.. _stories.Except(swallowed).Append(opened).OrderByDescending(story => story.Root.Length)];
        StoryOpened?.Invoke(opened);
        foreach (var file in _open.Values)
        {
            if (StoryOf(file.AbsolutePath) == opened)
            {
                Give(file);
            }
        }

        swallowed.ForEach(CloseStory);
        return opened;
    }

    private void CloseStory(StoryFolder story)
    {
        _stories = [.. _stories.Where(other => other != story)];
        foreach (var file in _open.Values)
        {
            if (_owners.GetValueOrDefault(file.AbsolutePath) == story)
            {
                _owners.Remove(file.AbsolutePath);
                Give(file);
            }
        }

        story.Workspace.Dispose();
        StoryClosed?.Invoke(story);
    }

    /// <summary>Gives an open document to the workspace that it belongs to now, and takes it from the one before.</summary>
    private void Give(OpenFile file)
    {
        var path = file.AbsolutePath;
        var story = StoryOrNew(path);
        if (_owners.TryGetValue(path, out var before) && before != story && _stories.Contains(before))
        {
            before.Workspace.CloseDocument(before.RelativePath(path)!);
        }

        _owners[path] = story;
        story.Workspace.OpenDocument(story.RelativePath(path)!, file.Version, file.Text);
        TellBeside(story, path);
    }

    private void TellBeside(StoryFolder story, string absolutePath)
    {
        if (story.Workspace.Current.Facts(story.RelativePath(absolutePath)!) is null)
        {
            ChangedBeside?.Invoke(story);
        }
    }

    // A nested story.yaml makes a workspace of its own. So does a lone document that lies in no opened folder; nothing around it is searched
    // then, as nobody has said that the folder is a story: it may be all of a person's files.
    private StoryFolder StoryOrNew(string absolutePath)
    {
        var story = StoryOf(absolutePath);
        var root = WorkspaceRoot.Find(Path.GetDirectoryName(absolutePath) ?? absolutePath);
        var isStory = File.Exists(Path.Combine(root, Language.Settings.SettingsReader.FileName));
        if (story is null || (isStory && root.Length > story.Root.Length))
        {
            return OpenRoot(root, isLoose: !isStory);
        }

        return story;
    }

    /// <summary>The versions of the open documents; used on the queue alone.</summary>
    internal OpenVersions Versions() => new(_open.Values);

    /// <summary>A document as it is now; used on the queue alone.</summary>
    internal Place? Locate(string uri)
    {
        if (DocumentUri.ToPath(uri) is not { } path || StoryOf(path) is not { } story || story.RelativePath(path) is not { } relative)
        {
            return null;
        }

        var snapshot = story.Workspace.Current;
        var text = _open.TryGetValue(path, out var file) ? file.Text : snapshot.Text(relative);
        return text is null ? null : new Place(this, story, snapshot, relative, text, Versions());
    }
}
