using System.IO.Enumeration;
using Microsoft.Extensions.Logging;
using StoryLsp.Features.Diagnostics;
using StoryLsp.Features.Rename;
using StoryLsp.Index;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary>What the editor does to files: it asks before it renames or deletes them, and tells when it has made, renamed or deleted some.</summary>
internal static class FileOperationHandlers
{
    // So many places are named before the rest is counted.
    private const int MostPlaces = 5;

    public static void Register(LanguageConnection connection, EditorSession session)
    {
        connection.OnRequest(LspMethods.WorkspaceWillRenameFiles, (parameters, context) => Answer(session, context, () => WillRenameAsync(session, parameters.Files, context.CancellationToken)));
        connection.OnRequest(LspMethods.WorkspaceWillDeleteFiles, (parameters, context) => Answer(session, context, () => WillDeleteAsync(session, parameters.Files, context.CancellationToken)));
        connection.OnNotification(LspMethods.WorkspaceDidRenameFiles, parameters => session.Queue.Post(() => DidRename(session, parameters.Files)));
        connection.OnNotification(LspMethods.WorkspaceDidCreateFiles, parameters => session.Queue.Post(() => Tell(session, parameters.Files.Select(file => (file.Uri, FileEventKind.Created)))));
        connection.OnNotification(LspMethods.WorkspaceDidDeleteFiles, parameters => session.Queue.Post(() => Tell(session, parameters.Files.Select(file => (file.Uri, FileEventKind.Deleted)))));
    }

    /// <summary>What the server wants to be told of: all files and folders, for a picture is linked as a page is.</summary>
    public static FileOperationOptions? Wanted(ClientProfile client)
    {
        var all = new FileOperationRegistrationOptions([new FileOperationFilter { Scheme = "file", Pattern = new FileOperationPattern { Glob = "**/*" } }]);
        return client.TellsOfFiles is not { } told ? null : new FileOperationOptions
        {
            WillRename = told.WillRename == true ? all : null,
            DidRename = told.DidRename == true ? all : null,
            WillDelete = told.WillDelete == true ? all : null,
            DidDelete = told.DidDelete == true ? all : null,
            DidCreate = told.DidCreate == true ? all : null,
        };
    }

    private static Task<WorkspaceEdit?> Answer(EditorSession session, RequestContext context, Func<Task<WorkspaceEdit?>> answer) =>
        Task.Run(answer, context.CancellationToken);

    private static async Task<WorkspaceEdit?> WillRenameAsync(EditorSession session, IReadOnlyList<FileRename> files, CancellationToken cancel)
    {
        WorkspaceEdit? result = null;
        foreach (var (story, snapshot, versions) in await session.WholeSnapshots(cancel).ConfigureAwait(false))
        {
            var change = FileMoves.Moved(snapshot, MovesIn(session, story, files), cancel);
            if (change.Files.Count > 0 && EditConversion.Edit(session, story, snapshot, change, versions) is { } edit)
            {
                result = EditConversion.Join(result, edit);
            }
        }

        return result;
    }

    // An editor that asked before has made the changes with the move; of another the links are mended now.
    private static void DidRename(EditorSession session, IReadOnlyList<FileRename> files)
    {
        foreach (var story in session.Stories)
        {
            var moves = MovesIn(session, story, files);
            if (moves.Count > 0 && session.Client is { AppliesEdits: true, TellsOfFiles.WillRename: not true })
            {
                // The moves are not in the snapshot yet. What changed before them may be missing there as well: it is waited for then.
                _ = MendAsync(session, story, moves, story.WhenReadAsync().IsCompleted ? (story, story.Workspace.Current, session.Versions()) : null);
            }
        }

        Tell(session, files.SelectMany(file => new[] { (file.OldUri, FileEventKind.Deleted), (file.NewUri, FileEventKind.Created) }));
    }

