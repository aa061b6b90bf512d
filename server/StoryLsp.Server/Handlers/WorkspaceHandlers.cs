using Microsoft.Extensions.Logging;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary>Changes of folders, files and settings that the editor tells of.</summary>
internal static class WorkspaceHandlers
{
    public static void Register(LanguageConnection connection, EditorSession session)
    {
        connection.OnNotification(LspMethods.WorkspaceDidChangeWorkspaceFolders, parameters => session.Queue.Post(() =>
        {
            foreach (var folder in parameters.Event.Removed.Select(folder => DocumentUri.ToPath(folder.Uri)).OfType<string>())
            {
                session.CloseFolder(folder);
            }

            foreach (var folder in parameters.Event.Added.Select(folder => DocumentUri.ToPath(folder.Uri)).OfType<string>().Where(Directory.Exists))
            {
                session.OpenFolder(folder);
            }
        }));
        connection.OnNotification(LspMethods.WorkspaceDidChangeWatchedFiles, parameters => session.Queue.Post(() => Tell(session, parameters.Changes)));
        // Settings live in story.yaml, which is watched like any other file.
        connection.OnNotification(LspMethods.WorkspaceDidChangeConfiguration, static _ => { });
        connection.OnNotification(LspMethods.SetTrace, parameters => connection.Trace = parameters.Value);
    }

    private static void Tell(EditorSession session, IReadOnlyList<FileEvent> changes)
    {
        var known = changes
            .Select(change => (Path: DocumentUri.ToPath(change.Uri), change.Type))
            .Where(change => change.Path is not null)
            .GroupBy(change => session.StoryOf(change.Path!));
        foreach (var story in known)
        {
            if (story.Key is not null)
            {
                Apply(session, story.Key, [.. story.Select(change => new Index.FileEvent(story.Key.RelativePath(change.Path!)!, KindOf(change.Type)))]);
            }
        }
    }

    /// <summary>Has a workspace look at files anew.</summary>
    public static void Apply(EditorSession session, StoryFolder story, IReadOnlyList<Index.FileEvent> events) => _ = ApplyAsync(session, story, events);

    private static async Task ApplyAsync(EditorSession session, StoryFolder story, IReadOnlyList<Index.FileEvent> events)
    {
        try
        {
            await story.Workspace.ApplyFileEventsAsync(events, session.Connection.Closing).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The session ends, or the folder was closed.
        }
    }

    private static Index.FileEventKind KindOf(FileChangeType type) => type switch
    {
        FileChangeType.Created => Index.FileEventKind.Created,
        FileChangeType.Deleted => Index.FileEventKind.Deleted,
        _ => Index.FileEventKind.Changed,
    };
}
