using System.Text.Json;
using StoryLsp.Index;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary><c>workspace/executeCommand</c>.</summary>
internal static class ExecuteCommandHandler
{
    /// <summary>Writes a scene's synopsis, as a proposal.</summary>
    public const string Synopsis = "storylsp.synopsis";

    public static void Register(LanguageConnection connection, EditorSession session, LanguageServerOptions options) =>
        connection.OnRequest(LspMethods.WorkspaceExecuteCommand, async (parameters, context) =>
        {
            var (arguments, place) = Read(session, parameters);
            return await Task.Run(async () => await RunAsync(session, arguments, await place.ConfigureAwait(false), options, context).ConfigureAwait(false), context.CancellationToken)
                .ConfigureAwait(false);
        });

    private static (SynopsisArguments Arguments, Task<Place?> Place) Read(EditorSession session, ExecuteCommandParams parameters)
    {
        if (parameters.Command != Synopsis)
        {
            throw new ResponseErrorException(ErrorCodes.InvalidParams, $"There is no command `{parameters.Command}`.");
        }

        try
        {
            if (parameters.Arguments is [var first, ..] && first.Deserialize(ServerJson.Default.SynopsisArguments) is { Uri: not null, Container: not null } arguments)
            {
                return (arguments, session.PlaceOf(arguments.Uri));
            }
        }
        catch (JsonException)
        {
            // Told below, in words for the client's author.
        }

        throw new ResponseErrorException(ErrorCodes.InvalidParams, $"The command `{Synopsis}` takes one argument: {{\"uri\": …, \"container\": …}}.");
    }

    private static async Task<JsonElement?> RunAsync(EditorSession session, SynopsisArguments arguments, Place? place, LanguageServerOptions options, RequestContext context)
    {
        if (place is null || !place.Snapshot.Settings.Ai.Enabled)
        {
            throw new ResponseErrorException(LSPErrorCodes.RequestFailed, place is null
                ? "The scene's file is in no open story."
                : "This story has `ai.enabled: false` in story.yaml, so no step that calls a model is run.");
        }

        var scene = place.Snapshot.ContainersIn(place.Path).FirstOrDefault(container => place.Snapshot.IdOf(container) == arguments.Container)
            ?? throw new ResponseErrorException(LSPErrorCodes.RequestFailed, $"There is no scene `{arguments.Container}` in this file any more.");
        try
        {
            return await SynopsisCommand.RunAsync(session, place, scene, options, context.CancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            // The person pressed cancel beside the progress: no fault, and nothing was changed.
            throw new ResponseErrorException(LSPErrorCodes.RequestCancelled, "The step was cancelled.");
        }
        catch (ProviderException exception)
        {
            session.Log.Refused(exception.Failure, exception.Message);
            throw new ResponseErrorException(LSPErrorCodes.RequestFailed, exception.Message);
        }
    }
}
