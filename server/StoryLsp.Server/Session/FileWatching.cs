using System.Text.Json;
using Microsoft.Extensions.Logging;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;

namespace StoryLsp.Server.Session;

/// <summary>Asks the editor to watch the files; where it cannot, or does not say that it does, each workspace watches its own.</summary>
internal static class FileWatching
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static void Register(EditorSession session)
    {
        if (session.IsToldOfFiles)
        {
            _ = Task.Run(() => RegisterAsync(session));
        }
    }

    private static async Task RegisterAsync(EditorSession session)
    {
        // Links lead to pictures and to ignored files too, so every file is of interest.
        var options = new DidChangeWatchedFilesRegistrationOptions([new Protocol.FileSystemWatcher { GlobPattern = "**/*" }]);
        try
        {
            await session.Connection.SendRequestAsync(
                LspMethods.ClientRegisterCapability,
                new RegistrationParams([new Registration
                {
                    Id = "storylsp-files",
                    Method = "workspace/didChangeWatchedFiles",
                    RegisterOptions = JsonSerializer.SerializeToElement(options, LspJsonContext.Default.DidChangeWatchedFilesRegistrationOptions),
                }]),
                session.Connection.Closing,
                Patience).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ResponseErrorException or TimeoutException)
        {
            session.Log.LogWarning("The editor does not watch files, so the server does: {Message}", exception.Message);
            session.Queue.Post(() => WatchAll(session));
        }
        catch (Exception exception) when (exception is ConnectionClosedException or OperationCanceledException)
        {
            // The session ends.
        }
    }

    private static void WatchAll(EditorSession session)
    {
        session.IsToldOfFiles = false;
        foreach (var story in session.Stories.Where(story => !story.IsLoose && session.IsOpenedByEditor(story.Root)))
        {
            story.Workspace.WatchFiles();
        }
    }
}