    private static async Task MendAsync(EditorSession session, StoryFolder story, IReadOnlyList<(string From, string To)> moves, (StoryFolder Story, Snapshot Snapshot, OpenVersions Versions)? whole)
    {
        try
        {
            whole ??= (await session.WholeSnapshots(session.Connection.Closing).ConfigureAwait(false)).FirstOrDefault(one => one.Story == story);
            if (whole is not ({ }, { } snapshot, { } versions))
            {
                return;
            }

            var change = await Task.Run(() => FileMoves.HaveMoved(snapshot, moves, session.Connection.Closing)).ConfigureAwait(false);
            if (change.Change.Files.Count > 0 &&
                EditConversion.Edit(session, story, (path, span) => Positions.Range(change.Texts(path), span, session.Client.Encoding), change.Change, path => versions.Of(story, path)) is { } edit)
            {
                await session.Connection.SendRequestAsync(
                    LspMethods.WorkspaceApplyEdit, new ApplyWorkspaceEditParams { Label = "Links to what was moved", Edit = edit }, session.Connection.Closing).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is ResponseErrorException or ConnectionClosedException or OperationCanceledException)
        {
            // The editor does not want it; what leads nowhere is found by the rules.
        }
    }

    private static async Task<WorkspaceEdit?> WillDeleteAsync(EditorSession session, IReadOnlyList<FileDelete> files, CancellationToken cancel)
    {
        foreach (var (story, snapshot, _) in await session.WholeSnapshots(cancel).ConfigureAwait(false))
        {
            var gone = files.Select(file => RelativePath(session, story, file.Uri)).OfType<string>().ToList();
            if (gone.Count > 0 && FileDeletions.StillReferred(snapshot, gone, cancel) is { Count: > 0 } places)
            {
                Windows.Say(session, MessageType.Warning, Warning(snapshot, gone, places));
            }
        }

        return null;
    }

    private static string Warning(Snapshot snapshot, List<string> gone, IReadOnlyList<StillReferring> places)
    {
        var what = gone.Count == 1 ? gone[0] : $"{gone.Count} files and folders";
        var named = places.Take(MostPlaces).Select(place =>
            place.Path + ":" + (Ranges.Of(snapshot, place.Path, place.Span, Language.Text.PositionEncoding.Utf16).Start.Line + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
        var rest = places.Count > MostPlaces ? $" and {places.Count - MostPlaces} more" : "";
        var count = places.Count == 1 ? "1 place still refers" : $"{places.Count} places still refer";
        return $"{count} to what is deleted with {what}: {string.Join(", ", named)}{rest}. They will lead nowhere. Undo the deletion, or change them.";
    }

    // A folder stands for the files that the index knows in it.
    private static void Tell(EditorSession session, IEnumerable<(string Uri, FileEventKind Kind)> files)
    {
        var told = files.ToList();
        foreach (var story in session.Stories)
        {
            var events = new List<Index.FileEvent>();
            foreach (var (uri, kind) in told)
            {
                if (RelativePath(session, story, uri) is not { } path)
                {
                    continue;
                }

                if (kind == FileEventKind.Deleted)
                {
                    events.AddRange(Inside(story.Workspace.Current, path).Select(file => new Index.FileEvent(file, kind)));
                }
                else if (Directory.Exists(story.AbsolutePath(path)))
                {
                    List(session, story, path, kind);
                }
                else
                {
                    events.Add(new(path, kind));
                }
            }

            if (events.Count > 0)
            {
                WorkspaceHandlers.Apply(session, story, events);
            }
        }
    }

    // A folder may be large, or lie on another machine: no change and no request waits for the list, but those that want the whole story.
    private static void List(EditorSession session, StoryFolder story, string path, FileEventKind kind)
    {
        var listing = Task.Run(async () =>
        {
            try
            {
                var events = OnDisk(story, path).Select(file => new Index.FileEvent(file, kind)).ToList();
                await session.Queue.Ask(() =>
                {
                    if (events.Count > 0)
                    {
                        WorkspaceHandlers.Apply(session, story, events);
                    }

                    return true;
                }).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Security.SecurityException or OperationCanceledException or ObjectDisposedException)
            {
                // What cannot be listed cannot be read either; or the session ends.
                session.Log.LogWarning("The folder {Path} could not be listed: {Message}", path, exception.Message);
            }
        });
        story.Listed = Task.WhenAll(story.Listed.IsCompleted ? Task.CompletedTask : story.Listed, listing);
    }

    private static IEnumerable<string> Inside(Snapshot snapshot, string path) =>
        snapshot.Files.Contains(path) ? [path] : snapshot.Files.All.Where(file => file.StartsWith(path + "/", StringComparison.Ordinal)).ToList();

    // Hidden folders, such as that of git, are no part of a story.
    private static IEnumerable<string> OnDisk(StoryFolder story, string path)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var files = new FileSystemEnumerable<string>(story.AbsolutePath(path), static (ref FileSystemEntry entry) => entry.ToFullPath(), options)
        {
            ShouldIncludePredicate = static (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = static (ref FileSystemEntry entry) => !entry.FileName.StartsWith("."),
        };
        return files.Select(story.RelativePath).OfType<string>();
    }

    private static List<(string From, string To)> MovesIn(EditorSession session, StoryFolder story, IReadOnlyList<FileRename> files) =>
        [.. files.Select(file => (From: RelativePath(session, story, file.OldUri), To: RelativePath(session, story, file.NewUri))).Where(move => move is { From: not null, To: not null }).Select(move => (move.From!, move.To!))];

    // What lies in a story inside of this one is that story's.
    private static string? RelativePath(EditorSession session, StoryFolder story, string uri) =>
        DocumentUri.ToPath(uri) is { } path && session.StoryOf(path) == story ? story.RelativePath(Path.TrimEndingDirectorySeparator(path)) : null;
}
