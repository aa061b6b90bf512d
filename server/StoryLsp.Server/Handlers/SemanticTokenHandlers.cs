using StoryLsp.Features.SemanticTokens;
using StoryLsp.Language.Text;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Session;
using SemanticTokens = StoryLsp.Protocol.SemanticTokens;

namespace StoryLsp.Server.Handlers;

/// <summary><c>textDocument/semanticTokens/full</c> and <c>range</c>.</summary>
internal static class SemanticTokenHandlers
{
    /// <summary>
    /// The types and modifiers, in the order of their numbers: one type for each <see cref="NameTokenKind"/>. They are those of the
    /// protocol, which every theme colours, and the same as the kinds of the outline.
    /// </summary>
    public static SemanticTokensLegend Legend { get; } = new(["class", "namespace", "variable", "interface", "method", "enumMember"], ["declaration"]);

    public static void Register(LanguageConnection connection, EditorSession session)
    {
        connection.OnRequest(LspMethods.TextDocumentSemanticTokensFull, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => Tokens(place, new TextSpan(0, place.Text.Length), cancel)));
        connection.OnRequest(LspMethods.TextDocumentSemanticTokensRange, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => Tokens(place, place.SpanOf(parameters.Range), cancel)));
    }

    private static SemanticTokens? Tokens(Place place, TextSpan within, CancellationToken cancel)
    {
        var data = new List<int>();
        var (line, character) = (0, 0);
        foreach (var token in NameTokens.In(place.Snapshot, place.Path, within, cancel))
        {
            var range = place.RangeOf(token.Span);
            var (deltaLine, start) = ((int)range.Start.Line - line, (int)range.Start.Character);
            data.Add(deltaLine);
            data.Add(deltaLine == 0 ? start - character : start);
            data.Add((int)(range.End.Character - range.Start.Character));
            data.Add((int)token.Kind);
            data.Add(token.IsDefinition ? 1 : 0);
            (line, character) = ((int)range.Start.Line, start);
        }

        return new SemanticTokens { Data = data };
    }
}
