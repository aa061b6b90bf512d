using StoryLsp.Features.SemanticTokens;
using StoryLsp.Language.Text;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Session;
using SemanticTokens = StoryLsp.Protocol.SemanticTokens;

namespace StoryLsp.Server.Handlers;

/// <summary><c>textDocument/semanticTokens/full</c>, <c>full/delta</c> and <c>range</c>.</summary>
internal static class SemanticTokenHandlers
{
    /// <summary>
    /// The types and modifiers, in the order of their numbers: one type for each <see cref="NameTokenKind"/>. They are those of the
    /// protocol, which every theme colours, and the same as the kinds of the outline.
    /// </summary>
    public static SemanticTokensLegend Legend { get; } =
        new(["class", "namespace", "variable", "interface", "method", "enumMember", "property", "type"], ["declaration", "deprecated"]);

    public static void Register(LanguageConnection connection, EditorSession session)
    {
        var results = new TokenResults(session);
        session.DocumentClosed += results.Remove;
        connection.OnRequest(LspMethods.TextDocumentSemanticTokensFull, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => Full(results, parameters.TextDocument.Uri, place, cancel)));
        connection.OnRequest(LspMethods.TextDocumentSemanticTokensFullDelta, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => Delta(results, parameters, place, cancel)));
        connection.OnRequest(LspMethods.TextDocumentSemanticTokensRange, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => (SemanticTokens?)new SemanticTokens { Data = Data(place, place.SpanOf(parameters.Range), cancel) }));
    }

    private static SemanticTokens? Full(TokenResults results, string uri, Place place, CancellationToken cancel)
    {
        var data = Data(place, new TextSpan(0, place.Text.Length), cancel);
        return new SemanticTokens { Data = data, ResultId = results.Put(uri, place.Story.AbsolutePath(place.Path), data) };
    }

    private static SemanticTokensDeltaResult? Delta(TokenResults results, SemanticTokensDeltaParams parameters, Place place, CancellationToken cancel)
    {
        var uri = parameters.TextDocument.Uri;
        if (results.Find(uri, parameters.PreviousResultId) is not { } old)
        {
            return Full(results, uri, place, cancel)!;
        }

        var now = Data(place, new TextSpan(0, place.Text.Length), cancel);
        return new SemanticTokensDelta
        {
            ResultId = results.Put(uri, place.Story.AbsolutePath(place.Path), now),
            Edits = TokenDelta.Between(old, now) is { } delta ? [new SemanticTokensEdit { Start = delta.Start, DeleteCount = delta.DeleteCount, Data = delta.Data }] : [],
        };
    }

    private static int[] Data(Place place, TextSpan within, CancellationToken cancel) =>
        TokenData.Of(place.Text, NameTokens.In(place.Snapshot, place.Path, within, cancel), place.Session.Client.Encoding);
}
