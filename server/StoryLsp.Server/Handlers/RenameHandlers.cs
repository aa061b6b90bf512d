using StoryLsp.Features.Rename;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary><c>textDocument/prepareRename</c> and <c>rename</c>.</summary>
internal static class RenameHandlers
{
    public static void Register(LanguageConnection connection, EditorSession session)
    {
        connection.OnRequest(LspMethods.TextDocumentPrepareRename, (parameters, context) =>
            session.AnswerWhole(parameters.TextDocument.Uri, context, null, (place, cancel) => Prepare(place, parameters.Position, cancel)));
        connection.OnRequest(LspMethods.TextDocumentRename, (parameters, context) =>
            session.AnswerWhole(parameters.TextDocument.Uri, context, null, (place, cancel) => Rename(place, parameters, cancel)));
    }

    private static PrepareRenameResult? Prepare(Place place, Position position, CancellationToken cancel) =>
        Renames.Prepare(place.Snapshot, place.Path, place.OffsetOf(position), cancel) is { } target
            ? PrepareRenameResult.Of(new PrepareRenamePlaceholder(place.RangeOf(target.Span), target.Placeholder))
            : null;

    private static WorkspaceEdit? Rename(Place place, RenameParams parameters, CancellationToken cancel)
    {
        var result = Renames.At(place.Snapshot, place.Path, place.OffsetOf(parameters.Position), parameters.NewName, place.Session.Client.RenamesFiles, cancel);
        return result.Refusal is { } refusal
            ? throw new ResponseErrorException(LSPErrorCodes.RequestFailed, refusal)
            : EditConversion.Edit(place, result.Change);
    }
}
