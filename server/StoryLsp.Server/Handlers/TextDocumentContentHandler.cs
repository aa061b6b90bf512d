using StoryLsp.Language.Schemas;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Proposals;
using StoryLsp.Server.Views;

namespace StoryLsp.Server.Handlers;

/// <summary><c>workspace/textDocumentContent</c>: the read-only documents of the scheme <c>storylsp</c>.</summary>
internal static class TextDocumentContentHandler
{
    private const string NoSchema = "# No schema of this name ships with the product.\n";

    public static void Register(LanguageConnection connection, ProposalDocuments documents, StoryViews views) =>
        connection.OnRequest(LspMethods.WorkspaceTextDocumentContent, (parameters, context) => Task.Run(
            async () => new TextDocumentContentResult(
                ViewAddress.Parse(parameters.Uri) is { } view ? await views.TextAsync(view, context.CancellationToken).ConfigureAwait(false)
                : StoryAddress.Parse(parameters.Uri) is not { } address ? throw new ResponseErrorException(ErrorCodes.InvalidParams, "This is no address of the scheme `storylsp`.")
                : address.Page == StoryPage.Schema ? SchemaSet.ShippedText(address.Id)?.Text ?? NoSchema
                : await documents.TextAsync(address).ConfigureAwait(false)),
            context.CancellationToken));
}
