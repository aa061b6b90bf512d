using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary>A refactoring with what a person has said to it: a name, a year, a place.</summary>
internal sealed class RefactorCommand(EditorSession session)
{
    public void Register(CommandTable commands) => commands.Add(
        StoryCommands.Refactor, ExtensionJson.Default.RefactorArguments, ExtensionJson.Default.RefactorAnswer, "{\"name\": …, \"uri\": …, \"range\": …}",
        static arguments => arguments is { Name: not null, Uri: not null, Range: not null }, RunAsync);

    private async Task<RefactorAnswer> RunAsync(RefactorArguments arguments, RequestContext context)
    {
        var place = await session.PlaceOf(arguments.Uri!).ConfigureAwait(false)
            ?? throw new ResponseErrorException(LSPErrorCodes.RequestFailed, "This file is no part of a story that is open.");
        var edit = RefactorActions.EditOf(place, arguments, context.CancellationToken);
        if (!session.Client.AppliesEdits)
        {
            throw new ResponseErrorException(LSPErrorCodes.RequestFailed, "This editor takes no edits from a server. Take the code action instead.");
        }

        var result = await session.Connection.SendRequestAsync(
            LspMethods.WorkspaceApplyEdit, new ApplyWorkspaceEditParams { Label = arguments.Name, Edit = edit }, context.CancellationToken).ConfigureAwait(false);
        return new(result.Applied);
    }
}
