using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Extensions;

namespace StoryLsp.Server.Handlers;

/// <summary><c>workspace/executeCommand</c>.</summary>
internal static class ExecuteCommandHandler
{
    public static void Register(LanguageConnection connection, CommandTable commands) =>
        connection.OnRequest(LspMethods.WorkspaceExecuteCommand, (parameters, context) => Task.Run(() => commands.RunAsync(parameters, context), context.CancellationToken));
}
