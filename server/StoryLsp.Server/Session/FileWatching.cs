using System.Text.Json;
using Microsoft.Extensions.Logging;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;

namespace StoryLsp.Server.Session;

/// <summary>Asks the editor to watch the files; where it cannot, each workspace watches its own.</summary>
internal static class FileWatching
{
    public static void Register(EditorSession session)
    {
        if (session.Client.WatchesFiles)
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
                session.Connection.Closing).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ResponseErrorException or ConnectionClosedException or OperationCanceledException)
        {
            session.Log.LogWarning("The editor does not watch files: {Message}", exception.Message);
        }
    }
}
