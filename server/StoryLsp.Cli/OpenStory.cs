using Humanizer;
using Microsoft.Extensions.Logging;
using StoryLsp.Continuity;
using StoryLsp.Index;
using StoryLsp.Pipelines.Files;

namespace StoryLsp.Cli;

/// <summary>A workspace that a command has opened and indexed.</summary>
internal sealed class OpenStory : IAsyncDisposable
{
    private static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(1);

    private readonly System.Diagnostics.Stopwatch _indexed = System.Diagnostics.Stopwatch.StartNew();

    private OpenStory(Workspace workspace, string scope)
    {
        Workspace = workspace;
        Scope = scope;
    }

    public Workspace Workspace { get; }

    public Snapshot Snapshot => Workspace.Current;

    public Findings Findings { get; } = new();

    /// <summary>The part of the workspace that was asked for, workspace-relative with <c>/</c>; empty for all of it.</summary>
    public string Scope { get; }

    /// <summary>Opens and indexes the workspace of a path.</summary>
    /// <exception cref="CommandFailure">There is no such path.</exception>
    public static async Task<OpenStory> OpenAsync(string? path, CancellationToken cancellationToken, bool useIndexFile = true)
    {
        var story = Open(path, useIndexFile);
        await story.IndexAsync(cancellationToken).ConfigureAwait(false);
        return story;
    }

    /// <summary>Opens the workspace of a path; its files are not read yet.</summary>
    /// <exception cref="CommandFailure">There is no such path.</exception>
    public static OpenStory Open(string? path, bool useIndexFile = true)
    {
        var full = Path.GetFullPath(path ?? Directory.GetCurrentDirectory());
        if (!Path.Exists(full))
        {
            throw new CommandFailure($"there is no `{path}`. Name a story's folder or a file in it.");
        }

        var root = WorkspaceRoot.Find(full);
        var workspace = Workspace.Open(new WorkspaceOptions
        {
            Root = root,
            DocumentRules = PipelineFiles.DocumentRules,
            Logger = new StderrLog(LogLevel.Warning),
            UseIndexFile = useIndexFile,
        });
        return new OpenStory(workspace, Path.GetRelativePath(root, full) is "." ? "" : Path.GetRelativePath(root, full).Replace('\\', '/'));
    }

    /// <summary>Indexes the workspace, with its progress shown to a person.</summary>
    public async Task IndexAsync(CancellationToken cancellationToken)
    {
        await Workspace.IndexAsync(TerminalProgress.OrNull(), cancellationToken).ConfigureAwait(false);
        TerminalProgress.Clear();
        _indexed.Restart();
    }

    /// <summary>The story as its files are now: a run may wait for long.</summary>
    public async Task<Snapshot> TodayAsync(CancellationToken cancellationToken)
    {
        if (_indexed.Elapsed > StaleAfter)
        {
            await Workspace.IndexAsync(null, cancellationToken).ConfigureAwait(false);
            _indexed.Restart();
        }

        return Snapshot;
    }

    /// <summary>What has an id or a name.</summary>
    /// <exception cref="CommandFailure">Nothing has, or several things have.</exception>
    public Container Find(string name) => Find(Snapshot, name, null, "nothing here has");

    /// <summary>What of a type has an id or a name; <paramref name="nothing"/> begins the sentence where nothing has.</summary>
    /// <exception cref="CommandFailure">Nothing has, or several things have.</exception>
    public static Container Find(Snapshot snapshot, string name, string? type, string nothing)
    {
        var found = snapshot.Resolve(name, type);
        return found.Container ?? throw new CommandFailure(found.Kind == ResolutionKind.Ambiguous
            ? $"`{name}` may mean {found.Candidates.Select(snapshot.IdOf).Humanize("or")}. Name one of them by its id."
            : $"{nothing} the id or name `{name}`.");
    }

    /// <summary>Whether a document lies in the part that was asked for.</summary>
    public bool Covers(string path) => Scope.Length == 0 || path == Scope || path.StartsWith(Scope + "/", StringComparison.Ordinal);

    public ValueTask DisposeAsync() => Workspace.DisposeAsync();
}

/// <summary>Progress on stderr, where a person looks at it.</summary>
internal sealed class TerminalProgress : IProgress<IndexProgress>
{
    private int _last = -1;

    public static TerminalProgress? OrNull() => Console.IsErrorRedirected ? null : new TerminalProgress();

    public static void Clear()
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write("\r\u001b[K");
        }
    }

    public void Report(IndexProgress value)
    {
        var percentage = value.Total == 0 ? 100 : (int)(100L * value.Done / value.Total);
        if (percentage > Interlocked.Exchange(ref _last, percentage))
        {
            Console.Error.Write($"\rindexing {percentage} %");
        }
    }
}
